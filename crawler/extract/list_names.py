"""The heading printed over a list of headlines."""

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.extract.cards import Owners
from crawler.extract.list_words import LIST_NAME, words

_LONGEST = 80
_HEADINGS = "h1, h2, h3, h4, h5, h6"
_TAGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BARE = frozenset(("p", "strong", "b", "dt", "legend", "span", "label"))


class Names:
    """Finds the headings over the lists of one page, each place looked at once."""

    def __init__(self, owners: Owners, tree: LexborHTMLParser) -> None:
        self._owners = owners
        self._known: dict[int, tuple[int, str | None]] = {}

    def over(self, card: LexborNode) -> tuple[int, str | None]:
        """Return the place and the text of the heading before a card, or 0 and None."""
        path: list[int] = []
        found: tuple[int, str | None] = (0, None)
        current = card
        while True:
            known = self._known.get(current.mem_id)
            if known is not None:
                found = known
                break
            path.append(current.mem_id)
            before = current.prev
            if before is not None:
                current = before
                text = self._heading(before)
                if text:
                    found = (before.mem_id, text)
                    break
                continue
            above = current.parent
            if above is None or above.tag in ("body", "html"):
                break
            current = above
        for place in path:
            self._known[place] = found
        return found

    def _heading(self, node: LexborNode) -> str | None:
        if not node.is_element_node or self._owners.holds_links(node):
            return None
        text = _text(node)
        if len(text) < 2:
            return None
        if node.tag in _TAGS:
            return text[:200] if len(text) <= 2 * _LONGEST else None
        if len(text) > 2 * _LONGEST:
            return None
        inner = node.css_first(_HEADINGS)
        if inner is not None:
            return _text(inner) or None
        if len(text) > _LONGEST:
            return None
        name = node.attributes.get("class") or ""
        if node.tag in _BARE or not words(name).isdisjoint(LIST_NAME):
            return text
        return None


def _text(node: LexborNode) -> str:
    return " ".join(node.text(separator=" ").split())
