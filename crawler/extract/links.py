"""A page's links to other pages of the site, and how much their addresses look like articles."""

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from crawler.document import Document
from crawler.urls import clean_url, site_of

_LONGEST = 2000
_HTTP = re.compile(r"https?://([^/?#]*)([^#]*)", re.IGNORECASE)
_ODD = re.compile(r"[\x00-\x20\\]")
_SCHEME = re.compile(r"[a-zA-Z][\w+.-]*:")
_BARE = re.compile(r"(?:www|m|amp)\.")
_STOPS = re.compile(
    r"/(?:tags?|topics?|themen?|thema|tema|sujet|keywords?|author(?:s|en)?|autor(?:e[ns]|zy)?|auteurs?"
    r"|users?|profile?|people|category|categor(?:ies|ia|y)|kategori[ae]?|search|suche|recherche"
    r"|lists?|recruit\w*|registration|connexion|pr|promo|sponsored|user-agreement|jobs?|careers?|stellen|vacanc(?:y|ies)|ads?|advert\w*|login|signin|sign-in|register|account"
    r"|subscri\w+|abo(?:nn?e\w*)?|newsletters?|shop|rss|feeds?|page|about(?:-us)?|contacts?(?:-us)?"
    r"|privacy(?:-policy)?|terms(?:-\w+)*|imprint|impressum|cookies?|faq|help|galler(?:y|ies)|share\w*)"
    r"(?:[/?.]|$)|[?&](?:share|replytocom|s|q)=|\.(?:jpe?g|png|gif|webp|svg|pdf|zip|mp[34]|xml|rss)(?:\?|$)",
    re.IGNORECASE,
)
_PERSONS = re.compile(r"/(?:author|autor|auteur|user|profile|people|person)|#|comment", re.I)
_LONG_NUMBER = re.compile(r"\d{5}")
_ID_PARAMETER = re.compile(r"[?&]\w*(?:id|idx|no|post|p|article|art|news|cid|aid)=\w*\d{2}", re.I)
_DATE = re.compile(r"/(?:19|20)\d\d[/-]?\d{1,2}[/-]?\d{1,2}(?:\D|$)")
_EXTENSION = re.compile(r"\.(?:s?html?|php|aspx?|jsp|cms|ece|do)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Link:
    """A link that may lead to an article; ``key`` is the same for every spelling of one page."""

    node: LexborNode
    url: str
    key: str
    is_own_site: bool
    is_likely: bool


class Addresses:
    """Judges the links of one page by their addresses alone, without touching the tree."""

    def __init__(self, document: Document) -> None:
        self._document = document
        base = _HTTP.match(document.base_url)
        self._scheme = document.base_url.partition("//")[0] if base else ""
        self._host = base.group(1).lower() if base else ""
        self._origin = f"{self._scheme}//{base.group(1)}" if base else ""
        own = _HTTP.match(document.page.url)
        self._own_shape = shape(own.group(2)) if own else None
        self.own_keys = _own_keys(document)
        # Pictures and comments of this page have pages of their own below it.
        self._own_parts = tuple(f"{key}/" for key in self.own_keys if "/" in key)
        self._sites: dict[str, bool] = {}

    def link(self, node: LexborNode) -> Link | None:
        """Return the link of an anchor, or None where it can lead to no article."""
        url = self.resolve(node.attributes.get("href"))
        if url is None:
            return None
        parts = _HTTP.match(url)
        host, path = (parts.group(1).lower(), parts.group(2)) if parts else ("", url)
        if len(path) < 2 or _STOPS.search(path):
            return None
        key = _key(url, host, path)
        if key in self.own_keys or key.startswith(self._own_parts):
            return None
        is_own = self._is_own(host)
        if not is_own and "http" in path:
            # A way to share a page, or to count who leaves for it.
            return None
        return Link(node, url, key, is_own, self.is_likely(path))

    def key(self, href: str) -> str | None:
        """Return what all spellings of the address share, or None where it is none."""
        url = self.resolve(href)
        return (key_of(url) or url.rstrip("/")) if url else None

    def is_section(self, href: str) -> bool:
        """Return whether the link leads to a part of this site rather than to an article."""
        url = self.resolve(href)
        parts = _HTTP.match(url) if url else None
        if url is None or _PERSONS.search(url):
            return False
        return parts is None or self._is_own(parts.group(1).lower())

    def resolve(self, href: str | None) -> str | None:
        """Return the absolute address of a link; a relative one where the page has no address."""
        href = (href or "").strip()
        if not href or href[0] == "#" or len(href) > _LONGEST:
            return None
        href = href.partition("#")[0]
        if _ODD.search(href):
            return self._document.link(href)
        if _HTTP.match(href):
            return href
        if _SCHEME.match(href):
            return None
        if href[0] == "/" and self._origin:
            return f"{self._scheme}{href}" if href[:2] == "//" else self._origin + href
        return self._document.link(href) if self._origin else href

    def is_likely(self, path: str) -> bool:
        """Return whether the address looks like an article's, or like the page's own."""
        return looks_like_article(path) or (
            self._own_shape is not None and shape(path) == self._own_shape
        )

    def _is_own(self, host: str) -> bool:
        if host == self._host:
            return True
        known = self._sites.get(host)
        if known is None:
            known = self._sites[host] = site_of(host) == site_of(self._host)
        return known


def looks_like_article(path: str) -> bool:
    """Return whether a path has what only articles have: a long slug, a number, a day."""
    if _LONG_NUMBER.search(path) or _ID_PARAMETER.search(path):
        return True
    segments = path.partition("?")[0].split("/")
    return any(_is_telling(segment) for segment in segments) or bool(_DATE.search(path))


def _is_telling(segment: str) -> bool:
    if segment.count("-") + segment.count("_") >= 3:
        return True
    return len(segment) >= 10 and sum(character.isdigit() for character in segment) >= 4


@lru_cache(maxsize=8192)
def shape(path: str) -> tuple[str, ...] | None:
    """Return the form of a path, equal for pages of one kind, or None where it tells nothing."""
    plain, _, query = path.partition("?")
    segments = [part for part in plain.split("/") if part]
    if not segments:
        return None
    extension = _EXTENSION.search(segments[-1])
    form = tuple(_form(segment) for segment in segments)
    if not extension and form[-1] == "w" and "d" not in form:
        return None
    return (*form, extension.group().lower() if extension else "", "?" if query else "")


def _form(segment: str) -> str:
    segment = _EXTENSION.sub("", segment)
    if segment.isdigit():
        return "d"
    if any(character.isdigit() for character in segment):
        return "x"
    return "h" if "-" in segment or "_" in segment else "w"


def _key(url: str, host: str, path: str) -> str:
    if "?" in path:
        cleaned = _HTTP.match(clean_url(url))
        path = cleaned.group(2) if cleaned else path
    return _BARE.sub("", host, count=1) + path.rstrip("/")


def _own_keys(document: Document) -> frozenset[str]:
    found = [document.page.url, *document.meta.get("og:url", [])]
    canonical = document.tree.css_first('link[rel="canonical"]')
    if canonical:
        found.append(document.link(canonical.attributes.get("href")) or "")
    return frozenset(key for url in found if (key := key_of(url)))


def key_of(url: str) -> str | None:
    """Return what is the same for every spelling of one address, or None for no address."""
    parts = _HTTP.match(url)
    try:
        urlsplit(url)
    except ValueError:
        return None
    return _key(url, parts.group(1).lower(), parts.group(2)) if parts else None
