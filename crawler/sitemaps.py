"""Sitemaps: lists of addresses, indexes of them, and news sitemaps. Pure."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from archive.items import Entry, LeadKind, Listing, Page
from crawler.markup import address, elements, local_name, root_of, stamp, text_of, unpacked, xml_of

MAX_ENTRIES = 50_000
"""How many addresses of one sitemap are read; the protocol allows no more."""
_LINE = re.compile(r"https?://[^\s<>]{1,2048}")
_KEYWORDS = re.compile(r"[,;]")


def read_sitemap(page: Page) -> Listing | None:
    """Return what a sitemap lists, in its order, or None where the page is no sitemap.

    Gzip and charset are found out from the bytes. What follows a mistake in the XML, or the
    fifty-thousandth address, is left out.
    """
    xml = xml_of(page)
    if xml is None:
        return _plain(page)
    root = root_of(xml)
    if root == "sitemapindex":
        return _listing(LeadKind.SITEMAP_INDEX, page, xml, "sitemap")
    return _listing(LeadKind.SITEMAP, page, xml, "url") if root == "urlset" else None


def _listing(kind: LeadKind, page: Page, xml: bytes, name: str) -> Listing:
    found: dict[str, Entry] = {}
    is_news = False
    for element in islice(elements(xml, name), MAX_ENTRIES):
        children = {local_name(child): child for child in reversed(element)}
        url = address(page.url, text_of(children.get("loc")))
        if url:
            is_news = is_news or "news" in children
            found.setdefault(url, _entry(url, children, page))
    if is_news and kind is LeadKind.SITEMAP:
        kind = LeadKind.NEWS_SITEMAP
    return Listing(kind, tuple(found.values()))


def _entry(url: str, children: dict[str, Any], page: Page) -> Entry:
    updated = stamp(text_of(children.get("lastmod")), page.fetched_at)
    news = children.get("news")
    if news is None:
        return Entry(url, updated=updated)
    told = {local_name(node): text_of(node) for node in reversed(list(news.iterdescendants()))}
    keywords = (word.strip() for word in _KEYWORDS.split(told.get("keywords") or ""))
    return Entry(
        url,
        title=told.get("title"),
        published=stamp(told.get("publication_date"), page.fetched_at),
        updated=updated,
        sections=tuple(dict.fromkeys(filter(None, keywords))),
        language=told.get("language"),
    )


def _plain(page: Page) -> Listing | None:
    """Return the addresses of a sitemap that has one on each line and nothing else."""
    body = unpacked(page.body)
    kind = (page.header("content-type") or "").lower()
    if body[:1] in (b"{", b"[") or "html" in kind or b"://" not in body[:4096]:
        return None
    lines = list(islice(_lines(body), MAX_ENTRIES))
    if not lines or not all(_LINE.fullmatch(line) for line in lines[:100]):
        return None
    urls = dict.fromkeys(url for line in lines if (url := address(page.url, line)))
    return Listing(LeadKind.SITEMAP, tuple(Entry(url) for url in urls))


def _lines(body: bytes) -> Iterator[str]:
    mark = body[:2]
    encoding = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}.get(mark, "utf-8")
    for line in body.decode(encoding, "replace").lstrip("\ufeff").splitlines():
        if line.strip():
            yield line.strip()
