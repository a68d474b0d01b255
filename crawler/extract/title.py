"""The headline of an article, without the name of its site."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from crawler.document import Document
from crawler.extract.cleaning import fold, has_letter, plain, text_of
from crawler.extract.reading import Reading
from crawler.extract.structured_data import article_objects, strings

_META = (
    "og:title",
    "twitter:title",
    "dc.title",
    "title",
    "article:title",
    "parsely-title",
    "sailthru.title",
)
_SEPARATOR = re.compile(r"\s+[|–—\-·•:»«›/]+\s+|\s*[|»]\s*|(?<=\w):\s+")
_LONGEST = 500


def extract_title(document: Document) -> list[Reading[str]]:
    """Return what may be the headline, best first; the site's name is taken off its end."""
    names = _site_names(document)
    seen: dict[str, Reading[str]] = {}
    for text, source, confidence in _candidates(document):
        title = without_site_name(text, names)[:_LONGEST]
        if has_letter(title):
            seen.setdefault(fold(title) or title, Reading(title, source, confidence))
    return sorted(seen.values(), key=lambda reading: -reading.confidence)


def without_site_name(title: str, names: set[str]) -> str:
    """Return the title without a last part, or a first one, that is one of the folded names."""
    parts = list(_SEPARATOR.finditer(title))
    if parts and fold(title[parts[-1].end() :]) in names:
        return without_site_name(title[: parts[-1].start()], names)
    if parts and fold(title[: parts[0].start()]) in names:
        return title[parts[0].end() :]
    return title


def _candidates(document: Document) -> Iterator[tuple[str, str, float]]:
    for data in article_objects(document)[:1]:
        for text in strings(data.get("headline"))[:1]:
            yield text, "json-ld headline", 0.9
    for node in document.tree.css("h1")[:5]:
        if printed := text_of(node):
            yield printed, "h1", 0.8
    for name in _META:
        for content in document.meta.get(name, ())[:1]:
            if shared := plain(content):
                yield shared, name, 0.7
    for node in document.tree.css("head > title")[:1]:
        if printed := text_of(node):
            yield printed, "title", 0.5


def _site_names(document: Document) -> set[str]:
    names = {fold(text) for text in document.meta.get("og:site_name", ())}
    host = urlsplit(document.page.url).hostname or ""
    names |= {host, host.removeprefix("www.")}
    return {fold(name) for name in names} - {""}
