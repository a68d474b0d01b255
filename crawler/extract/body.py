"""The text of an article: its blocks, and the lead that stands apart from them."""

import unicodedata
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from archive.items import Block, BlockKind
from crawler.document import Document
from crawler.extract.blocks import HEADINGS, Element, Layout, TextBlock, read_layout
from crawler.extract.vocabulary import BIT, BOILERPLATE

_KINDS = {
    "li": BlockKind.ITEM,
    "dd": BlockKind.ITEM,
    "blockquote": BlockKind.QUOTE,
} | dict.fromkeys(HEADINGS, BlockKind.HEADING)
_SENTENCE_END = tuple('.!?…:"”»’)。！？」』।؟។။')
_DECAY = 0.6


@dataclass(frozen=True, slots=True)
class Body:
    """What was read of an article's text; ``blocks`` is empty where none was found.

    ``node`` is the element that holds the article, where one does.
    """

    lead: str | None
    blocks: tuple[Block, ...]
    node: LexborNode | None = None


def extract_body(document: Document) -> Body:
    """Return the text of the page's article, in page order."""
    layout = read_layout(document.tree)
    container = _container(layout)
    if container is None:
        return Body(None, ())
    kept = [block for block in layout.blocks if _belongs(block, container)]
    return Body(None, tuple(_block(block) for block in kept), container.node)


def _mass(block: TextBlock) -> float:
    """How much a block speaks for the element around it to be the article."""
    if block.units < 25 or block.link_units * 2 > block.units:
        return 0.0
    mass = float(block.units - block.link_units)
    if not block.text.endswith(_SENTENCE_END):
        mass *= 0.3
    return mass * (0.2 if block.element.flags & BOILERPLATE else 1.0)


def _container(layout: Layout) -> Element | None:
    for block in layout.blocks:
        mass = _mass(block)
        for element in block.element.ancestors():
            if mass < 1:
                break
            element.mass += mass
            mass *= _DECAY
    best = max(layout.elements, key=lambda element: element.mass, default=None)
    if best is not None and best.tag in ("p", "li", "blockquote", "td") and best.parent:
        best = best.parent
    return best if best is not None and best.mass else None


def _belongs(block: TextBlock, container: Element) -> bool:
    flags = 0
    for element in block.element.ancestors():
        if element is container:
            break
        flags |= element.flags
        if element.tag in ("figure", "figcaption", "aside", "nav", "footer", "form", "h1"):
            return False
    else:
        return False
    if block.link_units * 2 > block.units:
        return False
    return not flags & (BOILERPLATE | BIT["byline"] | BIT["caption"])


def _block(block: TextBlock) -> Block:
    for element in block.element.ancestors():
        kind = _KINDS.get(element.tag)
        if kind:
            break
        if element.tag not in ("p", "div", "span"):
            break
    return Block(unicodedata.normalize("NFC", block.text), kind or BlockKind.PARAGRAPH)
