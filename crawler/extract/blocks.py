"""A page taken apart into blocks of running text, with what the markup says about each.

A block is the text between two breaks of the flow: a paragraph, a cell, a heading, or a
stretch of loose text between two empty lines. The walk goes over the tree once, by hand
rather than by recursion, and passes over what a reader cannot see.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.extract.namings import Naming, Namings

_UNSEEN_TAGS = """
    script style noscript template svg iframe object embed audio video canvas map head select
    textarea button input datalist option title link meta rt rp frameset base source track
    param col colgroup -comment -doctype
"""
_INLINE_TAGS = """
    a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q
    ruby rb s samp small span strike strong sub sup time tt u var wbr picture math
"""
# What a node is to the walk.
_INLINE, _BLOCK, _LINK, _BOLD, _TEXT, _BREAK, _IMAGE, _PLAIN, _HIDDEN = range(9)
_ROLES = {
    **dict.fromkeys(_UNSEEN_TAGS.split(), _HIDDEN),
    **dict.fromkeys(_INLINE_TAGS.split(), _INLINE),
    **dict.fromkeys(("em", "i", "u", "sup", "sub"), _PLAIN),
    **dict.fromkeys(("b", "strong"), _BOLD),
    "a": _LINK,
    "-text": _TEXT,
    "br": _BREAK,
    "img": _IMAGE,
}
_OTHER_NAMES = ("id", "itemprop", "role")
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))

_HIDING = frozenset(("style", "hidden", "aria-hidden"))
_HIDING_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.IGNORECASE)
# What stylesheets call an element that screen readers alone are to read out.
_SPOKEN = re.compile(
    r"(?:^|\s)(?:u-|is-|a11y-)?"
    r"(?:sr-only|sr-text|sronly|visually-?hidden|screen-?reader(?:-text|-only)?"
    r"|element-invisible|assistive-text)(?:-focusable)?(?:\s|$)",
    re.IGNORECASE,
)
# What is there for no eye, though it takes part in the layout; often until a script shows it.
VEILING = r"opacity\s*:\s*0(?![.\d])|(?:-\w+-)?filter\s*:\s*blur\(|(?:max-)?height\s*:\s*0(?![.\d])"
"""The declarations of a style that make an element invisible without hiding it, as a pattern."""
_VEILING_STYLE = re.compile(rf"(?:^|[\s;])(?:{VEILING})", re.IGNORECASE)
_CLIPPED = re.compile(
    r"clip\s*:\s*rect\(\s*[01](?:px)?[\s,]+[01](?:px)?\b|clip-path\s*:\s*inset\(\s*(?:50|100)%",
    re.IGNORECASE,
)
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
        "link_units",
        "mass",
        "naming",
        "node",
        "parent",
        "path",
        "path_low",
        "path_sum",
        "units",
    )
    # Set once the container is known: the way from it to here.
    below: int
    path: int
    path_low: float
    path_sum: float

    def __init__(self, naming: Naming, parent: "Element | None", node: LexborNode) -> None:
        self.naming = naming
        self.parent = parent
        self.node = node
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

    def __init__(
        self,
        text: str,
        element: Element,
        units: int,
        link_units: int,
        bold_units: int,
        links: int,
        images: int,
    ) -> None:
        self.text = text
        self.element = element
        self.units = units
        self.link_units = link_units
        self.bold_units = bold_units
        self.links = links
        self.images = images


class Layout:
    """The blocks of a page in order, and the elements around them, outer ones first."""

    __slots__ = ("blocks", "elements", "veiled")

    def __init__(self) -> None:
        self.blocks: list[TextBlock] = []
        self.elements: list[Element] = []
        self.veiled: set[Element] = set()
        """The elements whose own style makes them invisible, though it does not hide them."""


def flat(text: str) -> str:
    """Return the text with every run of white space as one space, and none at its ends.

    >>> flat(" two\\n  words ")
    'two words'
    """
    text = text.strip()
    # Of all white space the plain space alone is printable; most texts have no more than that.
    return text if text.isprintable() and "  " not in text else " ".join(text.split())


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


@lru_cache(maxsize=4096)
def is_spoken(names: str | None) -> bool:
    """Return whether an element of these classes is there for screen readers alone.

    >>> is_spoken("link sr-only"), is_spoken("not-sr-only")
    (True, False)
    """
    return _SPOKEN.search((names or "")[:_LONGEST_NAMES]) is not None


def read_layout(tree: LexborHTMLParser, namings: Namings) -> Layout:
    """Return the blocks of all that a reader could see, save in elements of a barren name."""
    body = tree.body
    if body is None:
        return Layout()
    namings.forget_many()
    walk = _Walk(body, namings)
    walk.over(body)
    return walk.layout


class _Walk:
    """The elements open at one place of the page, and the block being gathered there."""

    def __init__(self, body: LexborNode, namings: Namings) -> None:
        self.layout = Layout()
        self.namings = namings
        self.element = Element(namings["body", ""], None, body)
        self.layout.elements.append(self.element)
        self.parts: list[str] = []
        self.link_parts: list[str] = []
        self.bold_parts: list[str] = []
        self.in_link = self.in_bold = 0
        self.links = self.images = self.breaks = 0
        self.reveals = 0
        # A tag's number is read faster than its name, but only the name is known beforehand.
        self.roles: dict[int, int] = {}
        self.tags: dict[int, str] = {}

    def over(self, body: LexborNode) -> None:
        """Visit every node below the body, in page order."""
        open_nodes: list[tuple[LexborNode, int]] = []
        roles, parts = self.roles, self.parts
        node = body.child
        while True:
            while node is not None:
                role = roles.get(node.tag_id)
                if role is None:
                    role = self._role(node)
                if role == _TEXT:
                    text = node.text_content or ""
                    if text.isspace():
                        if parts:
                            parts.append(" ")
                    else:
                        self._text(text)
                elif role != _HIDDEN:
                    child = node.child
                    if (
                        self._enter(node, child)
                        if role == _BLOCK
                        else self._enter_inline(node, role, child)
                    ):
                        open_nodes.append((node, role))
                        node = child
                        continue
                node = node.next
            if not open_nodes:
                break
            node, role = open_nodes.pop()
            self._leave(role)
            node = node.next
        if parts:
            self._flush()

    def _role(self, node: LexborNode) -> int:
        tag = node.tag or ""
        self.tags[node.tag_id] = tag
        role = self.roles[node.tag_id] = _ROLES.get(tag, _BLOCK)
        return role

    def _enter(self, node: LexborNode, child: LexborNode | None) -> bool:
        """Take in the opening tag of a block; False where nothing below it is to be read."""
        if self.parts:
            self._flush()
        if child is None:
            return False
        names = ""
        attributes = node.attributes
        if attributes:
            names = attributes.get("class") or ""
            if len(attributes) > 1 or not names:
                if not _HIDING.isdisjoint(attributes) and self._hides(node, attributes):
                    return False
                for key in _OTHER_NAMES:
                    if key in attributes:
                        names = f"{names} {attributes[key]}"
            names = names[:_LONGEST_NAMES]
        naming = self.namings[self.tags[node.tag_id], names]
        elements = self.layout.elements
        if naming.is_barren or len(elements) > _MOST_ELEMENTS:
            return False
        self.element = Element(naming, self.element, node)
        elements.append(self.element)
        if "style" in attributes and _VEILING_STYLE.search(attributes["style"] or ""):
            self.layout.veiled.add(self.element)
        return True

    def _enter_inline(self, node: LexborNode, role: int, child: LexborNode | None) -> bool:
        """Take in an opening tag within a line; False where nothing below it is to be read."""
        if role == _BREAK:
            self.breaks += 1
            if self.parts:
                self.parts.append(" ")
        elif role == _IMAGE:
            self.images += 1
        elif role == _BOLD:
            if child is not None:
                self.in_bold += 1
                return True
        elif role != _PLAIN:
            attributes = node.attributes
            if not _HIDING.isdisjoint(attributes) and self._hides(node, attributes):
                return False
            if "class" in attributes and is_spoken(attributes["class"]):
                return False
            if "style" in attributes and _CLIPPED.search(attributes["style"] or ""):
                return False
            if role == _LINK:
                self.links += 1
                self.in_link += child is not None
        return child is not None

    def _leave(self, role: int) -> None:
        if role == _BLOCK:
            if self.parts:
                self._flush()
            self.element = self.element.parent or self.element
        elif role == _LINK:
            self.in_link -= 1
        elif role == _BOLD:
            self.in_bold -= 1

    def _text(self, text: str) -> None:
        """Take in text, and where it is after a line break, in a link or in bold."""
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
        parts, link_parts, bold_parts = self.parts, self.link_parts, self.bold_parts
        text = flat(parts[0] if len(parts) == 1 else "".join(parts))
        blocks = self.layout.blocks
        if text and len(blocks) < _MOST_BLOCKS:
            size = units(text)
            link_units = bold_units = 0
            if link_parts:
                link_units = size if link_parts == parts else min(size, _joined_units(link_parts))
            if bold_parts:
                bold_units = size if bold_parts == parts else min(size, _joined_units(bold_parts))
            blocks.append(
                TextBlock(text, self.element, size, link_units, bold_units, self.links, self.images)
            )
            self.links = self.images = 0
        parts.clear()
        link_parts.clear()
        bold_parts.clear()
        self.breaks = 0


def _joined_units(parts: list[str]) -> int:
    return units(flat("".join(parts)))
