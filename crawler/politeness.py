"""How long each host is left alone between two requests."""

from datetime import UTC, datetime
from time import monotonic

from scrapy import Spider, signals
from scrapy.core.downloader import Slot
from scrapy.crawler import Crawler
from scrapy.http import Request, Response

from crawler.policy import MAX_RETRY_AFTER, next_delay, retry_after

MAX_STRIKES = 3
"""After so many refusals in a row a host is left alone for the rest of the run."""
FETCH_PATIENCE = 5
"""How many delays a host is left alone that refuses and does not say for how long."""


class Politeness:
    """Sets the delay of each host after every answer, and holds a host that asks for it.

    ``DOWNLOAD_DELAY`` is the least delay. Where the user gave it (``DELAY_GIVEN``) the time a
    fetch took does not lengthen it; a host's Crawl-delay and Retry-After always do.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._base = crawler.settings.getfloat("DOWNLOAD_DELAY")
        self._by_time = not crawler.settings.getbool("DELAY_GIVEN")
        self._strikes: dict[str, int] = {}
        self.crawl_delays: dict[str, float] = {}
        self.parked: dict[str, str] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Politeness":
        """Return the extension, at work on the crawler's downloader."""
        politeness = cls(crawler)
        crawler.signals.connect(politeness._answered, signal=signals.response_downloaded)
        return politeness

    def obey(self, host: str, crawl_delay: float | None) -> None:
        """Keep to the Crawl-delay of the host's robots.txt from now on."""
        if crawl_delay:
            self.crawl_delays[host] = crawl_delay
            slot = self._slot(host)
            if slot:
                slot.delay = next_delay(slot.delay, crawl_delay, None)

    def refused(self, host: str, response: Response) -> None:
        """Take note that the host asked for patience: hold it, or park it for this run."""
        value = response.headers.get("Retry-After")
        asked = retry_after(value.decode("latin-1") if value else None, datetime.now(UTC))
        strikes = self._strikes[host] = self._strikes.get(host, 0) + 1
        if strikes >= MAX_STRIKES:
            self.parked[host] = f"{host} answered {response.status} {strikes} times in a row"
        elif asked is not None and asked > MAX_RETRY_AFTER:
            self.parked[host] = f"{host} asks to be left alone for {asked:.0f} s"
        else:
            self._hold(host, FETCH_PATIENCE * self._base if asked is None else asked)

    def answered_well(self, host: str) -> None:
        """Take note that the host gave what was asked for."""
        self._strikes.pop(host, None)

    def _answered(self, response: Response, request: Request, spider: Spider) -> None:
        host = request.meta.get("download_slot", "")
        slot = self._slot(host)
        if slot:
            latency = request.meta.get("download_latency") if self._by_time else None
            slot.delay = next_delay(self._base, self.crawl_delays.get(host), latency)

    def _hold(self, host: str, seconds: float) -> None:
        slot = self._slot(host)
        if slot and seconds > 0:
            # A slot waits until its delay after the moment it was last seen has passed.
            slot.delay = max(slot.delay, 0.001)
            slot.lastseen = monotonic() + seconds - slot.delay

    def _slot(self, host: str) -> Slot | None:
        return self._crawler.engine.downloader.slots.get(host)
