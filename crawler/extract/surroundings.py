"""What is known of each block when it is judged again, the container of the article known.

A second row is the first one, where the block stands from the container, and what was first
thought of its neighbours. As with the first rows, their order is part of the learnt data.
"""

from bisect import bisect, bisect_left
from collections import defaultdict
from collections.abc import Sequence
from itertools import accumulate, islice

from crawler.extract.blocks import Element
from crawler.extract.features import FAR, FIRST_COLUMNS, FirstView, is_unlinked, is_weighty
from crawler.extract.namings import UNKNOWN, Naming
from crawler.extract.trees import Row
from crawler.extract.vocabulary import GROUPS

# The mass of a block that is surely some of the article.
_GOOD = 40.0
_FARTHEST_CLIMB = 8
_NEAR_CLIMB = 2
_HOPELESS = 0.05
_UNLIKELY = 0.1
_CERTAIN = 0.93
_BESIDE = 3
_CELLS = ("td", "th")

SECOND_COLUMNS = (
    *FIRST_COLUMNS,
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
)
"""The names of the numbers in a second row, in order.

After them come the groups of the element's names and those of all on its path, as bits.
"""


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
        self.signatures: defaultdict[Naming, float] = defaultdict(float)
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
                self.signatures[element.naming] += masses[i]
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
        naming = element.naming
        low, mean = naming.low, naming.mean
        element.climb = parent.climb
        element.below = parent.below + 1
        element.path = parent.path | naming.flags
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
        within = {
            i
            for i in range(self.start, self.end)
            if self.judgements[i + 2] > _HOPELESS or not is_weighty(self.blocks[i])
        }
        outside = [*range(self.start), *range(self.end, len(self.blocks))]
        likely = [i for i in outside if self._is_likely_and_near(i)]
        beside = {j for i in likely for j in range(i - _BESIDE, i + _BESIDE + 1)}
        light = [i for i in outside if self._is_light_and_near(i, beside)]
        return sorted(within.union(likely, light))

    def _is_likely_and_near(self, i: int) -> bool:
        return (
            self.judgements[i + 2] > _UNLIKELY
            and self._climb(self.blocks[i].element) <= _FARTHEST_CLIMB
        )

    def _is_light_and_near(self, i: int, beside: set[int]) -> bool:
        block = self.blocks[i]
        return (
            (i in beside or block.element.naming.tag in _CELLS)
            and is_unlinked(block)
            and not is_weighty(block)
            and self._climb(block.element) <= _NEAR_CLIMB
        )

    def is_certain(self, i: int) -> bool:
        """Return whether a block of the container looks so likely that no second row is needed."""
        return self.start <= i < self.end and self.judgements[i + 2] > _CERTAIN

    def row(self, i: int) -> Row:
        """Return the second row of the block at that place."""
        element = self.blocks[i].element
        sums, goods, judgements, total = self.sums, self.goods, self.judgements, self.total
        before, through = bisect_left(goods, i), bisect(goods, i)
        *known, flags = self.first.row(i)
        return [
            *known,
            judgements[i + 2],
            element.climb,
            element.below,
            sums[i] / total,
            (sums[-1] - sums[i + 1]) / total,
            before,
            len(goods) - through,
            self.signatures.get(element.naming, 0.0) / total,
            self.parents.get(element.parent, 0.0) / total,
            judgements[i + 1],
            judgements[i],
            judgements[i + 3],
            judgements[i + 4],
            sums[i] - sums[max(0, i - 3)],
            sums[min(len(sums) - 1, i + 4)] - sums[i + 1],
            min(FAR, i - 1 - goods[before - 1]) if before else FAR,
            min(FAR, goods[through] - i - 1) if through < len(goods) else FAR,
            total,
            len(goods),
            self.share,
            bool(self.first.hints.article_body),
            element.path_low,
            element.path_sum,
            int(flags) | element.path << len(GROUPS),
        ]
