"""The headline of an article, without the name of its site.

A page tells its headline in several places, and each may be another: JSON-LD may hold the one for
search engines, OpenGraph the one for sharing, ``h1`` a kicker too. Each place votes for its text,
and for a text that it begins or ends with; the most trusted text wins.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from crawler.document import Document
from crawler.extract.cleaning import fold, has_letter, plain, text_of
from crawler.extract.once import once_a_document
from crawler.extract.places import lesser_headings
from crawler.extract.reading import Reading
from crawler.extract.structured_data import article_objects, is_article, is_news, strings

_META = {
    "og:title": 1.8,
    "twitter:title": 1.2,
    "parsely-title": 1.2,
    "sailthru.title": 1.0,
    "dc.title": 1.0,
    "dcterms.title": 1.0,
    "citation_title": 1.5,
    "title": 0.7,
    "headline": 1.0,
    "article:title": 1.0,
    "name": 0.4,
}
# What it may begin with is asked first, as few characters are any of that.
_SEPARATOR = re.compile(
    r"(?=[\s|»ㅣ｜│:])(?:\s+[|–—\-·•:»«›/~_]+\s+|\s*[|»ㅣ｜│]\s*|(?<=\w):\s+|::)"
)
_LONGEST = 500
_MARKS = tuple("-–—|ㅣ｜│/·")
_LONGEST_TAIL = 20
_SHORTEST_NAME, _LONG_ENOUGH = 6, 15
_TITLED = 6.0
_MOSTLY = 0.6
_FOR_PEOPLE = 4.0
_MOST_HEADINGS = 8


@dataclass(slots=True)
class _Candidate:
    text: str
    source: str
    weight: float
    folded: str
    held: float = 0.0
    sources: set[str] = field(default_factory=set)


class _Heading(NamedTuple):
    """An ``h1``: its text, whether it stands in a breadcrumb, and whether it names the site."""

    text: str
    is_crumb: bool
    leads_home: bool


def extract_title(document: Document) -> list[Reading[str]]:
    """Return what may be the headline, best first; the site's name is taken off its ends."""
    names = _site_names(document)
    own = cache(lambda text: _own_title(text, names))
    found: dict[str, _Candidate] = {}
    for text, source, weight in _candidates(document):
        title, folded = own(text)
        if not has_letter(title) or folded in names:
            continue
        known = found.setdefault(folded, _Candidate(title, source, 0.0, folded))
        known.weight += weight
        known.sources.add(source)
        # What JSON-LD says beside a headline is mostly its kicker, and belongs to it.
        known.held += 0.0 if source == "json-ld headline" else weight
    candidates = list(found.values())
    _prefer_for_people(candidates)
    total = sum(candidate.weight for candidate in candidates) or 1.0
    scores = [(_score(candidate, candidates), candidate) for candidate in candidates]
    scores.sort(key=lambda pair: -pair[0])
    return [
        Reading(candidate.text, candidate.source, round(min(score / total, 1.0), 2))
        for score, candidate in scores
    ]


def _own_title(text: str, names: set[str]) -> tuple[str, str]:
    """Return a title without the site's name, as it is printed and folded."""
    title = without_site_name(text[: 2 * _LONGEST], names)[:_LONGEST].strip()
    return title, fold(title)


def without_site_name(title: str, names: set[str]) -> str:
    """Return the title without last parts, or a first one, that are among the folded names."""
    parts = list(_SEPARATOR.finditer(title))
    while parts and fold(title[parts[-1].end() :]) in names:
        title = title[: parts.pop().start()]
    if parts and fold(title[: parts[0].start()]) in names:
        return title[parts[0].end() :]
    ends = [part.start() for part in parts[1:]] + [len(title)]
    for part, end in zip(parts, ends, strict=False):
        piece = title[part.end() : end]
        if part.start() >= _LONG_ENOUGH and ":" not in part[0] and _is_spelled(piece, names):
            return title[: part.start()]
    return title


def _is_spelled(piece: str, names: set[str]) -> bool:
    """Return whether a name is spelled so without its spaces, as an address is."""
    closed = fold(piece).replace(" ", "")
    return len(closed) >= _SHORTEST_NAME and any(closed == name.replace(" ", "") for name in names)


def _prefer_for_people(candidates: list[_Candidate]) -> None:
    """Add weight to what the page prints and is shared as, where another text is for machines.

    JSON-LD and the window's title then agree on words that a search engine should show.
    """
    machines = {"json-ld headline", "title"}
    if any(machines <= one.sources and "h1" not in one.sources for one in candidates):
        for one in candidates:
            if one.sources >= {"h1", "og:title"}:
                one.weight += _FOR_PEOPLE


def _score(candidate: _Candidate, others: list[_Candidate]) -> float:
    """Return the candidate's weight, and part of that of texts that hold it beside other words."""
    score = candidate.weight
    if len(candidate.folded) < 15:
        return score
    for other in others:
        longer, own = other.folded, candidate.folded
        if len(longer) > len(own) and (longer.startswith(own) or longer.endswith(own)):
            score += other.held * (1.0 if _has_tail(other.text, candidate.text) else 0.7)
    return score


def _has_tail(longer: str, title: str) -> bool:
    """Return whether the longer text is the title, a mark and a word or two, such as a section."""
    tail = longer[len(title) :].strip()
    return longer.startswith(title) and tail[:1] in _MARKS and len(tail) <= _LONGEST_TAIL


def _candidates(document: Document) -> Iterator[tuple[str, str, float]]:
    for data in article_objects(document)[:2]:
        sure = 7.5 if is_news(data) else 3.2 if is_article(data) else 1.0
        for key, weight in (("headline", sure), ("name", 1.0), ("alternativeHeadline", 0.3)):
            for text in strings(data.get(key))[:1]:
                yield text, f"json-ld {key}", weight
    yield from _headings(document)
    for name, weight in _META.items():
        for content in document.meta.get(name, ())[:1]:
            if shared := plain(content):
                yield shared, name, weight
    if shown := _window_title(document):
        yield shown, "title", 1.2


def _headings(document: Document) -> Iterator[tuple[str, str, float]]:
    headings = _first_headings(document)
    for position, one in enumerate(headings):
        if one.text:
            weight = 3.4 if len(headings) == 1 else max(3.0 - 0.4 * position, 0.5)
            yield one.text, "h1", 0.8 if one.leads_home or one.is_crumb else weight
    if not headings or _is_shared_otherwise(document, headings):
        yield from _lesser_headings(document, headings)
    own = [one for one in headings if not one.leads_home]
    if headings and not any(_is_titled(document, one) for one in own):
        yield from _titling(document)


def _first_headings(document: Document) -> list[_Heading]:
    return [
        _Heading(text_of(node) or "", _is_crumb(node), _leads_home(document, node))
        for node in document.found("h1")[:_MOST_HEADINGS]
    ]


def _leads_home(document: Document, node: LexborNode) -> bool:
    """Return whether a heading is a link to the front page, and so the name of the site."""
    link = node.css_first("a[href]")
    if link is None:
        return False
    address = urlsplit(document.link(link.attributes.get("href")) or "https://nowhere/else")
    is_front = address.path in ("", "/") and not address.query and not address.fragment
    return is_front or "home" in (link.attributes.get("rel") or "").split()


def _is_titled(document: Document, heading: _Heading) -> bool:
    """Return whether a heading is, more or less, what the window's title opens with."""
    told, title = fold(heading.text), _folded_title(document)
    if title.startswith(told):
        return True
    words = told.split()
    shared = len(set(words) & set(title.split()))
    return len(words) > 2 and shared >= len(words) * _MOSTLY


@once_a_document
def _folded_title(document: Document) -> str:
    return fold(_window_title(document))


@once_a_document
def _window_title(document: Document) -> str:
    # A drawing has a title too, which no window shows.
    titles = (node for node in document.found("title") if node.parent and node.parent.tag == "head")
    return next((text_of(node) or "" for node in titles), "")


def _titling(document: Document) -> Iterator[tuple[str, str, float]]:
    """Yield the first lesser heading that the window's title is, but for the name of its site.

    Where no ``h1`` says the same, that is the site's name, or the heading of some box.
    """
    title = _window_title(document)[: 2 * _LONGEST]
    marks = list(_SEPARATOR.finditer(title))
    whole = {fold(title[: mark.start()]) for mark in marks if ":" not in mark[0]}
    whole |= {fold(title), *(fold(title[mark.end() :]) for mark in marks)}
    for node in lesser_headings(document) if title else ():
        printed = text_of(node)
        if printed and len(printed) >= _LONG_ENOUGH and fold(printed) in whole:
            yield printed, node.tag or "", _TITLED
            return


def _is_shared_otherwise(document: Document, headings: list[_Heading]) -> bool:
    """Return whether no heading prints the title under which the page is shared."""
    shared = _folded_shared(document)
    return not any(fold(one.text or " ") in shared for one in headings)


@once_a_document
def _folded_shared(document: Document) -> str:
    return fold(plain(next(iter(document.meta.get("og:title", ())), None)) or "")


def _lesser_headings(document: Document, first: list[_Heading]) -> Iterator[tuple[str, str, float]]:
    """Yield the first ``h2`` where no ``h1`` is, and one that prints what the page is shared as."""
    shared = _folded_shared(document)
    # A first heading in a breadcrumb is the page's name for machines, as JSON-LD may hold too.
    are_crumbs = bool(first) and all(one.is_crumb for one in first)
    is_crumb = are_crumbs and not any(shared in fold(one.text) for one in first)
    weight = 8.5 if is_crumb else 6.5
    second = [node for node in lesser_headings(document) if node.tag == "h2"]
    for position, node in enumerate(second[:_MOST_HEADINGS]):
        printed = text_of(node)
        if printed and len(shared) > 15 and fold(printed).endswith(shared):
            yield plain(document.meta["og:title"][0]) or printed, "h2", weight
        elif printed and position == 0 and not first:
            yield printed, "h2", 0.8


def _is_crumb(node: LexborNode) -> bool:
    place: LexborNode | None = node
    for _ in range(3):
        if place is None:
            break
        if place.tag in ("li", "nav") or "crumb" in (place.attrs.get("class") or ""):
            return True
        place = place.parent
    return False


def _site_names(document: Document) -> set[str]:
    """Return what the site is called, folded: as it says, and as its address does."""
    meta = document.meta
    names = list(meta.get("og:site_name", ()))
    if "application-name" in meta:
        # Some sites name each page an application of its own.
        shown = {fold(text_of(node) or "") for node in document.found("title")[:1]}
        names += [name for name in meta["application-name"] if fold(name) not in shown]
    names += [name.lstrip("@") for name in meta.get("twitter:site", ())]
    names += [name for name in meta.get("publisher", ()) if len(name) < 60]
    for data in article_objects(document)[:1]:
        names += strings(data.get("publisher"))
    host = document.host
    names += [host, host.partition(".")[0], *host.split(".")[-2:-1]]
    return {fold(name) for name in names} - {""}
