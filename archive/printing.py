"""How what the archive holds is put on a terminal: what pages wrote cannot steer it."""

import re

# All control characters but the line feed; with them a page could hide or forge what is shown.
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    """Return the text without what would steer a terminal."""
    return _CONTROL.sub(" ", text)


def when(moment: str) -> str:
    """Return a time to the minute, in UTC.

    >>> when("2026-05-01T12:30:00.000000Z")
    '2026-05-01 12:30'
    """
    return moment[:16].replace("T", " ")


def counted(number: int, word: str) -> str:
    """Return so many of something.

    >>> counted(1, "word"), counted(2, "word")
    ('1 word', '2 words')
    """
    return f"{number} {word}{'' if number == 1 else 's'}"


def dashed(what: str, why: str | None) -> str:
    """Return what it is, and why where that is known."""
    return f"{what}: {why}" if why else what
