"""An article as a row, and the digest that tells whether its text changed."""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from operator import attrgetter
from typing import Any

from archive.items import Article, BlockKind
from archive.times import printed

_QUOTES = tuple(
    (quote, plain)
    for plain, quotes in (('"', "“”„‟«»″＂"), ("'", "‘’‚‛‹›′ʼ`´＇"))
    for quote in quotes
)
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_FIELD_SOURCE_CONFIDENCE = attrgetter("field", "source", "confidence")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(text: str) -> str:
    """Return the text without what SQLite cannot keep: NUL and lone surrogates."""
    if "\x00" not in text:
        if text.isascii():
            return text
        # Much faster than to look for a surrogate, and there hardly ever is one.
        with suppress(UnicodeEncodeError):
            text.encode()
            return text
    return _UNSTORABLE.sub("\ufffd", text)


def plain(value: StrEnum | None) -> str | None:
    """Return the value as sqlite3 takes it at once: a subclass of str costs it 1 us more."""
    return None if value is None else value._value_


@lru_cache(maxsize=4096)
def names(values: tuple[str, ...]) -> tuple[str, ...]:
    """Return the values as they can be stored, each once, in order; the same ones come often."""
    return tuple(dict.fromkeys(storable(value) for value in values if value))


def folded(text: str) -> str:
    """Return the text with runs of white space as one space and quotes in one style."""
    text = " ".join(text.split())
    if text.isascii():
        return text.replace("`", "'")
    for quote, plain in _QUOTES:
        if quote in text:
            text = text.replace(quote, plain)
    return text


def digest_of(parts: Iterable[str]) -> bytes:
    """Return a digest of 16 bytes over the parts."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace")).digest()[:16]


def content_digest(article: Article) -> bytes:
    """Return the digest of what makes a revision: text, authors, times of print and access."""
    return digest_of(
        (
            article.title,
            article.lead or "",
            _second(article.published),
            _second(article.modified),
            article.access or "",
            *article.authors,
            "",
            *[block.text for block in article.body],
        )
    )


def _second(time: datetime | None) -> str:
    return "" if time is None else str(int(time.timestamp()))


def same_content(row: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Return whether two readings differ at most in white space and the style of quotes."""
    return all(row[key] == other[key] for key in ("published", "modified", "access")) and all(
        folded(row[key] or "") == folded(other[key] or "")
        for key in ("title", "lead", "body", "authors")
    )


def article_row(article: Article, source_id: int, digest: bytes) -> dict[str, Any]:
    """Return the columns of ``articles``, save its id and when it was seen."""
    dateline = article.dateline
    published = printed(article.published)
    row = {
        "source_id": source_id,
        "url": article.url,
        "title": article.title,
        "lead": article.lead or None,
        "body": article.text or None,
        "body_kinds": _kinds(article),
        "dateline": (dateline.text or None) if dateline else None,
        "dateline_place": (dateline.place or None) if dateline else None,
        "dateline_agency": (dateline.agency or None) if dateline else None,
        "dateline_date": dateline.date.isoformat() if dateline and dateline.date else None,
        "published": published,
        "published_text": article.published_text or None,
        "published_day": published[:10] if published else None,
        "modified": printed(article.modified),
        "modified_text": article.modified_text or None,
        "language": article.language or None,
        "access": plain(article.access),
        "access_declared": plain(article.access_declared),
        "images": _json(article.images, asdict),
        "alternates": _json(article.alternates, asdict),
        "provenance": _json(article.provenance, _FIELD_SOURCE_CONFIDENCE),
        "authors": json_names(article.authors),
        "sections": json_names(article.sections),
        "tags": json_names(article.tags),
        "digest": digest,
    }
    return _storable_row(row)


def _storable_row(row: dict[str, Any]) -> dict[str, Any]:
    """Return the row with storable texts; looking at all of them at once takes less time."""
    together = "".join([value for value in row.values() if value.__class__ is str])
    if storable(together) == together:
        return row
    return {key: storable(v) if isinstance(v, str) else v for key, v in row.items()}


@lru_cache(maxsize=4096)
def json_names(values: tuple[str, ...]) -> str | None:
    """Return names as a JSON array, or None where there are none; the same ones come often."""
    return storable(_encode(values)) if values else None


def _kinds(article: Article) -> str | None:
    kinds = [block.kind for block in article.body]
    return None if kinds.count(BlockKind.PARAGRAPH) == len(kinds) else " ".join(kinds)


def _json(values: Sequence[Any], in_json: Callable[[Any], object]) -> str | None:
    return storable(_encode([in_json(value) for value in values])) if values else None
