"""What every parser does: a page in, an article and its lists of headlines out.

A site's parser states what is special about the site and overrides the hook of a field that
stands elsewhere. Parsing is a pure function of the page: no network, clock or database.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, tzinfo
from typing import Any, ClassVar, TypeVar
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from archive.items import (
    Access,
    Alternate,
    Article,
    Block,
    BlockKind,
    Dateline,
    HeadlineList,
    Image,
    Page,
    Provenance,
)
from crawler.document import Document
from crawler.errors import ParseError
from crawler.extract.authors import extract_authors
from crawler.extract.body import Body, extract_body
from crawler.extract.broadcast import is_broadcast
from crawler.extract.canonical import extract_alternates, extract_amp, extract_canonical
from crawler.extract.cleaning import text_of
from crawler.extract.dateline import extract_dateline, named_in_opening
from crawler.extract.dates import Moment, extract_modified, extract_published
from crawler.extract.headlines import extract_headlines
from crawler.extract.images import extract_images
from crawler.extract.language import extract_language
from crawler.extract.paywall import (
    extract_access,
    extract_declared_access,
    without_hidden,
    without_notice,
)
from crawler.extract.reading import Reading
from crawler.extract.signatures import without_signatures
from crawler.extract.title import extract_title
from crawler.extract.topics import extract_sections, extract_tags
from crawler.extract.walls import is_of_wall, without_wall
from crawler.urls import site_of

T = TypeVar("T")

# What follows the headline in the title of a window: the name of the site.
_TITLE_TAIL = re.compile(r"\s[|–—-]\s*([^|–—]{2,30}?)\s*$")

_KINDS = {"li": BlockKind.ITEM, "blockquote": BlockKind.QUOTE} | dict.fromkeys(
    ("h1", "h2", "h3", "h4", "h5", "h6"), BlockKind.HEADING
)


class ArticleParser:
    """Reads the pages of any site; a subclass says what its site does differently.

    The attributes are facts of the site. ``headline`` and ``body`` are CSS selectors, of the
    element that holds the headline and of the elements that are the text's paragraphs.
    """

    site: ClassVar[str] = ""
    domains: ClassVar[tuple[str, ...]] = ()
    timezone: ClassVar[tzinfo | None] = None
    agency: ClassVar[str | None] = None
    language: ClassVar[str | None] = None
    headline: ClassVar[str | None] = None
    body: ClassVar[str | None] = None
    paywall_notice: ClassVar[str | None] = None

    def parse(self, page: Page) -> Iterator[Article | HeadlineList]:
        """Yield the page's lists of headlines and its article; see ``read``."""
        return self.read(Document(page))

    def read(self, document: Document) -> Iterator[Article | HeadlineList]:
        """Yield the lists of headlines, then the article.

        Raises ParseError, when the lists are out, where the page has no headline, or no text
        and no lock or recording that would explain it.
        """
        yield from self.lists(document)
        yield self.article(document)

    def article(self, document: Document) -> Article:
        """Return the page's article; raises ParseError where it is none."""
        return Story(self, document).article()

    def lists(self, document: Document) -> tuple[HeadlineList, ...]:
        """Return the page's lists of headlines, in page order."""
        return extract_headlines(document)

    def read_title(self, document: Document) -> list[Reading[str]]:
        """Return what may be the headline, best first."""
        node = document.tree.css_first(self.headline) if self.headline else None
        text = text_of(node) if node else None
        own = [Reading(text, self.headline or "", 1.0)] if text else []
        return own + extract_title(document)

    def read_body(self, document: Document) -> Body:
        """Return the article's text: what ``body`` names, or else what looks like it."""
        nodes = document.tree.css(self.body) if self.body else []
        blocks = tuple(_block(node, text) for node in nodes if (text := text_of(node)))
        return Body(None, blocks) if blocks else extract_body(document)

    def read_authors(self, document: Document) -> list[Reading[tuple[str, ...]]]:
        """Return who may have written the article, best first."""
        return extract_authors(document)

    def read_published(self, document: Document) -> list[Reading[Moment]]:
        """Return when the article may have been published, best first."""
        return extract_published(document, self.timezone)

    def read_modified(self, document: Document) -> list[Reading[Moment]]:
        """Return when the article may have been changed last, best first."""
        return extract_modified(document, self.timezone)

    def read_language(self, document: Document, text: str) -> list[Reading[str]]:
        """Return what may be the language of the text, best first."""
        own = [Reading(self.language, "the site", 0.5)] if self.language else []
        return extract_language(document, text) + own

    def read_sections(self, document: Document) -> list[Reading[tuple[str, ...]]]:
        """Return what may be the article's sections, best first."""
        return extract_sections(document)

    def read_tags(self, document: Document) -> list[Reading[tuple[str, ...]]]:
        """Return what may be the article's tags, best first."""
        return extract_tags(document)

    def read_dateline(
        self, paragraph: str, *, published: date | None, fetched: date
    ) -> Dateline | None:
        """Return the dateline that opens a paragraph, or None."""
        agencies = (self.agency,) if self.agency else ()
        return extract_dateline(paragraph, published=published, fetched=fetched, agencies=agencies)

    def read_access(self, document: Document, body: Body) -> list[Reading[Access]]:
        """Return whether the text is really there, best first."""
        return extract_access(document, body.blocks, notice=self.paywall_notice)

    def read_declared_access(self, document: Document) -> list[Reading[Access]]:
        """Return what the page says of its access, best first."""
        return extract_declared_access(document)

    def read_canonical(self, document: Document) -> list[Reading[str]]:
        """Return what may be the article's own address, best first."""
        return extract_canonical(document)

    def read_images(self, document: Document) -> tuple[Image, ...]:
        """Return the article's pictures."""
        return extract_images(document)

    def read_alternates(self, document: Document) -> tuple[Alternate, ...]:
        """Return the article's editions in other languages."""
        return extract_alternates(document)


class Story:
    """One reading of a page by a parser: every field's readings, and the article they make."""

    def __init__(self, parser: ArticleParser, document: Document) -> None:
        self.parser = parser
        self.document = document
        self.readings: dict[str, Sequence[Reading[Any]]] = {}

    def article(self) -> Article:
        """Return the article; raises ParseError where the page is none."""
        parser, document = self.parser, self.document
        title = self._best("title", parser.read_title(document))
        if title is None:
            raise ParseError(document.page.url, "title", "nothing on the page is a headline")
        body, wall = without_wall(document, parser.read_body(document))
        if wall and not body.blocks and is_of_wall(title):
            raise ParseError(document.page.url, "body", f"the page is {wall}")
        body = without_hidden(document, body)
        declared = self._best("access_declared", parser.read_declared_access(document))
        walled = [Reading(Access.LOCKED, wall, 0.85)] if wall else []
        access = self._best("access", walled + parser.read_access(document, body))
        if access is Access.LOCKED:
            body = replace(body, blocks=without_notice(body.blocks, parser.paywall_notice))
        elif not body.blocks and not is_broadcast(document):
            raise ParseError(document.page.url, "body", "no text and no sign of a lock")
        authors = self._best("authors", parser.read_authors(document)) or ()
        body = replace(body, blocks=without_signatures(body.blocks, authors))
        published = self._best("published", parser.read_published(document))
        modified = self._best("modified", parser.read_modified(document))
        text = "\n".join([title, body.lead or "", *(block.text for block in body.blocks)])
        return Article(
            site=parser.site or site_of(urlsplit(document.page.url).netloc),
            url=self._best("url", parser.read_canonical(document)) or "",
            title=title,
            fetched_at=document.page.fetched_at,
            lead=body.lead,
            body=body.blocks,
            authors=authors,
            published=published.at if published else None,
            published_text=published.text if published else None,
            modified=modified.at if modified else None,
            modified_text=modified.text if modified else None,
            language=self._best("language", parser.read_language(document, text)),
            sections=self._best("sections", parser.read_sections(document)) or (),
            tags=self._best("tags", parser.read_tags(document)) or (),
            dateline=self._dateline(body, published),
            access=access,
            access_declared=declared,
            images=parser.read_images(document),
            alternates=parser.read_alternates(document),
            amp_url=extract_amp(document),
            provenance=tuple(
                Provenance(field, found[0].source, found[0].confidence)
                for field, found in self.readings.items()
                if found
            ),
        )

    def _best(self, field: str, readings: Sequence[Reading[T]]) -> T | None:
        self.readings[field] = readings
        return readings[0].value if readings else None

    def _dateline(self, body: Body, published: Moment | None) -> Dateline | None:
        names = self._site_names()
        day = self._day(published.at) if published else None
        fetched = self._day(self.document.page.fetched_at)
        for text in [body.lead or "", *(block.text for block in body.blocks[:2])]:
            found = self.parser.read_dateline(text, published=day, fetched=fetched)
            if not found and (own := named_in_opening(text, names)):
                found = extract_dateline(text, published=day, fetched=fetched, agencies=own)
            if found:
                return self._best("dateline", [Reading(found, "opening of the text", 0.9)])
        return None

    def _site_names(self) -> tuple[str, ...]:
        """Return what the site is called: an agency's own pages name it in their datelines."""
        label = site_of(urlsplit(self.document.page.url).netloc).partition(".")[0]
        tails = (_TITLE_TAIL.search(node.text()) for node in self.document.found("title")[:1])
        tail = next(tails, None)
        names = [*self.document.meta.get("og:site_name", ()), tail[1] if tail else "", label]
        return tuple(filter(None, names))

    def _day(self, at: datetime) -> date:
        return at.astimezone(self.parser.timezone or UTC).date()


def _block(node: LexborNode, text: str) -> Block:
    return Block(text, _KINDS.get(node.tag or "", BlockKind.PARAGRAPH))
