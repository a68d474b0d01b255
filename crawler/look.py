"""What one response shows: an article, lists of headlines, links, or why it shows nothing.

A pure function of the page, so that it may run in another process and again years later.
"""

from dataclasses import dataclass, field, replace
from datetime import tzinfo

from archive.items import Article, HeadlineList, Listing, Outcome, Page
from archive.looks import GONE_STATUS
from crawler.discovery import Links, find_links, is_archive, is_front
from crawler.document import Document
from crawler.errors import PageRefusedError, ParseError
from crawler.extract.canonical import names_another
from crawler.extract.kind import PageKind, declares_article, extract_kind
from crawler.feeds import read_feed
from crawler.limits import OUT_OF_MEMORY, TOO_MUCH
from crawler.markup import root_of
from crawler.parsers import parser_for
from crawler.parsers.base import ArticleParser
from crawler.scan import scan
from crawler.signals import Signals, signals_of
from crawler.sitemaps import read_sitemap

_TEXT = 500
_HTML = ("text/html", "application/xhtml+xml")
_MACHINE_ROOTS = frozenset(("rss", "feed", "rdf", "urlset", "sitemapindex"))


@dataclass(frozen=True, slots=True)
class Look:
    """What was read of a page; ``is_list`` where it leads to articles and is none itself.

    ``listing`` is what a feed or a sitemap says.
    """

    outcome: Outcome = Outcome.OK
    reason: str | None = None
    article: Article | None = None
    lists: tuple[HeadlineList, ...] = ()
    links: Links = field(default_factory=Links)
    is_list: bool = False
    signals: Signals = ()
    listing: Listing | None = None


def look_at(page: Page, zone: tzinfo | None = None) -> Look:
    """Return what the page shows; nothing on the page makes this raise.

    ``zone`` is that of the site's clocks, as its feeds and other pages tell it.
    """
    early = without_reading(page)
    if early is not None and not (page.status in GONE_STATUS and is_html(page)):
        return replace(early, signals=signals_of(page))
    try:
        scan(page.body)
        document = Document(page, zone)
        look = _read(document, parser_for(page.url))
        return replace(look, signals=signals_of(page, document))
    except PageRefusedError as error:
        return early or Look(Outcome.UNPARSED, str(error))
    except OUT_OF_MEMORY:
        return early or Look(Outcome.UNPARSED, TOO_MUCH)
    except Exception as error:  # a page that a parser fails on is kept, counted and told
        return early or Look(
            Outcome.UNPARSED, f"the parser failed: {type(error).__name__}: {error}"
        )


def without_reading(page: Page) -> Look | None:
    """Return what a response is that need not be read, or None for one that must be."""
    if page.status == 304:
        return Look(Outcome.UNCHANGED)
    if page.status >= 300:
        return Look(Outcome.HTTP_ERROR, f"the site answered {page.status}")
    if not page.body.strip():
        return Look(Outcome.EMPTY, "the page is empty")
    if not is_for_machines(page):
        return None if is_html(page) else Look(Outcome.NOT_HTML, _what(page))
    try:
        listing = read_feed(page) or read_sitemap(page)
    except PageRefusedError as error:
        return Look(Outcome.UNPARSED, str(error))
    if listing is None and is_html(page):
        return None
    return Look(listing=listing, is_list=True) if listing else Look(Outcome.NOT_HTML, _what(page))


def is_for_machines(page: Page) -> bool:
    """Return whether the page may be a feed or a sitemap, by its first bytes and its type."""
    start = page.body[:16384].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith((b"\x1f\x8b", b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<", b"{")):
        return True
    kind = (page.header("content-type") or "").lower()
    if start.startswith(b"<"):
        return root_of(start) in _MACHINE_ROOTS
    return kind.startswith("text/plain") or (b"<?xml" in start[:200] and "html" not in kind)


def is_html(page: Page) -> bool:
    """Return whether the page is HTML, by its type or, where that says little, its first bytes."""
    kind = (page.header("content-type") or "").partition(";")[0].strip().lower()
    if kind in _HTML:
        return b"\0" not in page.body[:512]
    return not kind.startswith(("image/", "video/", "audio/", "font/")) and _starts_as_html(page)


def _starts_as_html(page: Page) -> bool:
    start = page.body[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<!doctype html", b"<html", b"<head", b"<body")) or b"<html" in start


def _what(page: Page) -> str:
    kind = (page.header("content-type") or "").partition(";")[0].strip()
    return f"the page is not HTML but {kind or 'of no stated type'}"


def _read(document: Document, parser: ArticleParser) -> Look:
    if document.page.status in GONE_STATUS:
        return _read_all_the_same(document, parser)
    lists = parser.lists(document)
    if is_front(document.page.url):
        return _list(document, lists)
    article, failure = _article(document, parser)
    length = len(article.text) if article else 0
    kind = extract_kind(document, body_length=length, lists=lists)
    if kind.name is PageKind.LIST:
        return _list(document, lists, kind.reason)
    if kind.name is not PageKind.ARTICLE:
        return Look(Outcome(kind.name), kind.reason)
    if article is None and is_archive(document.page.url):
        return _list(document, lists, "A list: its address is that of a day, a month or a year.")
    if article is None:
        return Look(Outcome.UNPARSED, failure, lists=lists)
    return Look(article=article, lists=lists)


def _read_all_the_same(document: Document, parser: ArticleParser) -> Look:
    """Return what a page shows whose status says that it is not there: seldom an article.

    It must say itself that it is one, stand at the address that was asked for, and have a text.
    """
    gone = Look(Outcome.HTTP_ERROR, f"the site answered {document.page.status}")
    try:
        if names_another(document) or not declares_article(document):
            return gone
        article = parser.article(document)
    except ParseError:
        return gone
    if len(article.text) < _TEXT:
        return gone
    return Look(
        reason=f"the site answered {document.page.status} with the article", article=article
    )


def _article(document: Document, parser: ArticleParser) -> tuple[Article | None, str | None]:
    try:
        return parser.article(document), None
    except ParseError as error:
        return None, f"no {error.field}: {error.reason}"


def _list(document: Document, lists: tuple[HeadlineList, ...], reason: str | None = None) -> Look:
    links = find_links(document, lists)
    return Look(reason=reason, lists=lists, links=links, is_list=True)
