"""The sections and tags under which a site files an article."""

from collections.abc import Iterable

from crawler.document import Document
from crawler.extract.cleaning import fold, has_letter, plain
from crawler.extract.reading import Reading
from crawler.extract.structured_data import article_objects, strings

_MOST = 60


def extract_sections(document: Document) -> list[Reading[tuple[str, ...]]]:
    """Return what may be the article's sections, best first."""
    found = []
    for data in article_objects(document)[:1]:
        found.append(
            Reading(_unique(strings(data.get("articleSection"))), "json-ld articleSection", 0.9)
        )
    for name in ("article:section", "section", "dc.subject"):
        found.append(Reading(_unique(document.meta.get(name, ())), name, 0.8))
    return [reading for reading in found if reading.value]


def extract_tags(document: Document) -> list[Reading[tuple[str, ...]]]:
    """Return what may be the article's tags, best first."""
    found = []
    for data in article_objects(document)[:1]:
        found.append(
            Reading(_unique(_split(strings(data.get("keywords")))), "json-ld keywords", 0.9)
        )
    for name in ("article:tag", "news_keywords", "keywords"):
        found.append(Reading(_unique(_split(document.meta.get(name, ()))), name, 0.8))
    return [reading for reading in found if reading.value]


def _split(values: Iterable[str]) -> list[str]:
    return [part for value in values for part in value.replace(";", ",").split(",")]


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for value in values:
        text = plain(value)
        if text and has_letter(text) and len(text) <= 100:
            found.setdefault(fold(text), text)
    return tuple(found.values())[:_MOST]
