"""Feeds: RSS of every version, Atom and JSON Feed, as entries. Pure, and safe with hostile XML."""

import html
import json
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from archive.items import Entry, LeadKind, Listing, Page
from crawler.markup import address, elements, local_name, one_line, root_of, stamp, text_of, xml_of

MAX_ENTRIES = 1000
"""How many entries of one feed are read at most."""
_ROOTS = ("rss", "feed", "rdf")
# Pictures and sounds have titles and authors of their own.
_OTHERS = ("search.yahoo.com/mrss", "itunes.com", "podcastindex", "prismstandard")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_MAIL = re.compile(r"\S+@\S+\s*(?:\(([^()]*)\))?")


def read_feed(page: Page) -> Listing | None:
    """Return what a feed lists, in its order, or None where the page is no feed."""
    if page.body[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        entries = _json_entries(page) if b"jsonfeed.org" in page.body[:2048] else None
    else:
        xml = xml_of(page)
        is_feed = xml is not None and root_of(xml) in _ROOTS
        entries = _xml_entries(xml, page) if is_feed and xml else None
    if entries is None:
        return None
    found: dict[str, Entry] = {}
    for entry in islice(entries, MAX_ENTRIES):
        found.setdefault(entry.url, entry)
    return Listing(LeadKind.FEED, tuple(found.values()))


def _xml_entries(xml: bytes, page: Page) -> Iterator[Entry]:
    for element in elements(xml, "item", "entry"):
        fields = _Fields(element)
        url = address(page.url, fields.link)
        if url:
            yield fields.entry(url, page.fetched_at)


class _Fields:
    """The children of an entry by their names, whatever the version of the feed."""

    def __init__(self, element: Any) -> None:
        self._nodes: dict[str, list[Any]] = {}
        for node in element:
            tag = node.tag if isinstance(node.tag, str) else ""
            if tag and not any(other in tag for other in _OTHERS):
                self._nodes.setdefault(local_name(node), []).append(node)

    def entry(self, url: str, fetched_at: datetime) -> Entry:
        """Return the entry, its times as they can have been when it was fetched."""
        return Entry(
            url,
            title=self._title(),
            published=stamp(self._text("pubdate", "published", "issued", "date"), fetched_at),
            updated=stamp(self._text("updated", "modified"), fetched_at),
            authors=tuple(dict.fromkeys(self._authors())),
            sections=tuple(dict.fromkeys(self._sections())),
            language=self._text("language"),
        )

    @property
    def link(self) -> str | None:
        """The address as it stands there: that of the page itself, not of a counter's."""
        original = self._text("origlink")
        if original:
            return original
        for node in self._nodes.get("link", ()):
            found = text_of(node) or (node.get("href") if _is_page(node) else None)
            if found:
                return str(found)
        guid = self._text("guid", "id") or ""
        return guid if guid.startswith(("http://", "https://")) else None

    def _text(self, *names: str) -> str | None:
        nodes = (node for name in names for node in self._nodes.get(name, ()))
        return next(filter(None, map(text_of, nodes)), None)

    def _title(self) -> str | None:
        for node in self._nodes.get("title", ()):
            found = text_of(node)
            if found and node.get("type", "html") == "html":
                return one_line(html.unescape(_TAG.sub("", html.unescape(found))))
            if found:
                return found
        return None

    def _authors(self) -> Iterator[str]:
        for node in (*self._nodes.get("creator", ()), *self._nodes.get("author", ())):
            names = [child for child in node if local_name(child) == "name"]
            name = text_of(names[0] if names else node) or ""
            mail = _MAIL.fullmatch(name)
            found = one_line(html.unescape((mail[1] or "") if mail else name))
            if found:
                yield found

    def _sections(self) -> Iterator[str]:
        for node in (*self._nodes.get("category", ()), *self._nodes.get("subject", ())):
            found = one_line(
                html.unescape(node.get("label") or text_of(node) or node.get("term", ""))
            )
            if found:
                yield found


def _is_page(node: Any) -> bool:
    return node.get("rel", "alternate") == "alternate" and "json" not in node.get("type", "")


def _json_entries(page: Page) -> Iterator[Entry] | None:
    try:
        feed = json.loads(page.body)
    except (ValueError, RecursionError):
        return None
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        return None
    return (entry for item in items if isinstance(item, dict) and (entry := _json(item, page)))


def _json(item: dict[str, Any], page: Page) -> Entry | None:
    link = _string(item.get("url")) or _string(item.get("external_url"))
    url = address(page.url, link)
    if url is None:
        return None
    authors = item.get("authors")
    people = authors if isinstance(authors, list) else [item.get("author")]
    tags = item.get("tags")
    return Entry(
        url,
        title=_string(item.get("title")),
        published=stamp(_string(item.get("date_published")), page.fetched_at),
        updated=stamp(_string(item.get("date_modified")), page.fetched_at),
        authors=_strings(one.get("name") for one in people if isinstance(one, dict)),
        sections=_strings(tags if isinstance(tags, list) else ()),
        language=_string(item.get("language")),
    )


def _string(value: object) -> str | None:
    # A lone surrogate, which JSON can hold, is no text.
    return one_line(value.encode("utf-8", "ignore").decode()) if isinstance(value, str) else None


def _strings(values: Iterable[object]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for value in values if (text := _string(value))))
