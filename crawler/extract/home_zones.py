"""The clock of a site's readers, where the ending of its address names a country with one zone."""

from datetime import datetime
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_TABLE = Path(__file__).with_name("home_zones.txt")


def in_home_zone(at: datetime, url: str) -> datetime:
    """Return a time by the clock of the country whose domain an address is under, if it is known.

    >>> at = datetime.fromisoformat("2020-12-05T23:15:00+00:00")
    >>> in_home_zone(at, "https://a.it/b").isoformat()
    '2020-12-06T00:15:00+01:00'
    """
    zone = home_zone(url)
    try:
        return at.astimezone(zone) if zone else at
    except (ValueError, OverflowError):
        return at


def home_zone(url: str) -> ZoneInfo | None:
    """Return the zone of the country whose domain an address is under, where it has one zone."""
    try:
        name = _zones().get((urlsplit(url).hostname or "").rpartition(".")[2])
        return ZoneInfo(name) if name else None
    except (ValueError, ZoneInfoNotFoundError):
        return None


@cache
def _zones() -> dict[str, str]:
    lines = (line.split() for line in _TABLE.read_text(encoding="utf-8").splitlines())
    return {words[0]: words[1] for words in lines if len(words) == 2}
