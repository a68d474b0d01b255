"""Times as the archive writes them: UTC, ISO 8601 with Z, so that text order is time order."""

from datetime import UTC, datetime


def moment(time: datetime) -> str:
    """Return when something was seen, to the microsecond, always in the same width.

    >>> moment(datetime(2025, 8, 13, 6, tzinfo=UTC))
    '2025-08-13T06:00:00.000000Z'
    """
    return f"{_second(time)}.{time.microsecond:06}Z"


def printed(time: datetime | None) -> str | None:
    """Return the time that a page gives, to the second, or None.

    >>> printed(datetime(2025, 8, 13, 6, tzinfo=UTC))
    '2025-08-13T06:00:00Z'
    """
    if time is None:
        return None
    return _second(time) + "Z"


def _second(time: datetime) -> str:
    if time.tzinfo is not UTC:
        time = time.astimezone(UTC)
    # In half the time of isoformat, which asks for the offset.
    day = f"{time.year:04}-{time.month:02}-{time.day:02}"
    return f"{day}T{time.hour:02}:{time.minute:02}:{time.second:02}"


def parse(text: str) -> datetime:
    """Return the time that ``moment`` or ``printed`` wrote."""
    return datetime.fromisoformat(text)
