"""``dateline headlines``: what lists of headlines showed, and how it changed."""

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import click

from archive.cli import db_option, json_option, print_json, reading
from archive.exits import Exit
from archive.times import since_when, until_when

_WITNESSES = {
    "list": "in lists",
    "article": "on its own page",
    "declared": "as its page declares",
}


@click.command()
@click.option("--page", metavar="URL", help="Only what this page showed.")
@click.option("--at", metavar="WHEN", help="What the page showed then: a day's end, a time, or 2d.")
@click.option("--since", metavar="WHEN", help="Only what was there since a day, or 2d, 12h.")
@click.option("--limit", type=click.IntRange(min=0), default=20, show_default=True, help="0: all.")
@db_option
@json_option
def headlines(
    page: str | None, at: str | None, since: str | None, limit: int, db: Path, as_json: bool
) -> None:
    """Show headlines with the pages and lists they stood in, their titles and locks over time."""
    from archive.headline_history import headline_history, shown_at

    if at is not None and (page is None or since is not None):
        raise click.UsageError("--at goes with --page, and without --since")
    then = _time("--at", at, until_when)
    start = _time("--since", since, since_when)
    with reading(db) as connection:
        if page is not None and then is not None:
            found = shown_at(connection, page, then)
            show = _print_page
        else:
            found = list(headline_history(connection, page=page, since=start, limit=limit))
            show = _print_history
    if as_json:
        print_json(found)
    elif found:
        show(found)
    else:
        click.echo("no headlines were seen there", err=True)
    if not found:
        raise SystemExit(Exit.NOTHING)


def _time(option: str, given: str | None, meant: Callable[[str, datetime], str]) -> str | None:
    if given is None:
        return None
    try:
        return meant(given, datetime.now(UTC))
    except (ValueError, OverflowError):
        raise click.UsageError(
            f"{option} takes a day such as 2025-08-13, a time, or 2d, not {given}"
        ) from None


def _print_page(found: list[dict[str, Any]]) -> None:
    click.echo(f"{found[0]['page']}, as seen at {_minute(found[0]['fetched_at'])}")
    for (_, name), entries in groupby(found, key=itemgetter("list_position", "list")):
        click.echo(f"\n{name or 'A list without a heading'}")
        for entry in entries:
            click.echo(f"  {entry['position'] + 1:>3}  {_title(entry)}")


def _print_history(found: list[dict[str, Any]]) -> None:
    place = None
    for entry in found:
        if (entry["page"], entry["list"]) != place:
            place = (entry["page"], entry["list"])
            click.echo(f"\n{entry['list'] or 'A list without a heading'}, {entry['page']}")
        click.echo(f"  {entry['positions'][-1][1] + 1:>3}  {_title(entry)}, {_while(entry)}")
        _print_changes(entry)


def _print_changes(entry: dict[str, Any]) -> None:
    if entry["state"] in ("missing", "gone"):
        click.echo(f"       the article is {entry['state']}")
    for title in entry["titles"]:
        if title["title"] != entry["title"]:
            where, when = _WITNESSES[title["shown_in"]], _span(title)
            click.echo(f"       other title {where}, {when}: {title['title']}")
    for change in entry["lock_changes"]:
        where = _WITNESSES[change["shown_in"]]
        if change["shown_in"] == "list":
            where = f"in {change['list'] or 'a list'}, {change['page']}"
        click.echo(
            f"       {change['was']} until {_minute(change['not_before'])},"
            f" {change['access']} from {_minute(change['seen_at'])}, {where}"
        )


def _title(entry: dict[str, Any]) -> str:
    title = entry["title"] or "(" + ", ".join(entry["sections"]) + ")"
    return f"{title} (locked)" if entry["access"] == "locked" else title


def _while(entry: dict[str, Any]) -> str:
    since = f"since {_minute(entry['first_seen'])}"
    moves = len(entry["positions"]) - 1
    moved = f", moved {moves} time{'s'[: moves > 1]}" if moves else ""
    return (since if entry["still_there"] else _span(entry)) + moved


def _span(seen: dict[str, Any]) -> str:
    return f"{_minute(seen['first_seen'])} to {_minute(seen['last_seen'])}"


def _minute(time: str) -> str:
    return time[:16] + "Z"
