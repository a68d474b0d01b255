"""A parsed page: the tree, built once, and what many readers of it need."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from bs4 import BeautifulSoup
from selectolax.lexbor import LexborHTMLParser, LexborNode

from archive.items import Page
from crawler.charset import decode
from crawler.json_ld import objects
from crawler.urls import absolute

_SOUGHT = ("a", "p", "h1", "meta", "base")


class Document:
    """A page and its tree. Nothing changes the tree: each reader sees the page as it came."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.html = decode(page.body, page.header("content-type"))
        self.tree = LexborHTMLParser(self.html)

    @cached_property
    def by_tag(self) -> Mapping[str, Sequence[LexborNode]]:
        """The elements that most readers ask for, by tag, each in page order.

        They are found in one pass, which costs little more than to look for one of them.
        """
        found: dict[str, list[LexborNode]] = {tag: [] for tag in _SOUGHT}
        for node in self.tree.css(", ".join(_SOUGHT)):
            found[node.tag or ""].append(node)
        return found

    @cached_property
    def base_url(self) -> str:
        """What the page's links are relative to: its ``base`` element, else its address."""
        named = (base.attributes for base in self.by_tag["base"])
        href = next((attributes["href"] for attributes in named if "href" in attributes), None)
        return (absolute(self.page.url, href) if href else None) or self.page.url

    @cached_property
    def meta(self) -> dict[str, list[str]]:
        """The content of each ``meta``, by name, property or itemprop in lower case."""
        found: dict[str, list[str]] = {}
        for node in self.by_tag["meta"]:
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
        scripts = self.tree.css('script[type*="ld+json" i]')
        return [found for node in scripts for found in objects(node.text())]

    def link(self, href: str | None) -> str | None:
        """Return the absolute http(s) address of a link on this page, or None."""
        return absolute(self.base_url, href) if href else None


def soup(node: LexborNode) -> BeautifulSoup:
    """Return a fragment of the page as BeautifulSoup, for a parser that picks it apart."""
    return BeautifulSoup(node.html or "", "html.parser")
