"""The heading printed over a list of headlines."""

import re
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from crawler.extract.cards import Owners
from crawler.extract.containers import Containers, is_stop_name
from crawler.extract.links import Addresses
from crawler.extract.list_words import LIST_NAME, NO_HEADLINES, words
from crawler.extract.tabs import Tab, is_panel, tab_of

_LONGEST = 80
_LONG = 240
_MOST_TABS = 60
_SCRIPTS = "script, style"
_HEADINGS = "h1, h2, h3, h4, h5, h6"
_TAGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BARE = frozenset(("strong", "b", "dt", "legend", "label"))
_UNSEEN = frozenset(("script", "style", "noscript", "template", "nav", "footer", "form"))
_TOPS = frozenset(("body", "html"))
# What a font of icons draws as a picture: "arrow_forward_ios".
_ICON = re.compile(r"[a-z]+(?:_[a-z]+)+")


class Name(NamedTuple):
    """A printed heading, and which node prints it; lists under one node are one list."""

    place: int = 0
    text: str | None = None


_NONE = Name()


class Names:
    """Finds the headings over the lists of one page, each place looked at once."""

    def __init__(self, owners: Owners, containers: Containers, addresses: Addresses) -> None:
        self._owners = owners
        self._containers = containers
        self._addresses = addresses
        self._known: dict[int, Name] = {}
        self._unlinked: set[int] = set()
        self._tabs_left = _MOST_TABS

    def skip(self, entry: LexborNode) -> None:
        """Take a node without a link for an entry, so that no heading is looked for in it."""
        self._unlinked.add(entry.mem_id)

    def over(self, card: LexborNode) -> Name:
        """Return the heading printed before a card, or one without text."""
        path: list[int] = []
        found = self._known.get(card.mem_id)
        current = card
        while found is None:
            path.append(current.mem_id)
            if tab := self._tab_of(current):
                found = Name(tab.place, tab.text)
                break
            found, last = self._among_siblings(current, path)
            if found is None:
                above = last.parent
                if above is None or above.tag in _TOPS or self._containers.hold_title(above):
                    found = _NONE
                else:
                    current = above
                    found = self._known.get(current.mem_id)
        for place in path:
            self._known[place] = found
        return found

    def _tab_of(self, node: LexborNode) -> Tab | None:
        # To look for a tab is to search the page, and a page has few.
        if self._tabs_left == 0 or not is_panel(node):
            return None
        self._tabs_left -= 1
        return tab_of(node)

    def _among_siblings(self, node: LexborNode, path: list[int]) -> tuple[Name | None, LexborNode]:
        """Look at what stands before a node, nearest first, up to a text or a title."""
        doubtful: Name | None = None
        current = node
        while (before := current.prev) is not None:
            current = before
            known = self._known.get(before.mem_id)
            if known is not None:
                return doubtful or known, before
            path.append(before.mem_id)
            if not before.is_element_node or before.tag in _UNSEEN:
                continue
            if before.mem_id in self._unlinked:
                continue
            if self._owners.holds_links(before) or self._is_entry(before):
                continue
            text = _text(before)
            if len(text) > _LONG or self._containers.hold_title(before):
                return doubtful or _NONE, before
            name = _heading(before, text)
            if name:
                return Name(before.mem_id, name), before
            if doubtful is None and _is_lone(before, text):
                doubtful = Name(before.mem_id, text)
        return doubtful, current

    def _is_entry(self, node: LexborNode) -> bool:
        """Return whether a node leads to an article, though none that counts."""
        return any(
            self._addresses.is_likely(anchor.attributes["href"] or "")
            for anchor in node.css("a[href]")[:3]
        )


def _heading(node: LexborNode, text: str) -> str | None:
    if len(text) < 2 or not words(text).isdisjoint(NO_HEADLINES) or _holds_script(node):
        return None
    if node.tag in _TAGS:
        return text
    inner = node.css_first(_HEADINGS)
    if inner is not None:
        return _text(inner) or None
    if node.tag in _BARE and len(text) <= _LONGEST:
        return text
    return _by_class(node, text)


def _holds_script(node: LexborNode) -> bool:
    first = node.child
    is_plain = first is None or (first.is_text_node and first.next is None)
    return not is_plain and node.css_first(_SCRIPTS) is not None


def _by_class(node: LexborNode, text: str) -> str | None:
    for inner in node.css("[class]")[:6]:
        name = inner.attributes.get("class") or ""
        if not words(name).isdisjoint(LIST_NAME):
            shown = _text(inner)
            if 1 < len(shown) <= _LONGEST:
                return _first_of(inner) or shown
    return None


def _first_of(node: LexborNode) -> str | None:
    """Return the first text in a heading's bar: what follows leads to all of the list."""
    for inner in node.traverse(include_text=True, skip_empty=True):
        if inner.is_text_node:
            return " ".join((inner.text_content or "").split())
    return None


def _is_lone(node: LexborNode, text: str) -> bool:
    """Return whether a node shows one short text and nothing else."""
    if not 1 < len(text) <= _LONGEST or _holds_script(node):
        return False
    if is_stop_name(node.attributes.get("class") or "") or is_stop_name(text):
        return False
    if _ICON.fullmatch(text):
        return False
    return _first_of(node) == text and any(character.isalpha() for character in text)


def _text(node: LexborNode) -> str:
    return " ".join(node.text(separator=" ").split())
