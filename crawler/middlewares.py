"""What happens to every request and response, whatever the site."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import RetryMiddleware as ScrapyRetries
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from archive.items import Fetch, Outcome, Visit
from crawler.failures import failed
from crawler.host_files import (
    FRESH,
    RESERVATIONS,
    ROBOTS,
    Reservations,
    absent,
    is_fresh,
    rules_of,
    says_something,
    visit_of,
)
from crawler.policy import literal_refusal, refusal
from crawler.politeness import Politeness
from crawler.urls import origin_of, site_of


class RefusedError(IgnoreRequest):
    """An address is not asked; the message is the reason, ``outcome`` what the archive notes.

    ``for_now`` where a later run may well ask it.
    """

    def __init__(
        self, reason: str, outcome: Outcome = Outcome.REFUSED, *, for_now: bool = False
    ) -> None:
        super().__init__(reason)
        self.outcome = outcome
        self.for_now = for_now


class AddressMiddleware:
    """Refuses what is never asked: other schemes, other sites, traps, parked hosts.

    Redirects pass here too, since each comes as a request of its own. Private addresses are
    the resolver's to refuse, except behind a proxy, where only literals can be told.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "AddressMiddleware":
        """Return the middleware of a crawler."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Let the request pass, or raise RefusedError with the reason."""
        url = request.url
        reason = refusal(url)
        if reason is None and "proxy" in request.meta:
            reason = literal_refusal(url)
        if reason:
            raise RefusedError(reason)
        parked = self._parked(url)
        if parked:
            raise RefusedError(parked, for_now=True)
        if "host_file" not in request.meta:
            self._judge_site(request)

    def _parked(self, url: str) -> str | None:
        politeness = self._crawler.get_extension(Politeness)
        if politeness is None or not politeness.parked:
            return None
        return politeness.parked.get(urlsplit(url).hostname or "")

    def _judge_site(self, request: Request) -> None:
        spider = self._crawler.spider
        sites = getattr(spider, "sites", None)
        ask = request.meta.get("ask")
        if ask is not None and ask.is_named:
            return
        if sites and site_of(urlsplit(request.url).netloc) not in sites:
            raise RefusedError(f"{request.url} is on another site", Outcome.REFUSED)
        if request.meta.get("redirect_times") and not spider.takes_redirect(request):  # type: ignore[union-attr]
            raise RefusedError(f"redirects to {request.url}, which is known", Outcome.REDIRECT)


@dataclass(frozen=True, slots=True)
class Robots:
    """What a host's robots.txt says; ``closed`` is why nothing may be asked, where that is so."""

    asked_at: datetime
    rules: Protego | None = None
    closed: RefusedError | None = None

    @classmethod
    def of(cls, visit: Visit) -> Self:
        """Return what an answer says: none or a 5xx means no, a 4xx means yes."""
        fetch = visit.fetch
        if says_something(visit):
            return cls(fetch.fetched_at, rules_of(visit))
        if fetch.outcome is Outcome.REFUSED:
            # An address that is refused is so for its own sake, not for a missing robots.txt.
            return cls(fetch.fetched_at, closed=RefusedError(fetch.reason or "", fetch.outcome))
        why = f"answered {fetch.status}" if fetch.status else f"did not answer: {fetch.reason}"
        if fetch.outcome is Outcome.TRUNCATED:
            why = "was cut off"
        closed = RefusedError(f"robots.txt {why}", Outcome.ROBOTS, for_now=True)
        return cls(fetch.fetched_at, closed=closed)

    def refusal(self, url: str, agent: str) -> RefusedError | None:
        """Return why this agent may not ask for the address, or None."""
        if self.closed:
            return self.closed
        if self.rules is None or self.rules.can_fetch(url, agent):
            return None
        return RefusedError("robots.txt does not allow it", Outcome.ROBOTS)


class HostFileMiddleware:
    """Asks a host for a file of its own before anything else, and notes the answer."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the middleware of a crawler."""
        return cls(crawler)

    @property
    def _spider(self) -> Any:
        return self._crawler.spider

    def _recalled(self, url: str) -> Visit | None:
        """Return the newest look at a file, where it is fresh."""
        visit: Visit | None = self._spider.recall(url)
        return visit if visit is not None and is_fresh(visit, datetime.now(UTC)) else None

    async def _asked(self, url: str, **meta: Any) -> Visit:
        meta |= {"host_file": urlsplit(url).path}
        request = Request(url, callback=NO_CALLBACK, priority=1000, meta=meta)
        try:
            response = await self._crawler.engine.download_async(request)
        except Exception as error:  # whatever went wrong, there was no answer
            return Visit(Fetch(url, datetime.now(UTC), *failed(error, url)))
        return visit_of(url, response)

    def _note(self, visit: Visit) -> None:
        if not self._spider.is_stopping:
            self._spider.aside.append(visit)


class RobotsMiddleware(HostFileMiddleware):
    """Obeys robots.txt as RFC 9309 says; what it said holds for a day."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._agent: str = crawler.settings["USER_AGENT"]
        self._known: dict[str, asyncio.Future[Robots]] = {}

    async def process_request(self, request: Request) -> None:
        """Let the request pass, or raise RefusedError with the reason."""
        if request.meta.get("host_file") == ROBOTS:
            return
        origin = origin_of(request.url)
        robots = await self._robots(origin)
        if datetime.now(UTC) - robots.asked_at >= FRESH:
            self._known.pop(origin, None)
            robots = await self._robots(origin)
        refusal = robots.refusal(request.url, self._agent)
        if refusal:
            raise refusal

    def _robots(self, origin: str) -> asyncio.Future[Robots]:
        if origin not in self._known:
            self._known[origin] = asyncio.ensure_future(self._read(origin))
        return self._known[origin]

    async def _read(self, origin: str) -> Robots:
        visit = self._recalled(origin + ROBOTS)
        if visit is None or not says_something(visit):
            visit = await self._asked(origin + ROBOTS)
            self._note(visit)
        robots = Robots.of(visit)
        if robots.rules is not None:
            self._obey(origin, robots.rules)
        return robots

    def _obey(self, origin: str, rules: Protego) -> None:
        politeness = self._crawler.get_extension(Politeness)
        if politeness:
            politeness.obey(urlsplit(origin).hostname or "", rules.crawl_delay(self._agent))
        if site_of(urlsplit(origin).netloc) in self._spider.sites:
            self._spider.hear_of_sitemaps(list(rules.sitemaps))


class ReservationMiddleware(HostFileMiddleware):
    """Reads once a day what a host says of text and data mining, where robots.txt allows it."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._known: dict[str, asyncio.Future[None]] = {}

    async def process_request(self, request: Request) -> None:
        """Let the request pass when the host's file has been read."""
        if "host_file" in request.meta or not self._spider.keeps_signals:
            return
        origin = origin_of(request.url)
        if origin not in self._known:
            self._known[origin] = asyncio.ensure_future(self._read(origin))
        await self._known[origin]

    async def _read(self, origin: str) -> None:
        visit = self._recalled(origin + RESERVATIONS)
        if visit is None:
            asked = await self._asked(origin + RESERVATIONS, dont_retry=True)
            visit = asked if asked.fetch.outcome is Outcome.OK else absent(asked.fetch)
            self._note(visit)
        self._spider.reservations[origin] = Reservations.of(visit)


class RetryMiddleware(ScrapyRetries):
    """Scrapy's retries, with hosts that ask for patience held as long as they say."""

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """Return the response, or the request to ask again later."""
        politeness = self.crawler.get_extension(Politeness)
        host = request.meta.get("download_slot", "")
        if politeness and response.status in (429, 503):
            politeness.refused(host, response)
            if host in politeness.parked:
                return response
        elif politeness:
            politeness.answered_well(host)
        if response.status not in self.retry_http_codes:
            return response
        return super().process_response(request, response)


class CompletenessMiddleware:
    """Keeps a compressed body as it came, until it is known to have been whole."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "CompletenessMiddleware":
        """Return the middleware of a crawler."""
        return cls()

    def process_response(self, request: Request, response: Response) -> Response:
        """Return the response as it is; its packed body is kept in the request's meta."""
        if b"gzip" in (response.headers.get("Content-Encoding") or b""):
            request.meta["packed"] = response.body
        return response
