"""The pictures that belong to an article, with what is printed under them."""

import re
from collections.abc import Iterator
from typing import Any

from selectolax.lexbor import LexborNode

from archive.items import Image
from crawler.document import Document
from crawler.extract.cleaning import text_of
from crawler.extract.places import is_elsewhere
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
    r"[(\[/©]?\s*(?:photo(?:graph(?:er|y)?)?|foto(?:ğraf|grafía|grafia)?|fot\.|zdj\.|image|picture|bild"
    r"|kuva|nuotr\.|φωτο|фото|фота|credit|source|quelle|©|写真|撮影|사진|صورة|תמונה|צילום)"
    r"(?:\s?(?:by|par|von|credit|crédit))?(?:\s*[:：/©]\s*|(?<=\.)\s+)(?P<name>[^()\[\]]{2,80}?)\s*[)\]/]?\.?$",
    re.IGNORECASE,
)
# Behind a caption in brackets or after its sentence: "(Jo Roe/Valley)", "… again. Getty Images".
_CREDIT_BEHIND = re.compile(
    r"(?:\((?P<bracketed>[^()]{1,40}/[^()]{1,40})\)"
    r"|(?<=[.!?…»”\"])\s+(?P<behind>(?:[\w.’' -]{1,30}[/,]\s?)?"
    r"(?:Getty(?: Images)?|Reuters|AFP|AP(?: Photo)?|dpa|EPA|Imago|Shutterstock|Alamy|iStock"
    r"|TASS|ТАСС)"
    r"(?:/[\w.’' -]{1,30})?))\.?$"
)
# A picture that is fetched when it is scrolled to has a stand-in for its source.
_SOURCES = ("data-src", "data-lazy-src", "data-original", "data-full-src", "src")


def extract_images(document: Document) -> tuple[Image, ...]:
    """Return the article's pictures, the one it is shared with first, each address once."""
    found: dict[str, Image] = {}
    for image in _all(document):
        known = found.get(image.url)
        if known is None or (known.caption is None and image.caption):
            found[image.url] = image
    return tuple(image for image in found.values() if not _is_drawing(image.url))[:_MOST]


def _is_drawing(url: str) -> bool:
    """Return whether a picture is a drawing for the layout: a logo, an icon."""
    return url.partition("?")[0].lower().endswith(".svg")


def _all(document: Document) -> Iterator[Image]:
    for data in article_objects(document)[:1]:
        yield from _in_data(data.get("image"), document)
    for content in document.meta.get("og:image", ())[:5]:
        if url := document.link(content):
            yield Image(clean_url(url))
    for figure in document.found("figure")[:_MOST_FIGURES]:
        if not is_elsewhere(document, figure):
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
    elif caption and (match := _CREDIT_BEHIND.search(caption)):
        holder = match["bracketed"] or match["behind"]
        caption = caption[: match.start()].rstrip() or None
    yield Image(clean_url(url), caption[:_LONGEST_CAPTION] if caption else None, holder)


def _address(picture: LexborNode, document: Document) -> str | None:
    attributes = picture.attributes
    for name in _SOURCES:
        value = attributes.get(name)
        if value and not value.startswith("data:") and (url := document.link(value)):
            return url
    return None
