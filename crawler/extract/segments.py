"""The texts of one card of a list, each with what the mark-up around it says of it."""

import re
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from crawler.extract import list_words
from crawler.extract.list_words import words
from crawler.extract.locks import is_lock_data, is_lock_label, is_lock_mark, is_lock_notice
from crawler.extract.strays import is_plain_time, is_stray, tells_recent_time

_INLINE = words("b i em strong mark sup sub u font wbr q abbr cite ins br bdi big s del nobr")
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_UNSEEN = frozenset(("script", "style", "template", "noscript", "iframe", "select", "textarea"))
_MARKS = ("class", "data-icon", "data-testid", "xlink:href")
_DRAWINGS = frozenset(("svg", "use", "symbol"))
_OF_DRAWINGS = ("href", "id")
_SAYINGS = ("alt", "title", "aria-label")
_TELLING_NAMES = frozenset((*_MARKS, *_SAYINGS, "src", "href", "id"))
_ICON = (".svg", ".png", ".gif")
_LONGEST_MARK = 120
_LONGEST_SAYING = 40
_LONGEST_LABEL = 300
_RANK = re.compile(r"\d{1,2}|第?\d{1,2}[位위]")
_EMPHASIS = frozenset(("b", "strong", "em", "i", "u", "font", "mark", "big"))


class Role(Enum):
    """What a text is in its card, by the names of the elements around it."""

    TITLE = 1
    LABEL = 2
    TIME = 3
    ASIDE = 4
    LENGTH = 5


# Where several words of a class tell, the first row here decides.
_ROLES = (
    (Role.LENGTH, list_words.LENGTH),
    (Role.TIME, list_words.TIME),
    (Role.TITLE, list_words.TITLE),
    (Role.LABEL, list_words.LABEL),
    (Role.ASIDE, list_words.ASIDE),
)
_FOR_SCREEN_READERS = (
    frozenset(("sr", "only")),
    frozenset(("visually", "hidden")),
    frozenset(("screen", "reader")),
)
_KICKER = frozenset(("kicker", "overline", "label"))


class Place(NamedTuple):
    """Where a text stands: numbers of the elements around it in its card, 0 for none."""

    block: int = 0
    heading: int = 0
    anchor: int = 0
    href: str | None = None
    role: Role | None = None
    is_seen: bool = True


class Segment(NamedTuple):
    """A run of a card's text without an element that begins or ends in it."""

    place: Place
    text: str


class Texts(NamedTuple):
    """A card's texts in page order, and whether its mark-up shows a lock."""

    segments: list[Segment]
    is_locked: bool


def read_texts(card: LexborNode, *, splits_inline: bool = False) -> Texts:
    """Return the texts of a card; no two elements' texts are ever glued together.

    Words in bold or italics belong to the text around them, unless ``splits_inline``.
    """
    runs = _Runs(splits_inline)
    is_locked = False
    number = around = 0
    place = _OUTSIDE
    # What is to be read when an element ends: the node after it, and what is around that.
    after: list[tuple[LexborNode | None, int, Place]] = []
    node: LexborNode | None = card
    while node is not None or after:
        if node is None:
            node, around, place = after.pop()
            continue
        tag = node.tag or ""
        following = node.next if node is not card else None
        if tag == "-text":
            if place.is_seen:
                runs.add(node.text_content or "", around, place)
        elif tag == "br":
            runs.line()
        elif tag[:1] not in "-!":
            number += 1
            attributes = node.attributes
            after.append((following, around, place))
            around, place = number, _place(number, tag, attributes, place)
            if tag in _EMPHASIS and place.block != number and _is_apart(node):
                place = Place(number, *place[1:])
            is_locked = is_locked or (bool(attributes) and _shows_lock(tag, attributes))
            node = node.child
            continue
        node = following
    return Texts(runs.segments(), is_locked)


class _Runs:
    """The segments of a card as they grow."""

    def __init__(self, splits_inline: bool) -> None:
        self._splits_inline = splits_inline
        self._runs: list[tuple[Place, list[str]]] = []
        self._block = self._parent = 0
        self._is_ended = False

    def add(self, text: str, around: int, place: Place) -> None:
        if text.isspace():
            self.space()
            return
        is_new = self._is_ended or self._block != place.block or not self._runs
        if is_new or self._is_break(around, text):
            # A second text in a block is a block of its own, with a number that no element has.
            is_second = self._block == place.block
            own = (-len(self._runs), *place[1:]) if is_second else place
            self._runs.append((Place(*own), []))
            self._is_ended = False
        self._block, self._parent = place.block, around
        self._runs[-1][1].append(text)

    def line(self) -> None:
        """End a line: one that is no part of a headline stays alone."""
        self.space()
        if self._runs and _is_no_headline(" ".join("".join(self._runs[-1][1]).split())):
            self._is_ended = True

    def space(self) -> None:
        if self._runs:
            self._runs[-1][1].append(" ")

    def segments(self) -> list[Segment]:
        texts = ((place, " ".join("".join(parts).split())) for place, parts in self._runs)
        return [Segment(place, text) for place, text in texts if text]

    def _is_break(self, around: int, text: str) -> bool:
        """Return whether an element's edge parts what would otherwise be one word."""
        if around == self._parent:
            return False
        if self._splits_inline:
            return True
        before = self._runs[-1][1][-1][-2:]
        # Han and Kana run on without spaces, so there an edge tells nothing.
        return len(before) == 2 and before.isalnum() and text[:1].isalnum() and text[0] < "\u0e00"


def _is_apart(node: LexborNode) -> bool:
    """Return whether emphasized words are no part of the headline that they begin or end."""
    before, after = node.prev, node.next
    if before is not None and after is None and tells_recent_time(node.text().strip()):
        return True
    if before is not None and (before.prev is not None or before.text().strip()):
        return False
    text = " ".join(node.text().split())
    if not text or len(text) > _LONGEST_SAYING:
        return False
    if after is not None and after.tag == "br":
        return True
    return _is_no_headline(text) or is_lock_notice(text)


def _is_no_headline(text: str) -> bool:
    """Return whether a line is a time, a call, a count or a mark."""
    return is_stray(text) or is_plain_time(text) or _RANK.fullmatch(text) is not None


_OUTSIDE = Place()
_TELLING = _HEADINGS | _UNSEEN | {"time"}


def _place(own: int, tag: str, attributes: dict[str, str | None], above: Place) -> Place:
    block, heading, anchor, href, role, is_seen = above
    is_inline = tag in _INLINE
    if not attributes and tag not in _TELLING:
        return above if is_inline else Place(own, heading, anchor, href, role, is_seen)
    own_role = _role(tag, attributes)
    if own_role is not None or not is_inline:
        block = own
    if tag == "a" and (to := attributes.get("href")):
        anchor, href = own, to
    return Place(
        block,
        own if tag in _HEADINGS else heading,
        anchor,
        href,
        role if own_role is None else own_role,
        is_seen and tag not in _UNSEEN,
    )


def _role(tag: str, attributes: dict[str, str | None]) -> Role | None:
    name = attributes.get("class") if attributes else None
    if tag == "time":
        return Role.TIME
    if tag in _HEADINGS:
        return Role.LABEL if name and not words(name).isdisjoint(_KICKER) else Role.TITLE
    return _role_of(name) if name else None


@lru_cache(maxsize=4096)
def _role_of(name: str) -> Role | None:
    found = words(name)
    if any(hidden <= found for hidden in _FOR_SCREEN_READERS):
        return Role.ASIDE
    for role, telling in _ROLES:
        if not found.isdisjoint(telling):
            return role
    return None


def _shows_lock(tag: str, attributes: dict[str, str | None]) -> bool:
    for name, value in attributes.items():
        if name in _TELLING_NAMES:
            # Elsewhere a link leads somewhere, and an id is for scripts.
            if name in _OF_DRAWINGS and tag not in _DRAWINGS:
                continue
            longest = _LONGEST_LABEL if name in _SAYINGS else _LONGEST_MARK
            if value and len(value) <= longest and _is_lock(name, value):
                return True
        elif name.startswith("data-") and is_lock_data(name, value):
            return True
    return False


def _is_lock(name: str, value: str) -> bool:
    if name in _MARKS:
        return is_lock_mark(value)
    if name in _SAYINGS:
        return is_lock_label(value)
    if name == "src":
        path = value.partition("?")[0]
        return path.endswith(_ICON) and is_lock_mark(path.rpartition("/")[2])
    return is_lock_mark(value.rpartition("/")[2])
