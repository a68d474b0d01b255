"""Times, and those that pages write for machines."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
AHEAD = timedelta(hours=36)


@dataclass(frozen=True, slots=True)
class Moment:
    """A time as a page prints it.

    ``at`` is in UTC. Where the page gives no clock it is midnight; where it gives a clock and
    no zone, and the site's is not known either, the clock is kept as if it were UTC.
    """

    at: datetime
    text: str
    clock_known: bool
    zone_known: bool

    def is_plausible(self, fetched_at: datetime) -> bool:
        """Return whether news of that time can have been fetched then."""
        return EARLIEST <= self.at <= fetched_at + AHEAD

    @property
    def in_utc(self) -> bool:
        """Whether the page gives the time in UTC, which need not be the zone of its readers."""
        return self.zone_known and offset_in(self.text) is None

    @property
    def local_day(self) -> date:
        """The day in the zone that the page prints."""
        return as_printed(self.at, self.text).date()


_LONGEST = 200
_ISO = re.compile(
    r"(\d{4})-(\d\d?)-(\d\d?)(?:(?:[T\s]+|\s+at\s+)(\d\d?):(\d\d)(?::(\d\d))?(?:[.,:]\d+)?"
    r"\s*(Z|UTC|GMT|[+-]\d\d:?\d\d|[+-]\d\d(?!\d)|[A-Z]{2,5}\b)?)?"
)
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?(Z)?)?")
_EPOCH = re.compile(r"(\d{9,10})(\d{3})?")
_ZONE_AT_END = re.compile(r"(?<=[\d\s])((?:GMT|UTC)?[+-]\d\d:?\d\d|[A-Z]{2,4})\)?$")
_LONGEST_ZONE = 12
_RFC = re.compile(r"(?:[A-Z][a-z]{2}, ?)?\d\d?[ -][A-Z][a-z]{2}[ -]\d{2,4} \d\d?:\d\d", re.ASCII)
_OFFSET = re.compile(r"(?:GMT|UTC)?([+-])(\d\d?):?(\d\d)?")

_ZONES: dict[str, tzinfo] = {
    name: timezone(timedelta(hours=hours))
    for name, hours in {
        "z": 0, "utc": 0, "gmt": 0, "wet": 0, "west": 1, "bst": 1, "cet": 1, "mez": 1, "cest": 2,
        "mesz": 2, "eet": 2, "sast": 2, "cat": 2, "eest": 3, "msk": 3, "мск": 3, "eat": 3, "trt": 3,
        "gst": 4, "pkt": 5, "ist": 5.5, "npt": 5.75, "wib": 7, "ict": 7, "hkt": 8, "sgt": 8,
        "pht": 8, "awst": 8, "wita": 8, "jst": 9, "kst": 9, "wit": 9, "acst": 9.5, "aest": 10,
        "aedt": 11, "nzst": 12, "nzdt": 13, "brt": -3, "art": -3, "adt": -3, "ast": -4, "edt": -4,
        "est": -5, "cdt": -5, "cst": -6, "mdt": -6, "mst": -7, "pdt": -7, "pst": -8, "akst": -9,
        "hst": -10,
    }.items()
}  # fmt: skip
_UTC = _ZONES["utc"]
_ZONES |= {
    "et": ZoneInfo("America/New_York"),
    "ct": ZoneInfo("America/Chicago"),
    "mt": ZoneInfo("America/Denver"),
    "pt": ZoneInfo("America/Los_Angeles"),
}


@lru_cache(maxsize=1024)
def machine_moment(text: str, zone: tzinfo | None = None) -> Moment | None:
    """Return the time of a text written for machines: ISO 8601, RFC 2822, or a count of seconds."""
    text = text[:_LONGEST].strip()
    if found := _ISO.match(text):
        return _from_iso(found, text, zone)
    if found := _COMPACT.fullmatch(text):
        return _from_iso(found, text, zone)
    if found := _EPOCH.fullmatch(text):
        return Moment(datetime.fromtimestamp(int(found[1]), UTC), text, True, True)
    if not _RFC.match(text):
        return None
    try:
        at = parsedate_to_datetime(text)
        at = at if at.tzinfo else at.replace(tzinfo=zone or UTC)
        return Moment(at.astimezone(UTC), text, True, True)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def moment(
    day: date, clock: time | None, text: str, named: tzinfo | None, zone: tzinfo | None
) -> Moment | None:
    """Return the time of a day and a clock; ``named`` is the zone printed, ``zone`` the site's."""
    try:
        at = datetime.combine(day, clock or time(), (named or zone or UTC) if clock else UTC)
        return Moment(at.astimezone(UTC), text, clock is not None, named is not None)
    except (ValueError, OverflowError):
        return None


@lru_cache(maxsize=256)
def zone_named(name: str | None) -> tzinfo | None:
    """Return the zone of an offset or a common abbreviation ("+03:00", "GMT", "ET"), or None."""
    if not name:
        return None
    if found := _OFFSET.fullmatch(name.replace(" ", "")):
        sign, hours, minutes = found.groups()
        offset = timedelta(hours=int(hours), minutes=int(minutes or 0))
        return (
            timezone(-offset if sign == "-" else offset) if offset < timedelta(hours=16) else None
        )
    return _ZONES.get(name.casefold())


def as_printed(at: datetime, text: str) -> datetime:
    """Return the time in the zone that its printed text names, or in UTC where it names none.

    >>> as_printed(datetime(2020, 5, 3, 21, 25, tzinfo=UTC), "2020-05-04T04:25+07:00").isoformat()
    '2020-05-04T04:25:00+07:00'
    """
    try:
        return at.astimezone(offset_in(text) or UTC)
    except (ValueError, OverflowError):
        return at


@lru_cache(maxsize=1024)
def offset_in(text: str) -> tzinfo | None:
    """Return the zone that ends the text of a time, or None where it ends in none, or in UTC."""
    found = _ZONE_AT_END.search(text, max(0, len(text) - _LONGEST_ZONE))
    zone = zone_named(found[1]) if found else None
    return None if zone in (UTC, _UTC) else zone


def _from_iso(found: re.Match[str], text: str, zone: tzinfo | None) -> Moment | None:
    year, month, day, hour, minute, second, named = found.groups()
    try:
        clock = time(int(hour) % 24, int(minute), min(int(second or 0), 59)) if hour else None
        return moment(date(int(year), int(month), int(day)), clock, text, zone_named(named), zone)
    except ValueError:
        return None
