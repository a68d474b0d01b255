"""Which of the places that lead to articles to look at, and how far to believe them. Pure."""

import re
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from archive.items import Entry, LeadKind
from archive.leads import Lead

SITEMAP_PLACES = ("/sitemap.xml", "/sitemap_index.xml", "/news-sitemap.xml", "/sitemap.xml.gz")
FEED_PLACES = ("/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml")
"""Where sitemaps and feeds often are, tried in turn where nothing names one."""
GUESS_AGAIN = timedelta(days=30)
"""How long a guess that failed is not repeated."""
MAX_SITEMAPS = 500
"""How many sitemaps one run reads at most; the rest is for the next ones, the newest first."""
MAX_NESTING = 3
"""How deep sitemap indexes may be nested."""
LATELY = timedelta(days=7)
"""A list that alone gave new articles within this time is looked at in each run; others,
where feeds or sitemaps cover the site, once in this time."""
DAILY = timedelta(days=1)
"""A sitemap that an index names is looked at no more seldom, whatever the index says of it."""
FEW = 20
"""So many sitemaps of an index are looked at in each run, whatever it tells of them."""
RESTING_AFTER = 3
_REST = timedelta(hours=6)
MIN_TESTED = 10
"""So many claims of a lead are tested before it can lose its trust."""
PROBE = 3
"""How many claims of a lead that lost its trust each run tests all the same."""
FIRST_BATCH = 20
"""How many claims of a lead are tested first; then twice as many, as long as it is right."""

_SITEMAPS = frozenset((LeadKind.SITEMAP, LeadKind.NEWS_SITEMAP, LeadKind.SITEMAP_INDEX))
_COVERING = frozenset((LeadKind.SITEMAP, LeadKind.NEWS_SITEMAP, LeadKind.FEED))
_DATE = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:[-_/.]?(0[1-9]|1[0-2])[-_/.]?(0[1-9]|[12]\d|3[01])(?!\d)"
    r"|[-_/.]?(0[1-9]|1[0-2])(?!\d))?(?!\d)"
)


def is_sitemap(kind: LeadKind | None) -> bool:
    """Return whether a lead is a sitemap of any kind."""
    return kind in _SITEMAPS


def covered(leads: Iterable[Lead]) -> bool:
    """Return whether a feed or a sitemap that answers lists the source's articles."""
    found = (lead for lead in leads if lead.kind in _COVERING and not lead.failures)
    return any(lead.links for lead in found)


def due_leads(leads: Collection[Lead], now: datetime) -> list[Lead]:
    """Return which known feeds, sitemaps and lists to look at in this run, the cheapest first.

    Sitemaps that an index names wait for the index.
    """
    is_covered = covered(leads)
    indexes = {lead.url for lead in leads if lead.kind is LeadKind.SITEMAP_INDEX}
    found = [
        lead
        for lead in leads
        if lead.kind is not LeadKind.FRONT
        and lead.found_on not in indexes
        and not rests(lead, now)
        and (lead.kind is not LeadKind.LIST or not is_covered or _earns(lead, now))
    ]
    order = list(LeadKind)
    return sorted(found, key=lambda lead: order.index(lead.kind))


def rests(lead: Lead, now: datetime) -> bool:
    """Return whether a lead failed so often that it is left alone for a while."""
    if lead.failures < RESTING_AFTER or lead.tried_at is None:
        return False
    rest: timedelta = _REST * 2 ** min(lead.failures - RESTING_AFTER, 10)
    rest = min(LATELY, rest)
    return now - lead.tried_at < rest


def child_is_due(lead: Lead | None, entry: Entry, now: datetime, siblings: int) -> bool:
    """Return whether a sitemap that an index names, one of so many, is to be looked at.

    It is where the index names few, or tells another time for it than at the last look; and
    in any case when half the time has passed for which it did not change, or a day.
    """
    if lead is None or lead.looked_at is None or lead.changed_at is None:
        return lead is None or not rests(lead, now)
    if siblings <= FEW or (entry.updated is not None and entry.updated != lead.told):
        return True
    return now - lead.looked_at >= min(DAILY, (lead.looked_at - lead.changed_at) / 2)


def believed(right: int, wrong: int) -> bool:
    """Return whether a lead that was right and wrong so often is believed.

    >>> believed(0, 9), believed(0, 10), believed(10, 20), believed(10, 40)
    (True, False, True, False)
    """
    return right + wrong < MIN_TESTED or 4 * right >= right + wrong


def date_in(url: str) -> str:
    """Return the date in the path of an address, as exact as it is there, "" where none is.

    >>> date_in("https://example.org/sitemap-2024-05.xml"), date_in("https://example.org/a-12")
    ('2024-05', '')
    >>> date_in("https://example.org/2024/05/13/old-bridge")
    '2024-05-13'
    """
    found = _DATE.search(urlsplit(url).path)
    if found is None:
        return ""
    year, month, day, month_alone = found.groups()
    return "-".join(filter(None, (year, month or month_alone, day)))


def priority(stamped: str) -> int:
    """Return a number that is higher for a later time, 0 where there is none.

    >>> priority("2025-08") < priority("2025-08-13") < priority("2025-08-13T06:00:00Z")
    True
    """
    digits = "".join(character for character in stamped if character.isdigit())[:12]
    return int(digits.ljust(12, "0")) if digits else 0


def _earns(lead: Lead, now: datetime) -> bool:
    earned = lead.earned_at is not None and now - lead.earned_at < LATELY
    return earned or lead.looked_at is None or now - lead.looked_at >= LATELY
