"""What is known of each block when it is first judged: rows of numbers.

The first row knows the block and its surroundings; from those judgements the container of
the article follows. The same rows are made for learning and for reading, so their order is
part of the data that the learning writes.
"""

import re
from bisect import bisect
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from math import inf

from crawler.extract.blocks import Element, Layout, TextBlock
from crawler.extract.namings import Naming
from crawler.extract.phrases import is_boilerplate
from crawler.extract.trees import Row

SENTENCE_END = tuple('.!?…"”»’)。！？」』।؟។')
_UPPER = re.compile(r"[A-ZА-ЯЁІЎҐЄЇÀ-ÖØ-ÞΑ-ΩĆČŁŚŠŽŹŻ]")
_DIGIT = re.compile(r"\d")
_LONG = 250
FAR = 60
"""A distance in blocks that counts as any greater one."""
_NO_LETTERS = (0.0, 0.0, 0.0)
_NO_NEIGHBOUR = (None, 0.0, 0.0, -1.0)
FIRST_COLUMNS = (
    "units",
    "link_share",
    "links",
    "bold_share",
    "images",
    "tag",
    "ends_sentence",
    "commas",
    "digit_share",
    "upper_share",
    "boilerplate_phrase",
    "words",
    "repeated",
    "same_as_title",
    "in_description",
    "in_article_body",
    "element_link_share",
    "from_heading",
    "headings_before",
    "past_another_heading",
    "position",
    "previous_units",
    "previous_link_share",
    "previous_tag",
    "previous_is_alike",
    "next_units",
    "next_link_share",
    "next_tag",
    "next_is_alike",
    "names_low",
    "names_high",
    "names_mean",
    "near_low",
    "near_high",
    "near_sum",
    "parent_tag",
    "parent_link_share",
    "parent_units",
    "outer_link_share",
    "outer_units",
)
"""The names of the numbers in a first row, in order; after them come the groups, as bits."""


@dataclass(frozen=True, slots=True)
class Hints:
    """What the page's metadata says of the article; "" where it says nothing."""

    title: str = ""
    description: str = ""
    article_body: str = ""


def is_unlinked(block: TextBlock) -> bool:
    """Return whether no more than half of the block is links."""
    return block.link_units * 2 <= block.units


def is_weighty(block: TextBlock) -> bool:
    """Return whether the block alone can speak for where the article is."""
    return block.units >= 20 and is_unlinked(block)


class FirstView:
    """The sums over a page that the first rows are made from."""

    def __init__(self, layout: Layout, hints: Hints) -> None:
        self.layout = layout
        self.blocks = layout.blocks
        self.hints = hints
        self.repeats = Counter([block.text for block in layout.blocks])
        self.headings = [
            i for i, block in enumerate(layout.blocks) if block.element.naming.tag == "h1"
        ]
        self.heading = self._heading()
        self.heading_rank = len(self.headings)
        if self.heading is not None:
            self.heading_rank = bisect(self.headings, self.heading)
        self._rows: dict[int, Row] = {}
        self._around: dict[Element | None, tuple[float, ...]] = {}
        # What stands before the first block and after the last.
        self._neighbours = [*map(_as_neighbour, layout.blocks), _NO_NEIGHBOUR]
        _add_up(layout.blocks)

    def _heading(self) -> int | None:
        """Where the article's headline stands: the one that the metadata names, if any."""
        title = self.hints.title
        for i in self.headings if title else ():
            text = self.blocks[i].text
            if text in title or title in text:
                return i
        return self.headings[-1] if self.headings else None

    def row(self, i: int) -> Row:
        """Return the first row of the block at that place."""
        row = self._rows.get(i)
        if row is None:
            row = self._rows[i] = self._made(i)
        return row

    def _made(self, i: int) -> Row:
        block = self.blocks[i]
        text, size, length = block.text, block.units, len(block.text)
        element = block.element
        naming = element.naming
        hints = self.hints
        start = text[:60] if length > 15 else "\0"
        around = self._around.get(element.parent)
        if around is None:
            around = self._around[element.parent] = _around(element.parent or element)
        least, most, total, *outer = around
        before, after = self._neighbours[i - 1], self._neighbours[i + 1]
        return [
            size,
            block.link_units / size,
            block.links,
            block.bold_units / size,
            block.images,
            naming.tag_number,
            text.endswith(SENTENCE_END),
            _commas(text),
            *(_letters(text, length) if length <= _LONG else _NO_LETTERS),
            text.count(" ") + 1,
            self.repeats[text],
            text == hints.title,
            start in hints.description,
            start in hints.article_body,
            element.link_units / (element.units or 1),
            FAR if self.heading is None else max(-FAR, min(FAR, i - self.heading)),
            before_it := bisect(self.headings, i),
            before_it > self.heading_rank,
            i / len(self.blocks),
            *before[1:],
            before[0] is naming,
            *after[1:],
            after[0] is naming,
            naming.low,
            naming.high,
            naming.mean,
            min(naming.low, least),
            max(naming.high, most),
            naming.mean + total,
            *outer,
            naming.flags,
        ]


def _as_neighbour(block: TextBlock) -> tuple[Naming | None, float, float, float]:
    naming = block.element.naming
    return naming, block.units, block.link_units / block.units, naming.tag_number


def _around(element: Element) -> tuple[float, ...]:
    """What a row says of the element around the block's own, and of those around it."""
    outer = element.parent or element
    least, most, total = inf, -inf, 0.0
    for around in islice(element.ancestors(), 3):
        naming = around.naming
        least, most = min(least, naming.low), max(most, naming.high)
        total += naming.mean
    return (
        least,
        most,
        total,
        element.naming.tag_number,
        element.link_units / (element.units or 1),
        element.units,
        outer.link_units / (outer.units or 1),
        outer.units,
    )


def _commas(text: str) -> int:
    commas = text.count(",")
    return commas if text.isascii() else commas + sum(map(text.count, "，、،"))


def _letters(text: str, length: int) -> tuple[float, float, float]:
    """The shares of digits and capitals, and whether the line opens as boilerplate does."""
    digits = len(_DIGIT.findall(text)) / length
    return digits, len(_UPPER.findall(text)) / length, is_boilerplate(text)


def _add_up(blocks: Sequence[TextBlock]) -> None:
    """Count each block's length for its element and the two around it."""
    for block in blocks:
        size, linked = block.units, block.link_units
        element = block.element
        element.units += size
        element.link_units += linked
        if (parent := element.parent) is not None:
            parent.units += size
            parent.link_units += linked
            if (outer := parent.parent) is not None:
                outer.units += size
                outer.link_units += linked


def find_container(layout: Layout, judgements: Sequence[float]) -> Element | None:
    """Return the element whose blocks speak most for it, the inner one of two alike."""
    # Where nothing looks much like an article, the likeliest text still does most.
    bar = min(0.4, 0.6 * max(judgements, default=0.0))
    for block, judgement in zip(layout.blocks, judgements, strict=True):
        size = block.units
        if judgement:
            block.element.mass += (judgement - bar) * (size if size < 400 else 400)
        else:
            block.element.mass -= 0.15 * (size if size < 100 else 100)
    best: Element | None = None
    most = 0.0
    for element in reversed(layout.elements):
        mass = element.mass
        if mass > most:
            best, most = element, mass
        if element.parent is not None:
            element.parent.mass += mass
    return best
