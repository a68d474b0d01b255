"""What is known of each block when it is first judged: rows of numbers.

The first row knows the block and its surroundings; from those judgements the container of
the article follows. The same rows are made for learning and for reading, so their order is
part of the data that the learning writes.
"""

import re
from bisect import bisect
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from math import inf

from crawler.extract.blocks import Element, Layout, TextBlock
from crawler.extract.phrases import is_boilerplate
from crawler.extract.vocabulary import GROUPS, bits
from crawler.extract.weights import NameScores

_SENTENCE_END = tuple('.!?…"”»’)。！？」』।؟។')
_UPPER = re.compile(r"[A-ZА-ЯЁІЎҐЄЇÀ-ÖØ-ÞΑ-ΩĆČŁŚŠŽŹŻ]")
_DIGIT = re.compile(r"\d")
_LONG = 250
FAR = 60
"""A distance in blocks that counts as any greater one."""
_NO_LETTERS = (0.0, 0.0, 0.0)
_OTHER_TAG = 13
_TAGS = {
    "p": 0,
    "div": 1,
    "section": 1,
    "article": 1,
    "main": 1,
    "body": 1,
    "li": 2,
    "h1": 3,
    "h2": 4,
    "h3": 5,
    "h4": 6,
    "h5": 6,
    "h6": 6,
    "blockquote": 7,
    "td": 8,
    "th": 8,
    "dd": 9,
    "dt": 9,
    "pre": 10,
    "figcaption": 11,
    "header": 12,
    "footer": 12,
    "aside": 12,
}

FIRST_NAMES = (
    "units",
    "link_share",
    "links",
    "bold_share",
    "images",
    "tag",
    "parent_tag",
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
    "parent_link_share",
    "parent_units",
    "outer_link_share",
    "outer_units",
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
    *(f"own_{group}" for group in GROUPS),
)
"""The names of the numbers in a first row, in order."""
ScoreNames = Callable[[str, str], NameScores]


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

    def __init__(self, layout: Layout, hints: Hints, scores: ScoreNames) -> None:
        self.layout = layout
        self.blocks = layout.blocks
        self.hints = hints
        self.scores = scores
        self.repeats = Counter([block.text for block in layout.blocks])
        self.headings = [i for i, block in enumerate(layout.blocks) if block.element.tag == "h1"]
        self.heading = self._heading()
        self._rows: dict[int, list[float]] = {}
        self._around: dict[Element | None, NameScores] = {}
        _add_up(layout.blocks)

    def _heading(self) -> int | None:
        """Where the article's headline stands: the one that the metadata names, if any."""
        title = self.hints.title
        for i in self.headings if title else ():
            text = self.blocks[i].text
            if text in title or title in text:
                return i
        return self.headings[-1] if self.headings else None

    def row(self, i: int) -> list[float]:
        """Return the first row of the block at that place."""
        row = self._rows.get(i)
        if row is None:
            row = self._rows[i] = self._made(i)
        return row

    def _made(self, i: int) -> list[float]:
        block = self.blocks[i]
        text, size, length = block.text, block.units, len(block.text)
        element = block.element
        parent = element.parent or element
        outer = parent.parent or parent
        hints = self.hints
        start = text[:60] if length > 15 else "\0"
        return [
            size,
            block.link_units / size,
            block.links,
            block.bold_units / size,
            block.images,
            _TAGS.get(element.tag, _OTHER_TAG),
            _TAGS.get(parent.tag, _OTHER_TAG),
            text.endswith(_SENTENCE_END),
            text.count(",") + text.count("，") + text.count("、") + text.count("،"),
            *(_letters(text, length) if length <= _LONG else _NO_LETTERS),
            text.count(" ") + 1,
            self.repeats[text],
            text == hints.title,
            start in hints.description,
            start in hints.article_body,
            element.link_units / (element.units or 1),
            parent.link_units / (parent.units or 1),
            parent.units,
            outer.link_units / (outer.units or 1),
            outer.units,
            *self._headings_near(i),
            i / len(self.blocks),
            *self._neighbour(element, i - 1),
            *self._neighbour(element, i + 1),
            *self._names_near(element),
            *bits(element.flags),
        ]

    def _headings_near(self, i: int) -> tuple[float, float, float]:
        """How far the headline is, the headings before, and whether the headline is past."""
        heading, before = self.heading, bisect(self.headings, i)
        if heading is None:
            return FAR, before, False
        return max(-FAR, min(FAR, i - heading)), before, before > bisect(self.headings, heading)

    def _neighbour(self, element: Element, j: int) -> tuple[float, ...]:
        if not 0 <= j < len(self.blocks):
            return 0.0, 0.0, -1.0, 0.0
        other = self.blocks[j]
        far = other.element
        alike = far.tag == element.tag and far.names == element.names
        return other.units, other.link_units / other.units, _TAGS.get(far.tag, _OTHER_TAG), alike

    def _names_near(self, element: Element) -> tuple[float, ...]:
        """What the names of the element say, and those of the three around it."""
        low, high, mean = self.scores(element.tag, element.names)
        around = self._around.get(element.parent)
        if around is None:
            around = self._around[element.parent] = self._names_around(element.parent)
        least, most, total = around
        return (
            low,
            high,
            mean,
            low if low < least else least,
            high if high > most else most,
            mean + total,
        )

    def _names_around(self, element: Element | None) -> NameScores:
        """The least and the greatest score of the element's and two outer names, and a sum."""
        least, most, total = inf, -inf, 0.0
        for around in islice(element.ancestors() if element else (), 3):
            low, high, mean = self.scores(around.tag, around.names)
            least, most = min(least, low), max(most, high)
            total += mean
        return least, most, total


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
