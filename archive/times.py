"""Times as the archive writes them: UTC, ISO 8601 with Z, so that text order is time order."""

import re
from datetime import UTC, datetime, timedelta

_AGO = re.compile(r"(\d{1,4})\s*([hdw])")
_DAY = re.compile(r"\d{4}-?\d{2}-?\d{2}")
_UNITS = {"h": "hours", "d": "days", "w": "weeks"}


def moment(time: datetime) -> str:
    """Return when something was seen, to the microsecond, always in the same width.

    >>> moment(datetime(2025, 8, 13, 6, tzinfo=UTC))
    '2025-08-13T06:00:00.000000Z'
    """
    if time.tzinfo is not UTC:
        time = time.astimezone(UTC)
    return time.isoformat("T", "microseconds")[:26] + "Z"


def printed(time: datetime | None) -> str | None:
    """Return the time that a page gives, to the second, or None.

    >>> printed(datetime(2025, 8, 13, 6, tzinfo=UTC))
    '2025-08-13T06:00:00Z'
    """
    if time is None:
        return None
    if time.tzinfo is not UTC:
        time = time.astimezone(UTC)
    return time.isoformat("T", "seconds")[:19] + "Z"


def parse(text: str) -> datetime:
    """Return the time that ``moment`` or ``printed`` wrote."""
    return datetime.fromisoformat(text)


def since_when(text: str, now: datetime) -> str:
    """Return the time that a person means by a day, a time, or a span such as "2d", as ``moment``.

    Raises ValueError where it means none.

    >>> since_when("2d", datetime(2025, 8, 13, 6, tzinfo=UTC))
    '2025-08-11T06:00:00.000000Z'
    >>> since_when("2025-08-13", datetime(2025, 8, 14, tzinfo=UTC))
    '2025-08-13T00:00:00.000000Z'
    """
    ago = _AGO.fullmatch(text.strip())
    if ago:
        return moment(now - timedelta(**{_UNITS[ago[2]]: int(ago[1])}))
    day = datetime.fromisoformat(text.strip())
    return moment(day if day.tzinfo else day.replace(tzinfo=UTC))


def until_when(text: str, now: datetime) -> str:
    """Return the time that a person means by "as of" a day, which is its end, a time or a span.

    Raises ValueError where it means none.

    >>> until_when("2025-08-13", datetime(2025, 8, 14, tzinfo=UTC))
    '2025-08-13T23:59:59.999999Z'
    """
    start = since_when(text, now)
    if _DAY.fullmatch(text.strip()) is None:
        return start
    return moment(parse(start) + timedelta(days=1, microseconds=-1))
