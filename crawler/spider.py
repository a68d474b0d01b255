"""The spider of every site: asks for what its course says, and has it read."""

import re
from collections import deque
from collections.abc import AsyncIterator, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, ClassVar, Protocol, Self
from urllib.parse import urlsplit

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider, DontCloseSpider
from scrapy.http import Response
from twisted.python.failure import Failure

from archive.address_forms import form_key
from archive.items import GUESSED, Fetch, LeadLook, Outcome, Page, Visit
from archive.looks import GONE_STATUS
from archive.store import Found
from crawler import agenda
from crawler.agenda import Ask
from crawler.clock import SiteClock
from crawler.course import Course
from crawler.discovery import is_front
from crawler.errors import CrawlerError
from crawler.failures import failed
from crawler.host_files import Reservations
from crawler.look import Look, look_at
from crawler.markup import unpacked
from crawler.memory import conditions as lead_conditions
from crawler.policy import refusal
from crawler.reader import Reader
from crawler.responses import ask_of, cut, fetch_of, is_transient, kept, page_of, redirects
from crawler.urls import clean_url, origin_of, site_name, site_of

_BETWEEN_ADDRESSES = re.compile(r",(?=[a-z]+://)")
"""A comma before a scheme; others belong to an address."""


class Memory(agenda.Memory, Protocol):
    """What the spider needs to know of earlier runs."""

    def printed_times(self) -> Collection[str]:
        """Return times as known articles print them, of which some end in an offset."""

    def conditions(self, urls: Collection[str]) -> Mapping[str, Mapping[str, str]]:
        """Return the headers with which known articles are asked for only if they changed."""

    def last_visit(self, url: str) -> Visit | None:
        """Return the newest look at an address, with its page where that was kept."""


class NewsSpider(Spider):
    """Crawls one site: its feeds and sitemaps, its front page and sections, and its articles.

    A site's own spider names itself and where the site lists its news (``start_urls``); more
    addresses may be given as ``url``, separated by commas. ``limit`` ends the run after so
    many articles; ``since``, a day, says how far back it goes.
    """

    name = "news"
    start_urls: list[str] = []  # noqa: RUF012
    delay: ClassVar[float | None] = None
    keeps_signals: ClassVar[bool] = True
    """Whether what pages ask of robots and of mining is kept, so that hosts are asked for it."""

    def __init__(
        self, url: str = "", limit: str | int | None = None, since: str | None = None, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        given = _BETWEEN_ADDRESSES.split(url) if url else self.start_urls
        self.roots = tuple(clean_url(root) for root in given)
        if not self.roots:
            raise CrawlerError("a crawl needs an address: -a url=https://…")
        for root in self.roots:
            reason = refusal(root)
            if reason:
                raise CrawlerError(f"{root} cannot be crawled: {reason}")
        self.limit = int(limit) if limit else None
        self.since = since
        self.sites = {site_of(urlsplit(root).netloc) for root in self.roots}
        self.is_whole = not url or any(map(is_front, self.roots))
        self.reader = Reader()
        self.clock = SiteClock()
        self.aside: deque[Visit] = deque()
        self.reservations: dict[str, Reservations] = {}
        self.current = ""
        self.is_stopping = False
        self.course: Course | None = None
        self._memory: Memory | None = None
        self._batches: Iterator[list[Ask]] = iter(())
        self._articles = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Return the spider of a crawl, which is told when there is nothing left to do."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.go_on, signal=signals.spider_idle)
        return spider

    @classmethod
    def update_settings(cls, settings: Any) -> None:
        """Put the site's own delay among the settings, where the site has one."""
        super().update_settings(settings)
        if cls.delay is not None:
            settings.set("DOWNLOAD_DELAY", cls.delay, priority="spider")

    def remember(self, memory: Memory) -> None:
        """Set out on a course that starts from what earlier runs came to."""
        self._memory = memory
        self.clock.hear(memory.printed_times())
        self.course = Course(self.roots, memory, is_whole=self.is_whole, since=self.since)

    async def start(self) -> AsyncIterator[Any]:
        """Yield the roots; the rest follows when they have been read."""
        if self.course is None:
            for root in dict.fromkeys(self.roots):
                yield self._request(Ask(root, depth=0))
            return
        self._batches = self.course.batches()
        for request in self._requests(self.course.beginning()):
            yield request

    def go_on(self) -> None:
        """Ask for the next batch; the crawl ends when there is none."""
        if self.is_stopping or self.is_full:
            return
        for asks in self._batches:
            if asks:
                for request in self._requests(asks):
                    self.crawler.engine.crawl(request)
                raise DontCloseSpider

    def hear_of_sitemaps(self, urls: Iterable[str]) -> None:
        """Take note of the sitemaps that a site's robots.txt names."""
        if self.course is not None:
            self.course.hear_of_sitemaps(urls)

    def recall(self, url: str) -> Visit | None:
        """Return the newest look of an earlier run at an address, where runs are remembered."""
        return self._memory.last_visit(url) if self._memory else None

    def parse(self, response: Response) -> Any:
        """Return the visits that the response was, after what it leads to was taken up."""
        page = page_of(response)
        self.current = page.url
        if cut(response):
            return self._visited(response, page, Look(Outcome.TRUNCATED, "the answer was cut off"))
        ask = ask_of(response.request)
        if self.course is not None and self.course.is_same(ask, page.body):
            return self._visited(response, page, Look())
        if self.reader.is_heavy(page):
            return self._read_apart(response, page)
        return self._visited(response, page, look_at(page, self.clock.zone(page.url)))

    async def _read_apart(self, response: Response, page: Page) -> Iterator[Visit | Request]:
        look = await self.reader.look_at(page, self.clock.zone(page.url))
        return self._visited(response, page, look)

    def _visited(self, response: Response, page: Page, look: Look) -> Iterator[Visit | Request]:
        yield from self._set_aside()
        request = response.request
        if request is None or self.is_full:
            return
        yield from redirects(request, page)
        self._learn_clock(page, look)
        look = self._with_reservation(look, page.url)
        # What it leads to is taken up first, since both are written together.
        yield self._visit(ask_of(request), fetch_of(request, page, look), page, look)
        if look.article is not None:
            self._articles += 1
        if self.is_full:
            raise CloseSpider("limit")
        if page.status in GONE_STATUS and self.course is not None:
            yield from self._requests(self.course.witness(page.url))

    def _learn_clock(self, page: Page, look: Look) -> None:
        if look.listing is not None:
            self.clock.hear_listing(unpacked(page.body))
        elif look.article is not None and look.article.published_text:
            self.clock.hear([look.article.published_text])

    def _visit(self, ask: Ask, fetch: Fetch, page: Page, look: Look) -> Visit:
        if (
            ask.is_guess
            and look.outcome is Outcome.OK
            and not (look.listing or self._is_known(ask))
        ):
            look = Look(Outcome.SOFT_404, "it is no feed and no sitemap")
            fetch = replace(fetch, outcome=look.outcome, reason=look.reason)
        fetch = _as_guessed(fetch) if ask.is_guess else fetch
        lead = None
        if self.course is not None:
            lead = self.course.follow(ask, page, look)
            self.course.done(ask, fetch, again=is_transient(fetch))
        return Visit(fetch, kept(page), look.article, look.lists, lead, ask.is_guess)

    def failed(self, failure: Failure) -> Iterator[Visit]:
        """Yield the visit to an address that gave no response."""
        yield from self._set_aside()
        if self.is_stopping:
            return  # the address was let go, and stays in the frontier for the next run
        request: Request = failure.request  # type: ignore[attr-defined]
        outcome, reason = failed(failure.value, request.url)
        ask = ask_of(request)
        fetch = Fetch(ask.url, datetime.now(UTC), outcome, reason, final_url=request.url)
        if self.course is not None:
            for_now = getattr(failure.value, "for_now", False)
            self.course.done(ask, fetch, again=for_now or is_transient(fetch))
        fetch = _as_guessed(fetch) if ask.is_guess else fetch
        lead = LeadLook(ask.kind, ask.found_on) if ask.kind else None
        yield Visit(fetch, lead=lead, guess=ask.is_guess)

    def takes_redirect(self, request: Request) -> bool:
        """Return whether a redirect leads to an address that is not known yet, and claim it."""
        url, asked = clean_url(request.url), ask_of(request).url
        return form_key(url) == form_key(asked) or self.course is None or self.course.claim(url)

    def found(self) -> list[Found]:
        """Return what was found and not yet fetched since it was last asked."""
        if self.course is None:
            return []
        found, self.course.found = list(self.course.found.values()), {}
        return found

    @property
    def source(self) -> str:
        """What the archive calls the site: the spider's own name, or the site's domain."""
        return self.name if self.start_urls else site_name(self.roots[0])

    @property
    def is_full(self) -> bool:
        """Whether the run has as many articles as it was asked for."""
        return self.limit is not None and self._articles >= self.limit

    def _with_reservation(self, look: Look, url: str) -> Look:
        reservations = self.reservations.get(origin_of(url))
        if reservations is None or not reservations.rules:
            return look
        return replace(look, signals=reservations.added_to(look.signals, url))

    def _is_known(self, ask: Ask) -> bool:
        return self.course is not None and ask.url in self.course.agenda.known

    def _requests(self, asks: Collection[Ask]) -> Iterator[Request]:
        """Yield requests in their order; what is known is asked for only if it changed."""
        if self._memory is None or self.course is None:
            return
        known = self.course.agenda.known
        conditions = self._memory.conditions([ask.url for ask in asks if ask.kind is None])
        for ask in asks:
            lead = known.get(ask.url)
            own = lead_conditions(lead.etag, lead.last_modified) if lead else None
            yield self._request(ask, own or conditions.get(ask.url))

    def _request(self, ask: Ask, headers: Mapping[str, str] | None = None) -> Request:
        # The set of addresses seen does Scrapy's duplicate filter's work at a fraction of it.
        return Request(
            ask.url,
            callback=self.parse,
            errback=self.failed,
            headers=headers,
            dont_filter=True,
            meta={"ask": ask},
        )

    def _set_aside(self) -> Iterator[Visit]:
        while self.aside:
            yield self.aside.popleft()


def _as_guessed(fetch: Fetch) -> Fetch:
    """Return the attempt at a place that nothing named; what is not there is no failure."""
    return replace(fetch, reason=f"{GUESSED} {fetch.reason}") if fetch.reason else fetch
