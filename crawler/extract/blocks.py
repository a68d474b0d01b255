"""A page taken apart into blocks of running text, with what the markup says about each.

A block is the text between two breaks of the flow: a paragraph, a cell, a heading, or a
stretch of loose text between two empty lines. The walk goes over the tree once, by hand
rather than by recursion, and passes over what a reader cannot see.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.extract.vocabulary import name_flags

_UNSEEN = """
    script style noscript template svg iframe object embed audio video canvas map head select
    textarea button input datalist option title link meta rt rp frameset base source track
    param col colgroup -comment -doctype
"""
_INLINE = """
    a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q
    ruby rb s samp small span strike strong sub sup time tt u var wbr picture math
"""
_UNSEEN_TAGS = frozenset(_UNSEEN.split())
_INLINE_TAGS = frozenset(_INLINE.split())
_BOLD = frozenset(("b", "strong"))
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))

_HIDING_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.IGNORECASE)
# How often a hidden element is searched for the headline; each search costs its size.
_REVEALS = 4
# Scripts without spaces between words say in one letter what others say in two or three.
_WIDE = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]"
)


@dataclass(slots=True, eq=False)
class Element:
    """An element that breaks the flow: where it stands, and what its names say."""

    tag: str
    parent: "Element | None"
    depth: int
    names: str
    flags: int
    node: LexborNode
    hidden: bool = False
    mass: float = 0.0

    def ancestors(self) -> Iterator["Element"]:
        """This element and those around it, from the inside out."""
        element: Element | None = self
        while element is not None:
            yield element
            element = element.parent


@dataclass(slots=True, eq=False)
class TextBlock:
    """A stretch of running text; its lengths are in units that are alike in all scripts."""

    text: str
    element: Element
    units: int
    link_units: int
    bold_units: int
    links: int
    inline_flags: int
    images: int
    after_break: bool


@dataclass(slots=True, eq=False)
class Layout:
    """The blocks of a page in order, and the elements that hold them, outer ones first."""

    blocks: list[TextBlock] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)


def units(text: str) -> int:
    """Return the length of a text, each letter of a wide script counted as two and a half.

    >>> units("news"), units("新闻")
    (4, 5)
    """
    if text.isascii():
        return len(text)
    return len(text) + len(_WIDE.findall(text)) * 3 // 2


def read_layout(tree: LexborHTMLParser) -> Layout:
    """Return the blocks of all that a reader of the page could see."""
    walk = _Walk()
    if tree.body is not None:
        walk.over(tree.body)
    return walk.layout


class _Walk:
    """The elements open at one place of the page, and the block being gathered there."""

    def __init__(self) -> None:
        self.layout = Layout()
        self.element: Element | None = None
        self.parts: list[str] = []
        self.link_parts: list[str] = []
        self.bold_parts: list[str] = []
        self.in_link = self.in_bold = 0
        self.links = self.images = self.breaks = self.inline_flags = 0
        self.reveals = 0
        self.after_break = False

    def over(self, body: LexborNode) -> None:
        """Visit every node below the body, in page order."""
        self._open_element(body, "body", {})
        open_nodes: list[tuple[LexborNode, str]] = []
        node = body.child
        while node is not None or open_nodes:
            if node is None:
                node, tag = open_nodes.pop()
                self._leave(tag)
                node = node.next
                continue
            tag = node.tag or ""
            if tag == "-text":
                self._text(node.text_content or "")
            elif tag not in _UNSEEN_TAGS and self._enter(node, tag):
                child = node.child
                if child is not None:
                    open_nodes.append((node, tag))
                    node = child
                    continue
                self._leave(tag)
            node = node.next
        self._flush()

    def _enter(self, node: LexborNode, tag: str) -> bool:
        """Take in an opening tag; False where nothing below it is to be seen."""
        if tag == "br":
            self.breaks += 1
            self.parts.append(" ")
            return False
        if tag == "img":
            self.images += 1
            return False
        attributes = node.attributes
        if attributes and self._hides(node, attributes):
            return False
        if tag in _INLINE_TAGS:
            self._open_inline(tag, attributes)
        else:
            self._flush()
            self._open_element(node, tag, attributes)
        return True

    def _open_inline(self, tag: str, attributes: dict[str, str | None]) -> None:
        if tag == "a":
            self.in_link += 1
            self.links += 1
        elif tag in _BOLD:
            self.in_bold += 1
        names = attributes.get("class") if attributes else None
        if names:
            self.inline_flags |= name_flags(names)

    def _open_element(self, node: LexborNode, tag: str, attributes: dict[str, str | None]) -> None:
        names = ""
        if attributes:
            names = " ".join(
                attributes.get(key) or "" for key in ("class", "id", "itemprop", "role")
            ).strip()
        parent = self.element
        depth = parent.depth + 1 if parent else 0
        self.element = Element(tag, parent, depth, names, name_flags(names), node)
        self.layout.elements.append(self.element)

    def _leave(self, tag: str) -> None:
        if tag == "a":
            self.in_link -= 1
        elif tag in _BOLD:
            self.in_bold -= 1
        elif tag not in _INLINE_TAGS and self.element is not None:
            self._flush()
            self.element = self.element.parent

    def _text(self, text: str) -> None:
        if text.isspace():
            self.parts.append(" ")
            return
        if self.breaks > 1:
            self._flush()
            self.after_break = True
        self.breaks = 0
        self.parts.append(text)
        if self.in_link:
            self.link_parts.append(text)
        if self.in_bold:
            self.bold_parts.append(text)

    def _hides(self, node: LexborNode, attributes: dict[str, str | None]) -> bool:
        """Whether the element is hidden, and not merely until a script reveals the page."""
        style = attributes.get("style")
        if not (
            (style and _HIDING_STYLE.search(style))
            or "hidden" in attributes
            or attributes.get("aria-hidden") == "true"
        ):
            return False
        self.reveals += 1
        return self.reveals > _REVEALS or node.css_first("h1") is None

    def _flush(self) -> None:
        """End the block being gathered, and keep it if it has text."""
        if self.parts:
            text = " ".join("".join(self.parts).split())
            if text and self.element is not None:
                self._keep(text, self.element)
            self.parts.clear()
        self.breaks = 0
        self.after_break = False

    def _keep(self, text: str, element: Element) -> None:
        size = units(text)
        link = bold = 0
        if self.link_parts:
            link = min(size, units(" ".join("".join(self.link_parts).split())))
            self.link_parts.clear()
        if self.bold_parts:
            bold = min(size, units(" ".join("".join(self.bold_parts).split())))
            self.bold_parts.clear()
        self.layout.blocks.append(
            TextBlock(
                text,
                element,
                size,
                link,
                bold,
                self.links,
                self.inline_flags,
                self.images,
                self.after_break,
            )
        )
        self.links = self.images = self.inline_flags = 0
