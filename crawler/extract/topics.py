"""The sections and tags under which a site files an article."""

import re
from collections.abc import Container, Iterable, Iterator
from functools import lru_cache
from itertools import chain, islice
from typing import Any

from selectolax.lexbor import LexborNode

from crawler.document import Document
from crawler.extract.cleaning import fold, has_letter, plain, text_of
from crawler.extract.marks import marks
from crawler.extract.once import once_a_document
from crawler.extract.places import is_elsewhere
from crawler.extract.printed import located_moments
from crawler.extract.reading import Reading
from crawler.extract.structured_data import article_objects, strings, types

_MOST = 60
_MOST_PRINTED = 15
_MOST_SECTIONS = 4
"""More links of sections that stand together than this are those of a menu."""
_MOST_MARKED = 60
_MOST_INSIDE, _MOST_LOOKED_AT = 100, 20_000
_MOST_LINKS = 3000
_LONGEST = 100
_LONGEST_LABEL = 50
_LONGEST_LINE = 300
# What addresses of tags and of sections have, in lower case.
_TAG_LINK = re.compile(r"/(?:tags?|topics?|thema|themen|schlagwort|keyword)/")
_SECTION_LINK = re.compile(r"/(?:category|categories|kategorie|rubric|rubrik)/")
_FILING = re.compile(f"{_TAG_LINK.pattern}|{_SECTION_LINK.pattern}")
_MACHINE = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{20,}|\d+|\S+_\S+|(?:[\w-]+\.)+(?:com|org|net|de|co\.\w\w)"
)
_KEYED = re.compile(r"([A-Za-z][\w ]{1,25}):\s?(.+)")
_SUBJECT = re.compile(r"(?:subject|category|topic|tag|keyword|theme|section)s?", re.IGNORECASE)
_NETWORKS = frozenset(
    ("facebook", "twitter", "whatsapp", "pinterest", "linkedin", "reddit", "telegram")
)
_HOME = re.compile(
    r"home(?:page)?|start(?:seite)?|news|главная|галоўная|головна|inicio|accueil|strona główna",
    re.IGNORECASE,
)


def extract_sections(document: Document) -> list[Reading[tuple[str, ...]]]:
    """Return what may be the article's sections, best first."""
    found = []
    for data in article_objects(document)[:1]:
        sections = _parted(strings(data.get("articleSection")))
        found.append((sections, "json-ld articleSection", 0.9))
    for name in ("article:section", "section", "dc.subject", "parsely-section", "sailthru.section"):
        found.append((document.meta.get(name, []), name, 0.8))
    readings = [
        Reading(_topics(values, document), source, sure) for values, source, sure in found if values
    ]
    if not any(reading.value for reading in readings):
        crumbs = _topics(_crumbs(document), document)
        readings.append(Reading(crumbs, "json-ld BreadcrumbList", 0.6))
        if not crumbs:
            links = _topics(_linked(document, "section", _MOST_SECTIONS), document)
            readings.append(Reading(links, "links of sections", 0.5))
    return [reading for reading in readings if reading.value]


def extract_tags(document: Document) -> list[Reading[tuple[str, ...]]]:
    """Return what may be the article's tags, best first."""
    found = []
    for data in article_objects(document)[:1]:
        found.append((_split(strings(data.get("keywords"))), "json-ld keywords", 0.9))
    for name, sure in (("news_keywords", 0.85), ("article:tag", 0.8), ("keywords", 0.6)):
        values = document.meta.get(name, [])
        is_one_each = len(values) > 1 and not all(map(_is_list, values))
        found.append((values if is_one_each else _split(values), name, sure))
    readings = [Reading(_topics(values, document), source, sure) for values, source, sure in found]
    if _is_run_together(readings):
        readings = [*readings[1:], readings[0]]
    if not any(reading.value for reading in readings):
        links = _topics(_linked(document, "tag", _MOST_PRINTED), document)
        readings.append(Reading(links, "links of tags", 0.5))
    return [reading for reading in readings if reading.value]


def _is_run_together(readings: list[Reading[tuple[str, ...]]]) -> bool:
    """Return whether the first reading is the words of the second without commas between them."""
    if len(readings) < 2 or len(readings[0].value) != 1 or len(readings[1].value) < 2:
        return False
    words = set(fold(readings[0].value[0]).split())
    return all(set(fold(tag).split()) <= words for tag in readings[1].value)


def _is_list(value: str) -> bool:
    """Return whether a value holds several labels with commas between them."""
    return value.count(",") > 1 or re.search(r",(?=\S)", value) is not None


def _parted(sections: list[str]) -> list[str]:
    """Return the sections, those of a value that lists several apart: not "Arts, Film & Music"."""
    return [
        part
        for section in sections
        for part in (_split([section]) if _is_list(section) and "&" not in section else [section])
    ]


def _split(values: Iterable[str]) -> list[str]:
    return [part for value in values for part in re.split(r"[,;،、，|]", value[:5000])]


def _topics(values: Iterable[str], document: Document) -> tuple[str, ...]:
    """Return the labels that people read, each once; what machines put among them is left out."""
    found: dict[str, str] = {}
    for value in values:
        folded, text = (_short_topic if len(value) <= _LONGEST else _topic)(value)
        found.setdefault(folded, text)
    found.pop("", None)
    found.pop(fold(document.host), None)
    return tuple(found.values())[:_MOST]


def _topic(value: str) -> tuple[str, str]:
    """Return a label folded, and as people read it; the first is empty where none do."""
    text = _label(plain(value) or "") or ""
    return fold(text), text


# The pages of one site are filed under the same few labels.
_short_topic = lru_cache(maxsize=4096)(_topic)


def _label(text: str) -> str | None:
    if keyed := _KEYED.fullmatch(text):
        text = keyed[2] if _SUBJECT.fullmatch(keyed[1]) else ""
    if (
        "/" in text
        and " / " not in text
        and text.count("/") < 3
        and text.partition("/")[0].islower()
    ):
        text = text.rpartition("/")[2]
    if text.startswith(("@", "/", "{{")):
        return None
    text = text.strip(" #\"'").removeprefix("& ")
    return (
        text
        if has_letter(text) and len(text) <= _LONGEST and not _MACHINE.fullmatch(text)
        else None
    )


def _crumbs(document: Document) -> list[str]:
    """Return the names of the page's breadcrumb, without the front page and the article itself."""
    for data in document.json_ld:
        if "breadcrumblist" in types(data):
            parts = data.get("itemListElement")
            names = [_crumb(part) for part in parts[:10]] if isinstance(parts, list) else []
            kept = [name for name in names[:-1] if name and not _HOME.fullmatch(name)]
            host = fold(document.host)
            return [name for name in kept if fold(name) != host and len(name) <= _LONGEST_LABEL]
    return []


def _crumb(part: Any) -> str | None:
    if not isinstance(part, dict):
        return None
    return next(iter(strings(part.get("name") or part.get("item"))), None)


def _linked(document: Document, kind: str, most: int) -> list[str]:
    """Return the texts of the first group of such links that stands with the article.

    A group of more than ``most``, or of a social network, is a menu.
    """
    groups: dict[int, list[str]] = {}
    for node, text in _labelled(_links(document, kind)):
        home = _home(node)
        if home in groups or not is_elsewhere(document, node):
            groups.setdefault(home, []).append(text)
        # The first group has ended where a second begins; a menu is passed over.
        if len(groups) > 1 and not _is_menu(next(iter(groups.values())), most):
            break
    return next((group for group in groups.values() if not _is_menu(group, most)), [])


def _is_menu(labels: list[str], most: int) -> bool:
    found = {label.lower() for label in labels}
    return len(found) > most or not found.isdisjoint(_NETWORKS)


def _links(document: Document, kind: str) -> Iterator[LexborNode]:
    """Yield the links in marked elements, and then all whose address files an article so."""
    seen: set[int] = set()
    inside = _inside(marks(document, kind)[:_MOST_MARKED], kind)
    for link in islice(chain(inside, _addressed(document, kind)), _MOST_MARKED):
        if link.mem_id not in seen:
            seen.add(link.mem_id)
            yield link


def _inside(marked: Iterable[LexborNode], kind: str) -> Iterator[LexborNode]:
    """Yield the links of marked lines; of a marked article or page, those that surely file."""
    left = _MOST_LOOKED_AT
    for node in marked:
        links = node.css("a") if node.tag != "a" else [node]
        left -= len(links)
        if left < 0:
            return
        is_line = len(links) <= _MOST_INSIDE and len(node.text()) <= _LONGEST_LINE
        for link in links[:_MOST_INSIDE]:
            attributes = link.attributes
            href = (attributes.get("href") or "").lower()
            rel = (attributes.get("rel") or "").lower().split()
            filed = _filed_as(href, rel)
            if filed == kind or (filed is None and is_line and not _is_other(href, rel)):
                yield link


def _filed_as(href: str, rel: Container[str] = ()) -> str | None:
    """Return whether a link leads to what is filed under a section or a tag, or None.

    The categories of a page are often marked as tags too.
    """
    if "category" in rel or _SECTION_LINK.search(href):
        return "section"
    return "tag" if "tag" in rel or _TAG_LINK.search(href) else None


def _is_other(href: str, rel: Container[str]) -> bool:
    """Return whether a link leads to a person or the comments, which stand beside the sections."""
    return "author" in rel or "/author/" in href or "#" in href


def _addressed(document: Document, kind: str) -> Iterator[LexborNode]:
    for link, href in _hrefs(document):
        if _filed_as(href) == kind:
            yield link


@once_a_document
def _hrefs(document: Document) -> list[tuple[LexborNode, str]]:
    """Return the links whose address may be that of a tag or a section, with it in lower case."""
    links = ((link, href.lower()) for link, href in document.links[:_MOST_LINKS])
    return [(link, href) for link, href in links if _FILING.search(href)]


def _labelled(nodes: Iterable[LexborNode]) -> Iterator[tuple[LexborNode, str]]:
    for node in nodes:
        text = text_of(node)
        if text and len(text) <= _LONGEST_LABEL and text.count(" ") <= 5 and not _is_day(text):
            yield node, text


def _is_day(text: str) -> bool:
    return next(located_moments(text), None) is not None


def _home(node: LexborNode) -> int:
    place = node.parent
    if place is not None and place.tag in ("li", "span"):
        place = place.parent
    return place.mem_id if place is not None else node.mem_id
