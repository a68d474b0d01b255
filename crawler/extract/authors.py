"""The people who wrote an article; agencies, desks, roles and dates are left out."""

from collections.abc import Iterator

from crawler.document import Document
from crawler.extract.cleaning import fold, plain
from crawler.extract.reading import Reading
from crawler.extract.structured_data import article_objects, strings

_META = ("author", "article:author", "parsely-author", "byl", "dc.creator", "sailthru.author")


def extract_authors(document: Document) -> list[Reading[tuple[str, ...]]]:
    """Return who may have written the article, best first; each reading holds all its people."""
    readings = []
    for names, source, confidence in _candidates(document):
        people = tuple(dict.fromkeys(name for name in names if is_person(name)))
        if people:
            readings.append(Reading(people, source, confidence))
    return readings


def is_person(name: str) -> bool:
    """Return whether this may be the name of a person."""
    return bool(fold(name)) and "://" not in name and len(name) <= 80


def _candidates(document: Document) -> Iterator[tuple[list[str], str, float]]:
    for data in article_objects(document)[:1]:
        yield strings(data.get("author")), "json-ld author", 0.9
    for name in _META:
        yield [text for value in document.meta.get(name, ()) if (text := plain(value))], name, 0.7
