"""What a page leads to: articles, and further lists of them. Pure: no network, no state."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from archive.items import HeadlineList
from crawler.document import Document
from crawler.urls import clean_url, site_of

_DATED = re.compile(r"/(?:19|20)\d\d[/_-]?\d{1,2}(?:[/_-]?\d{1,2})?/")
_NUMBER = re.compile(r"\d{5}")
_WORDS = re.compile(r"[^/]*(?:[-_][^/]*){3}")
_PAGING = re.compile(
    r"(?:[?&](?:page|p|pg|paged|seite)=\d+|/(?:page|p|seite|strana)/?\d+/?)$", re.I
)
_FEEDS = (
    "application/rss+xml",
    "application/atom+xml",
    "application/feed+json",
    "application/rdf+xml",
)
_FILE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|ico|pdf|docx?|xlsx?|zip|rar|gz|mp[34]|m4a|avi|mov|css|js|json|xml|rss|apk|exe)$",
    re.IGNORECASE,
)
# Pages that are neither news nor lists of it, by a segment of their path.
_OTHER = re.compile(
    r"/(?:login|log-in|signin|sign-in|signup|register|logout|account|profile|users?|cart|checkout|"
    r"subscri\w*|abonn\w*|donat\w*|search|suche|about(?:-us)?|contacts?(?:-us)?|impressum|imprint|privacy[\w-]*|"
    r"terms[\w-]*|cookies?[\w-]*|datenschutz|advert\w*|jobs?|careers?|help|faq|feed|rss|wp-(?:admin|login|json|content)|"
    r"cdn-cgi|share|print|comments?|reply|newsletters?|apps?|shop|tag|tags|author|authors)(?:[/.?]|$)",
    re.IGNORECASE,
)
_ARCHIVE = re.compile(r"/(?:archives?|archiv|архіў|архив)/?$|/(?:19|20)\d\d(?:[/-]\d\d?){0,2}/?$")
_ARCHIVE_QUERY = re.compile(r"^(?:date|day|month|year|archive)=(?:19|20)\d\d(?:-?\d\d){0,2}$")
MAX_SECTION_DEPTH = 3
"""A section stands at most this many segments below the root."""


@dataclass(frozen=True, slots=True)
class Links:
    """The addresses that a page leads to, clean and absolute, in page order."""

    articles: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()


def looks_like_article(url: str) -> bool:
    """Return whether an address has the shape of an article's: words, a date or a number."""
    parts = urlsplit(url)
    path, tail = parts.path, parts.path.rstrip("/").rpartition("/")[2]
    return bool(
        _WORDS.fullmatch(tail)
        or _NUMBER.search(path)
        or _NUMBER.search(parts.query)
        or (_DATED.search(path) and len(tail) > 2)
    )


def is_front(url: str) -> bool:
    """Return whether an address is a site's root, or the root of one of its editions."""
    parts = urlsplit(url)
    path = parts.path.strip("/")
    return not parts.query and (not path or bool(re.fullmatch(r"[a-z]{2}|index\.\w+", path)))


def headline_links(lists: Iterable[HeadlineList]) -> Iterator[str]:
    """Yield the addresses of the headlines in lists, clean."""
    for entries in lists:
        for headline in entries.headlines:
            if headline.url:
                yield clean_url(headline.url)


def find_links(document: Document, lists: Iterable[HeadlineList] = ()) -> Links:
    """Return what a front or section page leads to on its own site.

    Links of the page's headline lists lead to articles whatever their shape; of the others,
    the address decides.
    """
    site = site_of(urlsplit(document.page.url).netloc)
    articles = dict.fromkeys(headline_links(lists))
    sections: dict[str, None] = {}
    for url in _own_links(document, site):
        if url in articles or _OTHER.search(url):
            continue
        if looks_like_article(url) and not _PAGING.search(url):
            articles[url] = None
        elif _is_section(url):
            sections[url] = None
    return Links(tuple(articles), tuple(sections), tuple(_feeds(document)))


def is_next_page(url: str, of: str) -> bool:
    """Return whether an address is a further page of the list at ``of``."""
    return bool(_PAGING.search(url)) and first_page_of(url) == first_page_of(of)


def first_page_of(url: str) -> str:
    """Return what the addresses of all pages of a list have in common."""
    return _PAGING.sub("", url).rstrip("/?&")


def is_archive(url: str) -> bool:
    """Return whether an address is a list of what was published on a day, or in a month or year."""
    parts = urlsplit(url)
    return bool(_ARCHIVE.search(parts.path) or _ARCHIVE_QUERY.search(parts.query))


def _own_links(document: Document, site: str) -> Iterator[str]:
    seen: set[str] = set()
    for node in document.tree.css("a[href]"):
        href = node.attributes.get("href") or ""
        if href in seen or href.startswith(("#", "javascript:", "mailto:", "tel:")):
            continue
        seen.add(href)
        url = document.link(href)
        if url and site_of(urlsplit(url).netloc) == site and not _FILE.search(urlsplit(url).path):
            yield clean_url(url)


def _is_section(url: str) -> bool:
    parts = urlsplit(url)
    depth = len([segment for segment in parts.path.split("/") if segment])
    return depth <= MAX_SECTION_DEPTH and (not parts.query or bool(_PAGING.search(url)))


def _feeds(document: Document) -> Iterator[str]:
    for node in document.tree.css('link[rel="alternate"][href]'):
        kind = (node.attributes.get("type") or "").lower()
        url = document.link(node.attributes.get("href"))
        if url and kind in _FEEDS and "/comments/" not in url:
            yield clean_url(url)
