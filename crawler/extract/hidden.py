"""What a page hides by its classes and its own style sheets, which only a lock makes matter.

Many open pages hide by a class what a script shows at once, so that nobody may take such a
class alone for a reason to pass over text.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from selectolax.lexbor import LexborNode

from crawler.document import Document
from crawler.extract.blocks import VEILING
from crawler.extract.cleaning import composed

_TELLING = "[class], [style]"
# What it may begin with is asked first, as few declarations do.
_HIDING = re.compile(
    rf"(?:^|[\s;{{])(?=[dvofhm-])(?:display\s*:\s*none|visibility\s*:\s*hidden|{VEILING})",
    re.IGNORECASE,
)
_WORD = re.compile(r"[a-z]+")
_SAYS_HIDDEN = frozenset(("hidden", "hide", "invisible", "blur", "blurred", "visuallyhidden"))
# In such a class "hidden" is said of the element itself: "is-hidden", "content-hidden".
_BESIDE = frozenset(
    (
        *("is", "u", "js", "tw", "uk", "by", "for", "the", "visually", "content", "text", "body"),
        *("article", "story", "rest", "pay", "wall", "paywall", "premium", "paid", "plus", "lock"),
        *("locked", "subscriber", "subscribers", "subscribe", "member", "members"),
    )
)
_NAMED = frozenset(("d-none", "display-none", "sr-only", "dn"))
# Hidden on some screens alone: "d-none d-md-block", "hidden lg:flex".
_SCREENS = re.compile(
    r"(?:^|[-:_\s])(?:xs|sm|md|lg|xl|xxl|2xl|desktop|mobile|tablet|phone|print|dark)(?:[-:_\s]|$)"
)
# What holds for some screens, or under some condition alone.
_AT_BLOCK = re.compile(r"@[^{};@]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_NAMES = r"(?:[.#]-?[a-z_][\w-]*)"
_SELECTOR = re.compile(
    rf"(?:(?:[a-z][a-z0-9]*)?{_NAMES}* ){{0,3}}(?:[a-z][a-z0-9]*)?{_NAMES}+",
    re.IGNORECASE | re.ASCII,
)
_LONGEST_SELECTOR = 200
_WALL = "aywall"
_MOST_TITLES = 20
_TOPS = frozenset(("body", "html"))
_UNSEEN = "script, style, noscript, template, textarea, select"
_MOST_STYLE = 100_000
_MOST_SELECTORS = 40
_MOST_NODES = 100
_MOST_LEVELS = 10


def hidden_texts(document: Document, near: LexborNode) -> list[str]:
    """Return the squeezed texts of what is hidden in an element and around it.

    The longest come first, and none is part of another.
    """
    nodes = {node.mem_id: node for node in islice(_hidden(document, near), _MOST_NODES)}
    texts = {squeezed(node.text()) for node in nodes.values() if not node.css_first("h1")}
    found: list[str] = []
    for text in sorted(filter(None, texts), key=len, reverse=True):
        if not any(text in longer for longer in found):
            found.append(text)
    return found


def visible_text(document: Document, hidden: list[str]) -> str:
    """Return the squeezed text of a page without its hidden texts."""
    visible = squeezed(document.tree.body.text() if document.tree.body else "")
    unseen = [squeezed(node.text()) for node in document.tree.css(_UNSEEN)[:_MOST_NODES]]
    for part in (*filter(None, unseen), *hidden):
        visible = visible.replace(part, "\n", 1)
    return visible


def squeezed(text: str) -> str:
    """Return a text without any white space, as texts of one page are compared."""
    return composed("".join(text.split()))


def _hidden(document: Document, near: LexborNode) -> Iterator[LexborNode]:
    """Yield the hidden elements at a place and around it; what holds the headline is none."""
    around = list(islice(_around(document, near), _MOST_LEVELS))
    yield from filter(_hides, around)
    yield from filter(_hides, near.css(_TELLING))
    # To read style sheets takes long.
    sheets = _hiding_selectors(document) if tells_of_wall(document) else iter(())
    selectors = ", ".join(islice(sheets, _MOST_SELECTORS))
    if selectors:
        yield from (around[-1] if around else near).css(selectors)


def tells_of_wall(document: Document) -> bool:
    """Return whether the markup has a word that few pages without a lock have."""
    # From its end a text is searched in two thirds of the time.
    return document.html.rfind(_WALL) >= 0


def _around(document: Document, node: LexborNode) -> Iterator[LexborNode]:
    """Yield an element and those around it, up to what holds a headline or the page."""
    holders = {one.mem_id for title in document.found("h1")[:_MOST_TITLES] for one in _up(title)}
    for one in _up(node):
        if one.mem_id in holders or one.tag in _TOPS:
            return
        yield one


def _up(node: LexborNode | None) -> Iterator[LexborNode]:
    while node is not None:
        yield node
        node = node.parent


def _hides(node: LexborNode) -> bool:
    attributes = node.attributes
    if is_hiding(attributes.get("class") or ""):
        return True
    return _HIDING.search(attributes.get("style") or "") is not None


@lru_cache(maxsize=4096)
def is_hiding(names: str) -> bool:
    """Return whether a class hides its element on every screen.

    >>> is_hiding("rest is-hidden"), is_hiding("overflow-hidden"), is_hiding("d-none d-md-block")
    (True, False, False)
    """
    names = names[:500].lower()
    return _SCREENS.search(names) is None and any(map(_is_hiding, names.split()))


def _is_hiding(name: str) -> bool:
    if name in _NAMED:
        return True
    words = set(_WORD.findall(name))
    return not words.isdisjoint(_SAYS_HIDDEN) and words <= _SAYS_HIDDEN | _BESIDE


def _hiding_selectors(document: Document) -> Iterator[str]:
    """Yield the plain selectors that the page's own style sheets hide on every screen."""
    for node in document.tree.css("style")[:20]:
        yield from _hidden_by(node.text()[:_MOST_STYLE])


# The pages of one site hold the same sheets again and again.
@lru_cache(maxsize=32)
def _hidden_by(sheet: str) -> tuple[str, ...]:
    return tuple(islice(_selectors(sheet), _MOST_SELECTORS)) if _HIDING.search(sheet) else ()


def _selectors(sheet: str) -> Iterator[str]:
    for rule in _AT_BLOCK.sub("", _without_comments(sheet)).split("}"):
        selectors, _, said = rule.partition("{")
        if _HIDING.search(said):
            found = (_spaced(one) for one in selectors.split(","))
            yield from (one for one in found if _is_plain(one))


def _spaced(selector: str) -> str:
    """Return a selector with one space between its parts, whether below or right below."""
    return " ".join(selector.replace(">", " ").split())


def _is_plain(selector: str) -> bool:
    return len(selector) < _LONGEST_SELECTOR and _SELECTOR.fullmatch(selector) is not None


def _without_comments(sheet: str) -> str:
    first, *rest = sheet.split("/*")
    return first + "".join(part.partition("*/")[2] for part in rest)
