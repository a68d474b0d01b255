"""``dateline show``: one article with its history."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from archive.cli import db_option, json_option, nothing, print_json, reading
from archive.printing import counted, dashed, printable, when

_FIELDS = {"title": "headline"}


@click.command()
@click.argument("url")
@db_option
@json_option
def show(url: str, db: Path, as_json: bool) -> None:
    """Show one article with its revisions, word by word, and every look that failed."""
    from archive.record import article_record

    with reading(db) as connection:
        record = article_record(connection, url)
    if record is None:
        nothing(f"{printable(url)} is not in the archive")
    elif as_json:
        print_json(record)
    else:
        click.echo("\n".join(_lines(record)))


def _lines(record: dict[str, Any]) -> Iterator[str]:
    yield printable(record["title"])
    about = (record["source"], record["published"], record["access"], record["state"])
    yield " · ".join(part for part in about if part)
    yield printable(record["url"])
    yield from (f"also at {printable(url)}" for url in record["addresses"] if url != record["url"])
    yield from (f"asks {name}: {printable(said)}" for name, said in record["signals"].items())
    for text in (record["lead"], record["body"]):
        if text:
            yield "\n" + printable(text)
    yield ""
    for number, revision in enumerate(record["revisions"], 1):
        yield from _revision(number, revision)
    yield from _disappearances(record)
    for look in record["failed_looks"]:
        yield f"Look at {when(look['fetched_at'])}: {look['state']}, {printable(_why(look))}"


def _revision(number: int, revision: dict[str, Any]) -> Iterator[str]:
    change = ""
    if revision["kinds"]:
        size = f"{counted(revision['removed'], 'word')} out, {revision['added']} in"
        change = f" ({', '.join(revision['kinds'])}; {size})"
    seen = f"{when(revision['first_seen'])} to {when(revision['last_seen'])}"
    yield f"Revision {number}: {seen}: {printable(revision['title'])}{change}"
    for one in revision["differences"]:
        field = _FIELDS.get(one["field"], one["field"])
        yield f"  {field}: {_marked(one)}"


def _marked(one: dict[str, Any]) -> str:
    """Return a difference as wdiff writes it, coloured where colours are shown."""
    before, removed, added, after = (
        " ".join(printable(one[part]).split()) for part in ("before", "removed", "added", "after")
    )
    parts = (
        before,
        click.style(f"[-{removed}-]", fg="red") if removed else "",
        click.style(f"{{+{added}+}}", fg="green") if added else "",
        after,
    )
    return " ".join(part for part in parts if part)


def _disappearances(record: dict[str, Any]) -> Iterator[str]:
    for one in record["disappearances"]:
        back = f", back at {when(one['back_at'])}" if one["back_at"] else ""
        interval = f"{when(one['last_seen'])} and {when(one['first_missed'])}"
        yield f"Vanished between {interval}; gone since {when(one['gone_at'])}{back}"


def _why(look: dict[str, Any]) -> str:
    answered = f"{look['status']} " if look["status"] else ""
    return dashed(f"{answered}{look['outcome']}", look["reason"])
