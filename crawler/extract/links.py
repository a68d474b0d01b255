"""A page's links to other pages of the site, and how much their addresses look like articles."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

from crawler.document import Document
from crawler.extract.list_words import NO_ARTICLE, PERSONS
from crawler.urls import absolute, clean_url, site_of

_LONGEST = 2000
_LIKELY, _TOO_LONG = -1, -2
_ODD = re.compile(r"[\x00-\x20\x7f-\x9f\u202a-\u202e\u2066-\u2069\\]")
_SCHEME = re.compile(r"[a-zA-Z][\w+.-]*:")
_BARE = re.compile(r"(?:www|m|amp)\.")
_NO_ARTICLE_QUERY = re.compile(r"(?:^|&)(?:share|replytocom|print|s|q)=")
_FILES = frozenset(
    ("jpg", "jpeg", "png", "gif", "webp", "svg", "pdf", "zip", "mp3", "mp4", "xml", "rss")
)
_DIGIT = re.compile(r"\d")
_SLUG = re.compile(r"[-_][^/_-]*[-_][^/_-]*[-_]")
# No number of an article has fewer.
_DIGITS = re.compile(r"(?:\D*+\d){4}")
_NUMBER = re.compile(r"\d{5}")
# A day, or a serial number of letters and digits.
_DAY_OR_SERIAL = re.compile(
    r"/(?:(?:19|20)\d\d[/-]?\d{1,2}[/-]?\d{1,2}(?:\D|$)|(?=[^/]{10})(?:[^/\d]*\d){4})"
)
_ID = re.compile(
    r"(?:^|&)\w*(?:id|idx|no|post|p|article|art|news)=\w*\d{2}|=\d{5,}(?:&|$)", re.IGNORECASE
)
_HOST = re.compile(r"https?://[^/?#]*")
# What such a link means is the same on every page of a site.
ROOTED = ("/", "#", "https://", "http://", "javascript:", "mailto:")
_EXTENSION = re.compile(r"\.(?:s?html?|php|aspx?|jsp|cms|ece|do)$", re.IGNORECASE)


class Address(NamedTuple):
    """What a link's href says; ``key`` is the same for every spelling of one page.

    Without ``may_be_article`` it is another page for certain, as that of a tag is. An entry
    without a link has no ``url``, and the ``notice`` that it shows instead.
    """

    url: str
    key: str
    is_own_site: bool
    is_likely: bool
    notice: str | None = None
    may_be_article: bool = True


class Addresses:
    """Judges the links of one page by their addresses alone.

    What an address says by itself is worked out once for all pages of the site.
    """

    def __init__(self, document: Document) -> None:
        self._base = document.base_url
        self.origin = _origin(self._base)[0]
        own = _path(document.page.url)
        self._own_shape = shape(own)
        self._is_numbered = _has_number(own)
        self._own_depth = _depth(own)
        self._own_keys = _own_keys(document)
        # Pictures and comments of this page have pages of their own below it.
        self._own_parts = tuple(f"{key}/" for key in self._own_keys if "/" in key)

    def is_likely(self, href: str) -> bool:
        """Return whether the address looks like an article's, or like the page's own."""
        depth = _depth_unless_likely(href)
        return depth == _LIKELY or (depth == self._own_depth and self._is_like_own(href))

    def judge(self, href: str) -> Address | None:
        """Return the address a link leads to, or None where that can be no article."""
        address = self._address(href)
        if address is None or not address.may_be_article:
            return None
        if address.key in self._own_keys or address.key.startswith(self._own_parts):
            return None
        if not address.is_likely and self.is_likely(href):
            return address._replace(is_likely=True)
        return address

    def key(self, href: str) -> str | None:
        """Return what all spellings of the address share, or None where it is none."""
        address = self._address(href)
        return address.key or None if address else None

    def is_section(self, href: str) -> bool:
        """Return whether the link leads to a part of this site rather than to a person's page."""
        address = self._address(href)
        return address is not None and address.is_own_site and not is_person(address.url)

    def are_unnumbered(self, found: Sequence[Address]) -> bool:
        """Return whether no address has a number, though that of the page itself has one."""
        return self._is_numbered and not any(_DIGIT.search(one.key) for one in found)

    def _is_like_own(self, href: str) -> bool:
        return self._own_shape is not None and _shape_of(href) == self._own_shape

    def _address(self, href: str) -> Address | None:
        # Only a relative link, or an odd one, leads elsewhere from another page of the site.
        return _address(self.origin if href.startswith(ROOTED) else self._base, href)


@lru_cache(maxsize=8192)
def _address(base: str, href: str) -> Address | None:
    """Return what a link means to a page at the base, or None where it leads nowhere."""
    try:
        url = _resolved(base, href)
        return _described(base, url, _depth_unless_likely(href) == _LIKELY) if url else None
    except ValueError:
        return None


def _described(base: str, url: str, is_likely: bool) -> Address:
    origin, own, bare, site = _origin(base)
    if origin and url.startswith(origin) and url[len(origin) : len(origin) + 1] == "/":
        at, host, is_own = len(origin), own, True
    else:
        at = _path_at(url)
        host = _host(url, at)
        bare = _BARE.sub("", host, count=1)
        is_own = host == own or _is_of(host, site)
    path = url[at:]
    # An address within an address is a way to share a page, or to count who leaves for it.
    is_other = len(path) < 2 or is_no_article(path) or (not is_own and "http" in path)
    return Address(url, _key(url, bare, path), is_own, is_likely, None, not is_other)


@lru_cache(maxsize=512)
def _origin(base: str) -> tuple[str, str, str, str]:
    """Return the scheme and host that a base begins with, the host alone, without its prefix,
    and the site.
    """
    at = _path_at(base)
    host = _host(base, at)
    return base[:at], host, _BARE.sub("", host, count=1), _site(host)


def _site(host: str) -> str:
    try:
        return site_of(host)
    except ValueError:
        return host


def _is_of(host: str, site: str) -> bool:
    """Return whether a host is a site's, as ``site_of`` would say, which takes far longer."""
    name = host if ":" in site else host.partition(":")[0]
    return bool(site) and name.endswith(site) and name[: -len(site)][-1:] in ("", ".")


def _resolved(base: str, href: str) -> str | None:
    """Return the absolute address of a link; a relative one where the page has no address."""
    href = href.strip().partition("#")[0]
    if not href or len(href) > _LONGEST:
        return None
    if not _is_usual(href) and _ODD.search(href):
        return absolute(base, href)
    origin = _origin(base)[0]
    if href[0] == "/" and origin:
        return f"{origin.partition('//')[0]}{href}" if href[:2] == "//" else origin + href
    if _path_at(href):
        return href
    if _SCHEME.match(href):
        return None
    return absolute(base, href) if origin else href


def _is_usual(href: str) -> bool:
    return href.isascii() and href.isprintable() and " " not in href and "\\" not in href


@lru_cache(maxsize=8192)
def _depth_unless_likely(href: str) -> int:
    """Return how many folders a link's path has; ``_LIKELY`` where it looks like an article's."""
    if len(href) > _LONGEST:
        return _TOO_LONG
    path = _path(href)
    return _LIKELY if looks_like_article(path) else _depth(path)


def _path(href: str) -> str:
    path = href if href[:1] == "/" else href[_path_at(href) :]
    return path.partition("#")[0] if "#" in path else path


def _depth(path: str) -> int:
    return path.partition("?")[0].strip("/").count("/")


def looks_like_article(path: str) -> bool:
    """Return whether a path has what only articles have: a slug, a long number, a day."""
    path, _, query = path.partition("?")
    if path.count("-") + path.count("_") >= 3 and _SLUG.search(path):
        return True
    if _has_number(path):
        return True
    return bool(query) and _DIGIT.search(query) is not None and _ID.search(query) is not None


def _has_number(path: str) -> bool:
    """Return whether a path has a long number, a day, or a serial number."""
    if _DIGITS.match(path) is None:
        return False
    return _NUMBER.search(path) is not None or _DAY_OR_SERIAL.search(path) is not None


def is_no_article(path: str) -> bool:
    """Return whether a path names a tag, an author, a search, a file or the like."""
    plain, _, query = path.lower().partition("?")
    *folders, last = plain.split("/")
    name, ending = last.partition(".")[0], last.rpartition(".")[2]
    if name in NO_ARTICLE or not NO_ARTICLE.isdisjoint(folders) or ending in _FILES:
        return True
    return bool(query) and _NO_ARTICLE_QUERY.search(query) is not None


def is_person(url: str) -> bool:
    """Return whether an address is that of a person, or of the comments on an article."""
    return not PERSONS.isdisjoint(url.lower().split("/"))


def cleaned(url: str) -> str:
    """Return what ``clean_url`` does, at once where there is nothing to clean."""
    at = _path_at(url)
    is_plain = "?" not in url and len(url) > at > 0 and url[at] == "/"
    if is_plain and ":" not in url[8:at] and url[:at].islower():
        return url
    return clean_url(url)


def _path_at(url: str) -> int:
    """Return where the path of an absolute address begins, or 0 where there is no host."""
    host = _HOST.match(url)
    return host.end() if host else 0


def _host(url: str, path_at: int) -> str:
    return url[:path_at].partition("//")[2].lower()


@lru_cache(maxsize=8192)
def _shape_of(href: str) -> tuple[str, ...] | None:
    return shape(_path(href))


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
    if _DIGIT.search(segment):
        return "x"
    return "h" if "-" in segment or "_" in segment else "w"


def _key(url: str, bare_host: str, path: str) -> str:
    if "?" in path:
        clean = clean_url(url)
        path = clean[_path_at(clean) :]
    return bare_host + path.rstrip("/")


def _own_keys(document: Document) -> frozenset[str]:
    found = [document.page.url, *document.meta.get("og:url", [])]
    for link in document.found("link"):
        if (link.attributes.get("rel") or "").lower() == "canonical":
            found.append(_resolved(document.base_url, link.attributes["href"] or "") or "")
            break
    return frozenset(key for url in dict.fromkeys(found) if (key := key_of(url)))


def key_of(url: str) -> str | None:
    """Return what is the same for every spelling of one address, or None for no address."""
    try:
        urlsplit(url)
    except ValueError:
        return None
    at = _path_at(url)
    return _key(url, _BARE.sub("", _host(url, at), count=1), url[at:]) or None
