"""What a page is: an article, a list, or one of the pages that a site shows instead of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from urllib.parse import urlsplit

from archive.items import HeadlineList
from crawler.document import Document
from crawler.extract import kind_words
from crawler.extract.entries import is_headline_like
from crawler.extract.links import is_no_article, looks_like_article

_LITTLE = 600
_NOTHING = 60
_TEXT = 500
_SHORT_TEXT = 200
_MANY = 8
_TEASER = 100
_WORD_OR_TWO = 20
_ARTICLES = ("Article", "Posting", "Report", "Review", "AnalysisNews", "OpinionNews")
_LISTS = frozenset(
    ("CollectionPage", "SearchResultsPage", "ItemList", "ProfilePage", "ImageGallery", "Blog")
)


class PageKind(StrEnum):
    """The kinds; all but the first two are named as the outcome of such a visit is."""

    ARTICLE = "article"
    LIST = "list"
    BLOCKED = "blocked"
    LOGIN = "login"
    CONSENT = "consent"
    SCRIPT_ONLY = "script_only"
    SOFT_404 = "soft_404"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Kind:
    """What a page is, and a sentence that says why."""

    name: PageKind
    reason: str


def extract_kind(
    document: Document,
    *,
    body_length: int | None = None,
    lists: Sequence[HeadlineList] = (),
) -> Kind:
    """Return what the page is.

    ``body_length`` is the length of the article's text where it was read, ``lists`` the lists
    of headlines where they were. A locked article is an article as long as it has a headline.
    """
    signs = _Signs(document, body_length, lists)
    return _instead(signs) or _article_or_list(signs)


def declares_article(document: Document) -> bool:
    """Return whether structured data says that the page is an article."""
    return _Signs(document, None, ()).declares_article


class _Signs:
    """What tells the kinds apart, each looked up at most once."""

    def __init__(
        self, document: Document, body_length: int | None, lists: Sequence[HeadlineList]
    ) -> None:
        self.document = document
        self.headlines = sum(len(one.headlines) for one in lists)
        self._body_length = body_length
        self.path = _path(document.page.url)

    @cached_property
    def body_length(self) -> int:
        """The length of the text, from the page's paragraphs where it was not read."""
        if self._body_length is not None:
            return self._body_length
        paragraphs = (len(node.text()) for node in self.document.tree.css("p"))
        return sum(length for length in paragraphs if length >= 40)

    @cached_property
    def text(self) -> str:
        """All the page shows, scripts and styles left out."""
        body = self.document.tree.body
        if body is None:
            return ""
        shown = (
            node.text_content or ""
            for node in body.traverse(include_text=True, skip_empty=True)
            if node.is_text_node and node.parent is not None and node.parent.tag not in _UNSEEN
        )
        return " ".join(" ".join(shown).split())

    @cached_property
    def heading(self) -> str:
        """The page's title and first heading."""
        node = self.document.tree.css_first("title")
        return f"{' '.join(node.text().split()) if node is not None else ''}\n{self.title}"

    @cached_property
    def title(self) -> str:
        """The page's first heading."""
        node = self.document.tree.css_first("h1")
        return " ".join(node.text().split()) if node is not None else ""

    @cached_property
    def types(self) -> frozenset[str]:
        """The types that the page's JSON-LD names."""
        named = (one.get("@type") for one in self.document.json_ld)
        return frozenset(
            kind
            for value in named
            for kind in (value if isinstance(value, list) else [value])
            if isinstance(kind, str)
        )

    @property
    def declares_article(self) -> bool:
        """Whether structured data says that the page is an article."""
        return any(kind.endswith(_ARTICLES) for kind in self.types) or self.og_type == "article"

    @property
    def og_type(self) -> str:
        """The type that OpenGraph gives the page."""
        return self.document.meta.get("og:type", [""])[0].lower()

    def has(self, selector: str) -> bool:
        """Return whether the page has such an element."""
        return self.document.tree.css_first(selector) is not None


_UNSEEN = frozenset(("script", "style", "noscript", "template"))
_CHALLENGE = (
    '[class*="captcha"], [id*="captcha"], [id^="cf-"], [class^="cf-"], [id*="challenge-form"], '
    'iframe[src*="captcha"], iframe[src*="Incapsula"], script[src*="captcha-delivery"]'
)


def _instead(signs: _Signs) -> Kind | None:
    """Return what the page is instead of an article or a list, or None."""
    if signs.headlines >= _MANY or signs.body_length >= 2 * _LITTLE:
        return None
    text = signs.text
    if not text and not signs.has("script"):
        return Kind(PageKind.EMPTY, "The page shows no text.")
    if len(text) >= 4 * _LITTLE and signs.declares_article:
        return None
    found = _by_words(signs, text)
    if found or len(text) >= _SHORT_TEXT or signs.declares_article:
        return found
    if signs.has("script") and (len(text) < _NOTHING or _needs_script(signs, text)):
        return Kind(PageKind.SCRIPT_ONLY, "The page has scripts and no text without them.")
    return Kind(PageKind.EMPTY, "The page shows no text.") if len(text) < _NOTHING else None


def _needs_script(signs: _Signs, text: str) -> bool:
    hidden = signs.document.tree.css_first("noscript")
    told = f"{text} {hidden.text() if hidden else ''}"
    return kind_words.NEEDS_SCRIPT.search(told) is not None


def _by_words(signs: _Signs, text: str) -> Kind | None:
    heading = signs.heading
    opening = text[:_LITTLE] if len(text) < _LITTLE else ""
    little = signs.body_length < _LITTLE
    challenged = little and len(text) < 2 * _LITTLE and signs.has(_CHALLENGE)
    refused = kind_words.BLOCKED.search(f"{heading}\n{opening}") and not signs.declares_article
    if challenged or (little and refused):
        return Kind(PageKind.BLOCKED, "The page asks who is there instead of showing a text.")
    if little and not signs.declares_article:
        if kind_words.NO_SUCH_PAGE.search(f"{heading}\n{opening}"):
            return Kind(PageKind.SOFT_404, "The page says that there is no such page.")
        if kind_words.CONSENT.search(f"{heading}\n{opening}"):
            return Kind(PageKind.CONSENT, "The page asks for consent before it shows a text.")
        if signs.has('input[type="password"]') or (opening and kind_words.LOGIN.search(heading)):
            return Kind(PageKind.LOGIN, "The page asks to log in and shows no text.")
    return None


def _article_or_list(signs: _Signs) -> Kind:
    for_article, for_list = _for_article(signs), _for_list(signs)
    if sum(for_article.values()) > sum(for_list.values()):
        return Kind(PageKind.ARTICLE, f"An article: {', '.join(for_article)}.")
    return Kind(PageKind.LIST, f"A list: {', '.join(for_list) or 'nothing says article'}.")


def _for_article(signs: _Signs) -> dict[str, int]:
    """Return what says that the page is an article, and how strongly."""
    meta = signs.document.meta
    told = {
        "structured data says so": 3 * any(kind.endswith(_ARTICLES) for kind in signs.types),
        "OpenGraph says so": 2 * (signs.og_type == "article"),
        "it has a time of publication": 2 * ("article:published_time" in meta),
        "its address looks like one": 2 * looks_like_article(signs.path),
        "it has a headline": len(signs.title) > 0 and 1 + is_headline_like(signs.title),
        "it has a text": (signs.body_length >= _SHORT_TEXT) + 2 * (signs.body_length >= _TEXT),
    }
    return {reason: weight for reason, weight in told.items() if weight}


def _for_list(signs: _Signs) -> dict[str, int]:
    """Return what says that the page is a front, section or tag page, and how strongly."""
    depth = len([part for part in signs.path.split("/") if part])
    is_plain = depth <= 2 and not looks_like_article(signs.path) and "." not in signs.path
    told = {
        "it is the root of the site": 5 * (bool(signs.document.page.url) and not depth),
        "its address is a section's": 2 * (depth > 0 and is_plain),
        "its address is a tag's or an author's": 4 * is_no_article(signs.path),
        "structured data says so": 3 * (not signs.types.isdisjoint(_LISTS)),
        "OpenGraph calls it a site": int(signs.og_type == "website"),
        "it has headlines and little text": 3
        * (signs.headlines >= _MANY and signs.body_length < _TEASER * signs.headlines),
        "its heading is a word or two": int(
            signs.headlines >= _MANY and bool(signs.title) and len(signs.title) < _WORD_OR_TWO
        ),
    }
    return {reason: weight for reason, weight in told.items() if weight}


def _path(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
