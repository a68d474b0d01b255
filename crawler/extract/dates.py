"""When an article was published, and when it was changed.

What is written for machines is read first: JSON-LD, meta, ``time`` and microdata; then what is
printed for people near the headline; then the address.
"""

import re
from collections.abc import Iterator
from datetime import datetime, tzinfo
from functools import lru_cache
from itertools import islice

from crawler.document import Document
from crawler.extract.dated_address import dated_address, latest_of
from crawler.extract.dated_elements import dated_elements
from crawler.extract.dated_text import dated_text
from crawler.extract.moments import Moment, machine_moment
from crawler.extract.printed import printed_moments
from crawler.extract.reading import Reading
from crawler.extract.sources import BY_FETCH, DAY_ALONE, marked
from crawler.extract.structured_data import article_objects, strings
from crawler.extract.usage import usage_of
from crawler.extract.zones import in_known_zone, settled

__all__ = ["BY_FETCH", "DAY_ALONE", "Moment", "extract_modified", "extract_published"]

_SURE, _LIKELY, _IN_SCRIPT = 0.8, 0.6, 0.45
_PUBLISHED = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "parsely-pub-date",
    "sailthru.date",
    "datepublished",
    "cxenseparse:recs:publishtime",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.created",
)
_MODIFIED = (
    "article:modified_time",
    "og:updated_time",
    "og:modified_time",
    "datemodified",
    "dcterms.modified",
    "dc.date.modified",
    "last-modified",
    "lastmod",
)
# Other names that sites give such meta elements, in lower case; "date" alone may also be a change.
_NAMED = {
    "published": re.compile(
        r"publi.{0,5}(date|time|at$|on$)|(date|time)[._-]?publi|pub_?date|publish(ed|time)?$"
        r"|(date|time)[._-]?(created|release)|creat(ed|ion)[._-]?(date|time|at)?$"
        r"|article[._]created|citation_date|displaydate|release[._-]?date"
        r"|^(dc[.:]|dcterms[.:])?date$"
    ),
    "modified": re.compile(r"(updat|modif)\w*[._-]?(date|time|at)?$"),
}
# What of a key in a script is written one way, and is quickly found.
_STEMS = (
    b"ublish",
    b"ublication",
    b"ub_date",
    b"ubDate",
    b"ubdate",
    b"ateCreated",
    b"ate_created",
    b"reateDate",
    b"reate_date",
    b"isplayDate",
    b"isplay_date",
    b"eployD",
    b"eploy_d",
)
_MOST_STEMS = 200
_STATE = re.compile(
    r"[\"'&](?:quot;)?((?:date_?publish|publish_?date|published_?(?:at|on|date|time)?|pub_?date|first_?publish"
    r"|publication_?date|publish_?time|deploy_?d(?:t|ate)|date_?created|create_?date|display_?date)[a-z_]{0,10})"
    r"\\?(?:\"|'|&quot;)\s?[:=]\s?\\?(?:\"|'|&quot;)([^\"'&\\<]{8,40})",
    re.IGNORECASE,
)
# This may also be the day of a change, or of the copy.
_BARE = ("date", "dc.date", "dcterms.date", "dc:date")


def extract_published(document: Document, zone: tzinfo | None = None) -> list[Reading[Moment]]:
    """Return when the article may have been published, best first.

    A clock printed without a zone is one of ``zone``, where that is known.
    """
    latest = latest_of(document)
    found = _best_first(_for_machines(document, zone), latest)
    if not any(map(_is_sure, found)):
        usage = usage_of(document, zone)
        found = _best_first([*found, *dated_elements(document, usage)], latest)
        if not found or found[0].confidence < _LIKELY:
            found = _best_first([*found, *dated_text(document, usage)], latest)
        if not found or found[0].confidence < _IN_SCRIPT:
            found = _best_first([*found, *_in_script(document, zone)], latest)
    return settled(found, document, zone)


def extract_modified(document: Document, zone: tzinfo | None = None) -> list[Reading[Moment]]:
    """Return when the article may have been changed last, best first."""
    found = list(_in_data(document, ("dateModified",), zone))
    found += _in_meta(document, _MODIFIED, zone)
    if not any(map(_is_sure, found)):
        found += _in_other_meta(document, "modified", _MODIFIED, zone)
    best = _best_first(found, latest_of(document))
    if best and zone is None and best[0].value.clock_known and not best[0].value.zone_known:
        return [in_known_zone(best[0], document), *best[1:]]
    return best


def _for_machines(document: Document, zone: tzinfo | None) -> list[Reading[Moment]]:
    found = list(_in_data(document, ("datePublished", "uploadDate", "dateCreated"), zone))
    found += _in_meta(document, _PUBLISHED, zone)
    if not any(_is_sure(reading) and not reading.value.in_utc for reading in found):
        found += _in_other_meta(document, "published", _PUBLISHED, zone)
    return [*found, *dated_address(document.page.url)]


def _is_sure(reading: Reading[Moment]) -> bool:
    return reading.confidence >= _SURE and reading.value.clock_known


def _best_first(readings: list[Reading[Moment]], latest: datetime) -> list[Reading[Moment]]:
    plausible = (reading for reading in readings if reading.value.is_plausible(latest))
    return sorted(plausible, key=lambda reading: -reading.confidence)


def _in_data(
    document: Document, keys: tuple[str, ...], zone: tzinfo | None
) -> Iterator[Reading[Moment]]:
    for data in article_objects(document)[:2]:
        for key in keys:
            for text in strings(data.get(key))[:1]:
                yield from _read(text, f"json-ld {key}", 0.95, zone)


def _in_meta(
    document: Document, names: tuple[str, ...], zone: tzinfo | None
) -> Iterator[Reading[Moment]]:
    meta = document.meta
    for name in names:
        for text in meta.get(name, ())[:1]:
            yield from _read(text, name, 0.9, zone)


def _in_other_meta(
    document: Document, field: str, names: tuple[str, ...], zone: tzinfo | None
) -> Iterator[Reading[Moment]]:
    for name, contents in document.meta.items():
        if _is_named(field, name) and name not in names:
            yield from _read(contents[0], name, 0.59 if name in _BARE else 0.85, zone)


@lru_cache(maxsize=4096)
def _is_named(field: str, name: str) -> bool:
    return _NAMED[field].search(name[:100]) is not None


def _read(
    text: str, source: str, confidence: float, zone: tzinfo | None
) -> Iterator[Reading[Moment]]:
    found = machine_moment(text, zone) or next(printed_moments(text[:100], zone=zone), None)
    if found:
        yield Reading(found, marked(source, found), confidence)


def _in_script(document: Document, zone: tzinfo | None) -> Iterator[Reading[Moment]]:
    for match in islice(_state(document.page.body), 1):
        if moment := machine_moment(match[2], zone) or next(
            printed_moments(match[2], zone=zone), None
        ):
            yield Reading(moment, marked(f"script {match[1]}", moment), _IN_SCRIPT)


def _state(page: bytes) -> Iterator[re.Match[str]]:
    """Yield where a script names a time of publishing, in page order."""
    for at in sorted({at for stem in _STEMS for at in islice(_finds(page, stem), _MOST_STEMS)}):
        near = page[max(0, at - 16) : at + 90].decode("ascii", "replace")
        if match := _STATE.search(near):
            yield match


def _finds(page: bytes, stem: bytes) -> Iterator[int]:
    at = page.find(stem)
    while at >= 0:
        yield at
        at = page.find(stem, at + 1)
