"""``dateline headlines``: what lists of headlines showed, and how it changed."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from archive.cli import db_option, json_option, print_json, reading
from archive.exits import Exit
from archive.times import since_when


@click.command()
@click.option("--page", metavar="URL", help="Only what this page showed.")
@click.option("--since", metavar="WHEN", help="Only what was there since a day, or 2d, 12h.")
@click.option("--limit", type=click.IntRange(min=0), default=20, show_default=True, help="0: all.")
@db_option
@json_option
def headlines(page: str | None, since: str | None, limit: int, db: Path, as_json: bool) -> None:
    """Show headlines with the pages and lists they stood in, their titles and locks over time."""
    from archive.headline_history import headline_history

    try:
        start = since_when(since, datetime.now(UTC)) if since else None
    except ValueError:
        raise click.UsageError(
            f"--since takes a day such as 2025-08-13, or 2d, not {since}"
        ) from None
    with reading(db) as connection:
        found = list(headline_history(connection, page=page, since=start, limit=limit))
    if as_json:
        print_json(found)
    else:
        _print(found)
    if not found:
        if not as_json:
            click.echo("no headlines were seen there", err=True)
        raise SystemExit(Exit.NOTHING)


def _print(found: list[dict[str, Any]]) -> None:
    place = None
    for entry in found:
        if (entry["page"], entry["list"]) != place:
            place = (entry["page"], entry["list"])
            click.echo(f"\n{entry['list'] or 'A list without a heading'}, {entry['page']}")
        click.echo(f"  {entry['positions'][-1][1] + 1:>3}  {_words(entry)}")
        for title in entry["titles"]:
            if title["title"] != entry["title"]:
                click.echo(
                    f"       {title['shown_in']}, {title['first_seen'][:16]}: {title['title']}"
                )
        for change in entry["lock_changes"]:
            click.echo(
                f"       {change['shown_in']}, {change['seen_at'][:16]}:"
                f" {change['was']}, then {change['access']}"
            )


def _words(entry: dict[str, Any]) -> str:
    title = entry["title"] or "(" + ", ".join(entry["sections"]) + ")"
    lock = " (locked)" if entry["access"] == "locked" else ""
    moved = f", {len(entry['positions']) - 1} moves" if len(entry["positions"]) > 1 else ""
    return f"{title}{lock}, {entry['first_seen'][:16]} to {entry['last_seen'][:16]}{moved}"
