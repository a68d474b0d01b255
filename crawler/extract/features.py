"""What is known of each block when it is judged: rows of numbers.

A block is judged twice. The first row knows the block and its surroundings; from those
judgements the container of the article follows. The second row adds where the block stands
from the container, and what was first thought of its neighbours. The same rows are made
for learning and for reading, so their order is part of the data that the learning writes.
"""

import re
from bisect import bisect, bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, islice
from math import inf

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
_UNLIKELY = 0.1
_CERTAIN = 0.93
_NEAR = 3
_WEIGHTY = 20
_CELLS = ("td", "th")
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
    return block.units >= _WEIGHTY and block.link_units * 2 <= block.units


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
            return _FAR, before, False
        return max(-_FAR, min(_FAR, i - heading)), before, before > bisect(self.headings, heading)

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


class SecondView:
    """The sums over a page, its container known, that the second rows are made from.

    To make one is to say of the elements how far they stand from the container, and by which
    path: at once of those in it, of the others where they may hold some of the article.
    """

    def __init__(self, first: FirstView, judgements: Sequence[float], container: Element) -> None:
        self.first = first
        self.blocks = first.blocks
        self._place_around(container)
        inside = [i for i, block in enumerate(self.blocks) if block.element.climb == 0]
        self.start, self.end = inside[0], inside[-1] + 1
        # Two on each side, so that every block has neighbours.
        self.judgements = [-1.0, -1.0, *judgements, -1.0, -1.0]
        self.signatures: defaultdict[tuple[str, str], float] = defaultdict(float)
        self.parents: defaultdict[Element | None, float] = defaultdict(float)
        masses = [judgement * b.units for b, judgement in zip(self.blocks, judgements, strict=True)]
        everything = sum(masses)
        masses[: self.start] = [0.0] * self.start
        masses[self.end :] = [0.0] * (len(masses) - self.end)
        self.sums = list(accumulate(masses, initial=0.0))
        self.goods = [i for i in inside if masses[i] >= _GOOD]
        for i in inside:
            if masses[i]:
                element = self.blocks[i].element
                self.signatures[element.tag, element.names] += masses[i]
                self.parents[element.parent] += masses[i]
        self.total = self.sums[-1] or 1.0
        self.share = self.total / (everything or 1.0)

    def _place_around(self, container: Element) -> None:
        for climb, element in enumerate(container.ancestors()):
            element.climb, element.below, element.path = climb, 0, 0
            element.path_low, element.path_sum = 9.0, 0.0
        elements = self.first.layout.elements
        # In page order, what lies in the container follows it without a gap.
        for element in islice(elements, elements.index(container) + 1, None):
            if element.parent is None or element.parent.climb:
                break
            self._place(element, element.parent)

    def _place(self, element: Element, parent: Element) -> None:
        low, _, mean = self.first.scores(element.tag, element.names)
        element.climb = parent.climb
        element.below = parent.below + 1
        element.path = parent.path | element.flags
        element.path_low = low if low < parent.path_low else parent.path_low
        element.path_sum = parent.path_sum + (mean - UNKNOWN if mean < UNKNOWN else 0.0)

    def _climb(self, element: Element) -> int:
        """How far above the element the container's first ancestor stands, the element placed."""
        unplaced = []
        for around in element.ancestors():
            if around.climb >= 0:
                break
            unplaced.append(around)
        for around in reversed(unplaced):
            self._place(around, around.parent or around)
        return element.climb

    def candidates(self) -> list[int]:
        """Return the places of the blocks that stand, and were judged, so that they may be kept.

        Outside the container a block has to be likely text, to stand next to such a one, or to
        be a cell of a table.
        """
        blocks, judgements = self.blocks, self.judgements
        found = {
            i
            for i in range(self.start, self.end)
            if judgements[i + 2] > _HOPELESS or not is_weighty(blocks[i])
        }
        light = set()
        for i in chain(range(self.start), range(self.end, len(blocks))):
            if judgements[i + 2] > _UNLIKELY:
                if self._climb(blocks[i].element) <= _FARTHEST_CLIMB:
                    found.add(i)
                    light.update(range(max(0, i - _NEAR), min(len(blocks), i + _NEAR + 1)))
            elif blocks[i].element.tag in _CELLS:
                light.add(i)
        found.update(i for i in light - found if self._is_light_and_near(blocks[i]))
        return sorted(found)

    def is_certain(self, i: int) -> bool:
        """Return whether a block of the container looks so likely that no second row is needed."""
        return self.start <= i < self.end and self.judgements[i + 2] > _CERTAIN

    def _is_light_and_near(self, block: TextBlock) -> bool:
        if block.units >= _WEIGHTY or block.link_units * 2 > block.units:
            return False
        return 0 < self._climb(block.element) <= _NEAR_CLIMB

    def row(self, i: int) -> list[float]:
        """Return the second row of the block at that place."""
        element = self.blocks[i].element
        sums, goods, judgements, total = self.sums, self.goods, self.judgements, self.total
        before, through = bisect_left(goods, i), bisect(goods, i)
        return [
            *self.first.row(i),
            judgements[i + 2],
            element.climb,
            element.below,
            sums[i] / total,
            (sums[-1] - sums[i + 1]) / total,
            before,
            len(goods) - through,
            self.signatures.get((element.tag, element.names), 0.0) / total,
            self.parents.get(element.parent, 0.0) / total,
            judgements[i + 1],
            judgements[i],
            judgements[i + 3],
            judgements[i + 4],
            sums[i] - sums[max(0, i - 3)],
            sums[min(len(sums) - 1, i + 4)] - sums[i + 1],
            min(_FAR, i - 1 - goods[before - 1]) if before else _FAR,
            min(_FAR, goods[through] - i - 1) if through < len(goods) else _FAR,
            total,
            len(goods),
            self.share,
            bool(self.first.hints.article_body),
            element.path_low,
            element.path_sum,
            *bits(element.path),
        ]
