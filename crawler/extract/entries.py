"""One entry of a list, read from its card: title, section labels, time and lock."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from archive.items import Access, Headline
from crawler.extract.links import Addresses
from crawler.extract.locks import is_lock_notice
from crawler.extract.segments import Role, Segment, read_texts
from crawler.urls import clean_url

_LONGEST_LABEL = 40
_LONGEST_NOTICE = 60
_LONGEST_CARD = 1000
_TIME = re.compile(
    r"\d{1,2}[:.]\d{2}|\d{1,4}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{1,4}|\d{1,2}/\d{1,2}|(?:19|20)\d\d"
    r"|\d+\s*(?:min|h|hour|std|d|day|ago|uur|val|timer?|sek|мин|час|хв|год|분|시간|時間|日|小时|分钟|分)",
    re.IGNORECASE,
)
_WIDE = re.compile(r"[\u0e00-\u0e7f\u1000-\u109f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_EDGES = " :|/·•#-–—,.›»>"


def is_headline_like(text: str) -> bool:
    """Return whether a text is long enough for a headline, in any script."""
    if len(text) >= 24 and text.count(" ") >= 2:
        return True
    return len(text) >= 9 and len(_WIDE.findall(text)) >= 9


@dataclass(frozen=True, slots=True)
class Target:
    """Where an entry leads: its address as found and the key that all its spellings share."""

    url: str | None
    key: str | None
    addresses: Addresses

    def is_meant_by(self, href: str) -> bool:
        """Return whether a link of the card leads to the entry's own article."""
        return self.key is not None and self.addresses.key(href) == self.key


def read_entry(
    card: LexborNode, target: Target, notices: frozenset[str] = frozenset()
) -> Headline | None:
    """Return what a card shows of its article, or None where it is no card but a text.

    ``notices`` are known words of a lock.
    """
    texts = read_texts(card)
    locked = texts.is_locked
    printed: str | None = None
    shown: list[Segment] = []
    for segment in texts.segments:
        text = segment.text
        if text in notices or _says_locked(segment, text):
            locked = True
        elif _is_time(segment, text):
            printed = printed or text
        else:
            shown.append(segment)
    if sum(len(segment.text) for segment in shown) > _LONGEST_CARD:
        return None
    title, place = _title(shown, target)
    return Headline(
        title=title,
        url=clean_url(target.url) if target.url else None,
        sections=_sections(shown, place, target),
        access=Access.LOCKED if locked else None,
        published=printed,
    )


def _says_locked(segment: Segment, text: str) -> bool:
    return len(text) <= _LONGEST_NOTICE and not segment.place.heading and is_lock_notice(text)


def _is_time(segment: Segment, text: str) -> bool:
    if len(text) > _LONGEST_LABEL or segment.place.heading:
        return False
    if segment.place.role is Role.TIME and not segment.place.href:
        return any(character.isdigit() for character in text)
    found = _TIME.search(text)
    return found is not None and len(found.group()) * 2 >= len(text)


def _title(shown: list[Segment], target: Target) -> tuple[str | None, int]:
    """Return the title, and where among the texts it stands; None and the end for no title."""
    for piece in _candidates(shown, target):
        text = " ".join(segment.text for segment in piece)
        if any(character.isalpha() for character in text):
            return text, next(at for at, segment in enumerate(shown) if segment is piece[0])
    return None, len(shown)


def _candidates(shown: list[Segment], target: Target) -> Iterable[list[Segment]]:
    """Yield what may be the title, best first."""

    def is_linked(segment: Segment) -> bool:
        href = segment.place.href
        return href is not None and target.is_meant_by(href)

    if target.key is not None:
        shown = [s for s in shown if s.place.href is None or is_linked(s)]
    titled = [s for s in shown if s.place.role is Role.TITLE]
    plain = [s for s in shown if s.place.role is None]
    linked = [s for s in shown if is_linked(s)]
    unlinked = [s for s in plain if s.place.href is None]
    for segments, by in (
        ([s for s in titled if s.place.heading], _heading),
        (titled, _block),
        ([s for s in plain if is_linked(s)], _block),
        ([s for s in linked if is_headline_like(s.text)], _block),
        ([s for s in unlinked if is_headline_like(s.text)], _block),
        ([s for s in linked if s.place.role is not Role.LABEL], _block),
    ):
        yield from _best_first(_pieces(segments, by))


def _best_first(pieces: list[list[Segment]]) -> list[list[Segment]]:
    """Return the first that is long enough for a headline, else the longest."""
    sizes = [" ".join(segment.text for segment in piece) for piece in pieces]
    likely = [piece for piece, text in zip(pieces, sizes, strict=True) if is_headline_like(text)]
    if likely:
        return likely[:1]
    return sorted(pieces, key=lambda piece: -sum(len(segment.text) for segment in piece))[:1]


def _heading(segment: Segment) -> int:
    return segment.place.heading


def _block(segment: Segment) -> int:
    return segment.place.block


def _pieces(segments: list[Segment], by: Callable[[Segment], int]) -> list[list[Segment]]:
    found: dict[int, list[Segment]] = {}
    for segment in segments:
        found.setdefault(by(segment), []).append(segment)
    return list(found.values())


def _sections(shown: list[Segment], title_at: int, target: Target) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for at, segment in enumerate(shown):
        text = segment.text.strip(_EDGES)
        if len(text) > _LONGEST_LABEL or not any(character.isalpha() for character in text):
            continue
        if _is_label(segment, at < title_at, target):
            found.update(dict.fromkeys(part for part in text.split(", ") if part))
    return tuple(found)


def _is_label(segment: Segment, is_before: bool, target: Target) -> bool:
    place = segment.place
    if place.role is Role.LABEL:
        return True
    if place.href is not None and not target.is_meant_by(place.href):
        return target.addresses.is_section(place.href)
    return is_before and place.role in (None, Role.TIME)
