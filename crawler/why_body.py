"""Why a page's text is what it is: the element chosen, and each block kept or left out."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from selectolax.lexbor import LexborNode

from crawler.document import Document
from crawler.extract.blocks import Layout, TextBlock, flat, read_layout
from crawler.extract.body import Body, hints_of
from crawler.extract.features import FirstView
from crawler.extract.reading import Reading
from crawler.extract.weights import weights

_MOST_LEFT = 60
_UNKNOWN = 0.9
"""How sure a text is of which no block is scored: a site's parser named it, or its own data."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A block of the page: where it stands, how much of an article's text it seems, what became."""

    text: str
    element: str
    score: float
    fate: str


def judged_blocks(document: Document, body: Body) -> list[Judged]:
    """Return the page's blocks in their order: those kept, and those left out beside them.

    The score, from 0 to 1, is that of the block alone, before its neighbours were asked.
    """
    layout = read_layout(document.tree, weights().namings)
    return list(_judged(layout, FirstView(layout, hints_of(document)), body))


def _judged(layout: Layout, view: FirstView, body: Body) -> Iterator[Judged]:
    kept = {flat(block.text): block.kind.name.lower() for block in body.blocks}
    judge = weights().first.judge
    for i, block in enumerate(layout.blocks):
        fate = "lead" if body.lead and flat(block.text) == flat(body.lead) else None
        fate = fate or kept.get(flat(block.text)) or _left(block, body.node)
        yield Judged(block.text, named(block.element.node), round(judge(view.row(i)), 2), fate)


def _left(block: TextBlock, container: LexborNode | None) -> str:
    inside = container is not None and any(
        one.node.mem_id == container.mem_id for one in (block.element, *block.element.ancestors())
    )
    return "left out, inside" if inside else "left out, outside"


def named(node: LexborNode) -> str:
    """Return an element as a selector would name it: ``div#main``, ``p.lead``, ``h2``."""
    attributes = node.attributes
    name = attributes.get("id") or ""
    classes = (attributes.get("class") or "").split()
    mark = f"#{name}" if name else f".{classes[0]}" if classes else ""
    return f"{node.tag}{mark}"


def text_readings(
    body: Body, blocks: list[Judged], selector: str | None
) -> dict[str, list[Reading[Any]]]:
    """Return the readings of ``body`` and ``lead``, each with the element it stands in."""
    kept = [one for one in blocks if one.fate != "lead" and not _is_left(one)]
    sure = round(sum(one.score for one in kept) / len(kept), 2) if kept else _UNKNOWN
    text = "\n\n".join(block.text for block in body.blocks)
    read = [Reading(text, _whence(body, blocks, selector), sure)] if text else []
    leads = [
        Reading(body.lead, f"{one.element}, set apart from the text", one.score)
        for one in blocks
        if one.fate == "lead"
    ][:1]
    return {"lead": leads, "body": read}


def _whence(body: Body, blocks: list[Judged], selector: str | None) -> str:
    if body.node is None:
        return f"{selector}, named by the site's parser" if selector else "the page's own data"
    inside = sum(one.fate == "left out, inside" for one in blocks)
    return f"{named(body.node)}, {len(body.blocks)} blocks kept, {inside} left out"


def shown_blocks(blocks: list[Judged]) -> list[dict[str, Any]]:
    """Return the blocks kept and, of those left out, the ones that seemed most like text."""
    left = sorted((one for one in blocks if _is_left(one)), key=lambda one: -one.score)
    shown = {id(one) for one in left[:_MOST_LEFT]}
    return [
        {"fate": one.fate, "score": one.score, "element": one.element, "text": one.text}
        for one in blocks
        if not _is_left(one) or id(one) in shown
    ]


def _is_left(one: Judged) -> bool:
    return one.fate.startswith("left out")
