"""Pozirk, a Belarusian news agency with English, Belarusian and Russian editions.

The first paragraph opens with a dateline, "August 13, Pozirk.", that names no year. The list
of latest news gives each entry's sections, a title, and a notice where the article is for
subscribers only; such an entry may have no link. ``extract_headlines`` reads it as it stands.
"""

import re
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from archive.items import Dateline
from crawler.document import Document
from crawler.extract.body import Body
from crawler.extract.dateline import extract_dateline
from crawler.parsers.base import ArticleParser

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
        """Return the text from its dateline on; what stands before it is the page's, not its."""
        body = super().read_body(document)
        opening = (at for at, block in enumerate(body.blocks) if _OPENING.match(block.text))
        return replace(body, blocks=body.blocks[next(opening, 0) :])

    def read_dateline(
        self, paragraph: str, *, published: date | None, fetched: date
    ) -> Dateline | None:
        """Return the dateline with the agency as the edition prints it."""
        return extract_dateline(paragraph, published=published, fetched=fetched, agencies=_AGENCIES)
