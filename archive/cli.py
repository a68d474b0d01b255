"""The verbs that read the archive."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archive.connection import connect, told
from archive.errors import ArchiveError
from archive.exits import Exit, exits_told, fail

if TYPE_CHECKING:
    from archive.stats import Status

Command = Callable[..., None]


def db_option(command: Command) -> Command:
    """Add --db to a command: the archive, else DATELINE_DB, else dateline.db."""
    return click.option(
        "--db",
        "db",
        type=click.Path(path_type=Path, dir_okay=False),
        envvar="DATELINE_DB",
        default=Path("dateline.db"),
        show_default=True,
        help="The archive.",
    )(command)


def json_option(command: Command) -> Command:
    """Add --json to a command."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON.")(command)


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """Open an archive to read; leave with one sentence where that cannot be."""
    with exits_told(), closing(connect(path)) as connection, told(path):
        yield connection


def print_json(value: object) -> None:
    """Print a value as JSON that a person can read too."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def index_pending(path: Path) -> None:
    """Bring the full-text index up to date, where the archive can be written."""
    from archive.search_index import index, pending

    with closing(connect(path)) as connection, told(path):
        if not pending(connection):
            return
    try:
        with closing(connect(path, write=True)) as connection, told(path):
            index(connection)
    except ArchiveError as error:
        click.echo(f"The newest articles are not searched: {error}", err=True)


def _nothing(message: str) -> None:
    click.echo(message, err=True)
    raise SystemExit(Exit.NOTHING)


_ARTICLE = """
select a.*, s.name as source from article_urls u join articles a on a.id = u.article_id
join sources s on s.id = a.source_id where u.url = ?"""
_REVISIONS = """
select first_seen, last_seen, title, lead, body, authors, published, modified, access
from revisions where article_id = ? order by first_seen"""
_HIDDEN = ("digest", "names_folded", "labels", "position", "indexed_as", "source_id")


@click.command()
@click.argument("url")
@db_option
@json_option
def show(url: str, db: Path, as_json: bool) -> None:
    """Show one article with its revisions."""
    with reading(db) as connection:
        article = connection.execute(_ARTICLE, (url,)).fetchone()
        if article is None:
            _nothing(f"{url} is not in the archive")
        revisions = connection.execute(_REVISIONS, (article["id"],)).fetchall()
    if as_json:
        record: dict[str, Any] = {k: v for k, v in dict(article).items() if k not in _HIDDEN}
        print_json(record | {"revisions": [dict(row) for row in revisions]})
        return
    _print_article(article, revisions)


def _print_article(article: sqlite3.Row, revisions: list[sqlite3.Row]) -> None:
    click.echo(article["title"])
    about = (article["source"], article["published"], article["access"], article["state"])
    click.echo(" · ".join(part for part in about if part))
    click.echo(article["url"])
    for text in (article["lead"], article["body"]):
        if text:
            click.echo("\n" + text)
    click.echo()
    for number, row in enumerate(revisions, 1):
        click.echo(f"Revision {number}: {row['first_seen']} to {row['last_seen']}: {row['title']}")


@click.command()
@db_option
@json_option
def status(db: Path, as_json: bool) -> None:
    """Say what is in the archive, its size, and what went wrong, per source."""
    from archive.stats import status as status_of

    with reading(db) as connection:
        found = status_of(connection, db)
    if as_json:
        print_json(asdict(found) | {"healthy": found.healthy})
    else:
        print_status(found)
    if not found.healthy:
        raise SystemExit(Exit.UNHEALTHY)


def print_status(found: "Status") -> None:
    """Print what is in the archive, a line for the whole and one for each source."""
    click.echo(
        f"{found.path}: {found.articles} articles, {found.revisions} revisions, "
        f"{found.fetches} fetches; {_size(found.size)}, pages {_size(found.pages_size)}"
    )
    for source in found.sources:
        failures = ", ".join(f"{count} {reason}" for reason, count in source.failures.items())
        missing = f" and {source.missing} missing" if source.missing else ""
        click.echo(
            f"{source.name}: {source.articles} articles, {source.new} new today, "
            f"{source.edited} edited, {source.gone} gone{missing}, {source.locked} locked; "
            f"failures: {failures or 'none'}{'' if source.healthy else '; unhealthy'}"
        )


def _size(size: float) -> str:
    for unit in ("B", "KiB", "MiB"):
        if size < 1024:
            return f"{size:.0f} {unit}"
        size /= 1024
    return f"{size:.1f} GiB"


@click.command()
@db_option
@json_option
def sources(db: Path, as_json: bool) -> None:
    """List the sources with schedule, last result and health."""
    from archive.stats import status as status_of

    with reading(db) as connection:
        found = status_of(connection, db).sources
    if as_json:
        print_json([asdict(source) for source in found])
        return
    for source in found:
        health = "healthy" if source.healthy else "unhealthy"
        last = source.last_outcome or "never crawled"
        due = f"due {source.next_due}" if source.next_due else "not scheduled"
        click.echo(f"{source.name}  {source.url or ''}  {due}  {last}  {health}")


@click.command()
@click.argument("out")
@db_option
def export(out: str, db: Path) -> None:
    """Write every article to OUT, .jsonl or .csv by its ending ("-": JSON lines to stdout)."""
    from archive.export import ExportError
    from archive.export import export as write_out

    try:
        with reading(db) as connection:
            count = write_out(connection, out)
    except ExportError as error:
        fail(str(error), Exit.USAGE)
    except OSError as error:
        fail(f"{out}: cannot be written: {error.strerror}", Exit.ARCHIVE)
    click.echo(f"{count} articles written to {out}", err=True)
