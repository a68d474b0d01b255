"""Where each field of a record comes from: ``dateline extract --why``."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from archive.items import Page
from crawler.document import Document
from crawler.errors import CrawlerError
from crawler.extract.reading import Reading
from crawler.limits import OUT_OF_MEMORY, TOO_MUCH
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
    except OUT_OF_MEMORY:
        error = TOO_MUCH
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
    text = value if isinstance(value, str) else _shown(value)
    shown = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    said = f"{shown}  from {reading['source']}, {reading['confidence']:.2f}"
    return f"{field}: {said}" if number == 0 else f"    ({said})"


def _shown(value: Any) -> str:
    if isinstance(value, dict) and "at" in value:
        return f"{value['at']}, printed as {value['text']!r}"
    return json.dumps(value, ensure_ascii=False)


def _plain(value: dict[str, Any]) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(json.dumps(value, default=str))
    return plain
