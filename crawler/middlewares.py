"""What happens to every request and response, whatever the site."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import RetryMiddleware as ScrapyRetries
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from archive.items import Fetch, Outcome, Visit
from crawler.charset import decode
from crawler.failures import failed
from crawler.policy import literal_refusal, refusal
from crawler.politeness import Politeness
from crawler.urls import site_of

ROBOTS_SIZE = 512 * 1024
"""How much of a robots.txt is read, in bytes; RFC 9309 asks for 500 KiB at least."""


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
        if "robots" not in request.meta:
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

    rules: Protego | None = None
    closed: RefusedError | None = None

    def refusal(self, url: str, agent: str) -> RefusedError | None:
        """Return why this agent may not ask for the address, or None."""
        if self.closed:
            return self.closed
        if self.rules is None or self.rules.can_fetch(url, agent):
            return None
        return RefusedError("robots.txt does not allow it", Outcome.ROBOTS)


class RobotsMiddleware:
    """Obeys robots.txt as RFC 9309 says: no answer or a 5xx means no, a 4xx means yes."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._agent: str = crawler.settings["USER_AGENT"]
        self._known: dict[str, asyncio.Future[Robots]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "RobotsMiddleware":
        """Return the middleware of a crawler."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let the request pass, or raise RefusedError with the reason."""
        if "robots" in request.meta:
            return
        parts = urlsplit(request.url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._known:
            self._known[origin] = asyncio.ensure_future(self._asked(origin))
        refusal = (await self._known[origin]).refusal(request.url, self._agent)
        if refusal:
            raise refusal

    async def _asked(self, origin: str) -> Robots:
        url = f"{origin}/robots.txt"
        request = Request(url, callback=NO_CALLBACK, priority=1000, meta={"robots": True})
        try:
            response = await self._crawler.engine.download_async(request)
        except Exception as error:  # whatever went wrong, no answer means no
            outcome, reason = failed(error, url)
            self._note(Fetch(url, datetime.now(UTC), outcome, reason))
            # An address that is refused is so for its own sake, not for a missing robots.txt.
            refused = outcome is Outcome.REFUSED
            closed = reason if refused else f"robots.txt did not answer: {reason}"
            refusal = RefusedError(
                closed, outcome if refused else Outcome.ROBOTS, for_now=not refused
            )
            return Robots(closed=refusal)
        self._note(_fetch_of(url, response))
        return self._read(response)

    def _read(self, response: Response) -> Robots:
        cut_off = "dataloss" in response.flags
        if cut_off or response.status == 429 or response.status >= 500:
            reason = f"robots.txt {'was cut off' if cut_off else f'answered {response.status}'}"
            return Robots(closed=RefusedError(reason, Outcome.ROBOTS, for_now=True))
        if response.status >= 300:
            return Robots()
        rules = Protego.parse(decode(response.body[:ROBOTS_SIZE], "charset=utf-8"))
        politeness = self._crawler.get_extension(Politeness)
        if politeness:
            delay = rules.crawl_delay(self._agent)
            politeness.obey(urlsplit(response.url).hostname or "", delay)
        spider: Any = self._crawler.spider
        if spider is not None and site_of(urlsplit(response.url).netloc) in spider.sites:
            spider.hear_of_sitemaps(list(rules.sitemaps))
        return Robots(rules)

    def _note(self, fetch: Fetch) -> None:
        if self._crawler.spider:
            # That there is none is no failure.
            is_absent = fetch.status is not None and 400 <= fetch.status < 500
            self._crawler.spider.aside.append(Visit(fetch, guess=is_absent))  # type: ignore[attr-defined]


def _fetch_of(url: str, response: Response) -> Fetch:
    good = response.status < 300
    return Fetch(
        url=url,
        fetched_at=datetime.now(UTC),
        outcome=Outcome.OK if good else Outcome.HTTP_ERROR,
        reason=None if good else f"the site answered {response.status}",
        final_url=response.url,
        status=response.status,
        size=len(response.body),
    )


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
