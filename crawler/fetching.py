"""One page, fetched with the same rules as a crawl and kept nowhere."""

from collections.abc import Iterator, Mapping
from typing import Any

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from archive.items import Page
from crawler.errors import FetchError
from crawler.failures import failed
from crawler.look import without_reading
from crawler.responses import cut, page_of
from crawler.spider import NewsSpider


class OnePageSpider(NewsSpider):
    """Asks for one page and keeps it for whoever ran the spider."""

    name = "one-page"
    keeps_signals = False

    def __init__(self, url: str, found: list[Page | FetchError], **kwargs: Any) -> None:
        super().__init__(url=url, **kwargs)
        self._found = found

    def parse(self, response: Response) -> Iterator[Any]:
        """Keep the page; nothing is followed."""
        page = page_of(response)
        early = without_reading(page)
        reason = "the answer was cut off" if cut(response) else early and early.reason
        self._found.append(FetchError(page.url, reason) if reason else page)
        return iter(())

    def failed(self, failure: Failure) -> Iterator[Any]:
        """Keep the reason why there is no page."""
        request: Request = failure.request  # type: ignore[attr-defined]
        _, reason = failed(failure.value, request.url)
        self._found.append(FetchError(request.url, reason))
        return iter(())


def fetch_page(url: str, settings: Mapping[str, Any]) -> Page:
    """Return the HTML page at an address; raises FetchError where there is none to be had."""
    from crawler.running import Job, run

    found: list[Page | FetchError] = []
    job = Job(
        OnePageSpider,
        {"url": url, "found": found},
        {**settings, "ITEM_PIPELINES": {}, "PROGRESS": False},
    )
    run([job])
    if not found:
        raise FetchError(url, "the fetch was interrupted")
    if isinstance(found[0], FetchError):
        raise found[0]
    return found[0]
