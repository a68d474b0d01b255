"""The elements whose class, id, ``rel`` or ``itemprop`` says what they hold."""

import re
from collections.abc import Mapping
from functools import lru_cache

from selectolax.lexbor import LexborNode

from crawler.document import Document

_KINDS = {
    "author": re.compile(r"author|byline|autor|auteur|posted|meta"),
    "date": re.compile(r"date|time|publi|posted|byline|meta"),
    "tag": re.compile(r"\btag|-tag|topic"),
    "section": re.compile(r"categ"),
    "wall": re.compile(r"pay-?wall|regwall|abo-wall|plus-wall"),
}
_KINDS["date or heading"] = _KINDS["date"]
_TAGS = {
    "author": ("address",),
    "date": ("time", "h1"),
    "date or heading": ("time", "h1", "h2", "h3"),
}
# Each of these costs the engine a look at every class, so there are few, and they are short.
_STEMS = {
    "author": ("aut", "byline", "posted", "meta"),
    "date": ("date", "time", "publi", "posted", "byline", "meta"),
    "tag": ("tag", "topic"),
    "section": ("categ",),
    "wall": ("wall",),
}
_STEMS["date or heading"] = _STEMS["date"]
_OTHERS = {
    "author": ('[itemprop*="aut" i]', '[rel~="author"]', "address", 'a[href*="/aut"]'),
    "date": ("[itemprop]", "time", "h1"),
    "date or heading": ("[itemprop]", "time", "h1", "h2", "h3"),
    "tag": ('[rel~="tag"]',),
    "section": ('[rel~="category"]',),
}
_SELECTORS = {
    kind: ", ".join((*(f'[class*="{stem}" i]' for stem in stems), *_OTHERS.get(kind, ())))
    for kind, stems in _STEMS.items()
}
_MOST = 20_000
_LONGEST = 200


def marks(document: Document, kind: str) -> list[LexborNode]:
    """Return the elements marked as of a kind, in page order.

    The kinds are author, date, tag, section and wall; "date" holds each ``h1`` too, so that it
    is known what stands before the headline, and "date or heading" each lesser heading as well.
    """
    return [node for node in document.tree.css(_SELECTORS[kind])[:_MOST] if _is_marked(node, kind)]


def _is_marked(node: LexborNode, kind: str) -> bool:
    tag = node.tag
    if tag in _TAGS.get(kind, ()):
        return True
    attributes = node.attributes
    if is_named(kind, attributes):
        return True
    return kind == "author" and tag == "a" and "/aut" in (attributes.get("href") or "")


def is_named(kind: str, attributes: Mapping[str, str | None]) -> bool:
    """Return whether the class, ``itemprop`` or ``rel`` of an element says the kind."""
    get = attributes.get
    return _says(kind, get("class"), get("itemprop"), get("rel"))


@lru_cache(maxsize=16384)
def _says(kind: str, *names: str | None) -> bool:
    named = " ".join(filter(None, names))[:_LONGEST]
    return _KINDS[kind].search(named.lower()) is not None
