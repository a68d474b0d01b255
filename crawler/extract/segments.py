"""The texts of one card of a list, each with what the mark-up around it says of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import Enum

from selectolax.lexbor import LexborNode

from crawler.extract import list_words
from crawler.extract.list_words import words
from crawler.extract.locks import is_lock_mark

_INLINE = words("b i em strong mark sup sub u font wbr q abbr cite ins br bdi small big s del nobr")
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_UNSEEN = frozenset(("script", "style", "template", "noscript", "iframe", "select", "textarea"))
_MARKS = ("class", "alt", "title", "aria-label", "data-icon", "xlink:href", "src")
_ICON = (".svg", ".png", ".gif")
_LONGEST_MARK = 120


class Role(Enum):
    """What a text is in its card, by the names of the elements around it."""

    TITLE = 1
    LABEL = 2
    TIME = 3
    ASIDE = 4


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text stands: ids of the elements around it, 0 for none."""

    block: int = 0
    heading: int = 0
    anchor: int = 0
    href: str | None = None
    role: Role | None = None
    is_seen: bool = True


@dataclass(slots=True)
class Segment:
    """A run of a card's text without an element that begins or ends in it."""

    place: Place
    parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return the text, each run of white space as one space."""
        return " ".join("".join(self.parts).split())


@dataclass(slots=True)
class Texts:
    """A card's texts in page order, and whether its mark-up shows a lock."""

    segments: list[Segment]
    is_locked: bool = False


def read_texts(card: LexborNode) -> Texts:
    """Return the texts of a card; no two elements' texts are ever glued together."""
    found = Texts([])
    places: dict[int, Place] = {}
    for node in card.traverse(include_text=True):
        if node.is_text_node:
            parent = node.parent
            place = places.get(parent.mem_id if parent is not None else 0, Place())
            _add(found.segments, place, node.text_content or "")
        elif node.is_element_node:
            places[node.mem_id] = _place(node, places, found)
            if node.tag == "br" and found.segments:
                found.segments[-1].parts.append(" ")
    found.segments = [segment for segment in found.segments if segment.text]
    return found


def _add(segments: list[Segment], place: Place, text: str) -> None:
    if not place.is_seen:
        return
    if not segments or segments[-1].place.block != place.block:
        segments.append(Segment(place))
    segments[-1].parts.append(text)


def _place(node: LexborNode, places: dict[int, Place], found: Texts) -> Place:
    parent = node.parent
    above = places.get(parent.mem_id if parent is not None else 0, Place())
    tag = node.tag or ""
    place = above if tag in _INLINE else replace(above, block=node.mem_id)
    attributes = node.attributes
    if not attributes and tag not in _HEADINGS and tag not in _UNSEEN:
        return place
    if not found.is_locked:
        found.is_locked = any(map(is_lock_mark, _marks(tag, attributes)))
    return _described(node, tag, attributes, place)


def _described(
    node: LexborNode, tag: str, attributes: dict[str, str | None], place: Place
) -> Place:
    role = _role(tag, attributes)
    if role is not None:
        place = replace(place, block=node.mem_id, role=role)
    if tag == "a" and attributes.get("href"):
        place = replace(place, anchor=node.mem_id, href=attributes["href"])
    if tag in _HEADINGS:
        place = replace(place, heading=node.mem_id)
    return replace(place, is_seen=False) if tag in _UNSEEN else place


def _role(tag: str, attributes: dict[str, str | None]) -> Role | None:
    if tag == "time":
        return Role.TIME
    name = attributes.get("class")
    found = words(name) if name else frozenset()
    if not found.isdisjoint(list_words.TIME):
        return Role.TIME
    if tag not in _HEADINGS and found.isdisjoint(list_words.TITLE):
        if not found.isdisjoint(list_words.LABEL):
            return Role.LABEL
        return None if found.isdisjoint(list_words.ASIDE) else Role.ASIDE
    return Role.LABEL if not found.isdisjoint(("kicker", "overline", "label")) else Role.TITLE


def _marks(tag: str, attributes: dict[str, str | None]) -> Iterator[str]:
    """Yield the values that may name a lock: classes, and the words of icons."""
    for name in _MARKS:
        value = attributes.get(name)
        if not value or len(value) > _LONGEST_MARK:
            continue
        if name == "src":
            if not value.endswith(_ICON):
                continue
            value = value.rpartition("/")[2]
        yield value
