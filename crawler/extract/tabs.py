"""Lists drawn as tabs: a row of headings, and after it a panel for each."""

import re
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from crawler.extract.list_words import words

_PANEL = frozenset(("tab", "tabs", "tabpanel", "tabcontent", "panel", "pane"))
_ID = re.compile(r"[\w-]{1,80}")
_LONGEST = 40
_MOST = 12


class Tab(NamedTuple):
    """The heading of a panel: the node that prints it, and its text."""

    place: int
    text: str


def is_panel(node: LexborNode) -> bool:
    """Return whether a node may be the panel of a tab, by its role or class."""
    attributes = node.attributes
    if attributes.get("role") == "tabpanel":
        return True
    name = attributes.get("class")
    return bool(name) and not words(name or "").isdisjoint(_PANEL)


def tab_of(panel: LexborNode) -> Tab | None:
    """Return the tab of a panel, or None where it has none.

    It is the one that names the panel, or that the panel names, else the one with the panel's
    place in the row.
    """
    return _named(panel) or _in_row(panel)


def _named(panel: LexborNode) -> Tab | None:
    attributes = panel.attributes
    label, own = attributes.get("aria-labelledby") or "", attributes.get("id") or ""
    wanted: list[str] = []
    if _ID.fullmatch(label):
        wanted.append(f'[id="{label}"]')
    if _ID.fullmatch(own):
        wanted.extend((f'[aria-controls="{own}"]', f'[href="#{own}"]'))
        wanted.extend((f'[data-target="#{own}"]', f'[data-bs-target="#{own}"]'))
    found = panel.parser.css(", ".join(wanted))[:_MOST] if wanted else []
    return next((tab for tab in map(_tab, found) if tab), None)


def _in_row(panel: LexborNode) -> Tab | None:
    """Return the heading with the panel's place, where the row has one for each panel."""
    above = panel.parent
    if above is None:
        return None
    panels = [node for node in _elements(above) if _is_like(node, panel)]
    if not 2 <= len(panels) <= _MOST:
        return None
    row = _element_before(panels[0]) or _element_before(above)
    while row is not None and len(inner := _elements(row)) == 1:
        row = inner[0]
    tabs = list(map(_tab, _elements(row))) if row is not None else []
    if len(tabs) != len(panels) or not all(tabs):
        return None
    return tabs[[node.mem_id for node in panels].index(panel.mem_id)]


def _is_like(node: LexborNode, panel: LexborNode) -> bool:
    # The panel that is shown has a class more.
    first = (panel.attributes.get("class") or "").partition(" ")[0]
    return node.tag == panel.tag and first in (node.attributes.get("class") or "").split()


def _tab(node: LexborNode) -> Tab | None:
    text = " ".join(node.text(separator=" ").split())
    if not 1 < len(text) <= _LONGEST or not any(map(str.isalpha, text)):
        return None
    return Tab(node.mem_id, text)


def _elements(node: LexborNode) -> list[LexborNode]:
    return list(node.iter())


def _element_before(node: LexborNode) -> LexborNode | None:
    before = node.prev
    while before is not None and not before.is_element_node:
        before = before.prev
    return before
