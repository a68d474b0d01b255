"""The elements whose class, id, ``rel`` or ``itemprop`` says what they hold."""

import re
from collections.abc import Mapping
from functools import lru_cache

from selectolax.lexbor import LexborNode

from crawler.document import Document
from crawler.extract.once import once_a_document

_KINDS = {
    "author": re.compile(r"author|byline|autor|auteur|posted|meta"),
    "date": re.compile(r"date|time|publi|posted|byline|meta"),
    "tag": re.compile(r"\btag|-tag|topic"),
    "section": re.compile(r"categ"),
    "wall": re.compile(
        r"pay-?wall|regwall|premium-lock|locked-content|content-locked|article-locked"
        r"|piano-inline|abo-wall|plus-wall"
    ),
}
_TAGS = {"address": "author", "time": "date", "h1": "date"}
_SELECTOR = '[class], [itemprop], [rel], address, time, h1, a[href*="/aut"]'
_MOST = 20_000
_LONGEST = 200


def marks(document: Document, kind: str) -> list[LexborNode]:
    """Return the elements marked as of a kind, in page order.

    The kinds are author, date, tag, section and wall; "date" holds each ``h1`` too,
    so that it is known what stands before the headline.
    """
    return _marked(document).get(kind, [])


def is_named(kind: str, attributes: Mapping[str, str | None]) -> bool:
    """Return whether the class, ``itemprop`` or ``rel`` of an element says the kind."""
    get = attributes.get
    return kind in _kinds(get("class"), get("itemprop"), get("rel"))


@once_a_document
def _marked(document: Document) -> dict[str, list[LexborNode]]:
    """Return the marked elements by kind; one walk for all kinds, as the walk is what costs."""
    found: dict[str, list[LexborNode]] = {}
    for node in document.tree.css(_SELECTOR)[:_MOST]:
        tag, get = node.tag, node.attributes.get
        kinds = _kinds(get("class"), get("itemprop"), get("rel"))
        if tag in _TAGS:
            kinds = tuple({*kinds, _TAGS[tag]})
        elif tag == "a" and not kinds and "/aut" in (get("href") or "").lower():
            kinds = ("author",)
        for kind in kinds:
            found.setdefault(kind, []).append(node)
    return found


@lru_cache(maxsize=16384)
def _kinds(*names: str | None) -> tuple[str, ...]:
    """Return of what kinds an element with such a class, ``itemprop`` and ``rel`` is."""
    named = " ".join(filter(None, names))[:_LONGEST].lower()
    return tuple(kind for kind, words in _KINDS.items() if words.search(named))
