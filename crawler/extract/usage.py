"""How a page writes its dates."""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from urllib.parse import urlsplit

from crawler.document import Document

_WIDE_DOMAINS = ("us", "ca", "ph", "io", "co", "tv", "me", "ai", "fm", "ly", "cc")


@dataclass(frozen=True, slots=True)
class Usage:
    """How a page writes its dates: its language, the order of numbers, the zone of its clocks.

    ``zone`` is None where nobody knows it.
    """

    language: str
    month_first: bool
    zone: tzinfo | None
    fetched_at: datetime


def usage_of(document: Document, zone: tzinfo | None) -> Usage:
    """Return how a page writes its dates, as far as it says."""
    root = document.tree.root
    said = (root.attributes.get("lang") or root.attributes.get("xml:lang")) if root else None
    for name in ("og:locale", "content-language", "language"):
        said = said or next(iter(document.meta.get(name, ())), None)
    language = (said or "").lower().replace("_", "-").strip()
    return Usage(
        language=language[:2],
        month_first=language in ("", "en", "en-us") and not _is_national(document.page.url),
        zone=zone,
        fetched_at=document.page.fetched_at,
    )


def _is_national(url: str) -> bool:
    """Return whether an address is under the domain of a country that writes the day first."""
    try:
        last = (urlsplit(url).hostname or "").rpartition(".")[2]
    except ValueError:
        return False
    return len(last) == 2 and last not in _WIDE_DOMAINS
