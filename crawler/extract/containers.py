"""The parts of a page that hold no headlines: menus, footers, share rows, tags, promotions."""

from collections.abc import Sequence
from functools import lru_cache

from selectolax.lexbor import LexborNode

from crawler.extract.list_words import NO_HEADLINES, OF_ARTICLE, words
from crawler.extract.locks import locks_container
from crawler.extract.spots import Spot

_FAR = 99
_REACH = 7
_REACH_OF_LOCK = 4
_PREFIXES = ("tag-", "category-", "has-", "no-", "not-", "with-", "without-", "type-", "format-")
_NEVER_STOPS = frozenset(("article", "html", "body", "main"))
_SKIPPED_ROLES = frozenset(("navigation", "contentinfo"))
_SKIPPED_TAGS = frozenset(("nav", "menu", "dialog"))


@lru_cache(maxsize=4096)
def is_stop_name(name: str) -> bool:
    """Return whether a class attribute or an id names a part without headlines."""
    if words(name).isdisjoint(NO_HEADLINES):
        return False
    return any(_is_stop(words(part)) for part in name.split() if not part.startswith(_PREFIXES))


def _is_stop(found: frozenset[str]) -> bool:
    # The footer of an article or a card is the usual place of related headlines.
    if "footer" in found and not found.isdisjoint(OF_ARTICLE):
        return False
    return not NO_HEADLINES.isdisjoint(found)


class Containers:
    """Tells for any node of one page whether it stands in a part without headlines.

    ``headings`` are the page's headings of the first rank.
    """

    def __init__(self, headings: Sequence[LexborNode]) -> None:
        self._distances: dict[int, int] = {}
        self._locks: dict[int, bool] = {}
        self._exempt = _ancestors_of_title(headings)

    def refuses(self, spot: Spot) -> bool:
        """Return whether the spot is in a menu, a footer or the like."""
        return self._distance(spot) <= _REACH

    def hold_title(self, node: LexborNode) -> bool:
        """Return whether the page's title is this node or stands in it."""
        return node.mem_id in self._exempt

    def lock(self, card: Spot) -> bool:
        """Return whether an element around the entries of a list marks all of them as locked."""
        above = card.above
        for _ in range(_REACH_OF_LOCK):
            if above is None or above.tag in _NEVER_STOPS or above.id in self._exempt:
                return False
            known = self._locks.get(above.id)
            if known is None:
                known = self._locks[above.id] = locks_container(above.node.attributes)
            if known:
                return True
            above = above.above
        return False

    def _distance(self, spot: Spot) -> int:
        """Return how far above the nearest such part is; 0 means for good, however far."""
        path: list[Spot] = []
        current: Spot | None = spot
        distance = _FAR
        while current is not None:
            known = self._distances.get(current.id)
            if known is not None:
                distance = known
                break
            path.append(current)
            current = current.above
        for passed in reversed(path):
            distance = self._step(passed, distance)
            self._distances[passed.id] = distance
        return distance

    def _step(self, spot: Spot, above: int) -> int:
        if above == 0 or spot.id in self._exempt:
            return above
        tag = spot.tag
        if tag in _SKIPPED_TAGS or (tag == "footer" and not _in_card(spot)):
            return 0
        if tag not in _NEVER_STOPS:
            attributes = spot.node.attributes
            name, identity = attributes.get("class"), attributes.get("id")
            if attributes.get("role") in _SKIPPED_ROLES:
                return 0
            if (name and is_stop_name(name)) or (identity and is_stop_name(identity)):
                return 1
        return min(above + 1, _FAR)


def _in_card(footer: Spot) -> bool:
    above = footer.above
    for _ in range(4):
        if above is None:
            return False
        if above.tag in ("article", "li"):
            return True
        above = above.above
    return False


def _ancestors_of_title(headings: Sequence[LexborNode]) -> frozenset[int]:
    """Return the nodes around the page's title: none of them can be a menu."""
    found: set[int] = set()
    title = max(headings, key=lambda node: len(node.text()), default=None)
    above = title
    while above is not None:
        found.add(above.mem_id)
        above = above.parent
    return frozenset(found)
