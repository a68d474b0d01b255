"""The elements whose class, id, ``rel`` or ``itemprop`` says what they hold."""

import re
from functools import lru_cache

from selectolax.lexbor import LexborNode

from crawler.document import Document

_KINDS = {
    "author": re.compile(r"author|byline|autor|auteur|posted|meta"),
    "date": re.compile(r"date|time|publi|posted|byline|meta"),
    "tag": re.compile(r"\btag|-tag|topic"),
    "section": re.compile(r"categ"),
    "wall": re.compile(
        r"pay-?wall|regwall|subscribers?-only|premium-lock|locked-content|content-locked"
        r"|article-locked|piano-inline|metered|abo-wall|plus-wall"
    ),
}
_TAGS = {"author": ("address",), "date": ("time", "h1")}
# Each of these costs the engine a look at every class, so there are few, and they are short.
_STEMS = {
    "author": ("aut", "byline", "posted", "meta"),
    "date": ("date", "time", "publi", "posted", "byline", "meta"),
    "tag": ("tag", "topic"),
    "section": ("categ",),
    "wall": ("wall",),
}
_OTHERS = {
    "author": ('[itemprop*="aut" i]', '[rel~="author"]', "address", 'a[href*="/aut"]'),
    "date": ("[itemprop]", "time", "h1"),
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

    The kinds are author, date, tag, section and wall; "date" holds each ``h1`` too,
    so that it is known what stands before the headline.
    """
    return [node for node in document.tree.css(_SELECTORS[kind])[:_MOST] if _is_marked(node, kind)]


def _is_marked(node: LexborNode, kind: str) -> bool:
    if node.tag in _TAGS.get(kind, ()):
        return True
    attributes = node.attributes
    said = (attributes.get(name) for name in ("class", "itemprop", "rel"))
    named = " ".join(filter(None, said))[:_LONGEST]
    if kind == "author" and node.tag == "a" and not named:
        return True
    return _says(kind, named)


@lru_cache(maxsize=16384)
def _says(kind: str, named: str) -> bool:
    return _KINDS[kind].search(named.lower()) is not None
