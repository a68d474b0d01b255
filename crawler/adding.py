"""The verb add: sources are remembered after it was tried where their articles are found."""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archive import leads as ledger_of_leads
from archive import sources as ledger
from archive.cli import db_option
from archive.connection import transaction
from archive.exits import Exit
from archive.items import LeadKind
from archive.leads import Lead
from archive.store import Archive
from crawler.crawling import Target, address_source
from crawler.listed import Line, lines_of
from crawler.options import errors_told, fetch_settings, fetching, remind_of_contact

if TYPE_CHECKING:
    from crawler.trying import Tried


@click.command()
@click.argument("sources", metavar="URL|FILE|-...", nargs=-1, required=True)
@click.option("--name", help="What to call the source; else its domain.")
@db_option
@fetching
@errors_told()
def add(sources: tuple[str, ...], name: str | None, db: Path, **options: Any) -> None:
    """Remember sources, due at once; ``dateline crawl --due`` crawls them.

    Tries where the articles of each are found, and says so: feeds, sitemaps, the front page.
    A file, or - for what comes in, holds OPML, a CSV with a column url, or an address a line.
    """
    settings = fetch_settings(**options)
    found, mistakes = _sources(sources)
    if name and len(found) + len(mistakes) > 1:
        raise click.UsageError("--name goes with one address")
    remind_of_contact(**options)
    for mistake in mistakes:
        click.echo(f"Error: {mistake}", err=True)
    if not found:
        sys.exit(Exit.NOTHING)
    from crawler.trying import try_all

    tried = try_all([source.url or "" for _, source in found], settings)
    if tried is None:
        click.echo("interrupted before all was tried; nothing is remembered", err=True)
        sys.exit(Exit.INTERRUPTED)
    with Archive.open(db, create=True) as archive:
        kept = [
            _keep(archive, line, name or line.name or source.name, source, tries)
            for (line, source), tries in zip(found, tried, strict=True)
        ]
    sys.exit(Exit.DONE if any(kept) else Exit.NOTHING)


def _sources(words: Sequence[str]) -> tuple[list[tuple[Line, Target]], list[str]]:
    """Return the sources that are named, and what is wrong with the other lines of files."""
    found: list[tuple[Line, Target]] = []
    mistakes: list[str] = []
    for word in words:
        for line in lines_of(word):
            try:
                found.append((line, address_source(line.url)))
            except click.UsageError as error:
                if line.where is None:
                    raise
                mistakes.append(f"{line.where}: {error.message}")
    return found, mistakes


def _keep(
    archive: Archive, line: Line, name: str, source: Target, tries: "Sequence[Tried]"
) -> bool:
    """Say what the tries gave, and remember the source unless there is nothing to be had."""
    for tried in tries:
        click.echo(tried.sentence)
    leads = [_lead(tried) for tried in tries if tried.links and tried.kind]
    silent = next((tried for tried in tries if tried.is_silent), None)
    if not leads and not silent and not any(tried.is_article for tried in tries):
        reason = next((tried.reason for tried in tries if tried.is_root and tried.reason), None)
        click.echo(
            f"Error: {name}: nothing at {source.url} leads to articles"
            f"{f' ({reason})' if reason else ''}; it is not remembered",
            err=True,
        )
        return False
    ledger.add(archive, name, source.url, spider=source.spider)
    if line.feed:
        leads.append(Lead(line.feed, LeadKind.FEED, found_on=line.where))
    _remember(archive, name, leads)
    click.echo(f"{name}: due now, {source.url}{_doubt(silent)}", err=True)
    return True


def _remember(archive: Archive, name: str, leads: Iterable[Lead]) -> None:
    known = ledger.source_named(archive, name)
    if known is not None:
        with archive.told(), transaction(archive.db):
            ledger_of_leads.remember(archive.db, known.id, leads)


def _lead(tried: "Tried") -> Lead:
    return Lead(tried.url, tried.kind or LeadKind.LIST, found_on=tried.found_on)


def _doubt(silent: "Tried | None") -> str:
    return f" (not reached now: {silent.reason})" if silent else ""
