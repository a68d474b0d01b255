"""``dateline edits``: what changed, with its kind and size."""

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
from archive.edit_kinds import ORDER
from archive.printing import printable, when


@click.command()
@since_option()
@click.option("--source", metavar="NAME", help="Only this source's.")
@click.option("--kind", type=click.Choice(ORDER), help="Only edits of this kind.")
@limit_option
@db_option
@json_option
def edits(
    since: str | None, source: str | None, kind: str | None, limit: int, db: Path, as_json: bool
) -> None:
    """List the edits of articles with their kinds and sizes, the newest first."""
    from archive.edits import edits as edits_of

    with reading(db) as connection:
        found = list(edits_of(connection, since=since, source=source, kind=kind, limit=limit))
    print_found(found, _print, "no article was edited", as_json=as_json)


def _print(found: list[dict[str, Any]]) -> None:
    for edit in found:
        size = f"-{edit['removed']} +{edit['added']}"
        kinds = ", ".join(edit["kinds"])
        click.echo(f"{when(edit['seen_at'])}  {edit['source']}  {kinds}  {size}")
        click.echo(f"    {printable(edit['title'])}")
        if edit["old_title"] != edit["title"]:
            click.echo(f"    before: {printable(edit['old_title'])}")
        click.echo(f"    {printable(edit['url'])}")
