"""Bylines that no class or attribute marks: a line that opens with "By", "Von" or "Autor:"."""

import html
import re
from collections.abc import Iterator

from crawler.document import Document

_REACH = 60_000
_MOST = 40
_GAP = r"(?:\s++|&nbsp;|&#160;|<(?:/|[a-z]|!--)[^<>]{0,300}+>){0,8}+"
_OPENING = re.compile(
    # Most texts do not even begin with one of these letters.
    r">\s*+(?:&nbsp;)?(?-i:(?=[abdegprstvwаéABDEGPRSTVWАÉ]))(?:"
    r"(?P<label>(?:autor(?:in|en|ka)?|author|auteur|автор|аўтар|text|tekst|redaktion|by-?line)\s*:"
    r"|(?:ein (?:artikel|beitrag) von|(?:geschrieben|verfasst|erstellt|eingestellt|gespeichert|"
    r"gepostet|veröffentlicht) von|(?:posted|written|submitted|words|article|story) by|"
    r"(?:publié|écrit) par|(?:publicado|escrito) por|scritto da|geschreven door|skrevet av)\b:?)"
    r"|(?:by|von|par|por|door|di):?(?=[\s&<]))"
    rf"{_GAP}(?P<line>[^<>]{{3,120}}+)<",
    re.IGNORECASE,
)
# The next of several people, each in a link of their own.
_SPANS = r"(?:\s++|&nbsp;|</?(?:span|b|strong|em|i|li)\b[^<>]{0,200}+>){0,8}+"
_NEXT = re.compile(
    rf"</a>{_SPANS}(?:,|&amp;|(?:and|und|et|og|och|y|e|и|i|en)\b){_SPANS}"
    r"<a\b[^<>]{0,300}+>\s*+(?P<line>[^<>]{3,60}+)(?=<)",
    re.IGNORECASE,
)
_MOST_PEOPLE = 5
_HEADLINE = re.compile(r"<h1\b", re.IGNORECASE)
_WORD = r"[^\W\d_a-zа-яёіўґєїß-öø-ÿα-ω][\w.'’`-]*"
_SMALL = r"(?:de|da|do|dos|del|della|di|van|von|der|den|ter|la|le|el|al|bin|zu|y|af|av)"
_NAME = rf"{_WORD}(?:\s(?:{_SMALL}|{_WORD})){{1,4}}"
_NAMES = re.compile(
    rf"{_NAME}(?:(?:,\s|\s(?:and|und|et|og|och|y|e|и|i)\s){_NAME}){{0,3}}"
    r"(?=\s*$|\s*[,|(/•·–—-]|\s(?:am|on|le|el|vom|in|für|for|and|und)\s)"
)
_NICKNAME = re.compile(r"[\w.'’-]+(?:\s[\w.'’-]+)?(?=\s*$)")


def unmarked_bylines(document: Document) -> Iterator[str]:
    """Yield the names that lines below the headline open with, in page order.

    A plain "by" is believed before a full name alone; after words such as "posted by" a
    nickname counts too.
    """
    page = document.html
    headline = _HEADLINE.search(page)
    start = headline.start() if headline else 0
    for count, match in enumerate(_OPENING.finditer(page, start, start + _REACH)):
        if count >= _MOST:
            return
        line = _plain(match["line"])
        found = _NAMES.match(line) or (_NICKNAME.match(line) if match["label"] else None)
        if found:
            yield ", ".join([found[0], *_others(page, match.end() - 1)])


def _others(page: str, at: int) -> Iterator[str]:
    """Yield the people in the links that follow the one that ends there."""
    for _ in range(_MOST_PEOPLE):
        following = _NEXT.match(page, at)
        line = _plain(following["line"]) if following else ""
        if following is None or not _NAMES.fullmatch(line):
            return
        yield line
        at = following.end()


def _plain(line: str) -> str:
    return " ".join(html.unescape(line).split())
