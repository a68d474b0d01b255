"""The demo: the sample site served here, crawled with the real spider, and what came of it."""

import shutil
import sqlite3
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import click

from archive import sources as ledger
from archive.cli import db_option, print_status, reading
from archive.stats import status
from archive.store import Archive
from crawler.demo.server import serve
from crawler.demo.site import SampleSite
from crawler.options import errors_told

SOURCE = "demo"
PORT = 8765
"""Where the sample site listens the first time; a second run meets the same addresses."""

_NEWEST = """
select coalesce(substr(published, 1, 10), '          ') as time,
    title || case access when 'locked' then ' (locked)' else '' end as title
from latest_articles limit 8"""
_EDITED = """
select substr(seen_at, 1, 10) as time, title || case when title is old_title then ''
    else ' (was: ' || old_title || ')' end as title from edits order by seen_at desc limit 5"""
_MISSING = """
select substr(last_seen, 1, 10) as time, title || ' (last seen that day)' as title
from gone_articles limit 5"""
_LISTED = """
select count(*) || ' times' as time, title from related_headlines where title is not null
group by title order by count(*) desc, title limit 3"""

NEXT = """
What to try next:
  {dateline} search Rudakouskaja      # a name is found in any script and spelling
  {dateline} search Рудакоўская
  {dateline} status
  {dateline} serve                    # opens the archive in a browser
  {dateline} export articles.jsonl
  {dateline} demo                     # again: {again}
  {dateline} crawl https://example.org/ --limit 20"""
AGAIN = (
    "the site is a day older, with edits and a deletion",
    "nothing has changed, and nothing is written twice",
)


@click.command()
@db_option
@errors_told()
def demo(db: Path) -> None:
    """Crawl the built-in sample news site into the archive and show what came of it.

    The site listens on this machine alone while it is crawled. The second time it has an
    edited article, a deleted one and a new one.
    """
    seen = _seen(db)
    edition = 1 if seen is None else 2
    click.echo(f"The sample site, edition {edition}, is crawled into {db}.", err=True)
    with _serving(SampleSite(edition), seen) as address:
        _crawl(address, db)
    _show(db)
    click.echo(NEXT.format(dateline=_program(), again=AGAIN[edition - 1]))


def _program() -> str:
    """Return how to call Dateline from here: by its name where the shell finds it."""
    program = Path(sys.argv[0]).absolute()
    found = shutil.which("dateline")
    if program.name != "dateline" or (found and Path(found).resolve() == program.resolve()):
        return "dateline"
    here = Path.cwd()
    return str(program.relative_to(here) if program.is_relative_to(here) else program)


def _seen(path: Path) -> str | None:
    """Return the address at which the sample site was crawled before, or None."""
    if not path.exists():
        return None
    with Archive.open(path, write=False) as archive:
        source = ledger.source_named(archive, SOURCE)
        return source.url if source else None


@contextmanager
def _serving(site: SampleSite, seen: str | None) -> Iterator[str]:
    port = (urlsplit(seen).port if seen else None) or PORT
    with ExitStack() as stack:
        try:
            address = stack.enter_context(serve(site, port))
        except OSError:
            if seen:
                raise click.ClickException(
                    f"port {port}, where the sample site was, is taken by another program"
                ) from None
            address = stack.enter_context(serve(site))
        yield address


def _crawl(address: str, path: Path) -> None:
    from crawler.crawling import Target, conclude, job
    from crawler.running import run

    settings = {
        "ARCHIVE": str(path),
        "ALLOW_PRIVATE": [urlsplit(address).netloc],
        "DOWNLOAD_DELAY": 0,
        "DELAY_GIVEN": True,
        # The silent edit of the second day is to be found on that day.
        "ROTATION": 1.0,
    }
    code = conclude(run([job(Target(SOURCE, f"{address}/", "news"), None, settings)]))
    if code:
        raise SystemExit(code)


def _show(path: Path) -> None:
    with reading(path) as db:
        click.echo()
        print_status(status(db, path))
        _list("Newest articles", db.execute(_NEWEST))
        _list("Edited", db.execute(_EDITED))
        _list("No longer there", db.execute(_MISSING))
        _list("Most often in lists of headlines", db.execute(_LISTED))


def _list(heading: str, rows: Iterable[sqlite3.Row]) -> None:
    lines = [f"  {row['time']}  {row['title']}" for row in rows]
    if lines:
        click.echo("\n".join(["", heading, *lines]))
