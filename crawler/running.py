"""Running crawls: one reactor, the guard on it, and what a signal does."""

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scrapy.crawler import AsyncCrawlerRunner, Crawler
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader
from scrapy.utils.log import configure_logging
from scrapy.utils.reactor import install_reactor

from archive.counts import Counts
from archive.errors import ArchiveError
from crawler import settings as shipped
from crawler.errors import CrawlerError
from crawler.pipelines import ArchivePipeline
from crawler.spider import NewsSpider

GRACE = 2.0
"""How long an interrupted crawl waits for the page it is fetching, in seconds."""


@dataclass(frozen=True, slots=True)
class Job:
    """One crawl to run: a spider, its arguments, and the settings that differ."""

    spider: type[NewsSpider]
    arguments: Mapping[str, Any]
    settings: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Result:
    """How a crawl ended: what came of it, and the error that ended it early, if one did.

    ``trouble`` is the reason of the first failure.
    """

    counts: Counts
    error: ArchiveError | CrawlerError | OSError | None = None
    interrupted: bool = False
    trouble: str | None = None
    is_fruitful: bool = False

    @property
    def got_something(self) -> bool:
        """Whether any article was fetched, or there was none to fetch of those that are known."""
        return self.counts.articles > 0 or self.is_fruitful

    @property
    def sentence(self) -> str:
        """The one sentence that a run ends with."""
        if self.got_something or self.trouble is None or self.interrupted:
            return str(self.counts)
        return f"{self.counts}: {self.trouble}"


def total(results: Iterable[Result]) -> Result:
    """Return several crawls' results as one."""
    ended = list(results)
    return Result(
        sum((result.counts for result in ended), Counts()),
        interrupted=any(result.interrupted for result in ended),
        trouble=next((result.trouble for result in ended if result.trouble), None),
        is_fruitful=any(result.is_fruitful for result in ended),
    )


def spider_names() -> Sequence[str]:
    """Return the names of the sites' own spiders."""
    return SpiderLoader.from_settings(base_settings()).list()


def spider_named(name: str) -> type[NewsSpider]:
    """Return the spider of that name, among those in ``spiders``."""
    spider: type[NewsSpider] = SpiderLoader.from_settings(base_settings()).load(name)  # type: ignore[assignment]
    return spider


def run(jobs: list[Job], at_once: int = 8) -> list[Result]:
    """Run crawls on one reactor, some at once, and return how each ended, in their order.

    SIGINT and SIGTERM end them within seconds with all fetched work kept; a second signal
    ends the process on the spot.
    """
    install_reactor(shipped.TWISTED_REACTOR)
    from twisted.internet import reactor

    from crawler.resolver import GuardedResolver

    base = base_settings()
    allowed = [pair for job in jobs for pair in job.settings.get("ALLOW_PRIVATE", ())]
    GuardedResolver(reactor, base.getint("DNSCACHE_SIZE"), allowed).install_on_reactor()
    configure_logging(base)
    results: list[Result] = []

    async def everything() -> None:
        fleet = Fleet(base)
        fleet.listen()
        results.extend(await fleet.sail(jobs, at_once))

    _on_reactor(reactor, everything)
    return results


def base_settings() -> Settings:
    """Return Scrapy's settings as Dateline ships them, from the checkout or installed."""
    settings = Settings()
    settings.setmodule(shipped, priority="project")
    return settings


def _on_reactor(reactor: Any, work: Callable[[], Awaitable[None]]) -> None:
    failures: list[BaseException] = []

    async def guarded() -> None:
        try:
            await work()
        except BaseException as error:  # raised again below, outside the reactor
            failures.append(error)
        finally:
            reactor.stop()

    reactor.callWhenRunning(lambda: asyncio.ensure_future(guarded()))
    reactor.run(installSignalHandlers=False)
    if failures:
        raise failures[0]


class Fleet:
    """The crawls of one process, and the signals that end them all."""

    def __init__(self, base: Settings) -> None:
        self._base = base
        self._runner = AsyncCrawlerRunner(base)
        self._crawlers: set[Crawler] = set()
        self._interrupted = asyncio.Event()
        self._stopping: list[asyncio.Future[None]] = []

    def listen(self) -> None:
        """Take over SIGINT and SIGTERM."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self._interrupt)

    async def sail(self, jobs: list[Job], at_once: int) -> list[Result]:
        """Run every job, at most so many at once, and return how each ended."""
        places = asyncio.Semaphore(at_once)

        async def placed(job: Job) -> Result:
            async with places:
                return await self.crawl(job)

        return await asyncio.gather(*(placed(job) for job in jobs))

    async def crawl(self, job: Job) -> Result:
        """Run one crawl and return how it ended."""
        if self._interrupted.is_set():
            return Result(Counts(), interrupted=True)
        settings = self._base.copy()
        # Whoever runs several crawls says at the end what came of all of them.
        settings.setdict({"CLOSING_SENTENCE": False, **job.settings}, priority="cmdline")
        crawler = Crawler(job.spider, settings)
        self._crawlers.add(crawler)
        try:
            await self._until_done(crawler, job.arguments)
        except (ArchiveError, CrawlerError, OSError) as error:
            return Result(Counts(), error)
        finally:
            self._crawlers.discard(crawler)
        pipeline = crawler.get_item_pipeline(ArchivePipeline)
        if pipeline is None:  # a fetch that keeps nothing
            return Result(Counts(), interrupted=self._interrupted.is_set())
        return Result(
            pipeline.counts,
            pipeline.error,
            self._interrupted.is_set(),
            pipeline.trouble,
            pipeline.is_fruitful,
        )

    async def _until_done(self, crawler: Crawler, arguments: Mapping[str, Any]) -> None:
        crawling = asyncio.ensure_future(self._runner.crawl(crawler, **arguments))
        interrupted = asyncio.ensure_future(self._interrupted.wait())
        await asyncio.wait({crawling, interrupted}, return_when=asyncio.FIRST_COMPLETED)
        if not crawling.done():
            await asyncio.wait({crawling}, timeout=GRACE)
        if crawling.done():
            interrupted.cancel()
            crawling.result()
        else:
            # The page that is still on its way is given up; it stays in the frontier.
            _put_away(crawler)

    def _interrupt(self) -> None:
        if self._interrupted.is_set():
            os._exit(130)
        print("stopping; what was fetched is kept (again to quit at once)", file=sys.stderr)  # noqa: T201
        self._interrupted.set()
        for crawler in self._crawlers:
            _drop_waiting(crawler)
            self._stopping.append(asyncio.ensure_future(crawler.stop_async()))


def _drop_waiting(crawler: Crawler) -> None:
    """Let go of the requests that wait for their host's delay to pass."""
    from scrapy.exceptions import IgnoreRequest
    from twisted.python.failure import Failure

    if isinstance(crawler.spider, NewsSpider):
        crawler.spider.is_stopping = True
    for slot in crawler.engine.downloader.slots.values():
        while slot.queue:  # each waits for its host's rest to pass
            _, waiting = slot.queue.popleft()
            error = IgnoreRequest("the crawl was interrupted")
            waiting.errback(Failure(error))  # type: ignore[no-untyped-call]


def _put_away(crawler: Crawler) -> None:
    pipeline = crawler.get_item_pipeline(ArchivePipeline)
    if pipeline is not None:
        pipeline.close_spider()
