"""The address a page gives itself, and those of its editions in other languages."""

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import SplitResult, urlsplit

from selectolax.lexbor import LexborNode

from archive.address_forms import form_key
from archive.items import Alternate
from crawler.document import Document
from crawler.extract.links import is_no_article, looks_like_article
from crawler.extract.reading import Reading
from crawler.urls import clean_url, same_site

_TAG = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*", re.IGNORECASE)
_MOST_ALTERNATES = 100
_AMP = re.compile(r"(?<![a-z0-9])amp(?:html)?(?![a-z0-9])", re.IGNORECASE)


def extract_canonical(document: Document) -> list[Reading[str]]:
    """Return what may be the article's own address, best first; the last is where it was fetched.

    A page is believed when it names an address of its own site that is not the front page.
    """
    own = document.page.url
    found = [
        Reading(clean_url(url), source, confidence)
        for url, source, confidence in _candidates(document)
        if not own or is_plausible(url, own)
    ]
    return [*found, Reading(clean_url(own), "address fetched", 0.5)] if own else found


def is_plausible(url: str, own: str) -> bool:
    """Return whether a page fetched from ``own`` may call itself ``url``.

    Sites get this wrong: pages call themselves the front page, the section or the tag that they
    stand in. An address that looks less like an article's than the page's own is not believed,
    unless it is the same one in another form.
    """
    if not same_site(url, own):
        return False
    if form_key(url) == form_key(own):
        return True
    named, fetched = urlsplit(url), urlsplit(own)
    if not (named.path.strip("/") or named.query):
        return not fetched.path.strip("/")
    named_path, own_path = _with_query(named), _with_query(fetched)
    if looks_like_article(named_path):
        return not is_no_article(named_path) or is_no_article(own_path)
    if is_no_article(named_path):
        return is_no_article(own_path)
    return not looks_like_article(own_path) and not _stands_in(fetched.path, named.path)


def _with_query(parts: SplitResult) -> str:
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _stands_in(path: str, section: str) -> bool:
    return path.startswith(section.rstrip("/") + "/")


def names_another(document: Document) -> bool:
    """Return whether the page names an address other than its own, plausible or not."""
    own = form_key(document.page.url)
    return any(form_key(url) != own for url, _, _ in _candidates(document))


def extract_alternates(document: Document) -> tuple[Alternate, ...]:
    """Return the same article's addresses in other languages, as its ``hreflang`` links say.

    A front page is no edition of an article, though some sites name it for one.
    """
    found: dict[str, Alternate] = {}
    for node in document.found("link"):
        if "alternate" not in _rel(node):
            continue
        language = (node.attributes.get("hreflang") or "").strip()
        url = document.link(node.attributes.get("href"))
        if url and _TAG.fullmatch(language) and (not _is_root(url) or _is_root(document.page.url)):
            found.setdefault(language, Alternate(language, clean_url(url)))
    return tuple(found.values())[:_MOST_ALTERNATES]


def extract_amp(document: Document) -> str | None:
    """Return the address of the page's AMP copy, where it names one of its own site.

    Some templates name the front page, or one address on every page.
    """
    own = document.page.url
    for node in document.found("link"):
        url = document.link(node.attributes.get("href")) if _rel(node) == "amphtml" else None
        if url and own and same_site(url, own) and _AMP.search(url) and _names_one(url):
            return clean_url(url)
    return None


def _names_one(url: str) -> bool:
    parts = urlsplit(url)
    return looks_like_article(_with_query(parts)) or any(map(str.isdigit, parts.path))


def _candidates(document: Document) -> Iterator[tuple[str, str, float]]:
    links = (node for node in document.found("link") if _rel(node) == "canonical")
    for node in islice(links, 3):
        if url := document.link(node.attributes.get("href")):
            yield url, "link rel=canonical", 0.95
    for content in document.meta.get("og:url", ())[:1]:
        if url := document.link(content):
            yield url, "og:url", 0.8


def _is_root(url: str) -> bool:
    try:
        return urlsplit(url).path in ("", "/")
    except ValueError:
        return False


def _rel(node: LexborNode) -> str:
    return (node.attrs.get("rel") or "").lower()
