"""The elements around a page's links, each asked of the tree once."""

from selectolax.lexbor import LexborNode


class Spot:
    """An element, its tag, its identity, and the element above it.

    To ask the tree for them costs several times as much, and many readers walk up from a link.
    """

    __slots__ = ("above", "id", "node", "tag")

    def __init__(self, node: LexborNode, identity: int, above: "Spot | None" = None) -> None:
        self.node = node
        self.id = identity
        self.tag = node.tag or ""
        self.above = above


class Spots:
    """The spots of one page."""

    def __init__(self) -> None:
        self._known: dict[int, Spot] = {}

    def of(self, node: LexborNode) -> Spot:
        """Return the spot of a node, those above it as well."""
        known = self._known
        identity = node.mem_id
        found = known.get(identity)
        if found is not None:
            return found
        found = below = known[identity] = Spot(node, identity)
        while (above := below.node.parent) is not None:
            identity = above.mem_id
            below.above = known.get(identity)
            if below.above is not None:
                break
            below.above = below = known[identity] = Spot(above, identity)
        return found
