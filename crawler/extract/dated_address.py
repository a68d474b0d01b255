"""The day in a page's address."""

import re
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from urllib.parse import urlsplit

from crawler.document import Document
from crawler.extract.moments import Moment, machine_moment
from crawler.extract.reading import Reading
from crawler.extract.sources import marked

_DAY = re.compile(
    r"(?=\d)(?<!\d)(?:((?:19|20)\d\d)[/_.-](\d\d?)[/_.-](\d\d?)(?!\d)"
    r"|(20\d\d)(\d\d)(\d\d)(?=\D|$|\d{4}(?!\d)|\d{6}(?!\d))"
    r"|(\d\d?)[_.-](\d\d?)[_.-](20\d\d)(?!\d))"
)
# An archive's address begins with the time of its copy.
_COPY = re.compile(r"/((?:19|20)\d{12})[a-z_]{0,4}/(?:https?:|www\.|[\w-]+\.[\w.-]+/)")
_LONGEST = 500


def dated_address(url: str) -> Iterator[Reading[Moment]]:
    """Yield the days in an address, the last one first."""
    path = _path(url)
    copy = _COPY.search(path)
    for match in reversed(list(_DAY.finditer(path, copy.end(1) if copy else 0))):
        one, two, three = filter(None, match.groups())
        year, month, day = (one, two, three) if len(one) == 4 else (three, two, one)
        if moment := machine_moment(f"{year}-{month}-{day}"):
            yield Reading(moment, marked("address", moment), 0.6)


def latest_of(document: Document) -> datetime:
    """Return when the page was fetched, or when an archive copied it, if its address says so."""
    copy = _COPY.search(_path(document.page.url))
    made = machine_moment(copy[1]) if copy else None
    fetched_at = document.page.fetched_at
    return min(made.at, fetched_at) if made else fetched_at


@lru_cache(maxsize=64)
def _path(url: str) -> str:
    try:
        return urlsplit(url).path[:_LONGEST]
    except ValueError:
        return ""
