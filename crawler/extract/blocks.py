"""A page taken apart into blocks of running text, with what the markup says about each.

A block is the text between two breaks of the flow: a paragraph, a cell, a heading, or a
stretch of loose text between two empty lines. The walk goes over the tree once, by hand
rather than by recursion, and passes over what a reader cannot see.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.extract.vocabulary import meaning

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
_PLAIN_TAGS = frozenset(("b", "strong", "em", "i", "u", "sup", "sub"))
_OTHER_NAMES = ("id", "itemprop", "role")
_BARREN = -1
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))

_HIDING_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.IGNORECASE)
_STREAMED = re.compile(r"S:[0-9a-f]+")
# How often a hidden element is searched for the headline; each search costs its size.
_REVEALS = 4
# No article is as long; what a page has beyond is not read.
_MOST_BLOCKS = 15_000
_MOST_ELEMENTS = 60_000
_LONGEST_NAMES = 500
# Scripts without spaces between words say in one letter what others say in two or three.
_WIDE = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]"
)


class Element:
    """An element that breaks the flow: where it stands, and what its names say."""

    __slots__ = (
        "below",
        "climb",
        "flags",
        "link_units",
        "mass",
        "names",
        "node",
        "parent",
        "path",
        "path_low",
        "path_sum",
        "tag",
        "units",
    )
    # Set once the container is known: the way from it to here.
    below: int
    path: int
    path_low: float
    path_sum: float

    def __init__(
        self, tag: str, names: str, parent: "Element | None", node: LexborNode, flags: int
    ) -> None:
        self.tag = tag
        self.names = names
        self.parent = parent
        self.node = node
        self.flags = flags
        self.units = self.link_units = 0
        self.mass = 0.0
        self.climb = -1

    def ancestors(self) -> Iterator["Element"]:
        """This element and those around it, from the inside out."""
        element: Element | None = self
        while element is not None:
            yield element
            element = element.parent


class TextBlock:
    """A stretch of running text; its lengths are in units that are alike in all scripts."""

    __slots__ = ("bold_units", "element", "images", "link_units", "links", "text", "units")

    def __init__(self, text: str, element: Element, units: int) -> None:
        self.text = text
        self.element = element
        self.units = units
        self.link_units = self.bold_units = self.links = self.images = 0


class Layout:
    """The blocks of a page in order, and the elements around them, outer ones first."""

    __slots__ = ("blocks", "elements")

    def __init__(self) -> None:
        self.blocks: list[TextBlock] = []
        self.elements: list[Element] = []


def units(text: str) -> int:
    """Return the length of a text, each letter of a wide script counted as two and a half.

    >>> units("news"), units("新闻")
    (4, 5)
    """
    length = len(text)
    # Wide letters take three bytes each; where few bytes are over, there are few of them.
    if text.isascii() or (len(text.encode("utf-8", "replace")) - length) * 4 <= length:
        return length
    return length + len(_WIDE.findall(text)) * 3 // 2


def read_layout(tree: LexborHTMLParser, barren: frozenset[str] = frozenset()) -> Layout:
    """Return the blocks of all that a reader could see, save in elements of a barren name."""
    walk = _Walk(barren)
    if tree.body is not None:
        walk.over(tree.body)
    return walk.layout


@lru_cache(maxsize=65536)
def _flags(tag: str, names: str, barren: frozenset[str]) -> int:
    """Return the groups that an element's names belong to, or that they are barren."""
    found = meaning(tag, names)
    return found.flags if barren.isdisjoint(found.tokens) else _BARREN


class _Walk:
    """The elements open at one place of the page, and the block being gathered there."""

    def __init__(self, barren: frozenset[str]) -> None:
        self.layout = Layout()
        self.barren = barren
        self.element: Element | None = None
        self.parts: list[str] = []
        self.link_parts: list[str] = []
        self.bold_parts: list[str] = []
        self.in_link = self.in_bold = 0
        self.links = self.images = self.breaks = 0
        self.reveals = 0

    def over(self, body: LexborNode) -> None:
        """Visit every node below the body, in page order."""
        self.element = Element("body", "", None, body, 0)
        self.layout.elements.append(self.element)
        open_nodes: list[tuple[LexborNode, str]] = []
        parts = self.parts
        node = body.child
        while node is not None or open_nodes:
            if node is None:
                node, tag = open_nodes.pop()
                self._leave(tag)
                node = node.next
                continue
            tag = node.tag or ""
            if tag == "-text":
                text = node.text_content or ""
                if text.isspace():
                    if parts:
                        parts.append(" ")
                elif self.breaks or self.in_link or self.in_bold:
                    self._text(text)
                else:
                    parts.append(text)
            elif tag not in _UNSEEN_TAGS and (
                self._enter_inline(node, tag) if tag in _INLINE_TAGS else self._enter(node, tag)
            ):
                child = node.child
                if child is not None:
                    open_nodes.append((node, tag))
                    node = child
                    continue
                self._leave(tag)
            node = node.next
        self._flush()

    def _enter_inline(self, node: LexborNode, tag: str) -> bool:
        """Take in an opening tag within a line; False where its text is hidden."""
        if tag == "strong" or tag == "b":
            self.in_bold += 1
            return True
        if tag not in _PLAIN_TAGS:
            attributes = node.attributes
            if attributes and self._hides(node, attributes):
                return False
            if tag == "a":
                self.in_link += 1
                self.links += 1
        return True

    def _enter(self, node: LexborNode, tag: str) -> bool:
        """Take in an opening tag; False where nothing below it is to be read."""
        if tag == "br":
            self.breaks += 1
            if self.parts:
                self.parts.append(" ")
            return False
        if tag == "img":
            self.images += 1
            return False
        if self.parts:
            self._flush()
        names = ""
        attributes = node.attributes
        if attributes:
            if self._hides(node, attributes):
                return False
            names = attributes.get("class") or ""
            for key in _OTHER_NAMES:
                if key in attributes:
                    names = f"{names} {attributes[key]}"
        names = names[:_LONGEST_NAMES]
        flags = _flags(tag, names, self.barren)
        elements = self.layout.elements
        if flags == _BARREN or len(elements) > _MOST_ELEMENTS:
            return False
        self.element = Element(tag, names, self.element, node, flags)
        elements.append(self.element)
        return True

    def _leave(self, tag: str) -> None:
        if tag == "a":
            self.in_link -= 1
        elif tag == "strong" or tag == "b":
            self.in_bold -= 1
        elif tag not in _INLINE_TAGS:
            if self.parts:
                self._flush()
            self.element = self.element.parent if self.element else None

    def _text(self, text: str) -> None:
        if self.breaks:
            if self.breaks > 1:
                self._flush()
            self.breaks = 0
        self.parts.append(text)
        if self.in_link:
            self.link_parts.append(text)
        if self.in_bold:
            self.bold_parts.append(text)

    def _hides(self, node: LexborNode, attributes: dict[str, str | None]) -> bool:
        """Whether the element is hidden, and not merely until a script reveals the page."""
        if "style" in attributes and _HIDING_STYLE.search(attributes["style"] or ""):
            pass
        elif "hidden" not in attributes and attributes.get("aria-hidden") != "true":
            return False
        # React streams a page in hidden parts, which its script puts in place.
        if _STREAMED.fullmatch(attributes.get("id") or ""):
            return False
        self.reveals += 1
        return self.reveals > _REVEALS or node.css_first("h1") is None

    def _flush(self) -> None:
        """End the block being gathered, and keep it if it has text."""
        parts = self.parts
        text = " ".join((parts[0] if len(parts) == 1 else "".join(parts)).split())
        parts.clear()
        self.breaks = 0
        if not text or self.element is None or len(self.layout.blocks) >= _MOST_BLOCKS:
            self.link_parts.clear()
            self.bold_parts.clear()
            return
        block = TextBlock(text, self.element, units(text))
        if self.link_parts:
            block.link_units = min(block.units, _joined_units(self.link_parts))
        if self.bold_parts:
            block.bold_units = min(block.units, _joined_units(self.bold_parts))
        block.links, block.images = self.links, self.images
        self.links = self.images = 0
        self.layout.blocks.append(block)


def _joined_units(parts: list[str]) -> int:
    text = " ".join("".join(parts).split())
    parts.clear()
    return units(text)
