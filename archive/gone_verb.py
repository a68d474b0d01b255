"""``dateline gone``: what vanished, and what is missing and may have."""

from pathlib import Path
from typing import Any

import click

from archive.cli import (
    db_option,
    json_option,
    limit_option,
    print_found,
    reading,
    since_option,
)
from archive.printing import dashed, printable, when


@click.command()
@since_option()
@click.option("--source", metavar="NAME", help="Only this source's.")
@limit_option
@db_option
@json_option
def gone(since: str | None, source: str | None, limit: int, db: Path, as_json: bool) -> None:
    """List articles that vanished, those still missing too, with every look for them."""
    from archive.vanished import vanished

    with reading(db) as connection:
        found = list(vanished(connection, since=since, source=source, limit=limit))
    print_found(found, _print, "no article is gone or missing", as_json=as_json)


def _print(found: list[dict[str, Any]]) -> None:
    for one in found:
        interval = f"between {when(one['last_seen'])} and {when(one['first_missed'])}"
        since = f", gone since {when(one['gone_at'])}" if one["gone_at"] else ""
        back = f", back at {when(one['back_at'])}" if one["back_at"] else ""
        click.echo(f"{one['state']}  {one['source']}  vanished {interval}{since}{back}")
        click.echo(f"    {printable(one['title'])}")
        click.echo(f"    {printable(one['url'])}")
        for look in one["looks"]:
            answered = str(look["status"] or look["outcome"])
            front = (
                "the front page answered" if look["front_answered"] else "the front page did not"
            )
            click.echo(f"      {when(look['fetched_at'])}  {printable(dashed(answered, front))}")
