"""The year of a day that is printed without one."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from crawler.document import Document
from crawler.extract.moments import Moment, moment
from crawler.extract.printed import Yearless, clock_beside, yearless_days
from crawler.extract.usage import Usage

_ADDRESS_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_AHEAD = timedelta(days=1)
_MARKED_YEAR = re.compile(rb"\D((?:19|20)\d\d)(?:[-/]\d\d[-/]\d\d|\d{4})\D")
_LONGEST = 1_500_000
_MOST = 1000


def yearless_moments(
    text: str, document: Document, usage: Usage
) -> Iterator[tuple[Moment, Yearless, bool]]:
    """Yield the times that a text prints with no year, and whether the fetch gave the year.

    The year is that of the same day elsewhere in the page's markup, else that in its address;
    else the day is the last such before the fetch.
    """
    for found in yearless_days(text, language=usage.language):
        year = _in_markup(document, found) or _in_address(document.page.url)
        day = _on(year, found) if year else _last(found, usage.fetched_at.date() + _AHEAD)
        clock, named = clock_beside(text, found.start, found.end)
        printed = text[found.start : found.end].strip(" ,.")
        at = moment(day, clock, printed, named, usage.zone) if day else None
        if at:
            yield at, found, year is None


def _in_markup(document: Document, found: Yearless) -> int | None:
    page, month, day = document.page.body[:_LONGEST], found.month, found.day
    for written in (f"-{month:02}-{day:02}", f"/{month:02}/{day:02}", f"{month:02}{day:02}"):
        sought = written.encode()
        at = page.find(sought)
        for _ in range(_MOST):
            if at < 0:
                break
            if year := _MARKED_YEAR.fullmatch(page, max(0, at - 5), at + len(sought) + 1):
                return int(year[1])
            at = page.find(sought, at + 1)
    return None


def _in_address(url: str) -> int | None:
    years = _ADDRESS_YEAR.findall(url[:500])
    return int(years[-1]) if years else None


def _last(found: Yearless, not_after: date) -> date | None:
    days = (_on(not_after.year - back, found) for back in range(9))
    return next((day for day in days if day and day <= not_after), None)


def _on(year: int, found: Yearless) -> date | None:
    try:
        return date(year, found.month, found.day)
    except ValueError:
        return None
