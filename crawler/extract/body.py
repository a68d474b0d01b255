"""The text of an article: its blocks, and the lead that stands apart from them."""

import unicodedata
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from archive.items import Block, BlockKind
from crawler.document import Document
from crawler.extract.blocks import HEADINGS, Element, Layout, TextBlock, read_layout
from crawler.extract.features import (
    FirstView,
    Hints,
    SecondView,
    find_container,
    is_candidate,
    is_weighty,
    place,
)
from crawler.extract.weights import Weights, weights

_KINDS = {
    "li": BlockKind.ITEM,
    "dd": BlockKind.ITEM,
    "blockquote": BlockKind.QUOTE,
} | dict.fromkeys(HEADINGS, BlockKind.HEADING)
_KEPT = 0.5


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
    learnt = weights()
    hints = hints_of(document)
    layout = read_layout(document.tree, learnt.barren)
    scene = _judged(layout, hints, learnt) or _judged(read_layout(document.tree), hints, learnt)
    if scene is None:
        return Body(None, ())
    kept, container = scene
    return Body(None, tuple(_block(block) for block in kept), container.node)


def hints_of(document: Document) -> Hints:
    """Return what the page's metadata says of its article."""
    article_body = next(
        (
            value
            for entry in document.json_ld
            if isinstance(value := entry.get("articleBody"), str) and value
        ),
        "",
    )
    meta = document.meta
    title = next(iter(meta.get("og:title", ())), "")
    description = next(
        (v for key in ("og:description", "description") for v in meta.get(key, ())), ""
    )
    return Hints(_flat(title), _flat(description), _flat(article_body))


def _flat(text: str) -> str:
    return " ".join(text.split())


def _judged(
    layout: Layout, hints: Hints, learnt: Weights
) -> tuple[list[TextBlock], Element] | None:
    """Return the blocks of the article and the element that holds it, or None."""
    blocks = layout.blocks
    first = FirstView(layout, hints, learnt.scores)
    judgements = [
        learnt.first.judge(first.row(i)) if is_weighty(block) else 0.0
        for i, block in enumerate(blocks)
    ]
    container = find_container(layout, judgements)
    if container is None:
        return None
    place(layout, container, learnt.scores)
    second = SecondView(first, judgements)
    kept = [
        block
        for i, block in enumerate(blocks)
        if is_candidate(block) and learnt.second.judge(second.row(i)) > _KEPT
    ]
    return (kept, container) if kept else None


def _block(block: TextBlock) -> Block:
    for element in block.element.ancestors():
        kind = _KINDS.get(element.tag)
        if kind:
            break
        if element.tag not in ("p", "div", "span"):
            break
    return Block(unicodedata.normalize("NFC", block.text), kind or BlockKind.PARAGRAPH)
