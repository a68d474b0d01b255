"""The only writer of a crawl: gathers visits and hands them to the archive in batches."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from time import monotonic
from typing import Any, cast

from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings

from archive import sources
from archive.counts import QUIET, Counts
from archive.errors import ArchiveError
from archive.items import Outcome, Visit
from archive.search_index import index
from archive.sources import LEASE, Lease
from archive.store import Archive, Crawl
from crawler.memory import ArchiveMemory
from crawler.spider import NewsSpider

BATCH = 100
"""How many visits are written in one transaction at most."""
PATIENCE = 2.0
"""How long a visit waits for its batch to fill, in seconds."""


@dataclass(slots=True)
class _Held:
    """What a crawl holds while it runs."""

    archive: Archive
    crawl: Crawl
    lease: Lease
    renewed: float


class ArchivePipeline:
    """Writes what a spider visits into the archive named by the setting ``ARCHIVE``.

    The source is held by a lease while it is crawled. What the archive cannot take ends the
    crawl: the error is kept in ``error`` for whoever ran it, and nothing more is fetched.
    ``trouble`` is the reason of the first address that could not be had; ``is_fruitful`` tells
    whether there were articles, or what leads to those that are known answered.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._batch: list[Visit] = []
        self._held: _Held | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._closing: asyncio.Task[None] | None = None
        self.counts = Counts()
        self.error: ArchiveError | None = None
        self.trouble: str | None = None
        self.is_fruitful = False
        self._answered = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "ArchivePipeline":
        """Return the pipeline of a crawl."""
        return cls(crawler)

    def open_spider(self) -> None:
        """Open the archive, take the source, and let the spider remember earlier crawls."""
        spider, settings = self._spider, self._crawler.settings
        source = settings.get("SOURCE") or spider.source
        archive = Archive.open(Path(settings["ARCHIVE"]), create=True)
        try:
            archive.remember_source(source, spider.roots[0], spider.name)
            lease = sources.claim(archive, source)
            shown = _shown(settings)
            crawl = archive.start_crawl(source, spider.roots[0], spider.name, shown)
        except BaseException:
            archive.close()
            raise
        self._held = _Held(archive, crawl, lease, monotonic())
        memory = ArchiveMemory(archive, crawl, self.flush, settings["ROTATION"], self._gone_after)
        spider.remember(memory)

    def process_item(self, item: Any) -> Any:
        """Take a visit; its batch is written when it is full or its time has come."""
        if isinstance(item, Visit):
            self._batch.append(item)
            self._answered = self._answered or (
                item.lead is not None and item.fetch.outcome in (Outcome.OK, Outcome.UNCHANGED)
            )
            if self.trouble is None and item.fetch.outcome not in QUIET and not item.guess:
                self.trouble = f"{item.fetch.url}: {item.fetch.reason}"
            if len(self._batch) >= BATCH:
                self.flush()
            elif self._timer is None:
                self._timer = asyncio.get_running_loop().call_later(PATIENCE, self.flush)
        return item

    def flush(self) -> None:
        """Write what has been gathered; when this returns it is on the disk."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._held is None or self.error is not None:
            return
        visits, self._batch = self._batch, []
        found = self._spider.found()
        try:
            if visits or found:
                self.counts += self._held.archive.write(self._held.crawl, visits, found=found)
            _hold_on(self._held)
        except ArchiveError as error:
            self.error = error
            engine = self._crawler.engine
            self._closing = asyncio.ensure_future(engine.close_spider_async(reason="archive"))

    def close_spider(self) -> None:
        """Write the rest, bring the full text up to date and give the source back."""
        if self._held is None:
            return
        self._batch.extend(self._spider.aside)
        self._spider.aside.clear()
        self._spider.reader.close()
        self.flush()
        held, self._held = self._held, None
        try:
            if self.error is None:
                self._conclude(held)
        except ArchiveError as error:
            self.error = error
        finally:
            held.archive.close()

    def _conclude(self, held: _Held) -> None:
        stopped = self._spider.is_stopping
        outcome = "interrupted" if stopped else "done"
        self.counts = held.archive.finish_crawl(held.crawl, outcome, gone_after=self._gone_after)
        if stopped:
            sources.release(held.archive, held.lease)
            return
        with held.archive.told():
            index(held.archive.db)
        knows_some = held.archive.has_articles(held.crawl)
        self.is_fruitful = self.counts.articles > 0 or (self._answered and knows_some)
        failed = self.trouble is not None and not self.is_fruitful
        sources.finish(
            held.archive,
            held.lease,
            "failed" if failed else "done",
            new=self.counts.new,
            failed=failed,
            reason=self.trouble if failed else None,
        )

    @property
    def _gone_after(self) -> timedelta:
        return timedelta(days=self._crawler.settings.getfloat("GONE_AFTER"))

    @property
    def _spider(self) -> NewsSpider:
        # The pipeline serves no other kind of spider.
        return cast(NewsSpider, self._crawler.spider)


def _hold_on(held: _Held) -> None:
    """Renew the lease at each third of it."""
    if monotonic() - held.renewed > LEASE.total_seconds() / 3:
        held.lease = sources.renew(held.archive, held.lease)
        held.renewed = monotonic()


def _shown(settings: BaseSettings) -> dict[str, object]:
    """Return the settings that say how a crawl was made."""
    names = ("USER_AGENT", "DOWNLOAD_DELAY", "DOWNLOAD_MAXSIZE", "ROBOTSTXT_OBEY", "ALLOW_PRIVATE")
    return {name.lower(): settings.get(name) for name in names}
