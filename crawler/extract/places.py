"""Where on the page an element stands: with the article, or among other things."""

import re
from functools import lru_cache

from selectolax.lexbor import LexborNode

from crawler.document import Document
from crawler.extract.cleaning import fold, text_of
from crawler.extract.once import once_a_document

# Of names in lower case, which are searched several times as fast as those in any.
_ELSEWHERE = re.compile(
    r"comment|related|sidebar|footer|widget|recent|popular|latest|recommend|more-|teaser|(?<!v)card\b"
    r"|promo|ticker|archive|most-?read|trending|carousel|slider|reply|disqus"
)
# The foot of an article often holds who wrote it, and when.
_OWN_FOOT = re.compile(r"(?:entry|post|article)[-_]{0,2}(?:footer|foot)\b")
_LEVELS = 8
_WEIGHTS = {"a": 0.6, "li": 0.85}
_WHOLE = 2.0
"""What holds the article; what is around it says nothing."""
_SHORTEST_HEADLINE = 15
_MOST_HEADINGS = 30


@once_a_document
def headings(document: Document) -> list[LexborNode]:
    """Return each ``h1``; where there is none, the ``h2`` or ``h3`` that the page is titled by."""
    return document.found("h1") or _titled(document)[:1]


@once_a_document
def lesser_headings(document: Document) -> list[LexborNode]:
    """Return the first ``h2`` and ``h3`` of the page."""
    return document.tree.css("h2, h3")[:_MOST_HEADINGS]


def _titled(document: Document) -> list[LexborNode]:
    titles = [text_of(node) or "" for node in document.found("title")[:1]]
    titled = fold(" ".join([*titles, *document.meta.get("og:title", ())[:1]]))
    return [
        node
        for node in (lesser_headings(document) if titled else ())
        if len(told := fold(text_of(node) or "")) > _SHORTEST_HEADLINE and told in titled
    ]


@once_a_document
def headline_frame(document: Document) -> frozenset[int]:
    """Return the ``mem_id`` of every element that holds a headline, and of the page itself.

    What holds the headline too is the article, whatever its classes say of the layout.
    """
    found = {node.mem_id for node in (document.tree.root, document.tree.body) if node}
    for place in headings(document)[:5]:
        while (parent := place.parent) is not None and parent.mem_id not in found:
            found.add(parent.mem_id)
            place = parent
    return frozenset(found)


@once_a_document
def _known_weights(document: Document) -> dict[int, float]:
    return dict.fromkeys(headline_frame(document), _WHOLE)


def nearness(document: Document, node: LexborNode) -> float:
    """Return one, or less for an element in a list, a sidebar, a footer or among comments."""
    known = _known_weights(document)
    nearest = 1.0
    place: LexborNode | None = node
    for _ in range(_LEVELS):
        if place is None:
            break
        weight = known.get(place.mem_id)
        if weight is None:
            weight = known[place.mem_id] = _weight(place)
        if weight == _WHOLE:
            break
        if weight < nearest:
            nearest = weight
        place = place.parent
    return nearest


def _weight(place: LexborNode) -> float:
    tag = place.tag or ""
    if tag == "main":
        return _WHOLE
    if _says_elsewhere(tag, f"{place.attrs.get('class') or ''} {place.id or ''}"):
        return 0.5
    return _WEIGHTS.get(tag, 1.0)


@lru_cache(maxsize=16384)
def _says_elsewhere(tag: str, named: str) -> bool:
    named, own = _OWN_FOOT.subn("", named[:300].lower())
    is_frame = tag in ("aside", "nav") or (tag == "footer" and not own)
    return is_frame or _ELSEWHERE.search(named) is not None


def is_elsewhere(document: Document, node: LexborNode) -> bool:
    """Return whether the element stands in a sidebar, a footer, among comments or in a teaser."""
    return nearness(document, node) <= 0.5
