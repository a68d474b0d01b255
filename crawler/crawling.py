"""The verb crawl, and what a word of the command line means to it."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archive import sources as ledger
from archive.cli import db_option, since_option
from archive.counts import Counts
from archive.errors import ArchiveError
from archive.exits import Exit, code_of
from archive.store import Archive
from crawler.options import errors_told, fetch_settings, fetching, remind_of_contact
from crawler.policy import refusal
from crawler.urls import clean_url

if TYPE_CHECKING:
    from crawler.running import Job, Result


@click.command()
@click.argument("targets", metavar="[SOURCE or URL]...", nargs=-1)
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="End after N articles.")
@click.option("--due", is_flag=True, help="Crawl every source whose time has come.")
@click.option(
    "--gone-after",
    type=click.FloatRange(min=0),
    default=14,
    show_default=True,
    metavar="DAYS",
    help="How long an article is looked for in vain before it is gone.",
)
@since_option("Go back to a day, such as 2024-01-01, or 2w ago, and no further.")
@db_option
@fetching
@errors_told()
def crawl(
    targets: tuple[str, ...],
    limit: int | None,
    due: bool,
    gone_after: float,
    since: str | None,
    db: Path,
    **options: Any,
) -> None:
    """Crawl sites into the archive.

    A site's root brings its sections and their articles; an article or a list is crawled
    from there. A crawl that was interrupted goes on where it stopped.
    """
    settings = {**fetch_settings(**options), "ARCHIVE": str(db), "GONE_AFTER": gone_after}
    if due == bool(targets):
        mistake = "--due stands alone" if due else "name what to crawl, or give --due"
        raise click.UsageError(mistake)
    found = due_sources(db) if due else [source_of(target, db) for target in targets]
    if not found:
        click.echo("nothing is due", err=True)
        return
    from crawler.running import run

    remind_of_contact(**options)
    jobs = [job(source, limit, settings, since) for source in together(found)]
    sys.exit(conclude(run(jobs)))


class Target:
    """Something to crawl: a name for the source, an address, and the spider that knows it."""

    def __init__(self, name: str, url: str | None, spider: str) -> None:
        self.name = name
        self.url = url
        self.spider = spider


def together(targets: Iterable[Target]) -> list[Target]:
    """Return one target for each source, with all its addresses: a site has one crawl at a time."""
    urls: dict[tuple[str, str], dict[str, None]] = {}
    for target in targets:
        urls.setdefault((target.name, target.spider), {}).update(
            {target.url: None} if target.url else {}
        )
    return [Target(name, ",".join(own) or None, spider) for (name, spider), own in urls.items()]


def source_of(target: str, path: Path) -> Target:
    """Return what a word of the command line means; raises UsageError where it means nothing."""
    if "://" in target:
        return address_source(target)
    known = _known_source(target, path)
    if known is not None:
        return _remembered(known)
    from crawler.running import spider_names

    if target in spider_names():
        return Target(target, None, target)
    raise click.UsageError(f"{target} is no address and no known source{_hint(target)}")


def address_source(url: str) -> Target:
    """Return the source that an address stands for; raises UsageError where it is none."""
    if "://" not in url:
        raise click.UsageError(f"{url} is no address{_hint(url)}")
    reason = refusal(url)
    if reason:
        raise click.UsageError(f"{url} cannot be crawled: {reason}")
    from crawler.urls import site_name

    url = clean_url(url)
    return Target(site_name(url), url, "news")


def due_sources(path: Path) -> list[Target]:
    """Return the sources whose time has come; none where there is no archive yet."""
    with Archive.open(path, write=False) as archive:
        return [_remembered(one) for one in ledger.due(archive)]


def job(
    target: Target, limit: int | None, settings: dict[str, Any], since: str | None = None
) -> "Job":
    """Return the crawl of a source as the runner takes it."""
    from crawler.running import Job, spider_named

    arguments = {"url": target.url or "", "limit": limit, "since": since}
    return Job(spider_named(target.spider), arguments, {**settings, "SOURCE": target.name})


def conclude(results: Iterable["Result"]) -> int:
    """Say in one sentence how crawls ended, and return the exit code that means it."""
    from crawler.running import total

    ended = list(results)
    whole = total(ended)
    for result in ended:
        if result.error is not None:
            click.echo(f"Error: {result.error}", err=True)
    if whole.counts != Counts() or not any(result.error for result in ended):
        click.echo(whole.sentence, err=True)
    if whole.interrupted:
        return Exit.INTERRUPTED
    errors = [result.error for result in ended if result.error is not None]
    for error in errors:
        return code_of(error) if isinstance(error, ArchiveError) else Exit.NOTHING
    return Exit.DONE if whole.got_something else Exit.NOTHING


def _remembered(source: "ledger.Source") -> Target:
    """Return a source as it was crawled before: a site's own spider knows where it begins."""
    spider = source.spider or "news"
    return Target(source.name, source.url if spider == "news" else None, spider)


def _hint(word: str) -> str:
    return f" (did you mean https://{word}?)" if "." in word else ""


def _known_source(name: str, path: Path) -> "ledger.Source | None":
    if not path.exists():
        return None
    with Archive.open(path, write=False) as archive:
        return ledger.source_named(archive, name)
