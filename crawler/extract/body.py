"""The text of an article: its blocks, and the lead that stands apart from them."""

from dataclasses import dataclass

from archive.items import Block
from crawler.document import Document


@dataclass(frozen=True, slots=True)
class Body:
    """What was read of an article's text; ``blocks`` is empty where none was found."""

    lead: str | None
    blocks: tuple[Block, ...]


def extract_body(document: Document) -> Body:
    """Return the text of the page's article, in page order."""
    blocks = [" ".join(node.text().split()) for node in document.tree.css("p")]
    return Body(None, tuple(Block(text) for text in blocks if text))
