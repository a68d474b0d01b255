"""Feeds as lists of links: RSS, Atom and JSON Feed. Pure, and safe with hostile XML."""

import json
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from lxml import etree

from archive.items import Page
from crawler.discovery import Links
from crawler.urls import absolute, clean_url

MAX_ENTRIES = 1000
"""How many entries of one feed are followed at most."""
_XML_STARTS = (b"<?xml", b"<rss", b"<feed", b"<rdf")
_ATOM = "{http://www.w3.org/2005/Atom}"
_RSS_1 = "{http://purl.org/rss/1.0/}"


def feed_links(page: Page) -> Links | None:
    """Return what a feed leads to, in its order, or None where the page is no feed."""
    start = page.body[:256].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(_XML_STARTS):
        found = list(_xml_links(page.body))
    elif start.startswith(b"{") and b"jsonfeed.org" in page.body[:1024]:
        found = list(_json_links(page.body))
    else:
        return None
    urls = (absolute(page.url, link) for link in found[:MAX_ENTRIES])
    links = tuple(dict.fromkeys(clean_url(url) for url in urls if url))
    return Links(articles=links) if links else None


def _xml_links(body: bytes) -> Iterator[str]:
    """Yield the address of each entry; what follows a mistake in the XML is lost."""
    wanted = ("item", f"{_RSS_1}item", f"{_ATOM}entry")
    # No entity is expanded and no other file is read, whatever the document asks for.
    entries = etree.iterparse(
        BytesIO(body), events=("end",), tag=wanted, resolve_entities=False, no_network=True,
        load_dtd=False, huge_tree=False, recover=True,
    )  # fmt: skip
    try:
        for _, entry in entries:
            link = _link(entry)
            if link:
                yield link
            entry.clear()
    except etree.XMLSyntaxError:
        return


def _link(entry: Any) -> str:
    """Return the address of an entry as it stands there, "" where it has none."""
    for tag in ("link", f"{_RSS_1}link"):
        text = str(entry.findtext(tag) or "").strip()
        if text:
            return text
    for link in entry.iterfind(f"{_ATOM}link"):
        if link.get("rel", "alternate") == "alternate":
            return str(link.get("href") or "")
    guid = str(entry.findtext("guid") or "").strip()
    return guid if guid.startswith("http") else ""


def _json_links(body: bytes) -> Iterator[str]:
    try:
        feed = json.loads(body)
    except (ValueError, RecursionError):
        return
    items = feed.get("items") if isinstance(feed, dict) else None
    for item in items if isinstance(items, list) else ():
        url = item.get("url") if isinstance(item, dict) else None
        if isinstance(url, str):
            yield url
