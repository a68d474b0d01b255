"""JSON-LD as pages really hold it: in comments, with trailing commas, several in a row."""

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

# Spaces are taken only behind a mark: a long run of them would be tried from each of its places.
_WRAPPING = re.compile(r"<!--|-->|(?:(?://|/\*)\s*+)?(?:<!\[CDATA\[|\]\]>)(?:\s*+\*/)?")
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_DOUBLED_COMMA = re.compile(r",(?=\s*,)")
_OPENING = re.compile(r"[\[{]")
_BAD_ESCAPE = re.compile(r'\\(?!["\\/bfnrtu])')
_MOST_OBJECTS = 2000

_decoder = json.JSONDecoder(strict=False)


def objects(text: str) -> list[dict[str, Any]]:
    """Return every object in the text of a script, those in lists and graphs too, in order.

    What no repair makes readable is left out; this never raises.
    """
    return list(islice((found for value in _values(text) for found in _flat(value)), _MOST_OBJECTS))


def _values(text: str) -> list[Any]:
    try:
        return [_decoder.decode(text)]
    except (ValueError, RecursionError):
        pass
    try:
        return list(_repaired(text))
    except RecursionError:
        return []


def _repaired(text: str) -> Iterator[Any]:
    text = _WRAPPING.sub("", text)
    text = _BAD_ESCAPE.sub("", _TRAILING_COMMA.sub("", _DOUBLED_COMMA.sub("", text)))
    position = 0
    while start := _OPENING.search(text, position):
        try:
            value, position = _decoder.raw_decode(text, start.start())
        except ValueError:
            return
        yield value


def _flat(value: Any) -> Iterator[dict[str, Any]]:
    # By hand, as a page may nest lists deeper than Python likes to call.
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, list):
            waiting.extend(reversed(part))
        elif isinstance(part, dict):
            yield part
            if "@graph" in part:
                waiting.append(part["@graph"])
