"""The lead of an article: the stand-first that a page sets between its headline and its text."""

import re
from collections.abc import Iterable, Sequence
from itertools import islice, takewhile

from crawler.extract.blocks import HEADINGS, Element, TextBlock
from crawler.extract.features import SENTENCE_END, Hints
from crawler.extract.vocabulary import AD, BYLINE, CAPTION, COMMENT, DATE, LEAD, NEWSLETTER

SHORTEST = 30
"""No lead is shorter, in units of length."""
_LONG = 60
_OPENING = 60
_AROUND = 4
# Names that the vocabulary, which the weights were learnt with, does not know as a lead's.
_NAMED = re.compile(
    r"\bsub-?_?(?:head|headline|heading|title|line)(?![a-z])|strap-?line|preface|article-desc\b",
    re.IGNORECASE,
)
_WHOLES = frozenset(("article", "main", "body"))
_CAPTIONS = frozenset(("figcaption", "figure"))


def find_lead(
    blocks: Sequence[TextBlock], heading: int | None, first: int, hints: Hints
) -> str | None:
    """Return the text before the body that is named or described as a lead, or placed as one.

    ``heading`` is the place of the page's title among the blocks, ``first`` that of the body.
    """
    headline = _headline(blocks, heading, first, hints)
    start = 0 if headline is None else headline + 1
    may_lead = [i for i in range(start, first) if _says_enough(blocks[i])]
    told = [i for i in may_lead if _is_described(blocks[i], hints)]
    named = [i for i in may_lead if _is_named(blocks[i]) and _may_lead(blocks[i])]
    placed = [i for i in may_lead if i - 1 == headline and _is_below(blocks[i], blocks[i - 1])]
    found = next(iter((*told, *named, *placed)), None)
    return None if found is None else blocks[found].text


def is_lead(block: TextBlock, hints: Hints) -> bool:
    """Return whether the page's metadata or the block's names say that it is a lead."""
    return _is_described(block, hints) or (_is_named(block) and _may_lead(block))


def is_sentence(block: TextBlock) -> bool:
    """Return whether a block is a sentence or more, and nothing says that it is no lead."""
    is_whole = block.units >= _LONG and block.text.endswith(SENTENCE_END)
    return is_whole and _may_lead(block)


def _says_enough(block: TextBlock) -> bool:
    return block.units >= SHORTEST and block.link_units * 2 <= block.units


def _is_described(block: TextBlock, hints: Hints) -> bool:
    return block.text[:_OPENING] in hints.description


def _may_lead(block: TextBlock) -> bool:
    """Return whether nothing says that the block is a caption, a byline, a wall or an advert."""
    # The names of an article or of all of the page are not about a part of it.
    around = list(
        takewhile(
            lambda element: element.naming.tag not in _WHOLES,
            islice(block.element.ancestors(), _AROUND),
        )
    )
    if any(element.naming.tag in _CAPTIONS for element in around):
        return False
    if block.element.naming.flags & (CAPTION | DATE | BYLINE):
        return False
    return not _flags(around) & (NEWSLETTER | AD | COMMENT)


def _headline(
    blocks: Sequence[TextBlock], heading: int | None, first: int, hints: Hints
) -> int | None:
    """Return the place of the headline, also where the page's title is something else."""
    if heading is not None and _is_title(blocks[heading], hints.title):
        return heading
    for i in range(first - 1, -1 if heading is None else heading, -1):
        if blocks[i].element.naming.tag in HEADINGS and _is_title(blocks[i], hints.title):
            return i
    return heading


def _is_title(block: TextBlock, title: str) -> bool:
    text = block.text
    return min(len(text), len(title)) >= SHORTEST and (text in title or title in text)


def _is_named(block: TextBlock) -> bool:
    element = block.element
    is_known = _flags(islice(element.ancestors(), 2)) & LEAD
    return bool(is_known) or _NAMED.search(element.naming.names) is not None


def _is_below(block: TextBlock, headline: TextBlock) -> bool:
    """Return whether a sentence or a subheading follows the headline in what holds both."""
    above = headline.element.parent
    holder = block.element.parent
    if holder is None or holder not in (above, above.parent if above else None):
        return False
    is_subheading = block.element.naming.tag in HEADINGS and _may_lead(block)
    return is_subheading or is_sentence(block)


def _flags(elements: Iterable[Element]) -> int:
    flags = 0
    for element in elements:
        flags |= element.naming.flags
    return flags
