"""The verbs that read the archive."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archive.connection import connect, told
from archive.errors import ArchiveError
from archive.exits import Exit, exits_told, fail
from archive.times import since_when, until_when

if TYPE_CHECKING:
    from archive.stats import Status

Command = Callable[..., None]
Decorator = Callable[[Command], Command]


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


def since_option(help_text: str = "Only since a day, or 2d, 12h, 1w ago.") -> Decorator:
    """Add --since to a command, which gets the time that is meant, as ``moment`` writes it."""
    return _when_option("--since", since_when, help_text)


def until_option(name: str, help_text: str) -> Decorator:
    """Add an option for a time until which, or at which; of a day its end is meant."""
    return _when_option(name, until_when, help_text)


def _when_option(name: str, meant: Callable[[str, datetime], str], help_text: str) -> Decorator:
    def read(_: click.Context, __: click.Parameter, typed: str | None) -> str | None:
        try:
            return None if typed is None else meant(typed, datetime.now(UTC))
        except (ValueError, OverflowError):
            raise click.UsageError(
                f"{name} takes a day such as 2025-08-13, a time, or 2d, not {typed}"
            ) from None

    return click.option(name, callback=read, metavar="WHEN", help=help_text)


def limit_option(command: Command) -> Command:
    """Add --limit to a command."""
    return click.option(
        "--limit", type=click.IntRange(min=0), default=20, show_default=True, help="0: all."
    )(command)


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


def nothing(message: str) -> None:
    """Say that nothing was found, and leave with the code for it."""
    click.echo(message, err=True)
    raise SystemExit(Exit.NOTHING)


def print_found(
    found: list[dict[str, Any]],
    show: Callable[[list[dict[str, Any]]], None],
    none: str,
    *,
    as_json: bool,
) -> None:
    """Print what was found, as JSON or as ``show`` does; where it is nothing, say ``none``."""
    if as_json:
        print_json(found)
    elif found:
        show(found)
    if not found:
        nothing(none)


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
