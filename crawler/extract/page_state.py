"""The article in the data that a page hands to its own scripts, where it prints no text."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from crawler.document import Document
from crawler.extract.cleaning import fold

_PARAGRAPHS = ("<p", "u003cp", "u003Cp")
_OPENING = re.compile(r'[\[{](?=\s*["\[{\d])')
_MOST_OPENINGS = 200
_LARGEST = 2 << 20
_MOST_VALUES = 100_000
_SHORTEST = 300
_SHORTEST_TITLE = 10
# A key with one of these, and a value that says yes, is a lock.
_LOCKS = ("premium", "paywall", "locked", "subscriberonly", "subscribersonly", "paid")


_decoder = json.JSONDecoder(strict=False)


@dataclass(frozen=True, slots=True)
class _Place:
    """An object of the data, and how far above it the article's title stands, if anywhere."""

    value: Any
    distance: int | None = None
    is_locked: bool = False


def article_markup(document: Document, title: str) -> str | None:
    """Return the markup that stands nearest to the article's title in the page's data, or None.

    Of several as near, the longest. What the data call locked is left where it is.
    """
    wanted = fold(title)
    if len(wanted) < _SHORTEST_TITLE:
        return None
    found = (best for value in _states(document) for best in _markup(value, wanted))
    return max(found, key=lambda one: (-one[0], len(one[1])), default=(0, None))[1]


def _states(document: Document) -> Iterator[Any]:
    for node in document.tree.css("script"):
        text = node.text()
        if _SHORTEST < len(text) <= _LARGEST and any(sign in text for sign in _PARAGRAPHS):
            yield from _values(text)


def _values(text: str) -> Iterator[Any]:
    """Yield the JSON that stands in a script, by itself or in what it assigns or calls."""
    end = 0
    for opening in islice(_OPENING.finditer(text), _MOST_OPENINGS):
        if opening.start() < end:
            continue
        try:
            value, end = _decoder.raw_decode(text, opening.start())
        except (ValueError, RecursionError):
            continue
        yield value


def _markup(state: Any, title: str) -> Iterator[tuple[int, str]]:
    """Yield each text in markup below an object with the title, and how far below it stands."""
    waiting, seen = [_Place(state)], 0
    while waiting and seen < _MOST_VALUES:
        place = waiting.pop()
        seen += 1
        value = place.value
        if isinstance(value, dict):
            waiting += _below(place, value, title)
        elif isinstance(value, list):
            waiting += [_Place(one, place.distance, place.is_locked) for one in value]
        elif _is_nested(value):
            waiting += [_Place(one, place.distance, place.is_locked) for one in _values(value)]
        elif place.distance is not None and not place.is_locked and _is_markup(value):
            yield place.distance, value


def _below(place: _Place, value: dict[str, Any], title: str) -> list[_Place]:
    distance = None if place.distance is None else place.distance + 1
    if any(_is_title(one, title) for one in value.values()):
        distance = 0
    is_locked = place.is_locked or any(_locks(key, one) for key, one in value.items())
    return [_Place(one, distance, is_locked) for one in value.values()]


def _is_title(value: Any, title: str) -> bool:
    if not isinstance(value, str) or not _SHORTEST_TITLE <= len(value) <= 2 * len(title) + 20:
        return False
    folded = fold(value)
    # The title of the window has the site's name at one end.
    return len(folded) >= _SHORTEST_TITLE and (title.startswith(folded) or title.endswith(folded))


def _locks(key: str, value: Any) -> bool:
    name = key.lower().replace("_", "").replace("-", "")
    return value in (True, "true", 1) and any(word in name for word in _LOCKS)


def _is_nested(value: Any) -> bool:
    return isinstance(value, str) and len(value) > _SHORTEST and '":' in value


def _is_markup(value: Any) -> bool:
    return isinstance(value, str) and len(value) >= _SHORTEST and value.count("<p") >= 2
