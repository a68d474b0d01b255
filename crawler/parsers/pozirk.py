"""Pozirk, a Belarusian news agency with English, Belarusian and Russian editions.

The first paragraph opens with a dateline, "August 13, Pozirk.", that names no year. The list
of latest news gives each entry's sections, a title, and a notice where the article is for
subscribers only; such an entry may have no link. ``extract_headlines`` reads it as it stands.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from itertools import takewhile
from zoneinfo import ZoneInfo

from archive.items import INLINE, Block, Dateline
from crawler.document import Document
from crawler.extract.body import Body
from crawler.extract.cleaning import text_of
from crawler.extract.dateline import extract_dateline
from crawler.parsers.base import ArticleParser

_AGAIN = 3
_NOTICE = 120
_BRAND = "POZIRK+"
"""What the notice of a lock names in every edition."""
_AGENCIES = ("Pozirk", "Позірк", "Позирк")
_OPENING = re.compile(rf"[^.]{{3,30}}, ?(?:{'|'.join(_AGENCIES)})\b")


class PozirkParser(ArticleParser):
    """Reads the pages of Pozirk's editions."""

    site = "pozirk"
    domains = ("pozirk.online",)
    timezone = ZoneInfo("Europe/Minsk")
    agency = "Pozirk"
    paywall_notice = "The material is available only to POZIRK+"

    def read_body(self, document: Document) -> Body:
        """Return the text from its dateline on, up to the list of news where that follows.

        Of what reads any site and the paragraphs beside the one with the dateline, the fuller.
        """
        body = super().read_body(document)
        beside = tuple(Block(text) for text in _paragraphs(document))
        is_listed = self._listed(document)
        texts = [_text(blocks, is_listed) for blocks in (body.blocks, beside)]
        return replace(body, blocks=max(texts, key=len))

    def _listed(self, document: Document) -> Callable[[str], bool]:
        """Return what tells a text of the list of news from one of the article."""
        lists = [one for one in self.lists(document) if one.name != INLINE]
        headlines = [headline for one in lists for headline in one.headlines]
        labels = {label for headline in headlines for label in headline.sections}
        labels.update(", ".join(headline.sections) for headline in headlines)
        names = {one.name for one in lists if one.name}
        titles = [headline.title for headline in headlines if headline.title]
        known = labels | names
        return lambda text: (
            text in known
            or (len(text) <= _NOTICE and _BRAND in text)
            or any(title in text for title in titles)
        )

    def read_dateline(
        self, paragraph: str, *, published: date | None, fetched: date
    ) -> Dateline | None:
        """Return the dateline with the agency as the edition prints it."""
        return extract_dateline(paragraph, published=published, fetched=fetched, agencies=_AGENCIES)


def _text(blocks: tuple[Block, ...], is_listed: Callable[[str], bool]) -> tuple[Block, ...]:
    opening = (at for at, block in enumerate(blocks) if _OPENING.match(block.text))
    times = Counter(block.text for block in blocks)
    # The notice of a lock, in any language, stands on the page again and again.
    return tuple(
        takewhile(
            lambda block: times[block.text] < _AGAIN and not is_listed(block.text),
            blocks[next(opening, 0) :],
        )
    )


def _paragraphs(document: Document) -> Iterator[str]:
    """Yield the paragraph that opens with the dateline, and those beside it after it."""
    nodes = (node for node in document.tree.css("p") if _OPENING.match(text_of(node) or ""))
    node = next(nodes, None)
    while node is not None:
        if node.tag == "p" and (text := text_of(node)):
            yield text
        node = node.next
