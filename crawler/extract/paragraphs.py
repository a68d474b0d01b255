"""Where a page's running text stands, to tell it from lists and from boxes set into it."""

from collections import Counter
from collections.abc import Sequence

from selectolax.lexbor import LexborNode

from crawler.extract.spots import Spot

_SENTENCE = 25
_PARAGRAPH = 60
_REACH = 5
_NEAR = 12


class Paragraphs:
    """The paragraphs of one page, by how much they say outside their links."""

    def __init__(self, paragraphs: Sequence[LexborNode]) -> None:
        self._sentences: set[int] = set()
        self._long: set[int] = set()
        holders: Counter[int] = Counter()
        for node in paragraphs:
            said = _said(node)
            if said >= _SENTENCE:
                self._sentences.add(node.mem_id)
            if said >= _PARAGRAPH and node.parent is not None:
                self._long.add(node.mem_id)
                holders[node.parent.mem_id] += 1
        self.holders = frozenset(holder for holder, times in holders.items() if times >= 2)
        """The elements that have paragraphs of a text among their children."""

    def hold(self, link: Spot) -> bool:
        """Return whether a link stands in the sentences of a paragraph."""
        above = link.above
        for _ in range(_REACH):
            if above is None:
                return False
            if above.tag == "p":
                return above.id in self._sentences
            above = above.above
        return False

    def surround(self, card: Spot) -> bool:
        """Return whether the text goes on after the card: it is a box set into the text."""
        spot = card
        for _ in range(_REACH):
            above = spot.above
            if above is None:
                return False
            if above.id in self.holders:
                return self._is_amid(spot.node)
            spot = above
        return False

    def _is_amid(self, node: LexborNode) -> bool:
        before, after = node.prev, node.next
        has_before = has_after = False
        for _ in range(_NEAR):
            has_before = has_before or (before is not None and before.mem_id in self._long)
            has_after = has_after or (after is not None and after.mem_id in self._long)
            before = before.prev if before is not None else None
            after = after.next if after is not None else None
        return has_before and has_after


def _said(paragraph: LexborNode) -> int:
    """Return how long a paragraph's text is without the text of its links."""
    said = len(paragraph.text().strip())
    if said < _SENTENCE or _is_plain(paragraph):
        return said
    return said - sum(len(anchor.text().strip()) for anchor in paragraph.css("a"))


def _is_plain(paragraph: LexborNode) -> bool:
    """Return whether a paragraph is one text, as most are."""
    first = paragraph.child
    return first is None or (first.is_text_node and first.next is None)
