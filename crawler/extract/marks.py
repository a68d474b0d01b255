"""The elements whose class, id, ``rel`` or ``itemprop`` says what they hold, found in one pass."""

import re
from collections.abc import Mapping
from functools import lru_cache

from selectolax.lexbor import LexborNode

from crawler.document import Document
from crawler.extract.once import once_a_document

# Each of these costs the engine a look at every class, so there are few, and they are short.
_STEMS = (
    "aut",
    "byline",
    "date",
    "time",
    "publi",
    "posted",
    "meta",
    "tag",
    "topic",
    "categ",
    "wall",
)
_ANY = ", ".join(
    (
        *(f'[class*="{stem}" i]' for stem in _STEMS),
        '[itemprop], [rel~="author"], [rel~="tag"], time, h1, address, a[href*="/aut"]',
    )
)
_MOST = 20_000
_LONGEST = 200
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
# Most names say nothing of these kinds, which one search tells sooner than six.
_SOME_KIND = re.compile("|".join(words.pattern for words in _KINDS.values()))
_BY_TAG = {"time": ("date",), "h1": ("h1",), "address": ("author",)}


@once_a_document
def marks(document: Document) -> Mapping[str, list[LexborNode]]:
    """Return the marked elements by kind, each kind in page order.

    The kinds are author, date, tag, section and wall; "date" holds each ``h1`` too,
    so that it is known what stands before the headline.
    """
    found: dict[str, list[LexborNode]] = {}
    for node in document.tree.css(_ANY)[:_MOST]:
        attributes = node.attributes
        named = attributes.get("class") or ""
        for name in ("itemprop", "rel"):
            if other := attributes.get(name):
                named = f"{named} {other}"
        for kind in _kinds(node.tag or "", named[:_LONGEST]):
            found.setdefault(kind, []).append(node)
    return found


@lru_cache(maxsize=16384)
def _kinds(tag: str, named: str) -> tuple[str, ...]:
    named = named.lower()
    kinds: list[str] = []
    if _SOME_KIND.search(named):
        kinds = [kind for kind, words in _KINDS.items() if words.search(named)]
    if tag == "h1":
        kinds.append("date")
    if tag == "a" and not named:
        kinds.append("author")
    return tuple(dict.fromkeys([*kinds, *_BY_TAG.get(tag, ())]))
