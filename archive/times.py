"""Times as the archive writes them: UTC, ISO 8601 with Z, so that text order is time order."""

from datetime import UTC, datetime


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
