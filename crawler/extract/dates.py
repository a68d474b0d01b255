"""When an article was published, and when it was changed.

What is written for machines is read first: JSON-LD, meta, ``time`` and microdata; then what is
printed for people near the headline; then the address.
"""

import re
from collections.abc import Iterator
from datetime import UTC, tzinfo
from functools import lru_cache
from itertools import islice
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from crawler.document import Document
from crawler.extract.ago import time_ago
from crawler.extract.cleaning import clean
from crawler.extract.marks import marks
from crawler.extract.moments import Moment, machine_moment
from crawler.extract.places import headline_frame, nearness, shown_text
from crawler.extract.printed import printed_moments
from crawler.extract.reading import Reading
from crawler.extract.structured_data import article_objects, strings

__all__ = ["Moment", "extract_modified", "extract_published"]

BY_FETCH = "by the time of fetching"
"""Ends the source of a time that rests on when the page was fetched."""

DAY_ALONE = "(day alone)"
"""Ends the source of a time of which the page gives the day, and no clock."""

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
# Other names that sites give such meta elements; "date" alone may also be a change.
_NAMED = {
    "published": re.compile(
        r"publi.{0,5}(date|time|at$|on$)|(date|time)[._-]?publi|pub_?date|publish(ed|time)?$"
        r"|(date|time)[._-]?(created|release)|creat(ed|ion)[._-]?(date|time|at)?$"
        r"|article[._]created|citation_date|displaydate|release[._-]?date"
        r"|^(dc[.:]|dcterms[.:])?date$",
        re.IGNORECASE,
    ),
    "modified": re.compile(r"(updat|modif)\w*[._-]?(date|time|at)?$", re.IGNORECASE),
}
_CHANGED = re.compile(
    r"updat|modif|actuali|aktuali|aggiorn|geändert|обновл|измен|оновл|абноўл|gewijzigd|bijgewerkt"
    r"|oppdatert|uppdater|opdateret|päivitetty|güncelle|更新|수정",
    re.IGNORECASE,
)
# What of a key in a script is written one way, and is quickly found.
_STEMS = (b"ublish", b"ublication", b"ub_date", b"ubDate", b"ubdate", b"reate", b"isplay", b"eploy")
_MOST_STEMS = 400
_STATE = re.compile(
    r"[\"'&](?:quot;)?((?:date_?publish|publish_?date|published_?(?:at|on|date|time)?|pub_?date|first_?publish"
    r"|publication_?date|publish_?time|deploy_?d(?:t|ate)|date_?created|create_?date|display_?date)[a-z_]{0,10})"
    r"\\?(?:\"|'|&quot;)\s?[:=]\s?\\?(?:\"|'|&quot;)([^\"'&\\<]{8,40})",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_LONGEST_LINE = 220
_NEAR_TITLE = 700
_LONGEST_TEXT = 20_000
_MOST_MARKED = 80
_ENOUGH = 3
_URL_DAY = re.compile(
    r"(?<!\d)((?:19|20)\d\d)([/_-])(\d\d?)\2(\d\d?)(?!\d)|(?<!\d)(20\d\d)(\d\d)(\d\d)(?=\D|\d{6}(?!\d))"
)


def extract_published(document: Document, zone: tzinfo | None = None) -> list[Reading[Moment]]:
    """Return when the article may have been published, best first.

    A clock printed without a zone is one of ``zone``, where that is known.
    """
    keys = ("datePublished", "uploadDate", "dateCreated")
    found = _plausible(_in_data(document, keys, zone), document)
    found += _plausible(_in_meta(document, _PUBLISHED, "published", zone), document)
    if not any(reading.value.clock_known for reading in found):
        found += _marked(document, zone)
    found += _plausible(_in_address(document.page.url), document)
    if not found or found[0].confidence < 0.5:
        found += _plausible(_in_script(document, zone), document)
        found += _plausible(_after_headline(document, zone), document)
        found = found or _plausible(_in_text(document, zone), document)
        found.sort(key=lambda reading: -reading.confidence)
    return found


def extract_modified(document: Document, zone: tzinfo | None = None) -> list[Reading[Moment]]:
    """Return when the article may have been changed last, best first."""
    found = _plausible(_in_data(document, ("dateModified",), zone), document)
    return found + _plausible(_in_meta(document, _MODIFIED, "modified", zone), document)


def _in_data(
    document: Document, keys: tuple[str, ...], zone: tzinfo | None
) -> Iterator[Reading[Moment]]:
    for data in article_objects(document)[:2]:
        for key in keys:
            for text in strings(data.get(key))[:1]:
                yield from _read(text, f"json-ld {key}", 0.95, zone)


def _in_meta(
    document: Document, names: tuple[str, ...], field: str, zone: tzinfo | None
) -> Iterator[Reading[Moment]]:
    meta = document.meta
    for name in names:
        for text in meta.get(name, ())[:1]:
            yield from _read(text, name, 0.9, zone)
    for name, contents in meta.items():
        if name not in names and _is_named(field, name):
            yield from _read(contents[0], name, 0.85, zone)


@lru_cache(maxsize=4096)
def _is_named(field: str, name: str) -> bool:
    return _NAMED[field].search(name[:100]) is not None


def _read(
    text: str, source: str, confidence: float, zone: tzinfo | None
) -> Iterator[Reading[Moment]]:
    found = machine_moment(text, zone) or next(printed_moments(text[:100], zone=zone), None)
    if found:
        yield Reading(found, source + _marks(found), confidence)


def _marks(moment: Moment) -> str:
    """Return what is to be known of a time beside where it stands."""
    if not moment.clock_known:
        return f" {DAY_ALONE}"
    return "" if moment.zone_known else " (no zone)"


def _plausible(readings: Iterator[Reading[Moment]], document: Document) -> list[Reading[Moment]]:
    fetched_at = document.page.fetched_at
    return [reading for reading in readings if reading.value.is_plausible(fetched_at)]


def _marked(document: Document, zone: tzinfo | None) -> list[Reading[Moment]]:
    """Return the times in elements that are marked as such, those after the headline first."""
    root = document.tree.css_first("html")
    language = ((root.attributes.get("lang") if root else None) or "").lower()
    month_first = language in ("", "en", "en-us", "en_us")
    headline_seen, frame = False, headline_frame(document)
    found: list[Reading[Moment]] = []
    for node in islice(marks(document, "date"), _MOST_MARKED):
        if node.tag == "h1":
            headline_seen = True
            continue
        moments = list(_in_element(node, zone, language[:2], month_first, document))
        weight = nearness(node, frame) * (1.0 if headline_seen else 0.9) if moments else 0.0
        for moment, source, sure in moments:
            found.append(Reading(moment, source + _marks(moment), round(sure * weight, 3)))
        if headline_seen and sum(reading.confidence >= 0.6 for reading in found) >= _ENOUGH:
            break
    plausible = _plausible(iter(found), document)
    return sorted(plausible, key=lambda reading: -reading.confidence)


def _in_element(
    node: LexborNode,
    zone: tzinfo | None,
    language: str,
    month_first: bool,
    document: Document,
) -> Iterator[tuple[Moment, str, float]]:
    attributes = node.attributes
    prop = (attributes.get("itemprop") or "").lower()
    weight = 0.7 if "modif" in prop or "update" in prop else 1.0
    for name in ("datetime", "content", "data-datetime", "title"):
        if (text := attributes.get(name)) and (found := machine_moment(text, zone)):
            confidence = 0.85 if "publish" in prop or "pubdate" in attributes else 0.75
            yield found, f"{node.tag}[{name}]", confidence * weight
            return
    inner = node.css_first("p, article, h1, h2, h3, time")
    if inner is not None and inner.mem_id != node.mem_id:
        return
    line = clean(node.text(separator=" "))
    if line is None or len(line) > _LONGEST_LINE or not _DIGIT.search(line):
        return
    label = _label(node)
    for found in islice(
        printed_moments(line, zone=zone, language=language, month_first=month_first), 2
    ):
        changed = _CHANGED.search(line[: max(0, line.find(found.text))])
        yield found, label, (0.4 if changed else 0.65) * weight
    if ago := time_ago(line, document.page.fetched_at):
        yield (
            Moment(ago[0].astimezone(UTC), ago[1], True, True),
            f"{label} ({BY_FETCH})",
            0.3 * weight,
        )


def _label(node: LexborNode) -> str:
    attributes = node.attributes
    named = attributes.get("itemprop") or attributes.get("class") or attributes.get("id") or ""
    return f"{node.tag}.{named.split()[0]}" if named.split() else f"{node.tag}"


def _in_address(url: str) -> Iterator[Reading[Moment]]:
    path = urlsplit(url).path
    # The last one: an archive's address begins with the day of its copy.
    for match in reversed(list(_URL_DAY.finditer(path[:500]))):
        year, _, month, day, *compact = match.groups()
        text = "-".join(part for part in ((year, month, day) if year else compact))
        if moment := machine_moment(text):
            yield Reading(moment, f"address {DAY_ALONE}", 0.6)


def _in_script(document: Document, zone: tzinfo | None) -> Iterator[Reading[Moment]]:
    for match in islice(_state(document.page.body), 1):
        if moment := machine_moment(match[2], zone) or next(
            printed_moments(match[2], zone=zone), None
        ):
            yield Reading(moment, f"script {match[1]}" + _marks(moment), 0.45)


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


def _after_headline(document: Document, zone: tzinfo | None) -> Iterator[Reading[Moment]]:
    text, heading = shown_text(document), next(iter(document.found("h1")), None)
    title = heading.text(separator=" ") if heading else ""
    start = text.find(title) if title.strip() else -1
    after = clean(text[start + len(title) :][:_NEAR_TITLE]) if start >= 0 else None
    for moment in islice(printed_moments(after or "", zone=zone), 1):
        yield Reading(moment, "text after the headline" + _marks(moment), 0.5)


def _in_text(document: Document, zone: tzinfo | None) -> Iterator[Reading[Moment]]:
    text = clean(shown_text(document)[:_LONGEST_TEXT])
    for moment in islice(printed_moments(text or "", zone=zone), 1):
        yield Reading(moment, "text" + _marks(moment), 0.2)
