"""Where a page's running text stands, to tell it from lists and from boxes set into it."""

from collections import defaultdict
from collections.abc import Sequence

from selectolax.lexbor import LexborNode

from crawler.extract.spots import Spot

_SENTENCE = 25
_PARAGRAPH = 60
_REACH = 5
_NEAR = 12


class Paragraphs:
    """The paragraphs of one page, by how much they say outside their links.

    Each is read when it is first asked for: most stand near no link.
    """

    def __init__(self, paragraphs: Sequence[LexborNode]) -> None:
        self._nodes = {node.mem_id: node for node in paragraphs}
        self._lengths: dict[int, int] = {}
        self._of_texts: dict[int, bool] = {}
        self._among: dict[int, list[int]] = defaultdict(list)
        for identity, node in self._nodes.items():
            above = node.parent
            if above is not None:
                self._among[above.mem_id].append(identity)

    def are_in(self, identity: int) -> bool:
        """Return whether that element has paragraphs of a text among its children."""
        among = self._among.get(identity)
        if among is None or len(among) < 2:
            return False
        known = self._of_texts.get(identity)
        if known is None:
            long = filter(self._is_long, among)
            known = self._of_texts[identity] = None not in (next(long, None), next(long, None))
        return known

    def hold(self, link: Spot) -> bool:
        """Return whether a link stands in the sentences of a paragraph."""
        above = link.above
        for _ in range(_REACH):
            if above is None:
                return False
            if above.tag == "p":
                return self._length(above.id) >= _SENTENCE
            above = above.above
        return False

    def surround(self, card: Spot) -> bool:
        """Return whether the text goes on after the card: it is a box set into the text."""
        spot = card
        for _ in range(_REACH):
            above = spot.above
            if above is None:
                return False
            if self.are_in(above.id):
                return self._is_amid(spot.node)
            spot = above
        return False

    def _is_amid(self, node: LexborNode) -> bool:
        before, after = node.prev, node.next
        has_before = has_after = False
        for _ in range(_NEAR):
            has_before = has_before or (before is not None and self._is_long(before.mem_id))
            has_after = has_after or (after is not None and self._is_long(after.mem_id))
            before = before.prev if before is not None else None
            after = after.next if after is not None else None
        return has_before and has_after

    def _is_long(self, identity: int) -> bool:
        return self._length(identity) >= _PARAGRAPH

    def _length(self, identity: int) -> int:
        known = self._lengths.get(identity)
        if known is None:
            node = self._nodes.get(identity)
            known = self._lengths[identity] = _said(node) if node is not None else 0
        return known


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
