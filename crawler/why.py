"""Where each field of a record comes from: ``dateline extract --why``."""

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from archive.items import Page
from crawler.document import Document
from crawler.errors import CrawlerError
from crawler.extract.reading import Reading
from crawler.limits import OUT_OF_MEMORY, TOO_MUCH
from crawler.parsers import parser_for
from crawler.parsers.base import Story
from crawler.scan import scan
from crawler.why_body import judged_blocks, shown_blocks, text_readings

_LONGEST = 100
"""A value is shown up to this many characters."""
_NONE = {
    "dateline": "none; no place, day or agency is set apart at the opening of the text",
    "lead": "none; nothing is set apart before the text",
    "body": "none; no text is openly there",
}


def why(page: Page) -> dict[str, Any]:
    """Return, by field, every reading of it, the winner first; ``error`` is null or a sentence.

    Each reading is an object with ``value``, ``source`` and ``confidence``; a field that
    nothing on the page speaks of has none. ``blocks`` are the pieces of the page's text, each
    with its ``fate``: what it is in the article, or that it was left out.
    """
    error: str | None = None
    readings: dict[str, Sequence[Reading[Any]]] = {}
    blocks: list[dict[str, Any]] = []
    try:
        scan(page.body)
        story = Story(parser_for(page.url), Document(page))
        readings = story.readings
        article = story.article()
        body = replace(
            story.parser.read_body(story.document), lead=article.lead, blocks=article.body
        )
        judged = judged_blocks(story.document, body)
        readings |= text_readings(body, judged, story.parser.body)
        readings.setdefault("dateline", [])
        blocks = shown_blocks(judged)
    except CrawlerError as refusal:
        error = str(refusal)
    except OUT_OF_MEMORY:
        error = TOO_MUCH
    fields = {field: [_plain(asdict(one)) for one in found] for field, found in readings.items()}
    return {"url": page.url or None, "fields": fields, "blocks": blocks, "error": error}


def in_words(found: dict[str, Any]) -> str:
    """Return the same for people: a line for each reading, the losers in brackets."""
    lines = []
    for field, readings in found["fields"].items():
        lines += [_line(field, one, number) for number, one in enumerate(readings)]
        if not readings:
            lines.append(f"{field}: {_NONE.get(field, 'nothing on the page says so')}")
        if field == "body":
            lines += [_block_line(block) for block in found["blocks"]]
    return "\n".join(lines)


def _block_line(block: dict[str, Any]) -> str:
    return (
        f"    {block['fate']:17}  {block['score']:.2f}  {block['element']}: {_short(block['text'])}"
    )


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else flat[: _LONGEST - 1] + "…"


def _line(field: str, reading: dict[str, Any], number: int) -> str:
    value = reading["value"]
    text = value if isinstance(value, str) else _shown(value)
    said = f"{_short(text)}  from {reading['source']}, {reading['confidence']:.2f}"
    return f"{field}: {said}" if number == 0 else f"    ({said})"


def _shown(value: Any) -> str:
    if isinstance(value, dict) and "at" in value:
        return f"{value['at']}, printed as {value['text']!r}"
    return json.dumps(value, ensure_ascii=False)


def _plain(value: dict[str, Any]) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(json.dumps(value, default=str))
    return plain
