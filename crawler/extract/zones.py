"""The zone of a page's times, from what else the page says of them."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo
from itertools import islice

from crawler.document import Document
from crawler.extract.moments import Moment, machine_moment, offset_in
from crawler.extract.reading import Reading
from crawler.extract.sources import NO_ZONE, marked

# It begins with a letter, for which there is a quick search; the day is the ten letters before.
_STAMPED = re.compile(rb"T\d\d:\d\d(?::\d\d)?(?:\.\d{1,9})?[+-]\d\d:?\d\d(?!\d)")
_DAY = 10
_LONGEST = 1_500_000
_AROUND = 40
_SAME = timedelta(seconds=61)
_OWN = 0.5
_NOON = range(8, 16)
"""In these hours of UTC it is the same day for nearly all readers."""

_MOST = 400


def settled(
    found: list[Reading[Moment]], document: Document, zone: tzinfo | None = None
) -> list[Reading[Moment]]:
    """Return the readings with the first one as exact as the page allows.

    ``zone`` is the one in which clocks without a zone were read, where the parser knows it.

    A day alone gives way to a clock on that day; a time in UTC to the same time in the zone of
    the page's readers, for theirs is the day that people cite; and a clock without a zone is
    one of the zone that the page's other times have.
    """
    if not found:
        return found
    best = found[0]
    if not best.value.clock_known:
        return _with_a_clock(found)
    if not best.value.zone_known:
        return [best if zone else in_known_zone(best, document), *found[1:]]
    if best.value.in_utc:
        return _in_local_time(found, document)
    return found


def _with_a_clock(found: list[Reading[Moment]]) -> list[Reading[Moment]]:
    day = found[0].value.at.date()
    for place, reading in enumerate(found):
        moment = reading.value
        if moment.clock_known and moment.local_day == day and reading.confidence >= _OWN:
            return [reading, *found[:place], *found[place + 1 :]]
    return found


def _in_local_time(found: list[Reading[Moment]], document: Document) -> list[Reading[Moment]]:
    at = found[0].value.at
    for place, reading in enumerate(found):
        if abs(reading.value.at - at) < _SAME and offset_in(reading.value.text):
            return [reading, *found[:place], *found[place + 1 :]]
    if at.hour in _NOON:
        return found
    if local := _stamped_alike(at, document.page.body[:_LONGEST]):
        return [replace(found[0], value=local), *found[1:]]
    return found


def _stamped_alike(at: datetime, page: bytes) -> Moment | None:
    """Return the same time where the page's markup has it with an offset, or None."""
    stamp = at.strftime(":%M:%S").encode()
    near = page.find(stamp)
    for _ in range(_MOST):
        if near < 0:
            return None
        for moment in _stamps(page, max(0, near - 3), near + _AROUND):
            if abs(moment.at - at) < _SAME:
                return moment
        near = page.find(stamp, near + 1)
    return None


def _stamps(page: bytes, start: int, end: int) -> Iterator[Moment]:
    """Yield the times with an offset from UTC in a part of the markup."""
    for match in islice(_STAMPED.finditer(page, start, end), _MOST):
        text = page[max(0, match.start() - _DAY) : match.end()].decode("ascii", "replace")
        if (moment := machine_moment(text)) and offset_in(text):
            yield moment


def in_known_zone(best: Reading[Moment], document: Document) -> Reading[Moment]:
    """Return a clock without a zone in that of the page's other times, else in the site's."""
    clock = best.value.at
    zone, whose = _nearest_offset(clock, document), "the page's other times"
    if zone is None:
        zone, whose = document.zone, "the site's other times"
    if zone is None:
        return best
    ahead = zone.utcoffset(clock.replace(tzinfo=None)) or timedelta()
    local = replace(best.value, at=clock - ahead, zone_known=True)
    source = best.source.removesuffix(f" {NO_ZONE}") + f" (zone of {whose})"
    return replace(best, value=local, source=marked(source, local))


def _nearest_offset(clock: datetime, document: Document) -> tzinfo | None:
    """Return the offset of the time in the markup that is nearest to a clock, or None."""
    page = document.page.body[:_LONGEST]
    moments = _stamps(page, 0, len(page))
    near = min(moments, key=lambda moment: abs(moment.at - clock), default=None)
    return offset_in(near.text) if near else None
