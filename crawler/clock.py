"""The zone of a site's clocks, learnt from the times that its feeds and pages give with one."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

from crawler.extract.home_zones import home_zone
from crawler.extract.moments import Moment, machine_moment, offset_in

_STAMP = re.compile(
    rb"\d{4}-\d\d-\d\dT\d\d:\d\d[\d:.]{0,14}[+-]\d\d:?\d\d"
    rb"|\d\d? [A-Z][a-z]{2} \d{4} \d\d:\d\d(?::\d\d)? [+-]\d{4}"
)
_MOST, _ENOUGH = 200, 2
_LONGEST = 2_000_000
_SUMMER = timedelta(hours=1)
_TOGETHER = timedelta(days=200)


class SeenZone(tzinfo):
    """A zone of which only some times are known: any other has the offset of the nearest."""

    def __init__(self, seen: tuple[tuple[datetime, timedelta], ...]) -> None:
        self._seen = seen

    def utcoffset(self, at: datetime | None) -> timedelta:
        """Return how far ahead of UTC the clock is then."""
        if at is None:
            return self._seen[-1][1]
        plain = at.replace(tzinfo=UTC)
        return min(self._seen, key=lambda one: abs(one[0] - plain))[1]

    def dst(self, at: datetime | None) -> timedelta:
        """Return nothing: what part of an offset is summer time is not known."""
        return timedelta()

    def tzname(self, at: datetime | None) -> str:
        """Return the offset in words."""
        return f"UTC+{self.utcoffset(at)}"

    def __reduce__(self) -> tuple[type["SeenZone"], tuple[object, ...]]:
        return SeenZone, (self._seen,)


class SiteClock:
    """What is known of the clock of a site; times in UTC say nothing of it."""

    def __init__(self) -> None:
        self._seen: dict[datetime, timedelta] = {}
        self._zones: dict[ZoneInfo | None, tzinfo | None] = {}

    def hear(self, printed: Iterable[str]) -> None:
        """Learn from times as they were printed, of which some end in an offset."""
        for text in printed:
            found = machine_moment(text) if len(self._seen) < _MOST else None
            offset = _offset(found) if found else None
            if found and offset is not None:
                self._seen[found.at] = offset
                self._zones.clear()

    def hear_listing(self, body: bytes) -> None:
        """Learn from the times of a feed or a sitemap."""
        if len(self._seen) < _MOST:
            stamps = islice(_STAMP.finditer(body[:_LONGEST]), _MOST)
            self.hear(stamp[0].decode("ascii") for stamp in stamps)

    def zone(self, url: str) -> tzinfo | None:
        """Return the zone of the site, or None where nothing tells it, or times disagree.

        It is the zone of the country of the address where all times agree with that one.
        """
        home = home_zone(url)
        if home not in self._zones:
            self._zones[home] = self._learnt(home)
        return self._zones[home]

    def _learnt(self, home: ZoneInfo | None) -> tzinfo | None:
        seen = tuple(sorted(self._seen.items()))
        if len(seen) < _ENOUGH or not _is_one_clock(seen):
            return None
        if home and all(at.astimezone(home).utcoffset() == offset for at, offset in seen):
            return home
        return SeenZone(seen)


def _is_one_clock(seen: tuple[tuple[datetime, timedelta], ...]) -> bool:
    """Return whether no offset but that of summer lies between the times, nor two in a season."""
    offsets = {offset for _, offset in seen}
    if max(offsets) - min(offsets) > _SUMMER:
        return False
    changes = [later[0] - sooner[0] for sooner, later in pairwise(seen) if sooner[1] != later[1]]
    span = seen[-1][0] - seen[0][0]
    return len(changes) <= 1 + span // _TOGETHER


def _offset(moment: Moment) -> timedelta | None:
    zone = offset_in(moment.text) if moment.clock_known else None
    return zone.utcoffset(moment.at) if zone else None
