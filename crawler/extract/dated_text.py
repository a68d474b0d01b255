"""Times in the text of a page: behind a label, after the headline, on a line of their own."""

from collections.abc import Iterator
from itertools import islice

from crawler.document import Document
from crawler.extract.date_labels import Called, called
from crawler.extract.moments import Moment
from crawler.extract.places import headings
from crawler.extract.printed import located_moments
from crawler.extract.reading import Reading
from crawler.extract.sources import marked
from crawler.extract.usage import Usage

_NEAR = 700
_LONGEST = 60_000
_MOST = 50
_BEFORE_HEADLINE = 300
_SHORT = 30
"""A line has at most so many letters beside a date that is more than a word of its sentence."""


def dated_text(document: Document, usage: Usage) -> list[Reading[Moment]]:
    """Return the times in the page's text, best first.

    A time behind a word for publishing wins, then one near the headline, then one that has a
    line of its own; the one that a sentence tells of is the last resort.
    """
    text = _shown_lines(document)
    start, end = _headline_in(text, document)
    found = list(_behind(text[start:], usage, end - start))
    found += _before(text[max(0, start - _BEFORE_HEADLINE) : start], usage)
    found = found or list(_behind(text[:start], usage, 0))
    return sorted(found, key=lambda reading: -reading.confidence)


def _shown_lines(document: Document) -> str:
    """Return the text of the page without scripts and styles, each text node on a line."""
    copy = document.tree.clone()
    copy.strip_tags(["script", "style", "template", "noscript", "option"])
    return _lines(copy.body.text(separator="\n")) if copy.body else ""


def _lines(text: str) -> str:
    lines = (line.split() for line in text.split("\n") if line and not line.isspace())
    return "\n".join(map(" ".join, lines))


def _headline_in(text: str, document: Document) -> tuple[int, int]:
    heading = next(iter(headings(document)), None)
    title = _lines(heading.text(separator="\n")) if heading else ""
    start = text.find(title) if title else -1
    return (start, start + len(title)) if start >= 0 else (0, 0)


def _behind(text: str, usage: Usage, headline_end: int) -> Iterator[Reading[Moment]]:
    last, found = 0, False
    for start, end, moment in _printed(text[:_LONGEST], usage):
        near = headline_end > 0 and start < headline_end + _NEAR
        if found and not near:
            return
        label = called(text[last:start])
        short = _is_short(text, start, end)
        last = end
        if label is Called.PUBLISHED:
            found = True
            yield _reading("text behind a label", moment, 0.62 if near else 0.55)
        elif near:
            found = found or (short and not label)
            confidence = 0.46 if label else 0.55 if short else 0.45
            yield _reading("text after the headline", moment, confidence)
        else:
            yield _reading("text", moment, 0.3 if label else 0.25 if short else 0.15)


def _before(text: str, usage: Usage) -> Iterator[Reading[Moment]]:
    """Yield the times just before the headline, but not the day on which the page was made."""
    today = usage.fetched_at.date()
    for start, end, moment in _printed(text, usage):
        if _is_short(text, start, end) and abs((moment.at.date() - today).days) > 1:
            yield _reading("text before the headline", moment, 0.35)


def _printed(text: str, usage: Usage) -> Iterator[tuple[int, int, Moment]]:
    found = located_moments(
        text, zone=usage.zone, language=usage.language, month_first=usage.month_first
    )
    return islice(found, _MOST)


def _reading(source: str, moment: Moment, confidence: float) -> Reading[Moment]:
    return Reading(moment, marked(source, moment), confidence)


def _is_short(text: str, start: int, end: int) -> bool:
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    return (last if last >= 0 else len(text)) - first - (end - start) <= _SHORT
