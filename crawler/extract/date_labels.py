"""What a printed time is called: that of publishing, or that of a change."""

from enum import Enum
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).with_name("date_labels.txt")
_REACH = 40


class Called(Enum):
    """What the words before a time call it."""

    PUBLISHED = "published"
    CHANGED = "changed"


def called(before: str) -> Called | None:
    """Return what the last words before a time call it, or None.

    >>> called("Published 3 May. Last updated: ")
    <Called.CHANGED: 'changed'>
    """
    near = before[-_REACH:].lower()
    changed, published = (max(map(near.rfind, _words(label))) for label in ("changed", "published"))
    if changed == published:
        return None
    return Called.CHANGED if changed > published else Called.PUBLISHED


@cache
def _words(label: str) -> tuple[str, ...]:
    lines = (line.partition(" ") for line in _TABLE.read_text(encoding="utf-8").splitlines())
    return tuple(word for said, _, words in lines if said == label for word in words.split("|"))
