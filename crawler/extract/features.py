"""What is known of each block when it is judged: rows of numbers.

A block is judged twice. The first row knows the block and its surroundings; from those
judgements the container of the article follows. The second row adds where the block stands
from the container, and what was first thought of its neighbours. The same rows are made
for learning and for reading, so their order is part of the data that the learning writes.
"""

import re
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from crawler.extract.blocks import Element, Layout, TextBlock
from crawler.extract.phrases import is_boilerplate
from crawler.extract.vocabulary import GROUPS, bits
from crawler.extract.weights import UNKNOWN, NameScores

_SENTENCE_END = tuple('.!?…"”»’)。！？」』।؟។')
_UPPER = re.compile(r"[A-ZА-ЯЁІЎҐЄЇÀ-ÖØ-ÞΑ-ΩĆČŁŚŠŽŹŻ]")
_DIGIT = re.compile(r"\d")
_LONG = 250
_GOOD = 40.0
_FAR = 60
_FARTHEST_CLIMB = 8
_NEAR_CLIMB = 2
_HOPELESS = 0.05
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
SECOND_NAMES = (
    *FIRST_NAMES,
    "first_judgement",
    "climb",
    "below",
    "mass_before",
    "mass_after",
    "good_before",
    "good_after",
    "signature_share",
    "parent_share",
    "before_1",
    "before_2",
    "after_1",
    "after_2",
    "mass_of_three_before",
    "mass_of_three_after",
    "gap_before",
    "gap_after",
    "total_mass",
    "total_good",
    "container_share",
    "has_article_body",
    "path_low",
    "path_sum",
    *(f"path_{group}" for group in GROUPS),
)
"""The names of the numbers in a second row, in order."""

ScoreNames = Callable[[str, str], NameScores]


@dataclass(frozen=True, slots=True)
class Hints:
    """What the page's metadata says of the article; "" where it says nothing."""

    title: str = ""
    description: str = ""
    article_body: str = ""


def is_weighty(block: TextBlock) -> bool:
    """Return whether the block alone can speak for where the article is."""
    return block.units >= 20 and block.link_units * 2 <= block.units


def is_candidate(block: TextBlock, judgement: float) -> bool:
    """Return whether a block stands, and was first judged, so that it may be of the article."""
    climb = block.element.climb
    if is_weighty(block):
        return climb <= _FARTHEST_CLIMB and judgement > _HOPELESS
    return climb == 0 or (climb <= _NEAR_CLIMB and block.link_units * 2 <= block.units)


class FirstView:
    """The sums over a page that the first rows are made from."""

    def __init__(self, layout: Layout, hints: Hints, scores: ScoreNames) -> None:
        self.blocks = layout.blocks
        self.hints = hints
        self.scores = scores
        self.repeats = Counter([block.text for block in layout.blocks])
        self.headings = [i for i, block in enumerate(layout.blocks) if block.element.tag == "h1"]
        self.heading = self._heading()
        self._rows: dict[int, list[float]] = {}
        self._near: dict[Element, tuple[float, ...]] = {}
        for block in layout.blocks:
            _add_up(block)

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
        if i not in self._rows:
            self._rows[i] = self._made(i)
        return self._rows[i]

    def _made(self, i: int) -> list[float]:
        block = self.blocks[i]
        text, size, length = block.text, block.units, len(block.text)
        element = block.element
        parent = element.parent or element
        outer = parent.parent or parent
        hints = self.hints
        start = text[:60] if length > 15 else "\0"
        heading = _FAR if self.heading is None else i - self.heading
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
            *_letters(text, length),
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
            max(-_FAR, min(_FAR, heading)),
            bisect(self.headings, i),
            self.heading is not None
            and bisect(self.headings, i) > bisect(self.headings, self.heading),
            i / len(self.blocks),
            *self._neighbour(element, i - 1),
            *self._neighbour(element, i + 1),
            *self._names_near(element),
            *bits(element.flags),
        ]

    def _neighbour(self, element: Element, j: int) -> tuple[float, ...]:
        if not 0 <= j < len(self.blocks):
            return 0.0, 0.0, -1.0, 0.0
        other = self.blocks[j]
        far = other.element
        alike = far.tag == element.tag and far.names == element.names
        return other.units, other.link_units / other.units, _TAGS.get(far.tag, _OTHER_TAG), alike

    def _names_near(self, element: Element) -> tuple[float, ...]:
        """What the names of the element say, and those of the three around it."""
        found = self._near.get(element)
        if found is None:
            own = self.scores(element.tag, element.names)
            low, high, total = own
            around = element.parent
            for _ in range(3):
                if around is None:
                    break
                scores = self.scores(around.tag, around.names)
                low, high = min(low, scores[0]), max(high, scores[1])
                total += scores[2]
                around = around.parent
            found = self._near[element] = (*own, low, high, total)
        return found


def _letters(text: str, length: int) -> tuple[float, float, float]:
    """The shares of digits and capitals, and whether the line opens as boilerplate does."""
    if length > _LONG:
        return 0.0, 0.0, 0.0
    digits = len(_DIGIT.findall(text)) / length
    return digits, len(_UPPER.findall(text)) / length, is_boilerplate(text)


def _add_up(block: TextBlock) -> None:
    """Count the block's length for its element and the two around it."""
    element: Element | None = block.element
    for _ in range(3):
        if element is None:
            return
        element.units += block.units
        element.link_units += block.link_units
        element = element.parent


def find_container(layout: Layout, judgements: Sequence[float]) -> Element | None:
    """Return the element whose blocks speak most for it, the inner one of two alike."""
    # Where nothing looks much like an article, the likeliest text still does most.
    bar = min(0.4, 0.6 * max(judgements, default=0.0))
    for block, judgement in zip(layout.blocks, judgements, strict=True):
        size = min(block.units, 400)
        block.element.mass += (judgement - bar) * size if judgement else -0.15 * min(size, 100)
    best: Element | None = None
    for element in reversed(layout.elements):
        if element.mass > 0 and (best is None or element.mass > best.mass):
            best = element
        if element.parent is not None:
            element.parent.mass += element.mass
    return best


def place(layout: Layout, container: Element, scores: ScoreNames) -> None:
    """Say of each element how far it stands from the container, and by which path."""
    for climb, element in enumerate(container.ancestors()):
        element.climb, element.below, element.path = climb, 0, 0
        element.path_low, element.path_sum = 9.0, 0.0
    for block in layout.blocks:
        unplaced = []
        for element in block.element.ancestors():
            if element.climb >= 0:
                break
            unplaced.append(element)
        for element in reversed(unplaced):
            _place_below(element, scores)


def _place_below(element: Element, scores: ScoreNames) -> None:
    parent = element.parent or element
    low, _, mean = scores(element.tag, element.names)
    element.climb = parent.climb
    element.below = parent.below + 1
    element.path = parent.path | element.flags
    element.path_low = min(parent.path_low, low)
    element.path_sum = parent.path_sum + min(0.0, mean - UNKNOWN)


class SecondView:
    """The sums over a page, its container known, that the second rows are made from."""

    def __init__(self, first: FirstView, judgements: Sequence[float]) -> None:
        self.first = first
        self.blocks = first.blocks
        # Two on each side, so that every block has neighbours.
        self.judgements = [-1.0, -1.0, *judgements, -1.0, -1.0]
        self.signatures: defaultdict[tuple[str, str], float] = defaultdict(float)
        self.parents: defaultdict[Element | None, float] = defaultdict(float)
        self.sums, self.goods = [0.0], [0]
        everything = 0.0
        for block, judgement in zip(self.blocks, judgements, strict=True):
            mass = judgement * block.units
            everything += mass
            element = block.element
            if element.climb:
                mass = 0.0
            self.sums.append(self.sums[-1] + mass)
            self.goods.append(self.goods[-1] + (mass >= _GOOD))
            if mass:
                self.signatures[element.tag, element.names] += mass
                self.parents[element.parent] += mass
        self.total = self.sums[-1] or 1.0
        self.share = self.total / (everything or 1.0)
        count = len(self.blocks)
        self.gap_before = self._gaps(range(count))
        self.gap_after = self._gaps(range(count - 1, -1, -1))

    def _gaps(self, order: range) -> list[int]:
        """How many blocks lie between each one and the nearest good one, in that order."""
        gaps = [_FAR] * len(self.blocks)
        gap = _FAR
        for i in order:
            gaps[i] = gap
            good = self.goods[i + 1] > self.goods[i]
            gap = 0 if good else min(_FAR, gap + 1)
        return gaps

    def row(self, i: int) -> list[float]:
        """Return the second row of the block at that place."""
        element = self.blocks[i].element
        sums, goods, judgements, total = self.sums, self.goods, self.judgements, self.total
        return [
            *self.first.row(i),
            judgements[i + 2],
            element.climb,
            element.below,
            sums[i] / total,
            (sums[-1] - sums[i + 1]) / total,
            goods[i],
            goods[-1] - goods[i + 1],
            self.signatures.get((element.tag, element.names), 0.0) / total,
            self.parents.get(element.parent, 0.0) / total,
            judgements[i + 1],
            judgements[i],
            judgements[i + 3],
            judgements[i + 4],
            sums[i] - sums[max(0, i - 3)],
            sums[min(len(sums) - 1, i + 4)] - sums[i + 1],
            self.gap_before[i],
            self.gap_after[i],
            total,
            goods[-1],
            self.share,
            bool(self.first.hints.article_body),
            element.path_low,
            element.path_sum,
            *bits(element.path),
        ]
