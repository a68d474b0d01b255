"""When an article was published, and when it was changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from crawler.document import Document
from crawler.extract.reading import Reading
from crawler.extract.structured_data import article_objects, strings

_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_AHEAD = timedelta(hours=36)
_PUBLISHED = ("article:published_time", "og:published_time", "datepublished", "date", "pubdate")
_MODIFIED = ("article:modified_time", "og:updated_time", "datemodified", "lastmod")


@dataclass(frozen=True, slots=True)
class Moment:
    """A time as a page prints it; a clock without a zone stands in ``at`` as if it were UTC."""

    at: datetime
    text: str
    clock_known: bool
    zone_known: bool


def extract_published(document: Document, zone: tzinfo | None = None) -> list[Reading[Moment]]:
    """Return when the article may have been published, best first."""
    return _readings(document, "datePublished", _PUBLISHED, zone)


def extract_modified(document: Document, zone: tzinfo | None = None) -> list[Reading[Moment]]:
    """Return when the article may have been changed last, best first."""
    return _readings(document, "dateModified", _MODIFIED, zone)


def machine_moment(text: str, zone: tzinfo | None = None) -> Moment | None:
    """Return the time of an ISO 8601 text, or None."""
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    clock, zone_known = len(text.strip()) > 10, at.tzinfo is not None
    if not zone_known:
        at = at.replace(tzinfo=(zone if clock else None) or UTC)
    return Moment(at.astimezone(UTC), text, clock, zone_known)


def _readings(
    document: Document, key: str, names: tuple[str, ...], zone: tzinfo | None
) -> list[Reading[Moment]]:
    found = []
    for text, source, confidence in _candidates(document, key, names):
        moment = machine_moment(text, zone)
        if moment and _EARLIEST <= moment.at <= document.page.fetched_at + _AHEAD:
            found.append(Reading(moment, source, confidence))
    return found


def _candidates(
    document: Document, key: str, names: tuple[str, ...]
) -> Iterator[tuple[str, str, float]]:
    for data in article_objects(document)[:1]:
        for text in strings(data.get(key))[:1]:
            yield text, f"json-ld {key}", 0.95
    for name in names:
        for content in document.meta.get(name, ())[:1]:
            yield content, name, 0.9
