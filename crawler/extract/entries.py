"""One entry of a list, read from its card: title, section labels, time and lock."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from archive.items import Access, Headline
from crawler.extract.containers import tokens
from crawler.extract.links import Addresses
from crawler.extract.locks import is_lock
from crawler.urls import clean_url

_INLINE = frozenset(
    (
        "b",
        "i",
        "em",
        "strong",
        "mark",
        "sup",
        "sub",
        "u",
        "font",
        "wbr",
        "q",
        "abbr",
        "cite",
        "ins",
        "br",
        "bdi",
        "small",
        "big",
        "s",
        "del",
        "var",
        "code",
        "nobr",
    )
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_UNSEEN = frozenset(
    (
        "script",
        "style",
        "template",
        "svg",
        "noscript",
        "iframe",
        "select",
        "button",
        "form",
        "textarea",
    )
)
_TITLE_WORDS = frozenset(
    ("title", "headline", "heading", "ttl", "tit", "titre", "titel", "titulo", "titulek")
)
_LABEL_WORDS = frozenset(
    (
        "label",
        "labels",
        "category",
        "categories",
        "cat",
        "cats",
        "section",
        "sections",
        "rubric",
        "rubrik",
        "kicker",
        "overline",
        "eyebrow",
        "topic",
        "topics",
        "tag",
        "tags",
        "channel",
        "genre",
        "badge",
        "flag",
        "surtitle",
        "supertitle",
        "dachzeile",
        "pretitle",
        "pre",
        "surtitre",
        "theme",
        "antetitulo",
    )
)
_TIME_WORDS = frozenset(
    (
        "date",
        "time",
        "ago",
        "datetime",
        "timestamp",
        "published",
        "clock",
        "timeago",
        "pubdate",
        "day",
        "datum",
        "meta",
    )
)
_ASIDE_WORDS = frozenset(
    (
        "rank",
        "ranking",
        "number",
        "num",
        "counter",
        "count",
        "comments",
        "comment",
        "views",
        "author",
        "authors",
        "byline",
        "caption",
        "credit",
        "excerpt",
        "summary",
        "teaser",
        "lead",
        "description",
        "desc",
        "duration",
        "sr",
        "screen",
        "hidden",
        "visually",
        "readmore",
        "more",
    )
)
_TIME = re.compile(
    r"\d{1,2}[:.]\d{2}|\d{1,4}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{1,4}|(?:19|20)\d\d|\d+\s*(?:min|h|hour|std|d|day|ago|uur|val|timer?|sek|мин|час|хв|год|분|시간|時間|日|小时|分钟|分)\b",
    re.IGNORECASE,
)
_WIDE = re.compile(r"[\u0e00-\u0e7f\u1000-\u109f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(slots=True)
class _Place:
    """What is known of an element of a card from its own mark-up and from those around it."""

    block: int
    heading: int = 0
    anchor: int = 0
    href: str | None = None
    is_titled: bool = False
    is_labelled: bool = False
    is_timed: bool = False
    is_aside: bool = False
    is_unseen: bool = False


@dataclass(slots=True)
class Segment:
    """A run of a card's text without a break in it."""

    place: _Place
    parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return the text, each run of white space as one space."""
        return " ".join("".join(self.parts).split())


def is_headline_like(text: str) -> bool:
    """Return whether a text is long enough for a headline, in any script."""
    if len(_WIDE.findall(text)) >= 9:
        return True
    return len(text) >= 24 and text.count(" ") >= 2


def read_entry(
    card: LexborNode, url: str | None, key: str | None, addresses: Addresses
) -> Headline:
    """Return what the card shows of its article."""
    reader = _Reader(card, addresses, key)
    return reader.headline(url)


class _Reader:
    def __init__(self, card: LexborNode, addresses: Addresses, key: str | None) -> None:
        self._addresses = addresses
        self._key = key
        self._is_locked = False
        self._printed: str | None = None
        self._segments: list[Segment] = []
        self._places: dict[int, _Place] = {}
        self._walk(card)

    def headline(self, url: str | None) -> Headline:
        shown = self._without_locks_and_times()
        title, before = self._title(shown)
        sections = self._sections(before, title)
        return Headline(
            title=title,
            url=clean_url(url) if url else None,
            sections=sections,
            access=Access.LOCKED if self._is_locked else None,
            published=self._printed,
        )

    def _walk(self, card: LexborNode) -> None:
        broken = True
        above = _Place(0)
        for node in card.traverse(include_text=True, skip_empty=False):
            if node.is_text_node:
                parent = node.parent
                place = self._places.get(parent.mem_id, above) if parent is not None else above
                if place.is_unseen:
                    continue
                last = self._segments[-1] if self._segments else None
                if last is None or broken or last.place.block != place.block:
                    self._segments.append(Segment(place, []))
                    broken = False
                self._segments[-1].parts.append(node.text_content or "")
            elif node.is_element_node:
                self._enter(node)
                if node.tag == "br" and self._segments:
                    self._segments[-1].parts.append(" ")

    def _enter(self, node: LexborNode) -> None:
        parent = node.parent
        above = self._places.get(parent.mem_id) if parent is not None else None
        tag = node.tag or ""
        place = _Place(node.mem_id)
        if above is not None:
            place.heading, place.anchor, place.href = above.heading, above.anchor, above.href
            place.is_titled, place.is_labelled = above.is_titled, above.is_labelled
            place.is_timed, place.is_aside = above.is_timed, above.is_aside
            place.is_unseen = above.is_unseen
            if tag in _INLINE:
                place.block = above.block
        if tag in _UNSEEN:
            place.is_unseen = True
        if tag in _HEADINGS:
            place.heading = node.mem_id
        self._read_attributes(node, tag, place)
        self._places[node.mem_id] = place

    def _read_attributes(self, node: LexborNode, tag: str, place: _Place) -> None:
        attributes = node.attributes
        if not attributes:
            return
        if tag == "a" and "href" in attributes:
            place.anchor, place.href = node.mem_id, attributes["href"]
        name = attributes.get("class")
        if name:
            words = tokens(name)
            place.is_titled = place.is_titled or not words.isdisjoint(_TITLE_WORDS)
            place.is_labelled = place.is_labelled or not words.isdisjoint(_LABEL_WORDS)
            place.is_timed = place.is_timed or not words.isdisjoint(_TIME_WORDS)
            place.is_aside = place.is_aside or not words.isdisjoint(_ASIDE_WORDS)
        if tag == "time":
            place.is_timed = True
            if self._printed is None:
                self._printed = node.text(separator=" ").strip() or attributes.get("datetime")
        if not self._is_locked:
            self._is_locked = any(
                is_lock(value)
                for at in ("class", "alt", "title", "aria-label", "src", "data-icon", "href")
                if (value := attributes.get(at))
                and len(value) < 200
                and (at != "href" or tag == "use")
                and not (at in ("alt", "title") and len(value) > 60)
                and not (at == "src" and not value.endswith((".svg", ".png", ".gif")))
            )

    def _without_locks_and_times(self) -> list[Segment]:
        shown = []
        for segment in self._segments:
            text = segment.text
            if not text:
                continue
            if len(text) <= 60 and not segment.place.heading and is_lock(text):
                self._is_locked = True
                continue
            if len(text) <= 40 and (
                (segment.place.is_timed and any(c.isdigit() for c in text)) or _is_time(text)
            ):
                self._printed = self._printed or text
                continue
            shown.append(segment)
        return shown

    def _title(self, shown: list[Segment]) -> tuple[str | None, list[Segment]]:
        usable = [
            s
            for s in shown
            if not s.place.is_aside
            and not (s.place.is_labelled and not s.place.heading and not s.place.is_titled)
        ]
        for by in (_heading, _titled, self._anchor):
            found = _pieces(usable, by)
            if found:
                break
        else:
            found = [[segment] for segment in usable]
        if not found:
            return None, shown
        texts = [" ".join(segment.text for segment in piece) for piece in found]
        likely = [i for i, text in enumerate(texts) if is_headline_like(text)]
        best = likely[0] if likely else max(range(len(texts)), key=lambda i: len(texts[i]))
        first = found[best][0]
        return texts[best], shown[: next(i for i, s in enumerate(shown) if s is first)]

    def _anchor(self, segment: Segment) -> int:
        href = segment.place.href
        return segment.place.block if href is not None and self._leads_here(href) else 0

    def _leads_here(self, href: str) -> bool:
        from crawler.extract.links import key_of

        url = self._addresses.resolve(href)
        return url is not None and (self._key is None or (key_of(url) or url) == self._key)

    def _sections(self, before: list[Segment], title: str | None) -> tuple[str, ...]:
        found: list[str] = []
        for segment in before:
            text = segment.text.strip(" :|/·•#-–,")
            place = segment.place
            is_link = place.href is not None and not self._leads_here(place.href)
            if 1 < len(text) <= 40 and text != title and (place.is_labelled or is_link):
                found.extend(part for part in text.split(", ") if part not in found)
        return tuple(found)


def _heading(segment: Segment) -> int:
    return segment.place.heading


def _titled(segment: Segment) -> int:
    return segment.place.block if segment.place.is_titled else 0


def _pieces(segments: list[Segment], by: Callable[[Segment], int]) -> list[list[Segment]]:
    found: dict[int, list[Segment]] = {}
    for segment in segments:
        place = by(segment)
        if place:
            found.setdefault(place, []).append(segment)
    return list(found.values())


def _is_time(text: str) -> bool:
    found = _TIME.search(text)
    return found is not None and len(found.group()) * 2 >= len(text)
