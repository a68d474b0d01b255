"""``dateline search``: articles by words, by names in any script, and by what they are."""

import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from archive.cli import (
    Command,
    db_option,
    index_pending,
    json_option,
    nothing,
    print_json,
    reading,
    since_option,
    until_option,
)
from archive.exits import exits_told
from archive.printing import printable
from archive.times import parse

if TYPE_CHECKING:
    from archive.filters import Filters
    from archive.search import Hit, Sort

_FILTERS = (
    click.option("--source", multiple=True, metavar="NAME", help="Only of this source."),
    click.option("--section", multiple=True, metavar="NAME", help="Only in this section."),
    click.option("--author", multiple=True, metavar="NAME", help="Only by this author."),
    click.option("--language", multiple=True, metavar="TAG", help="Only in it, such as be."),
    click.option("--access", type=click.Choice(["open", "locked"]), help="Only open or locked."),
    since_option("Only published since a day, or 2d, 12h."),
    until_option("--until", "Only published until the end of a day, or 2d."),
    click.option("--gone", is_flag=True, help="Only what is gone from its site."),
    click.option("--edited", is_flag=True, help="Only what was changed after it was first seen."),
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filters as they were typed."""

    source: tuple[str, ...]
    section: tuple[str, ...]
    author: tuple[str, ...]
    language: tuple[str, ...]
    access: Literal["open", "locked"] | None
    since: str | None
    until: str | None
    gone: bool
    edited: bool

    def filters(self) -> "Filters":
        """Return what the filters mean."""
        from archive.filters import Filters

        return Filters(
            sources=self.source,
            sections=self.section,
            authors=self.author,
            languages=self.language,
            access=self.access,
            since=parse(self.since) if self.since else None,
            until=parse(self.until) if self.until else None,
            gone=self.gone,
            edited=self.edited,
        )


def _filter_options(command: Command) -> Command:
    for option in reversed(_FILTERS):
        command = option(command)
    return command


@click.command()
@click.argument("query", default="")
@_filter_options
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=20,
    show_default=True,
    metavar="N",
    help="How many; 0: all.",
)
@click.option(
    "--sort",
    type=click.Choice(["newest", "best"]),
    default="newest",
    show_default=True,
    help="The order.",
)
@db_option
@json_option
def search(query: str, limit: int, sort: "Sort", db: Path, as_json: bool, **typed: Any) -> None:
    """Find articles by words, "phrases", prefix*, AND, OR, NOT, -word, or names in any script.

    Without a QUERY: all that pass the filters. Filters of one kind are alternatives.
    """
    from archive.search import search as find

    filters = Wanted(**typed).filters()
    with exits_told():
        index_pending(db)
    with reading(db) as connection:
        hits = find(connection, query, filters=filters, limit=limit, sort=sort)
    if as_json:
        print_json([asdict(hit) | {"snippet": _plain(hit)} for hit in hits])
    else:
        _print(hits)
    if not hits:
        nothing(f"nothing found for {query}" if query else "nothing found")


def _plain(hit: "Hit") -> str:
    from archive.snippets import marked

    return marked(hit.snippet, "[", "]")


def _print(hits: "list[Hit]") -> None:
    from archive.snippets import parts

    begin, end = ("\x1b[1m", "\x1b[22m") if sys.stdout.isatty() else ("[", "]")
    for hit in hits:
        texts = ((printable(text), match) for text, match in parts(hit.snippet))
        snippet = "".join(f"{begin}{text}{end}" if match else text for text, match in texts)
        day = (hit.published or "")[:10]
        click.echo(printable(f"{day:10}  {hit.source}  {hit.title}"))
        click.echo(f"            {' '.join(snippet.split())}")
        click.echo(printable(f"            {hit.url}"))
