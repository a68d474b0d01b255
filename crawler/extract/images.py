"""The pictures that belong to an article, with what is printed under them."""

import re
from collections.abc import Iterator
from typing import Any

from selectolax.lexbor import LexborNode

from archive.items import Image
from crawler.document import Document
from crawler.extract.cleaning import text_of
from crawler.extract.places import headline_frame, is_elsewhere
from crawler.extract.structured_data import article_objects, strings
from crawler.urls import clean_url

_MOST = 30
_MOST_FIGURES = 60
_LONGEST_CAPTION = 1000
_CREDITS = (
    '[class*="credit" i], [class*="copyright" i], [class*="photographer" i], [class*="byline" i], '
    '[class*="source" i], [itemprop~="copyrightHolder"], cite, small'
)
_CREDIT = re.compile(
    r"[(\[/©]?\s*(?:photo|foto|image|picture|bild|фото|фота|credit|source|quelle|©|写真|사진)"
    r"(?:\s?(?:by|par|von|credit|crédit))?\s*[:：/©]\s*(?P<name>[^()\[\]]{2,80}?)\s*[)\]/]?\.?$",
    re.IGNORECASE,
)
_SOURCES = ("src", "data-src", "data-lazy-src", "data-original", "data-full-src")


def extract_images(document: Document) -> tuple[Image, ...]:
    """Return the article's pictures, the one it is shared with first, each address once."""
    found: dict[str, Image] = {}
    for image in _all(document):
        known = found.get(image.url)
        if known is None or (known.caption is None and image.caption):
            found[image.url] = image
    return tuple(found.values())[:_MOST]


def _all(document: Document) -> Iterator[Image]:
    for data in article_objects(document)[:1]:
        yield from _in_data(data.get("image"), document)
    for content in document.meta.get("og:image", ())[:5]:
        if url := document.link(content):
            yield Image(clean_url(url))
    frame = headline_frame(document)
    for figure in document.found("figure")[:_MOST_FIGURES]:
        if not is_elsewhere(figure, frame):
            yield from _in_figure(figure, document)


def _in_data(value: Any, document: Document) -> Iterator[Image]:
    for part in value[:10] if isinstance(value, list) else [value]:
        named = part if isinstance(part, dict) else {"url": part}
        address = named.get("url") or named.get("contentUrl")
        if isinstance(address, str) and (url := document.link(address)):
            caption = next(iter(strings(named.get("caption"))), None)
            holder = next(iter(strings(named.get("creditText") or named.get("creator"))), None)
            yield Image(clean_url(url), caption, holder)


def _in_figure(figure: LexborNode, document: Document) -> Iterator[Image]:
    picture = figure.css_first("img")
    url = _address(picture, document) if picture else None
    if url is None:
        return
    printed = figure.css_first("figcaption")
    caption = text_of(printed) if printed else None
    node = printed.css_first(_CREDITS) if printed else None
    holder = text_of(node) if node else None
    if caption and holder and caption.endswith(holder):
        caption = caption.removesuffix(holder).rstrip(" |/-–—") or None
    elif caption and (match := _CREDIT.search(caption)):
        holder, caption = match["name"], caption[: match.start()].rstrip(" |/-–—([") or None
    yield Image(clean_url(url), caption[:_LONGEST_CAPTION] if caption else None, holder)


def _address(picture: LexborNode, document: Document) -> str | None:
    attributes = picture.attributes
    for name in _SOURCES:
        value = attributes.get(name)
        if value and not value.startswith("data:") and (url := document.link(value)):
            return url
    return None
