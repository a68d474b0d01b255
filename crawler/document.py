"""A parsed page: the tree, built once, and what many readers of it need."""

from collections import defaultdict
from collections.abc import Callable
from datetime import tzinfo
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from selectolax.lexbor import LexborHTMLParser, LexborNode

from archive.items import Page
from crawler.charset import read
from crawler.json_ld import objects
from crawler.urls import absolute

# What several readers look for. To walk the tree is most of a search, so it is walked once.
_OFTEN = (
    'a, p, base[href], meta[content], script[type*="ld+json" i], title, h1, figure, '
    'link:is([rel="canonical" i], [rel="amphtml" i], [hreflang])[href]'
)


class Document:
    """A page and its tree. Nothing changes the tree: each reader sees the page as it came.

    ``zone`` is that of the site's clocks, where its feeds or other pages tell it; ``known`` is
    what readers have worked out of the page, by the function that did.
    """

    def __init__(self, page: Page, zone: tzinfo | None = None) -> None:
        self.page = page
        self.zone = zone
        self.known: dict[Callable[[Document], Any], Any] = {}
        self.html, encoded = read(page.body, page.header("content-type"))
        self.tree = LexborHTMLParser(encoded)

    @cached_property
    def base_url(self) -> str:
        """What the page's links are relative to: its ``base`` element, else its address."""
        href = next((node.attributes.get("href") for node in self.found("base")), None)
        return (absolute(self.page.url, href) if href else None) or self.page.url

    @cached_property
    def host(self) -> str:
        """The host that the page's links are relative to, without "www.", or ""."""
        return (urlsplit(self.base_url).hostname or "").removeprefix("www.")

    @cached_property
    def meta(self) -> dict[str, list[str]]:
        """The content of each ``meta``, by name, property or itemprop in lower case."""
        found: dict[str, list[str]] = {}
        for node in self.found("meta"):
            attributes = node.attributes
            name = (
                attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
            )
            content = (attributes.get("content") or "").strip()
            if name and content:
                found.setdefault(name.lower(), []).append(content)
        return found

    @cached_property
    def json_ld(self) -> list[dict[str, Any]]:
        """Every object of the page's JSON-LD, those in lists and graphs too, in page order."""
        return [found for node in self.found("script") for found in objects(node.text())]

    def found(self, tag: str) -> list[LexborNode]:
        """Return the elements of a tag that many readers look for, in page order.

        Each ``a``, ``p``, ``h1``, ``title`` and ``figure``; each ``base`` and ``meta`` that says
        something; each ``script`` that is JSON-LD, and each ``link`` to the page itself, its AMP
        copy or an edition.
        """
        return self._often.get(tag, [])

    @cached_property
    def _often(self) -> dict[str, list[LexborNode]]:
        found: defaultdict[int | None, list[LexborNode]] = defaultdict(list)
        for node in self.tree.css(_OFTEN):
            found[node.tag_id].append(node)
        return {nodes[0].tag or "": nodes for nodes in found.values()}

    @cached_property
    def links(self) -> list[tuple[LexborNode, str]]:
        """Each ``a`` that leads somewhere, with its address as the page writes it."""
        hrefs = ((node, node.attrs.get("href")) for node in self.found("a"))
        return [(node, href) for node, href in hrefs if href]

    def link(self, href: str | None) -> str | None:
        """Return the absolute http(s) address of a link on this page, or None."""
        return absolute(self.base_url, href) if href else None


def soup(node: LexborNode) -> BeautifulSoup:
    """Return a fragment of the page as BeautifulSoup, for a parser that picks it apart."""
    return BeautifulSoup(node.html or "", "html.parser")
