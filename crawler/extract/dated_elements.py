"""Times in the elements that are marked as holding one: ``time``, microdata, class names."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

from selectolax.lexbor import LexborNode

from crawler.document import Document
from crawler.extract.ago import time_ago
from crawler.extract.cleaning import clean
from crawler.extract.date_labels import Called, called
from crawler.extract.marks import marks
from crawler.extract.moments import Moment, machine_moment
from crawler.extract.places import headings, nearness
from crawler.extract.printed import printed_moments
from crawler.extract.reading import Reading
from crawler.extract.sources import BY_FETCH, TO_THE_HOUR, marked
from crawler.extract.usage import Usage
from crawler.extract.years import yearless_moments

_MOST_BEHIND, _MOST_BEFORE = 80, 40
_ENOUGH, _SURE = 3, 0.6
_NEAR = 2
_HEADINGS = ("h1", "h2", "h3")
_MANY = 3
"""So many different days in elements of one class are those of a list."""

_MOST_YEARS = 3
_LONGEST_LINE = 220
_ATTRIBUTES = ("datetime", "content", "data-datetime", "data-timestamp", "title")
_CHANGED = re.compile(r"updat|modif|last-?mod|revis|changed")
_PUBLISHED = re.compile(r"publ|creat|posted|issued")


def dated_elements(document: Document, usage: Usage) -> list[Reading[Moment]]:
    """Return the times in marked elements, those that are likely the article's first.

    What stands before the headline is asked only where nothing behind it is likely.
    """
    nodes, at = _around_headline(document)
    behind = nodes[:_MOST_BEHIND] if at is None else nodes[at + 1 : at + 1 + _MOST_BEHIND]
    before = [] if at is None else nodes[max(0, at - _MOST_BEFORE) : at]
    reader = _Reader(document, usage)
    behind = [node for node in behind if node.tag not in _HEADINGS]
    found = reader.read(behind, 0.9 if at is None else 1.0)
    if not any(reading.confidence >= _SURE for reading in found):
        before = [node for node in reversed(before) if node.tag not in _HEADINGS]
        beside = _beside(headings(document)[0], before) if before else []
        before_it = reader.read(beside, 0.9)
        before_it += reader.read([node for node in before if node not in beside], 0.8)
        found += [reading for reading in before_it if not _is_day_of(reading.value, usage)]
    return sorted(found, key=lambda reading: -reading.confidence)


def _around_headline(document: Document) -> tuple[list[LexborNode], int | None]:
    """Return the marked elements, and the place of the headline among them."""
    headline = next(iter(headings(document)), None)
    if headline is None or headline.tag == "h1":
        nodes = marks(document, "date")
        return nodes, next((at for at, node in enumerate(nodes) if node.tag == "h1"), None)
    nodes = marks(document, "date or heading")
    own = headline.mem_id
    return nodes, next((at for at, node in enumerate(nodes) if node.mem_id == own), None)


def _beside(headline: LexborNode, nodes: list[LexborNode]) -> list[LexborNode]:
    """Return the elements that share a near ancestor with the headline: its kicker, its head."""
    own = {place.mem_id for place in _above(headline, _NEAR)}
    return [node for node in nodes if any(place.mem_id in own for place in _above(node, _NEAR))]


def _above(node: LexborNode, levels: int) -> Iterator[LexborNode]:
    place = node.parent
    for level in range(levels):
        if place is None or (level > 0 and place.tag == "body"):
            return
        yield place
        place = place.parent


def _is_day_of(moment: Moment, usage: Usage) -> bool:
    """Return whether a time is the day of the fetch alone, which many pages print on top."""
    off = abs((moment.at.date() - usage.fetched_at.date()).days)
    return off <= 1 and not moment.clock_known


class _Reader:
    def __init__(self, document: Document, usage: Usage) -> None:
        self.document = document
        self.usage = usage
        self.years_sought = 0
        links = (node.attributes for node in document.found("link"))
        named = (link.get("href") for link in links if link.get("rel") == "canonical")
        self.own = {document.page.url, *map(document.link, named)} - {None}

    def read(self, nodes: Iterable[LexborNode], weight: float) -> list[Reading[Moment]]:
        found: list[tuple[str, Reading[Moment]]] = []
        sure = 0
        for node in nodes:
            here = list(self._in_element(node))
            near = self._nearness(node) * weight if here else 0.0
            key = f"{node.tag} {node.attributes.get('class')}" if here else ""
            for moment, source, confidence in here:
                reading = Reading(moment, marked(source, moment), round(confidence * near, 3))
                found.append((key, reading))
                sure += reading.confidence >= _SURE
            if sure >= _ENOUGH:
                break
        return list(_less_sure_of_lists(found))

    def _nearness(self, node: LexborNode) -> float:
        """Return how near a time is; one that links to the page itself is not a teaser's."""
        link = node.parent
        if link is not None and link.tag == "a":
            address = self.document.link(link.attributes.get("href"))
            node = link.parent if address in self.own and link.parent else node
        return nearness(self.document, node)

    def _in_element(self, node: LexborNode) -> Iterator[tuple[Moment, str, float]]:
        attributes = node.attributes
        said = f"{attributes.get('itemprop') or ''} {attributes.get('class') or ''}".lower()
        weight = 0.7 if _CHANGED.search(said) and not _PUBLISHED.search(said) else 1.0
        declared = "publish" in (attributes.get("itemprop") or "").lower()
        for name in _ATTRIBUTES:
            text = attributes.get(name)
            if text and (found := machine_moment(text, self.usage.zone)):
                confidence = 0.85 if declared or "pubdate" in attributes else 0.75
                yield found, f"{node.tag}[{name}]", confidence * weight
                return
        inner = node.css_first("p, article, h1, h2, h3, time")
        if inner is not None and inner.mem_id != node.mem_id:
            return
        line = clean(node.text(separator=" "))
        if line and len(line) <= _LONGEST_LINE:
            for moment, source, confidence in self._in_line(line):
                yield moment, f"{_label(node)}{source}", confidence * weight

    def _in_line(self, line: str) -> Iterator[tuple[Moment, str, float]]:
        usage, found = self.usage, False
        printed = printed_moments(
            line, zone=usage.zone, language=usage.language, month_first=usage.month_first
        )
        for moment in islice(printed, 2):
            found = True
            changed = called(line[: max(0, line.find(moment.text))]) is Called.CHANGED
            yield moment, "", 0.4 if changed else 0.65
        if found:
            return
        if ago := time_ago(line, usage.fetched_at, usage.zone):
            hour = f" {TO_THE_HOUR}" if ago.to_the_hour else ""
            yield ago.moment, f"{hour} ({BY_FETCH})", 0.45
            return
        yield from self._without_year(line)

    def _without_year(self, line: str) -> Iterator[tuple[Moment, str, float]]:
        # The year is sought in all of the markup, so only for the first few days.
        if self.years_sought >= _MOST_YEARS:
            return
        for moment, where, by_fetch in yearless_moments(line, self.document, self.usage):
            self.years_sought += 1
            changed = called(line[: where.start]) is Called.CHANGED
            source = f" (year {BY_FETCH})" if by_fetch else ""
            yield moment, source, (0.4 if by_fetch else 0.6) * (0.7 if changed else 1.0)
            return


def _less_sure_of_lists(
    found: list[tuple[str, Reading[Moment]]],
) -> Iterator[Reading[Moment]]:
    """Yield the readings, with less confidence those of classes that hold many days.

    The first of them, nearest to the headline, may still be the article's.
    """
    days = defaultdict(set)
    for key, reading in found:
        days[key].add(reading.value.at.date())
    seen: set[str] = set()
    for key, reading in found:
        if len(days[key]) < _MANY:
            yield reading
            continue
        weight = 0.6 if key in seen else 0.85
        seen.add(key)
        yield replace(reading, confidence=round(reading.confidence * weight, 3))


def _label(node: LexborNode) -> str:
    attributes = node.attributes
    named = attributes.get("itemprop") or attributes.get("class") or attributes.get("id") or ""
    return f"{node.tag}.{named.split()[0]}" if named.split() else f"{node.tag}"
