<<<<<<< HEAD
"""Where each field of a record comes from: ``dateline extract --why``."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from archive.items import Page
from crawler.document import Document
from crawler.errors import CrawlerError
from crawler.extract.reading import Reading
from crawler.parsers import parser_for
from crawler.parsers.base import Story
from crawler.scan import scan

_LONGEST = 100
"""A value is shown up to this many characters."""


def why(page: Page) -> dict[str, Any]:
    """Return, by field, every reading of it, the winner first; ``error`` is null or a sentence.

    Each reading is an object with ``value``, ``source`` and ``confidence``; a field that
    nothing on the page speaks of has none.
    """
    error: str | None = None
    readings: dict[str, Sequence[Reading[Any]]] = {}
    try:
        scan(page.body)
        story = Story(parser_for(page.url), Document(page))
        readings = story.readings
        story.article()
    except CrawlerError as refusal:
        error = str(refusal)
    fields = {field: [_plain(asdict(one)) for one in found] for field, found in readings.items()}
    return {"url": page.url or None, "fields": fields, "error": error}


def in_words(found: dict[str, Any]) -> str:
    """Return the same for people: a line for each reading, the losers in brackets."""
    lines = []
    for field, readings in found["fields"].items():
        lines += [_line(field, one, number) for number, one in enumerate(readings)]
        if not readings:
            lines.append(f"{field}: nothing on the page says so")
    return "\n".join(lines)


def _line(field: str, reading: dict[str, Any], number: int) -> str:
    value = reading["value"]
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    shown = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    said = f"{shown}  from {reading['source']}, {reading['confidence']:.2f}"
    return f"{field}: {said}" if number == 0 else f"    ({said})"


def _plain(value: dict[str, Any]) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(json.dumps(value, default=str))
    return plain
=======
"""What ``dateline extract --why`` shows: for each field its sources, the losers too."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, is_dataclass
from datetime import datetime
from typing import Any

from crawler.extract.reading import Reading

_LONGEST = 90

Readings = Mapping[str, Sequence[Reading[Any]]]


def as_words(readings: Readings) -> str:
    """Return the readings as lines: a field's value first, then what lost, each with its source."""
    lines = []
    for field, found in readings.items():
        lines.append(field if found else f"{field}: nothing on the page gives it")
        for place, reading in enumerate(found):
            mark = "→" if place == 0 else " "
            lines.append(f"  {mark} {reading.confidence:.2f}  {_words(reading.value)}")
            lines.append(f"           {reading.source}")
    return "\n".join(lines)


def as_data(readings: Readings) -> dict[str, list[dict[str, Any]]]:
    """Return the readings as JSON would hold them, best first."""
    return {
        field: [
            {
                "value": _plain(reading.value),
                "source": reading.source,
                "confidence": reading.confidence,
            }
            for reading in found
        ]
        for field, found in readings.items()
    }


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {key: _plain(part) for key, part in asdict(value).items()}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return value if isinstance(value, bool | int | float) or value is None else _text(value)


def _text(value: Any) -> str:
    return value.isoformat().replace("+00:00", "Z") if isinstance(value, datetime) else str(value)


def _words(value: Any) -> str:
    plain = _plain(value)
    if isinstance(plain, dict):
        plain = plain.get("text") or plain
    words = ", ".join(map(str, plain)) if isinstance(plain, list) else str(plain)
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
>>>>>>> main
