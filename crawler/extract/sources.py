"""What the source of a time says beside where it stands."""

from crawler.extract.moments import Moment

BY_FETCH = "by the time of fetching"
"""Is in the source of a time that rests on when the page was fetched."""

DAY_ALONE = "(day alone)"
"""Ends the source of a time of which the page gives the day, and no clock."""

TO_THE_HOUR = "(to the hour)"
"""Is in the source of a time that the page tells in hours."""


NO_ZONE = "(no zone)"
"""Ends the source of a clock that nothing gives a zone; it is kept as if it were UTC."""


def marked(source: str, moment: Moment) -> str:
    """Return the source of a time with what is missing from it."""
    if not moment.clock_known:
        return f"{source} {DAY_ALONE}"
    return source if moment.zone_known else f"{source} {NO_ZONE}"
