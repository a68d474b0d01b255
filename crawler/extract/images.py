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
    r"(?:\s?(?:by|par|von|credits?|crédits?))?(?:\s*[:：/©]\s*|(?<=\.)\s+)(?P<name>[^()\[\]]{2,80}?)\s*[)\]/]?\.?$",
    re.IGNORECASE,
)
_AGENCY = (
    r"(?:Getty(?: Images)?|Reuters|AFP|AP(?: Photo)?|dpa|EPA|Imago|Shutterstock|Alamy|iStock"
    r"|TASS|ТАСС)"
)
# A caption that is nothing else: "Getty Images", "Jo Roe via Getty Images", "Jo Roe/AP".
_CREDIT_ALONE = re.compile(
    rf"(?:(?:[\w.’'-]{{1,20}} ){{0,2}}[\w.’'-]{{1,20}}(?:/| via ))?{_AGENCY}(?:/[\w.’' -]{{1,30}})?"
)
# Behind a caption in brackets or after its sentence: "(Jo Roe/Valley)", "… again. Getty Images".
_CREDIT_BEHIND = re.compile(
    r"(?:\((?P<bracketed>[^()]{1,40}/[^()]{1,40})\)"
    r"|(?<=[.!?…»”\"])\s+(?P<behind>(?:[\w.’' -]{1,30}[/,]\s?)?"
    rf"{_AGENCY}(?:/[\w.’' -]{{1,30}})?))\.?$"
)
# The name of a picture, without what tells its size or what any picture may be called.
_PART = re.compile(r"[-_.@~ ]+|%20")
_OF_SIZE = re.compile(
    r"\d{0,4}|\d+x\d+|[wh]\d+|\d+[wxpk]|e\d{9,}|img|image|photo|picture|pic|thumb|thumbnail|original|full"
    r"|fullsize|large|medium|small|crop|cropped|scaled|master|default|header|hero|cover|featured|web|copy"
)
_LONG_NAME = 8
_STAND_IN = re.compile(
    r"(?:^|/)(?:no-?(?:preview|image|photo|picture)|placeholder|blank|spacer|(?:site-)?logo|icons?[-_/]"
    r"|(?:og|opengraph|fb|facebook|share|social)[-_]?default|default[-_](?:og|share|social|image))"
    r"[^/]*\.\w+$"
)
# A picture that is fetched when it is scrolled to has a stand-in for its source.
_SOURCES = ("data-src", "data-lazy-src", "data-original", "data-full-src", "src")


def extract_images(document: Document) -> tuple[Image, ...]:
    """Return the article's pictures, the one it is shared with first, each once.

    Of the sizes and cuts of one picture the first stands for all, with the first caption.
    """
    found: dict[str, Image] = {}
    for image in _all(document):
        if _is_picture(image.url):
            key = _key(image.url)
            known = found.get(key, image)
            caption, credit = known.caption or image.caption, known.credit or image.credit
            found[key] = Image(known.url, caption, credit)
    return tuple(found.values())[:_MOST]


def _is_picture(url: str) -> bool:
    """Return whether an address is one of a picture: not of a logo, an icon or a stand-in."""
    path = url.partition("?")[0].lower().partition("//")[2].partition("/")[2]
    return not path.endswith(".svg") and bool(path or "?" in url) and not _STAND_IN.search(path)


def _key(url: str) -> str:
    """Return what the addresses of one picture in several sizes have in common: its name."""
    name = url.partition("?")[0].rpartition("/")[2].rpartition(".")[0].lower()
    own = "-".join(part for part in _PART.split(name) if not _OF_SIZE.fullmatch(part))
    return own if len(own) >= _LONG_NAME else url


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
    elif caption and _CREDIT_ALONE.fullmatch(caption):
        holder, caption = caption, None
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
