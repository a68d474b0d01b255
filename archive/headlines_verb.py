"""``dateline headlines``: what lists of headlines showed, and how it changed."""

from itertools import groupby
from operator import itemgetter
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
    until_option,
)
from archive.printing import printable, when

_WITNESSES = {
    "list": "in lists",
    "article": "on its own page",
    "declared": "as its page declares",
}


@click.command()
@click.option("--page", metavar="URL", help="Only what this page showed.")
@until_option("--at", "What the page showed then: a day's end, a time, or 2d.")
@since_option("Only what was there since a day, or 2d, 12h.")
@limit_option
@db_option
@json_option
def headlines(
    page: str | None, at: str | None, since: str | None, limit: int, db: Path, as_json: bool
) -> None:
    """Show headlines with the pages and lists they stood in, their titles and locks over time."""
    from archive.headline_history import headline_history, shown_at

    if at is not None and (page is None or since is not None):
        raise click.UsageError("--at goes with --page, and without --since")
    with reading(db) as connection:
        if page is not None and at is not None:
            found = shown_at(connection, page, at)
            show = _print_page
        else:
            found = list(headline_history(connection, page=page, since=since, limit=limit))
            show = _print_history
    print_found(found, show, "no headlines were seen there", as_json=as_json)


def _print_page(found: list[dict[str, Any]]) -> None:
    click.echo(f"{printable(found[0]['page'])}, as seen at {when(found[0]['fetched_at'])}")
    for (_, name), entries in groupby(found, key=itemgetter("list_position", "list")):
        click.echo(f"\n{_list(name)}")
        for entry in entries:
            click.echo(f"  {entry['position'] + 1:>3}  {_title(entry)}")


def _print_history(found: list[dict[str, Any]]) -> None:
    place = None
    for entry in found:
        if (entry["page"], entry["list"]) != place:
            place = (entry["page"], entry["list"])
            click.echo(f"\n{_list(entry['list'])}, {printable(entry['page'])}")
        click.echo(f"  {entry['positions'][-1][1] + 1:>3}  {_title(entry)}, {_while(entry)}")
        _print_changes(entry)


def _print_changes(entry: dict[str, Any]) -> None:
    if entry["state"] in ("missing", "gone"):
        click.echo(f"       the article is {entry['state']}")
    for title in entry["titles"]:
        if title["title"] != entry["title"]:
            where, span = _WITNESSES[title["shown_in"]], _span(title)
            click.echo(f"       other title {where}, {span}: {printable(title['title'])}")
    for change in entry["lock_changes"]:
        where = _WITNESSES[change["shown_in"]]
        if change["shown_in"] == "list":
            where = printable(f"in {change['list'] or 'a list'}, {change['page']}")
        click.echo(
            f"       {change['was']} until {when(change['not_before'])},"
            f" {change['access']} from {when(change['seen_at'])}, {where}"
        )


def _list(name: str | None) -> str:
    return printable(name) if name else "A list without a heading"


def _title(entry: dict[str, Any]) -> str:
    title = printable(entry["title"] or "(" + ", ".join(entry["sections"]) + ")")
    return f"{title} (locked)" if entry["access"] == "locked" else title


def _while(entry: dict[str, Any]) -> str:
    since = f"since {when(entry['first_seen'])}"
    moves = len(entry["positions"]) - 1
    moved = f", moved {moves} time{'s'[: moves > 1]}" if moves else ""
    return (since if entry["still_there"] else _span(entry)) + moved


def _span(seen: dict[str, Any]) -> str:
    return f"{when(seen['first_seen'])} to {when(seen['last_seen'])}"
