"""Whether each text of a page's record stands on the page, and is fit to print."""

import html
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from archive.items import Article, HeadlineList, Page
from crawler.document import Document
from crawler.errors import CrawlerError
from crawler.json_ld import objects
from crawler.parsers import parser_for

_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
_TAG = re.compile(r"<[^<>]*>")


def texts(page: Page) -> Iterator[tuple[str, str]]:
    """Yield the name of a field and a text of it, for every text of a page's items."""
    try:
        for item in parser_for(page.url).parse(page):
            yield from _of_article(item) if isinstance(item, Article) else _of_list(item)
    except CrawlerError:
        return


def _of_article(article: Article) -> Iterator[tuple[str, str]]:
    yield "title", article.title
    yield from (("body", block.text) for block in article.body)
    for field in ("authors", "sections", "tags"):
        yield from ((field, text) for text in getattr(article, field))
    if article.lead:
        yield "lead", article.lead
    if article.dateline:
        found = article.dateline
        parts = (found.text, found.place, found.agency)
        yield from (("dateline", part) for part in parts if part)
    for image in article.images:
        yield from (("image", part) for part in (image.caption, image.credit) if part)


def _of_list(printed: HeadlineList) -> Iterator[tuple[str, str]]:
    if printed.name and printed.name != "inline":
        yield "list", printed.name
    for headline in printed.headlines:
        yield from (("related", text) for text in (headline.title, *headline.sections) if text)


def invented(page: Page) -> list[tuple[str, str]]:
    """Return each text that stands neither in the page's text, nor in its attributes or data."""
    found = list(texts(page))
    seen = _everything(page)
    return [(field, text) for field, text in found if folded(text) not in seen]


def unfit(page: Page) -> list[tuple[str, str]]:
    """Return each text that holds a control character or is no valid Unicode."""
    return [(field, text) for field, text in texts(page) if _UNFIT.search(text)]


def folded(text: str) -> str:
    """Return the letters and digits of a text alone, in one case."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


def _everything(page: Page) -> str:
    document = Document(page)
    root = document.tree.root
    parts = [root.text(deep=True) if root else ""]
    parts += [" ".join(filter(None, node.attributes.values())) for node in document.tree.css("*")]
    parts += [_strings(objects(node.text())) for node in document.tree.css("script")]
    whole = " ".join(parts)
    return folded(whole) + " " + folded(_TAG.sub("", html.unescape(html.unescape(whole))))


def _strings(value: Any) -> str:
    found, waiting = [], [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict | list):
            waiting += part.values() if isinstance(part, dict) else part
        else:
            found.append(str(part))
    return " ".join(found)
