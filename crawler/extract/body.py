"""The text of an article: its blocks, and the lead that stands apart from them."""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from selectolax.lexbor import LexborHTMLParser, LexborNode

from archive.items import Block, BlockKind
from crawler.document import Document
from crawler.extract.blocks import HEADINGS, Element, Layout, TextBlock, flat, read_layout
from crawler.extract.cleaning import composed
from crawler.extract.date_labels import called
from crawler.extract.features import (
    FirstView,
    Hints,
    find_container,
    is_weighty,
)
from crawler.extract.hidden import is_hiding
from crawler.extract.lead import SHORTEST, find_lead, is_lead, is_sentence
from crawler.extract.namings import Namings
from crawler.extract.page_state import article_markup
from crawler.extract.phrases import is_label
from crawler.extract.printed import located_moments
from crawler.extract.surroundings import SecondView
from crawler.extract.weights import Weights, weights

_KEPT = 0.5
_KINDS = {
    "li": BlockKind.ITEM,
    "dd": BlockKind.ITEM,
    "blockquote": BlockKind.QUOTE,
    **dict.fromkeys(HEADINGS, BlockKind.HEADING),
}
_WRAPPERS = frozenset(("p", "div", "span"))
_KIND_LEVELS = 5
_FAR = 10
_LONGEST_DAY, _LONGEST_WEEKDAY, _MOST_LABEL = 60, 12, 4
# Every block is looked for in these, so their length has a limit.
_LONGEST_HINT = 100_000
_PLANES = range(0x10000, 0x110000, 0x10000)
# Control characters, lone surrogates, and what Unicode will never assign.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(chr(plane + 0xFFFE) + chr(plane + 0xFFFF) for plane in _PLANES)
    + "]"
)
_TAG = re.compile(r"<[^<>]*>")
_LONGEST_IMPRINT = 80
# "© Valley Post 2025", "Ann Lee ann@valleypost.example".
_AT_END = re.compile(
    r"^(?:©|\(c\) |copyright\b)|^(?:\S{1,20}\s){1,4}[\w.+-]{1,40}@[\w-]{1,40}\.[\w.-]{1,40}$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Body:
    """What was read of an article's text; ``blocks`` is empty where none was found.

    ``lead`` is the stand-first, where the page sets it apart from the text. ``node`` is the
    element that holds the article, where one does. ``may_be_hidden`` says that a class or a
    style may keep some of the text from readers.
    """

    lead: str | None
    blocks: tuple[Block, ...]
    node: LexborNode | None = None
    may_be_hidden: bool = False


def extract_body(document: Document) -> Body:
    """Return the text of the page's article, in page order.

    What the page hides is not read. Where it shows no article at all and locks none away,
    the text that it gives to machines stands in.
    """
    learnt = weights()
    hints = hints_of(document)
    body = _read(document.tree, learnt.namings, hints)
    if body is None:
        body = _read(document.tree, learnt.fertile_namings, hints)
    if body is not None and body.blocks:
        return body
    return Body(None, _machine_text(document, hints))


def hints_of(document: Document) -> Hints:
    """Return what the page's metadata says of its article."""
    texts = (entry.get("articleBody") for entry in document.json_ld)
    article_body = next((text for text in texts if isinstance(text, str) and text), "")
    meta = document.meta
    title = next(iter(meta.get("og:title", ())), "")
    descriptions = [*meta.get("og:description", ()), *meta.get("description", ())]
    description = next(iter(descriptions), "")
    return Hints(*(flat(text[:_LONGEST_HINT]) for text in (title, description, article_body)))


@dataclass(frozen=True, slots=True)
class _Scene:
    """The blocks of a page, the places of those kept, and the element that holds them."""

    blocks: Sequence[TextBlock]
    kept: Sequence[int] = ()
    container: Element | None = None
    heading: int | None = None


def _judged(layout: Layout, hints: Hints, learnt: Weights) -> _Scene:
    blocks = layout.blocks
    first = FirstView(layout, hints)
    judgements = [
        learnt.first.judge(first.row(i)) if is_weighty(block) else 0.0
        for i, block in enumerate(blocks)
    ]
    container = find_container(layout, judgements)
    if container is None:
        return _Scene(blocks)
    second = SecondView(first, judgements, container)
    kept = [
        i
        for i in second.candidates()
        if (second.is_certain(i) or learnt.second.judge(second.row(i)) > _KEPT)
        and not is_label(blocks[i].text)
    ]
    return _Scene(blocks, kept, container, first.heading)


def _read(tree: LexborHTMLParser, namings: Namings, hints: Hints) -> Body | None:
    layout = read_layout(tree, namings)
    scene = _judged(layout, hints, weights())
    if not scene.kept:
        return None
    lead = _lead(scene, hints)
    kept = scene.kept[1:] if _first_is_apart(scene) else scene.kept
    blocks = [block for i in kept if (block := _block(scene.blocks[i]))]
    while len(blocks) > 1 and _is_day_alone(blocks[0]):
        del blocks[0]
    while blocks and _heads_nothing(blocks[-1]):
        blocks.pop()
    node = scene.container.node if scene.container else None
    return Body(lead, tuple(blocks), node, _may_be_hidden(scene, layout))


def _lead(scene: _Scene, hints: Hints) -> str | None:
    """Return the text before the body that stands apart, or is named or described as a lead."""
    first = scene.blocks[scene.kept[0]]
    if _first_is_apart(scene) and (is_lead(first, hints) or is_sentence(first)):
        return _printable(first.text) or None
    found = find_lead(scene.blocks, scene.heading, scene.kept[0], hints)
    return (_printable(found) or None) if found else None


def _may_be_hidden(scene: _Scene, layout: Layout) -> bool:
    around = {
        element for i in scene.kept for element in islice(scene.blocks[i].element.ancestors(), _FAR)
    }
    return not around.isdisjoint(layout.veiled) or any(
        is_hiding(element.naming.names) for element in around
    )


def _heads_nothing(block: Block) -> bool:
    """Return whether a last block is a subheading of nothing, or the imprint."""
    if block.kind is BlockKind.HEADING:
        return True
    text = block.text
    return len(text) <= _LONGEST_IMPRINT and _AT_END.search(text) is not None


def _is_day_alone(block: Block) -> bool:
    """Return whether a first paragraph prints when the article was published, and no more."""
    text = block.text
    if len(text) > _LONGEST_DAY or block.kind is not BlockKind.PARAGRAPH:
        return False
    found = list(located_moments(text))
    if not found:
        return False
    rest = text[: found[0][0]] + text[found[-1][1] :]
    if sum(map(str.isalpha, rest)) <= _LONGEST_WEEKDAY:
        return True
    return called(rest) is not None and len(rest.split()) <= _MOST_LABEL


def _first_is_apart(scene: _Scene) -> bool:
    """Whether the first block kept stands before the element that holds the others."""
    if len(scene.kept) < 2:
        return False
    first, second = (scene.blocks[i] for i in scene.kept[:2])
    is_outside = first.element.climb > 0 and second.element.climb == 0
    return is_outside and first.units >= SHORTEST


def _block(block: TextBlock) -> Block | None:
    text = _printable(block.text)
    return Block(text, _kind(block)) if text else None


def _kind(block: TextBlock) -> BlockKind:
    for around in islice(block.element.ancestors(), _KIND_LEVELS):
        tag = around.naming.tag
        # A heading that is never closed holds all that follows, and heads none of it.
        if tag in _KINDS and (tag not in HEADINGS or around.units <= 2 * block.units):
            return _KINDS[tag]
        if tag not in _WRAPPERS:
            break
    return BlockKind.PARAGRAPH


def _printable(text: str) -> str:
    if not text.isprintable():
        text = flat(_UNPRINTABLE.sub("", text))
    return composed(text)


def _machine_text(document: Document, hints: Hints) -> tuple[Block, ...]:
    """Return the text that the page's JSON-LD or other data hold, unless it is locked."""
    if any(_is_locked(entry) for entry in document.json_ld):
        return ()
    if not hints.article_body:
        return _text_of_state(document, hints)
    bodies = (entry.get("articleBody") for entry in document.json_ld)
    body = next(body for body in bodies if isinstance(body, str) and body)
    lines = html.unescape(_TAG.sub("\n", body)).splitlines()
    return tuple(Block(text) for line in lines if (text := _printable(flat(line))))


def _text_of_state(document: Document, hints: Hints) -> tuple[Block, ...]:
    markup = article_markup(document, hints.title)
    if markup is None:
        return ()
    tree = LexborHTMLParser(f"<body><article>{markup}</article>")
    body = _read(tree, weights().namings, hints)
    return body.blocks if body else ()


def _is_locked(entry: dict[str, object]) -> bool:
    return str(entry.get("isAccessibleForFree", "")).lower() in ("false", "0", "no")
