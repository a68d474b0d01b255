"""The spider of every site: asks for pages, has them read, and follows what they lead to."""

import re
import zlib
from collections import deque
from collections.abc import AsyncIterator, Collection, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, ClassVar, Protocol
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.exceptions import CloseSpider
from scrapy.http import Response
from twisted.python.failure import Failure

from archive.address_forms import form_key
from archive.items import Fetch, Outcome, Page, Visit
from archive.looks import GONE_STATUS
from crawler.discovery import headline_links, is_front, is_next_page
from crawler.errors import CrawlerError
from crawler.failures import failed
from crawler.look import Look, look_at
from crawler.policy import refusal
from crawler.reader import Reader
from crawler.shapes import Shapes
from crawler.urls import clean_url, site_name, site_of

ROOT, LIST, AGAIN = 2, 1, -1
"""What is asked for first and last; articles that are new stand at 0."""
MAX_FEEDS = 4
"""How many feeds of a front page are read."""
MAX_LISTS = 300
"""How many list pages one run reads at most."""
MAX_BARREN = 20
"""After so many list pages in a row that lead to nothing new, no more lists are followed."""


_BETWEEN_ADDRESSES = re.compile(r",(?=[a-z]+://)")
"""A comma before a scheme; others belong to an address."""


class Memory(Protocol):
    """What the spider needs to know of earlier runs."""

    def plan(self, urls: Collection[str]) -> Mapping[str, Mapping[str, str]]:
        """Return the addresses to ask for now, each with the headers of its request."""

    def read(self) -> Collection[tuple[str, bool]]:
        """Return addresses that earlier runs read, each with whether it was an article."""

    def unfinished(self) -> Collection[str]:
        """Return the addresses that an earlier run found and did not reach."""

    def due(self) -> Collection[str]:
        """Return the addresses of the articles that it is time to look at again."""


class NewsSpider(Spider):
    """Crawls one site: its front page, its sections, and the articles they lead to.

    A site's own spider names itself and where the site lists its news (``start_urls``); more
    addresses may be given as ``url``, separated by commas. ``limit`` ends the run after so
    many articles.
    """

    name = "news"
    start_urls: list[str] = []  # noqa: RUF012
    delay: ClassVar[float | None] = None

    def __init__(self, url: str = "", limit: str | int | None = None, **kwargs: Any) -> None:
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
        self.sites = {site_of(urlsplit(root).netloc) for root in self.roots}
        self.memory: Memory | None = None
        self.reader = Reader()
        self.found: list[str] = []
        self.aside: deque[Visit] = deque()
        self.current = ""
        self.is_stopping = False
        self.shapes = Shapes()
        self._seen: set[str] = set()
        self._forms: set[str] = set()
        self._articles = 0
        self._lists = 0
        self._barren = 0

    @classmethod
    def update_settings(cls, settings: Any) -> None:
        """Put the site's own delay among the settings, where the site has one."""
        super().update_settings(settings)
        if cls.delay is not None:
            settings.set("DOWNLOAD_DELAY", cls.delay, priority="spider")

    async def start(self) -> AsyncIterator[Any]:
        """Yield the roots, then what earlier runs left, then the articles to look at again."""
        if self.memory is not None:
            self.shapes = Shapes(self.memory.read())
        for root in self.roots:
            if self._claim(root):
                yield self._request(root, depth=0, priority=ROOT)
        if self.memory is not None:
            for request in self._follow(self.memory.unfinished(), depth=2):
                yield request
            for request in self._follow(self.memory.due(), depth=2, priority=AGAIN):
                yield request

    def parse(self, response: Response) -> Any:
        """Return the visit that the response was, and the requests it leads to."""
        page = page_of(response)
        self.current = page.url
        if cut(response):
            return self._visited(response, page, Look(Outcome.TRUNCATED, "the answer was cut off"))
        if self.reader.is_heavy(page):
            return self._read_apart(response, page)
        return self._visited(response, page, look_at(page))

    async def _read_apart(self, response: Response, page: Page) -> Iterator[Visit | Request]:
        look = await self.reader.look_at(page)
        return self._visited(response, page, look)

    def _visited(self, response: Response, page: Page, look: Look) -> Iterator[Visit | Request]:
        yield from self._set_aside()
        request = response.request
        if request is None or self.is_full:
            return
        yield from _redirects(request, page)
        yield Visit(_fetch(request, page, look), _kept(page), look.article, look.lists)
        if look.article is not None:
            self._articles += 1
        if look.outcome is Outcome.OK:
            self.shapes.note(page.url, is_article=look.article is not None)
        if self.is_full:
            raise CloseSpider("limit")
        yield from self._next(request, page, look)
        if page.status in GONE_STATUS:
            yield from self._ask_witness(page.url)

    def _ask_witness(self, url: str) -> Iterator[Request]:
        """Ask for the front page, if the run did not: it tells whether the site itself is there."""
        parts = urlsplit(url)
        front = f"{parts.scheme}://{parts.netloc}/"
        if self._claim(front):
            # No link of it is followed.
            request = self._request(front, depth=0, priority=ROOT)
            request.meta["witness"] = True
            yield request

    def failed(self, failure: Failure) -> Iterator[Visit]:
        """Yield the visit to an address that gave no response."""
        yield from self._set_aside()
        if self.is_stopping:
            return  # the address was let go, and stays in the frontier for the next run
        request: Request = failure.request  # type: ignore[attr-defined]
        outcome, reason = failed(failure.value, request.url)
        asked = _asked(request)
        fetch = Fetch(asked, datetime.now(UTC), outcome, reason, final_url=request.url)
        yield Visit(fetch)

    def takes_redirect(self, request: Request) -> bool:
        """Return whether a redirect leads to an address that is not known yet, and claim it."""
        url = clean_url(request.url)
        return form_key(url) == form_key(_asked(request)) or self._claim(url)

    @property
    def source(self) -> str:
        """What the archive calls the site: the spider's own name, or the site's domain."""
        return self.name if self.start_urls else site_name(self.roots[0])

    @property
    def is_full(self) -> bool:
        """Whether the run has as many articles as it was asked for."""
        return self.limit is not None and self._articles >= self.limit

    def _next(self, request: Request, page: Page, look: Look) -> Iterator[Request]:
        depth = request.meta["depth"]
        if "witness" in request.meta:
            return
        if look.is_list:
            yield from self._from_list(page, look, depth)
        elif look.article is not None:
            yield from self._follow_found(headline_links(look.lists), depth + 1)

    def _from_list(self, page: Page, look: Look, depth: int) -> Iterator[Request]:
        before = len(self._forms)
        yield from self._follow_found(look.links.articles, depth + 1)
        self._barren = 0 if len(self._forms) > before else self._barren + 1
        feeds = look.links.feeds[:MAX_FEEDS] if depth == 0 else ()
        wanted = [url for url in look.links.lists if self._wants_list(url, page.url, depth)]
        for url in (*feeds, *wanted):
            if self._is_ours(url) and self._lists < MAX_LISTS and self._claim(url):
                self._lists += 1
                yield self._request(url, depth=depth + 1, priority=LIST)

    def _wants_list(self, url: str, page: str, depth: int) -> bool:
        if self._barren >= MAX_BARREN:
            return False
        return depth == 0 or (is_front(page) and depth < 2) or is_next_page(url, page)

    def _follow_found(self, urls: Iterable[str], depth: int) -> Iterator[Request]:
        unseen = [url for url in urls if url not in self._seen]
        yield from self._follow(self.shapes.sifted(unseen), depth)

    def _follow(self, urls: Iterable[str], depth: int, priority: int = 0) -> Iterator[Request]:
        # Most links of a page were met before; the look-up is the cheapest of the tests.
        unseen = [url for url in urls if url not in self._seen]
        fresh = [url for url in unseen if self._is_ours(url) and self._claim(url)]
        if self.memory is None or not fresh:
            return
        for url, headers in self.memory.plan(fresh).items():
            self.found.append(url)
            yield self._request(url, depth, priority=priority, headers=headers)

    def _is_ours(self, url: str) -> bool:
        return site_of(urlsplit(url).netloc) in self.sites and not refusal(url)

    def _claim(self, url: str) -> bool:
        """Return whether no form of the address was met before in this run, and note that it is."""
        self._seen.add(url)
        form = form_key(url)
        if form in self._forms:
            return False
        self._forms.add(form)
        return True

    def _request(
        self, url: str, depth: int, *, priority: int = 0, headers: Mapping[str, str] | None = None
    ) -> Request:
        # The set of addresses seen does Scrapy's duplicate filter's work at a fraction of it.
        return Request(
            url,
            callback=self.parse,
            errback=self.failed,
            headers=headers,
            priority=priority,
            dont_filter=True,
            meta={"depth": depth},
        )

    def _set_aside(self) -> Iterator[Visit]:
        while self.aside:
            yield self.aside.popleft()


def page_of(response: Response) -> Page:
    """Return a response as a page, its headers as text."""
    headers = tuple(
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in response.headers.items()
        for value in values
    )
    return Page(response.url, response.body, datetime.now(UTC), response.status, headers)


def cut(response: Response) -> bool:
    """Return whether the response ended before its end, as its length or its packing shows."""
    if "dataloss" in response.flags:
        return True
    packed: bytes | None = response.request.meta.pop("packed", None) if response.request else None
    if not packed or int.from_bytes(packed[-4:], "little") == len(response.body) & 0xFFFFFFFF:
        return False
    unpacking = zlib.decompressobj(wbits=31)
    try:
        unpacking.decompress(packed)
    except zlib.error:
        return True
    return not unpacking.eof


def _asked(request: Request) -> str:
    hops: list[str] = request.meta.get("redirect_urls", [])
    return hops[0] if hops else request.url


def _fetch(request: Request, page: Page, look: Look) -> Fetch:
    return Fetch(
        url=_asked(request),
        fetched_at=page.fetched_at,
        outcome=look.outcome,
        reason=look.reason,
        final_url=page.url,
        status=page.status,
        size=len(page.body),
        elapsed=request.meta.get("download_latency"),
        signals=look.signals,
    )


def _redirects(request: Request, page: Page) -> Iterator[Visit]:
    """Yield a visit for each address between the one asked for and the one that answered."""
    hops = request.meta.get("redirect_urls", [])[1:]
    for hop in hops:
        reason = f"redirects to {page.url}"
        yield Visit(Fetch(hop, page.fetched_at, Outcome.REDIRECT, reason, final_url=page.url))


def _kept(page: Page) -> Page | None:
    """Return the page if it belongs in the archive: what was read, and proof of what is gone."""
    return page if page.status in (200, 203, 404, 410) and page.body else None
