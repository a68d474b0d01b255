"""An article as a row, and the digest that tells whether its text changed."""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import timedelta
from enum import StrEnum
from functools import lru_cache
from operator import attrgetter
from typing import Any

from archive.items import BY_FETCH, Article, BlockKind
from archive.noise import folded, without_passing
from archive.times import printed

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_FIELD_SOURCE_CONFIDENCE = attrgetter("field", "source", "confidence")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
CLOCK = timedelta(minutes=1)
"""A page that was modified so close to the look tells the time of the look."""


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


def digest_of(parts: Iterable[str]) -> bytes:
    """Return a digest of 16 bytes over the parts."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace")).digest()[:16]


def content_digest(article: Article) -> bytes:
    """Return the digest of what makes a revision: text, authors, times of print and access.

    A time that the page tells by its own clock, such as "5 minutes ago", is another at each
    look and does not count.
    """
    published = None if _is_relative("published", article) else article.published
    modified = article.modified
    if modified and (
        _is_relative("modified", article) or abs(modified - article.fetched_at) < CLOCK
    ):
        modified = None
    return columns_digest(
        {
            "title": article.title,
            "lead": article.lead,
            "body": article.text,
            "authors": json_names(article.authors),
            "published": printed(published),
            "modified": printed(modified),
            "access": plain(article.access),
        }
    )


def columns_digest(row: Mapping[str, Any]) -> bytes:
    """Return the digest of a reading's columns, with what makes no revision folded away."""
    return digest_of(
        (
            folded(row["title"] or ""),
            folded(without_passing(row["lead"] or "")),
            row["published"] or "",
            row["modified"] or "",
            row["access"] or "",
            folded(row["authors"] or ""),
            folded(without_passing(row["body"] or "")),
        )
    )


def _is_relative(field: str, article: Article) -> bool:
    return any(one.field == field and BY_FETCH in one.source for one in article.provenance)


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


@lru_cache(maxsize=4096)
def signals_json(signals: tuple[tuple[str, str], ...]) -> str | None:
    """Return what a page asks of robots as a JSON object, or None; the same comes often."""
    return storable(_encode(dict(signals))) if signals else None
