"""What came back for a request, in the archive's words."""

import zlib
from collections.abc import Iterator
from datetime import UTC, datetime

from scrapy import Request
from scrapy.http import Response

from archive.items import Fetch, Outcome, Page, Visit
from crawler.agenda import Ask
from crawler.look import Look


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


def ask_of(request: Request | None) -> Ask:
    """Return what was asked for, whatever redirects the request took since."""
    if request is None:
        raise LookupError("a response without a request was not asked for")
    ask: Ask = request.meta["ask"]
    return ask


def fetch_of(request: Request, page: Page, look: Look) -> Fetch:
    """Return the attempt that a response ended."""
    return Fetch(
        url=ask_of(request).url,
        fetched_at=page.fetched_at,
        outcome=look.outcome,
        reason=look.reason,
        final_url=page.url,
        status=page.status,
        size=len(page.body),
        elapsed=request.meta.get("download_latency"),
        signals=look.signals,
    )


def redirects(request: Request, page: Page) -> Iterator[Visit]:
    """Yield a visit for each address between the one asked for and the one that answered."""
    hops = request.meta.get("redirect_urls", [])[1:]
    for hop in hops:
        reason = f"redirects to {page.url}"
        yield Visit(Fetch(hop, page.fetched_at, Outcome.REDIRECT, reason, final_url=page.url))


def kept(page: Page) -> Page | None:
    """Return the page if it belongs in the archive: what was read, and proof of what is gone."""
    return page if page.status in (200, 203, 404, 410) and page.body else None


def is_transient(fetch: Fetch) -> bool:
    """Return whether a later look may well end otherwise: it failed for now, not for good."""
    if fetch.outcome is Outcome.HTTP_ERROR:
        return fetch.status is None or fetch.status == 429 or fetch.status >= 500
    return fetch.outcome in (
        Outcome.TIMEOUT, Outcome.NETWORK, Outcome.TRUNCATED, Outcome.BLOCKED
    )  # fmt: skip
