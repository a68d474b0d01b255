"""The lines that sign a text: they say who wrote it, which its byline has said already."""

from collections.abc import Sequence

from archive.items import Block, BlockKind
from crawler.extract.authors import names_in
from crawler.extract.cleaning import fold

_LONGEST = 80


def without_signatures(blocks: Sequence[Block], authors: Sequence[str]) -> tuple[Block, ...]:
    """Return the text without a first and a last line that name nobody but its authors."""
    kept = list(blocks)
    known = set(map(fold, authors))
    for place in (0, -1):
        if len(kept) > 1 and _signs(kept[place], known):
            del kept[place]
    return tuple(kept)


def _signs(block: Block, authors: set[str]) -> bool:
    if not authors or len(block.text) > _LONGEST or block.kind is not BlockKind.PARAGRAPH:
        return False
    named = set(map(fold, names_in(block.text)))
    return bool(named) and named <= authors
