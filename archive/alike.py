"""Whether two readings are of one article, where addresses alone do not prove it."""

import re
from typing import NamedTuple

from archive.noise import folded

_ENOUGH = 30
"""Texts with fewer different words say nothing by being alike."""
_SHARED = 0.5
_ON_THE_HOUR = ":00:00Z"
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|\w+")


class Story(NamedTuple):
    """What an article is known again by; ``published`` as the archive prints it."""

    title: str
    published: str | None
    body: str | None


def are_alike(one: Story | None, other: Story | None) -> bool:
    """Return whether two readings are of one article; what is not there is like anything.

    They are if they share the headline, the very second of publication (times on the hour are
    often those of a day alone), or half of their words.
    """
    if one is None or other is None:
        return True
    if folded(one.title) == folded(other.title):
        return True
    if one.published and one.published == other.published:
        return not one.published.endswith(_ON_THE_HOUR) or _shared(one, other) > 0
    return _shared(one, other) >= _SHARED


def _shared(one: Story, other: Story) -> float:
    """Return how much of their words two texts share; 0 where there are too few of them."""
    first, second = _words(one), _words(other)
    if min(len(first), len(second)) < _ENOUGH:
        return 0.0
    shared = len(first & second) / len(first | second)
    return shared if shared >= _SHARED else 0.0


def _words(story: Story) -> frozenset[str]:
    return frozenset(_WORD.findall((story.body or "").lower()[:50_000]))
