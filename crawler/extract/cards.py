"""Cards and groups: which links belong to one entry, and which entries to one list."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from crawler.extract.links import Address
from crawler.extract.paragraphs import Paragraphs
from crawler.extract.spots import Spot

_MANY = ""
# Two cards that look alike may do so by chance.
_ALIKE = 3
_TOPS = frozenset(("body", "html", "main"))


class Link(NamedTuple):
    """A link that may lead to an article."""

    spot: Spot
    address: Address


class Card(NamedTuple):
    """All that a page shows of one entry: a node whose links have one address."""

    spot: Spot
    address: Address | None
    order: int

    @property
    def node(self) -> LexborNode:
        """The node itself."""
        return self.spot.node


class Owners:
    """Which one address each node of a page holds, if it holds one only.

    Every node is marked at most twice, so the cost stays linear in the page. No card reaches as
    far up as the element around the ``paragraphs`` of a text.
    """

    def __init__(self, links: Sequence[Link], paragraphs: Paragraphs) -> None:
        self._owners: dict[int, str] = {}
        self._paragraphs = paragraphs
        self._doubtful = {link.address.key for link in links if not link.address.is_likely}
        for link in links:
            self._mark(link.spot, link.address.key)

    def holds_links(self, node: LexborNode) -> bool:
        """Return whether a link to an article, or several links, stand in the node."""
        owner = self._owners.get(node.mem_id)
        return owner is not None and owner not in self._doubtful

    def holds_any(self, node: LexborNode) -> bool:
        """Return whether any link stands in the node."""
        return node.mem_id in self._owners

    def top(self, link: Link) -> Spot:
        """Return the highest spot around the link that holds no second address."""
        spot, key = link.spot, link.address.key
        while (above := spot.above) is not None:
            if self._owners.get(above.id) != key or above.tag in _TOPS:
                break
            if self._paragraphs.are_in(above.id):
                break
            spot = above
        return spot

    def _mark(self, spot: Spot | None, key: str) -> None:
        owners = self._owners
        while spot is not None:
            owner = owners.get(spot.id)
            if owner is None:
                owners[spot.id] = key
            elif owner in (key, _MANY):
                return
            else:
                owners[spot.id] = _MANY
            spot = spot.above


def cards(links: Sequence[Link], owners: Owners) -> list[Card]:
    """Return the cards that the links make up, in page order."""
    found: dict[int, Card] = {}
    for link in links:
        top = owners.top(link)
        if top.id not in found:
            found[top.id] = Card(top, link.address, len(found))
    return list(found.values())


def groups(found: Sequence[Card]) -> tuple[list[list[Card]], list[Card]]:
    """Return the cards by common parent, those alone in theirs by the look of both; and the rest,
    which look like too few others.
    """
    by_parent: dict[int, list[Card]] = defaultdict(list)
    for card in found:
        above = card.spot.above
        by_parent[above.id if above is not None else 0].append(card)
    by_look: dict[tuple[str, str], list[Card]] = defaultdict(list)
    for group in by_parent.values():
        if len(group) == 1:
            by_look[look(group[0].node.parent), look(group[0].node)].append(group[0])
    together = [group for group in by_parent.values() if len(group) > 1]
    alike = [group for group in by_look.values() if len(group) >= _ALIKE]
    rest = [card for group in by_look.values() if len(group) < _ALIKE for card in group]
    return [*together, *alike], rest


def with_siblings(group: list[Card], owners: Owners) -> list[Card]:
    """Return the cards of one parent, and those of its children that look like them but have
    no link: entries that a reader who has not paid cannot follow.
    """
    above = group[0].spot.above
    if above is None or not all(card.spot.above is above for card in group):
        return group
    cards_of = {card.spot.id: card for card in group}
    # Where entries show a notice, a class may mark those that show none.
    has_notices = any(card.address is not None and card.address.notice for card in group)
    alike = _tag if has_notices else look
    found: list[Card] = []
    looks: set[str] = set()
    child = above.node.child
    while child is not None:
        if child.is_element_node:
            known = cards_of.get(child.mem_id)
            if known is not None:
                found.append(known)
            elif not owners.holds_any(child):
                looks = looks or {alike(card.node) for card in group}
                if alike(child) in looks:
                    order = found[-1].order if found else group[0].order
                    found.append(Card(Spot(child, child.mem_id, above), None, order))
        child = child.next
    unlinked = sum(card.address is None for card in found)
    return found if unlinked * 2 <= len(found) else group


def _tag(node: LexborNode | None) -> str:
    return (node.tag or "") if node is not None else ""


def look(node: LexborNode | None) -> str:
    """Return the tag and classes of a node: the same for all entries of most lists."""
    return f"{node.tag} {node.attributes.get('class') or ''}" if node is not None else ""
