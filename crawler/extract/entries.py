"""One entry of a list, read from its card: title, section labels, time and lock."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from archive.items import Access, Headline
from crawler.extract.cards import Card
from crawler.extract.cleaning import clean
from crawler.extract.links import ROOTED, Addresses, cleaned
from crawler.extract.locks import is_about_readers, is_lock_notice, is_reserving, without_lock_sign
from crawler.extract.recent import Recent
from crawler.extract.segments import Role, Segment, Texts, read_texts
from crawler.extract.strays import is_stray, tells_recent_time, tells_time

_LONGEST_LABEL = 40
_LONGEST_NOTICE = 60
_LONGEST_CARD = 1000
_LONGEST_BRAND = 16
_MANY_LABELS = 8
_SPACES_OF_SENTENCE = 3
_CLOCK = re.compile(r"\d{1,2}[:.h]\d{2}(?!\d)|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}")
_WIDE = re.compile(r"[\u0e00-\u0e7f\u1000-\u109f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_LONGEST_KEPT = 4000
_UNKNOWN = Headline()
_RECENT = Recent[Headline | None](limit=2_000_000)
_SEPARATORS = " :|/·•"
_EDGES = " \ufeff\u200b:|/·•#-–—,.›»>"


def is_headline_like(text: str) -> bool:
    """Return whether a text is long enough for a headline, in any script."""
    if len(text) >= 24 and text.count(" ") >= 2:
        return True
    return not text.isascii() and len(text) >= 9 and len(_WIDE.findall(text)) >= 9


class Manner(NamedTuple):
    """What the entries of one list have in common.

    Where some have no link, ``labels`` are the texts that several of them show.
    """

    notices: frozenset[str]
    labels: frozenset[str] = frozenset()
    is_partly_unlinked: bool = False


class Target(NamedTuple):
    """Where an entry leads: the key that all spellings of its address share, None for nowhere."""

    key: str | None
    addresses: Addresses

    def is_meant_by(self, href: str) -> bool:
        """Return whether a link of the card leads to the entry's own article."""
        return self.key is not None and self.addresses.key(href) == self.key


class EntryReader:
    """Reads the cards of one page; ``repeated`` are sentences that stand on it several times."""

    def __init__(self, addresses: Addresses, repeated: Collection[str] = ()) -> None:
        self.addresses = addresses
        """The judge of the page's links."""
        self._notices = frozenset(
            text for text in repeated if is_lock_notice(text) or is_reserving(text)
        )
        self._manner = Manner(self._notices)

    def entries(self, group: Sequence[Card]) -> list[tuple[Card, Headline]]:
        """Return what the cards of one list show, those left out that are no entries."""
        reserved = {card.address.notice for card in group if card.address and card.address.notice}
        if reserved:
            read, manner = _read_unlinked(group, frozenset(reserved))
            entries = [
                self._entry(card, texts, manner) for card, texts in zip(group, read, strict=True)
            ]
        else:
            entries = list(map(self._read, group))
        found = [(card, entry) for card, entry in zip(group, entries, strict=True) if entry]
        if reserved and not _are_locked([entry for _, entry in found], reserved):
            return []
        return found

    def _read(self, card: Card) -> Headline | None:
        """Return what a card shows, read once for all pages of the site that show it."""
        markup = card.node.html or ""
        key = (markup, card.address and card.address.url, self._notices, self.addresses.origin)
        known = _RECENT.get(key, _UNKNOWN)
        if known is not _UNKNOWN:
            return known
        texts = read_texts(card.node)
        entry = self._entry(card, texts, self._manner)
        # A relative link leads elsewhere from another page.
        if len(markup) <= _LONGEST_KEPT and all(map(_is_rooted, texts.segments)):
            _RECENT.keep(key, markup, entry)
        return entry

    def _entry(self, card: Card, texts: Texts, manner: Manner) -> Headline | None:
        shown, locked, printed = _told_apart(texts, manner)
        if sum([len(segment.text) for segment in shown]) > _LONGEST_CARD:
            return None
        url = card.address.url if card.address else ""
        target = Target(card.address.key if url and card.address else None, self.addresses)
        title, sections = _title_and_sections(shown, target, manner)
        if title and title[0].islower() and _ends_sentence(title, shown):
            return None
        printed = printed or _time_beside(title, shown)
        if len(sections) > _MANY_LABELS or not _is_entry(card, title, sections, locked, manner):
            return None
        return Headline(
            title=clean(title),
            url=cleaned(url) if url else None,
            sections=tuple(filter(None, map(clean, sections))),
            access=Access.LOCKED if locked else None,
            published=printed,
        )


def _told_apart(texts: Texts, manner: Manner) -> tuple[list[Segment], bool, str | None]:
    """Return what a card shows but for locks and times, whether it is locked, and its time."""
    locked = texts.is_locked
    printed: str | None = None
    shown: list[Segment] = []
    for segment in texts.segments:
        text = _without_marks(segment.text, manner.notices)
        if text != segment.text:
            locked, segment = True, segment._replace(text=text)
        if not text:
            continue
        if len(text) > _LONGEST_NOTICE or _is_all_of_heading(segment, texts.segments):
            shown.append(segment)
        elif _is_lock(segment):
            locked = True
        elif segment.place.role is Role.LENGTH and text[0].isdigit():
            continue
        elif _is_time(segment):
            printed = printed or text
        elif any(map(str.isalnum, text)):
            shown.append(segment)
    return shown, locked, printed


def _without_marks(text: str, notices: Collection[str]) -> str:
    """Return a text without the notice or the sign of a lock that it ends or begins with."""
    text = _without_notice(text, notices) if notices else text
    return without_lock_sign(text) if text else text


def _is_lock(segment: Segment) -> bool:
    if segment.text == "+":
        return segment.place.role is Role.LABEL
    return is_lock_notice(segment.text) and not _is_headline_of_readers(segment)


def _is_headline_of_readers(segment: Segment) -> bool:
    """Return whether a linked text tells of subscribers and the like, as a headline may."""
    return segment.place.href is not None and is_about_readers(segment.text)


def _is_rooted(segment: Segment) -> bool:
    href = segment.place.href
    return href is None or href.startswith(ROOTED)


def _are_locked(entries: Sequence[Headline], notices: Collection[str]) -> bool:
    """Return whether what entries without a link repeat is a notice of a lock.

    Either its words say so, or the entries name their sections, as only headlines do.
    """
    if any(is_lock_notice(notice) or is_reserving(notice) for notice in notices):
        return True
    return sum(bool(entry.sections) for entry in entries) * 2 >= len(entries)


def _read_unlinked(group: Sequence[Card], notices: frozenset[str]) -> tuple[list[Texts], Manner]:
    """Return the texts of cards some of which have no link, and what they have in common.

    Only what several entries say, the sections and the notice, tells an emphasized label from
    an emphasized word of a title.
    """
    split = [read_texts(card.node, splits_inline=True) for card in group]
    said = Counter(
        part
        for texts in split
        for part in {part for segment in texts.segments for part in _parts(segment.text)}
    )
    labels = frozenset(part for part, times in said.items() if times > 1)
    manner = Manner(notices, labels, True)
    return [
        _better(read_texts(card.node), apart, manner)
        for card, apart in zip(group, split, strict=True)
    ], manner


def _better(whole: Texts, split: Texts, manner: Manner) -> Texts:
    known = {segment.text for segment in whole.segments}
    for segment in split.segments:
        is_telling = _is_known(segment.text, manner.labels) or _names(segment.text, manner.notices)
        if is_telling and segment.text not in known:
            return split
    return whole


def _is_entry(
    card: Card, title: str | None, sections: tuple[str, ...], locked: bool, manner: Manner
) -> bool:
    if manner.is_partly_unlinked:
        return bool(title or sections)
    if card.address is None:
        return locked and title is not None
    return title is not None


def _without_notice(text: str, notices: Collection[str]) -> str:
    """Return a text without the notice that it ends with; "" where it is little else."""
    if _names(text, notices):
        return ""
    ends = (text.removesuffix(notice).rstrip() for notice in notices if text.endswith(notice))
    return next(ends, text)


def _names(text: str, notices: Collection[str]) -> bool:
    return any(notice in text and len(text) <= len(notice) + _LONGEST_BRAND for notice in notices)


def _parts(text: str) -> list[str]:
    """Return the section labels that a text names if it names any."""
    if len(text) > 2 * _LONGEST_LABEL:
        return []
    return [part for label in text.split(", ") if (part := label.strip(_EDGES))]


def _title_and_sections(
    shown: list[Segment], target: Target, manner: Manner
) -> tuple[str | None, tuple[str, ...]]:
    if not manner.is_partly_unlinked:
        title, place = _title(shown, target)
        return title, _sections(shown, place, target)
    named = [segment for segment in shown if not _is_known(segment.text, manner.labels)]
    title, _ = _title(named, target)
    if title is None and named:
        title = max((segment.text for segment in named), key=len)
    labels = [segment for segment in shown if segment.text != title and _is_short(segment.text)]
    found = dict.fromkeys(part for segment in labels for part in _parts(segment.text))
    return title, tuple(part for part in found if any(map(str.isalpha, part)))


def _is_known(text: str, labels: frozenset[str]) -> bool:
    return all(part in labels for part in _parts(text)) and bool(_parts(text))


def _is_short(text: str) -> bool:
    return len(text) <= 2 * _LONGEST_LABEL and not any(map(str.isdigit, text))


def _is_all_of_heading(segment: Segment, segments: Sequence[Segment]) -> bool:
    heading = segment.place.heading
    return bool(heading) and sum(other.place.heading == heading for other in segments) == 1


def _is_time(segment: Segment) -> bool:
    text = segment.text
    if len(text) > _LONGEST_LABEL:
        return False
    if segment.place.href is not None:
        return tells_recent_time(text)
    is_marked = segment.place.role is Role.TIME and any(map(str.isdigit, text))
    return is_marked or tells_time(text)


def _ends_sentence(title: str, shown: Sequence[Segment]) -> bool:
    """Return whether a link that begins in lower case goes on with the words before it."""
    for before, segment in pairwise(shown):
        if segment.text == title and before.place.href is None and before.place.role is None:
            return before.text.count(" ") >= _SPACES_OF_SENTENCE and before.text[-1].isalnum()
    return False


def _time_beside(title: str | None, shown: Sequence[Segment]) -> str | None:
    """Return a text that tells a time among other words, such as "Today, 12:34"."""
    for segment in shown:
        text = segment.text
        if text != title and len(text) <= _LONGEST_LABEL and _CLOCK.search(text):
            return text
    return None


def _title(shown: list[Segment], target: Target) -> tuple[str | None, int]:
    """Return the title, and where among the texts it stands; None and the end for no title."""
    for piece in _candidates(shown, target):
        text = " ".join(segment.text for segment in piece).lstrip(_SEPARATORS)
        if any(map(str.isalpha, text)):
            return text, next(at for at, segment in enumerate(shown) if segment is piece[0])
    return None, len(shown)


def _candidates(shown: list[Segment], target: Target) -> Iterator[list[Segment]]:
    """Yield what may be the title, best first."""
    titled: list[Segment] = []
    linked: list[Segment] = []
    unlinked: list[Segment] = []
    for segment in shown:
        href, role = segment.place.href, segment.place.role
        if href is None:
            unlinked.append(segment)
        elif target.is_meant_by(href):
            linked.append(segment)
        elif target.key is not None:
            continue
        if role is Role.TITLE:
            titled.append(segment)
    if len(titled) == 1:
        yield titled
    elif titled:
        yield from _best(_pieces([s for s in titled if s.place.heading], _heading))
        yield from _best(_pieces(titled, _block))
    yield from _best([[s] for s in linked if s.place.role is None])
    yield from _best([[s] for s in linked if is_headline_like(s.text)])
    bare = [s for s in unlinked if s.place.role is None]
    yield from _best([[s] for s in bare if is_headline_like(s.text)])
    yield from _best([[s] for s in linked if s.place.role is not Role.LABEL])


def _best(pieces: list[list[Segment]]) -> list[list[Segment]]:
    """Return the first that is long enough for a headline, else the longest, if there is one."""
    if len(pieces) < 2:
        return pieces
    texts = [" ".join(segment.text for segment in piece) for piece in pieces]
    for piece, text in zip(pieces, texts, strict=True):
        if is_headline_like(text):
            return [piece]
    return [max(pieces, key=lambda piece: sum(len(segment.text) for segment in piece))]


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
        if len(text) > _LONGEST_LABEL or not any(map(str.isalpha, text)):
            continue
        if _is_label(segment, at < title_at, target) and not is_stray(text):
            found.update(dict.fromkeys(part for part in text.split(", ") if part))
    return tuple(found)


def _is_label(segment: Segment, is_before: bool, target: Target) -> bool:
    place = segment.place
    if place.role is Role.LABEL:
        return True
    if place.href is not None and not target.is_meant_by(place.href):
        return target.addresses.is_section(place.href)
    if any(map(str.isdigit, segment.text)):
        return False
    return is_before and place.role in (None, Role.TIME)
