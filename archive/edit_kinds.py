"""What kind of change an edit is, and how large.

Each place where two texts differ is judged by its words and by what stands around it; places
close together within a sentence are judged as one. The kinds, the most telling first:

access       the text was locked or opened
headline     the headline differs
removal      words were taken out and (almost) nothing put in their place; first if they are many
quote        words changed within a quotation
name         a name was changed: capitalised words (of German nouns those without an article
             before them), in Arabic and Chinese words beside a title, a place or "said"
number       numbers differ, in digits or in words
date         the name of a day or a month differs
rewrite      a passage was put in other words, many on both sides
addition     words were put in
wording      other words than before, none of the above
typo         letters, case, hyphens, punctuation or doubled words were put right
moved        the same paragraphs stand in another order
lead         the lead differs
authors      the authors differ
time         the time of publication or modification differs
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from archive.edit_words import (
    is_day,
    is_day_in_signs,
    is_german,
    is_german_noun,
    is_sign,
    is_slip,
    is_title,
    names_someone,
    number_of,
)
from archive.noise import folded, without_passing
from archive.quotations import quotations
from archive.word_diff import Hunk, Token, hunks, tokens

ORDER = (
    *("access", "headline", "removal", "quote", "name", "number", "date", "rewrite"),
    *("addition", "wording", "typo", "moved", "lead", "authors", "time"),
)
_MANY = 5
"""So many words taken out are told first, whatever else changed."""
_PASSAGE = 6
"""A passage is put in other words where so many of them differ on both sides."""
_NEAR = 2
"""Changes with at most so many words between them, in one sentence, are one."""
_SENTENCE_ENDS = frozenset(".!?…。！？؟")


@dataclass(frozen=True, slots=True)
class Reading:
    """What counts of an article at a time."""

    title: str = ""
    lead: str = ""
    body: str = ""
    authors: tuple[str, ...] = ()
    published: str | None = None
    modified: str | None = None
    access: str | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """The kinds of a change, the most telling first, and how many words it took out and put in.

    In scripts without spaces between words each sign counts.
    """

    kinds: tuple[str, ...]
    removed: int
    added: int


def edit_of(old: Reading, new: Reading) -> Edit:
    """Return what the change from one reading to the next is."""
    removed = added = 0
    kinds: Counter[str] = Counter()
    for before, after in _texts(old, new):
        compared = Compared(before, after)
        removed += compared.removed
        added += compared.added
        kinds.update(compared.kinds())
    return Edit(_ordered(set(_declared(old, new)) | kinds.keys(), kinds["removal"]), removed, added)


def _texts(old: Reading, new: Reading) -> Iterator[tuple[str, str]]:
    for before, after in (
        (old.title, new.title),
        (without_passing(old.lead), without_passing(new.lead)),
        (without_passing(old.body), without_passing(new.body)),
    ):
        if folded(before) != folded(after):
            yield before, after


def _declared(old: Reading, new: Reading) -> Iterator[str]:
    """Yield the kinds that need no look at the words."""
    if old.access != new.access:
        yield "access"
    if folded(old.title) != folded(new.title):
        yield "headline"
    if folded(without_passing(old.lead)) != folded(without_passing(new.lead)):
        yield "lead"
    if old.authors != new.authors:
        yield "authors"
    if (old.published, old.modified) != (new.published, new.modified):
        yield "time"


def _ordered(kinds: set[str], words_removed: int) -> tuple[str, ...]:
    found = [kind for kind in ORDER if kind in kinds]
    if "removal" in found and words_removed < _MANY:
        found.remove("removal")
        before = [kind for kind in found if ORDER.index(kind) < ORDER.index("addition")]
        found.insert(len(before), "removal")
    return tuple(found)


class Compared:
    """Two texts of one field, and where they differ."""

    def __init__(self, old: str, new: str) -> None:
        self.texts = (old, new)
        self.old = tokens(old)
        self.new = tokens(new)
        self.hunks = hunks(self.old, self.new)

    @property
    def removed(self) -> int:
        """How many words are only in the old text."""
        return sum(_count(self.old[one.old_start : one.old_end]) for one in self.hunks)

    @property
    def added(self) -> int:
        """How many words are only in the new text."""
        return sum(_count(self.new[one.new_start : one.new_end]) for one in self.hunks)

    @cached_property
    def quoted(self) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        """Where each text quotes someone."""
        return quotations(self.texts[0]), quotations(self.texts[1])

    @cached_property
    def inside(self) -> frozenset[str]:
        """The words that stand after another word, in the middle of a sentence."""
        sides = (self.old, self.new)
        return frozenset(
            one.key for side in sides for before, one in pairwise(side) if before.is_word
        )

    @cached_property
    def is_german(self) -> bool:
        """Whether the new text, or else the old one, is in German."""
        return any(is_german(frozenset(one.key for one in side)) for side in (self.new, self.old))

    @cached_property
    def is_in_capitals(self) -> bool:
        """Whether most words are capitalised, as in the headlines of some papers."""
        words = [one.key for one in self.new if len(one.key) > 3 and one.is_word]
        capitals = sum(word[0].isupper() for word in words)
        return len(words) > 3 and capitals * 3 > len(words) * 2 and not self.is_german

    def kinds(self) -> Iterable[str]:
        """Return the kind of each change; removal and addition once for each of their words."""
        if _paragraphs(self.texts[0]) == _paragraphs(self.texts[1]):
            return ["moved"]
        return [kind for one in self.together() for kind in _Change(self, one).kinds()]

    def together(self) -> list[Hunk]:
        """Return the places where the texts differ, those close together as one."""
        found: list[Hunk] = []
        for one in self.hunks:
            if found and self._is_near(found[-1], one):
                found[-1] = replace(found[-1], old_end=one.old_end, new_end=one.new_end)
            else:
                found.append(one)
        return found

    def _is_near(self, one: Hunk, other: Hunk) -> bool:
        between = self.new[one.new_end : other.new_start]
        is_one_sentence = not any(token.key in _SENTENCE_ENDS for token in between)
        return is_one_sentence and len(between) <= _NEAR


class _Change:
    """One place where two texts differ."""

    def __init__(self, of: Compared, at: Hunk) -> None:
        self.of = of
        self.at = at
        old = [one for one in of.old[at.old_start : at.old_end] if one.is_word]
        new = [one for one in of.new[at.new_start : at.new_end] if one.is_word]
        common = Counter(one.key for one in old) & Counter(one.key for one in new)
        self.old = _without(old, common)
        self.new = _without(new, common)

    def kinds(self) -> Iterator[str]:
        """Yield the kinds of the change, each perhaps more than once."""
        if not self.old and not self.new:
            yield "typo"
            return
        if self._is_quoted():
            yield "quote"
        if self._is_joined() or self._is_doubled():
            yield "typo"
        elif not self.new or len(self.old) >= 3 * len(self.new) + _PASSAGE:
            yield from ["removal"] * _count(self.old)
        elif not self.old or len(self.new) >= 3 * len(self.old) + _PASSAGE:
            yield from ["addition"] * _count(self.new)
        elif _spoken(self.old) >= _PASSAGE and _spoken(self.new) >= _PASSAGE:
            yield "rewrite"
        else:
            yield from self._of_words()

    def _of_words(self) -> Iterator[str]:
        told = self._of_signs()
        if told:
            yield told
            return
        old, new = self.old, self.new
        numbers = [[one for one in side if number_of(one.key)] for side in (old, new)]
        if all(numbers):
            if _values(numbers[0]) != _values(numbers[1]):
                yield "number"
            old = [one for one in old if one not in numbers[0]]
            new = [one for one in new if one not in numbers[1]]
            if not old and not new:
                if _values(numbers[0]) == _values(numbers[1]):
                    yield "typo"
                return
        yield from self._of_other_words(old, new)

    def _of_other_words(self, old: list[Token], new: list[Token]) -> Iterator[str]:
        if len(old) == len(new):
            for one, other in zip(old, new, strict=True):
                yield from self._of_pair(one, other)
            return
        names = [one for one in (*old, *new) if self._is_name(one)]
        yield "name" if names and len(old) + len(new) <= 2 * _PASSAGE else "wording"

    def _of_pair(self, old: Token, new: Token) -> Iterator[str]:
        slip = is_slip(old.key, new.key)
        if is_day(old.key) and is_day(new.key) and not slip:
            yield "date"
        elif old.key.casefold() == new.key.casefold():
            yield "typo"
        elif self._is_name(old) and self._is_name(new):
            yield "name"
            if slip:
                yield "typo"
        elif slip:
            yield "typo"
        else:
            yield "name" if self._is_name(old) or self._is_name(new) else "wording"

    def _is_quoted(self) -> bool:
        """Return whether the change lies within a quotation on both sides."""
        return all(
            any(a <= start and end <= b for a, b in spans)
            for spans, (start, end) in zip(self.of.quoted, self._spans(), strict=True)
        )

    def _spans(self) -> tuple[tuple[int, int], tuple[int, int]]:
        at = self.at
        return (
            _span(self.of.old, at.old_start, at.old_end),
            _span(self.of.new, at.new_start, at.new_end),
        )

    def _is_joined(self) -> bool:
        """Return whether the same letters stand on both sides, otherwise apart."""
        return _letters(self.old) == _letters(self.new)

    def _is_doubled(self) -> bool:
        """Return whether a word was there twice in a row, by mistake, on one of the sides."""
        for side, start, words in (
            (self.of.old, self.at.old_start, self.old if not self.new else []),
            (self.of.new, self.at.new_start, self.new if not self.old else []),
        ):
            if len(words) == 1 and not is_sign(words[0].key):
                around = [one.key.casefold() for one in side[max(0, start - 1) : start + 2]]
                return around.count(words[0].key.casefold()) > 1
        return False

    def _is_name(self, word: Token) -> bool:
        """Return whether a word is a name, as its capital and the word before it say."""
        side, start = (
            (self.of.old, self.at.old_start)
            if word in self.old
            else (self.of.new, self.at.new_start)
        )
        at = side.index(word, start)
        before = side[at - 1] if at else None
        if before is not None and is_title(before.key):
            return True
        if not word.key[0].isupper() or word.key == "I" or is_day(word.key):
            return False
        if self.of.is_in_capitals and len(word.key) > 1:
            return False
        if before is None or not before.is_word:
            return _begins_name(side, at, before, self.of.inside)
        return not (self.of.is_german and is_german_noun(before.key))

    def _of_signs(self) -> str | None:
        """Return what changed Chinese signs are, as those around them say, or None."""
        signs = [*self.old, *self.new]
        if len(signs) > 2 * _PASSAGE or not all(is_sign(one.key) for one in signs):
            return None
        (_, _), (start, end) = self._spans()
        text = self.of.texts[1]
        before, changed, after = text[max(0, start - 4) : start], text[start:end], text[end:][:8]
        if is_day_in_signs(before, "".join(one.key for one in signs), after):
            return "date"
        if all(number_of(one.key) for one in signs):
            return None
        return "name" if names_someone(before, changed, after) else None


def _begins_name(
    side: Sequence[Token], at: int, before: Token | None, inside: frozenset[str]
) -> bool:
    """Return whether a capitalised word after a sign, or at the beginning, is a name.

    At the beginning of a sentence any word is capitalised: there it is a name if the next one
    is as well, or if it is so in the middle of another sentence.
    """
    word = side[at]
    if before is not None and before.key not in _SENTENCE_ENDS and before.key != '"':
        return True
    following = side[at + 1] if at + 1 < len(side) else None
    if following is not None and following.is_word and following.key[0].isupper():
        return True
    return word.key in inside


def _without(words: list[Token], common: Counter[str]) -> list[Token]:
    left = Counter(common)
    found = []
    for word in words:
        if left[word.key] > 0:
            left[word.key] -= 1
        else:
            found.append(word)
    return found


def _span(side: Sequence[Token], start: int, end: int) -> tuple[int, int]:
    if start < end:
        return side[start].start, side[end - 1].end
    at = side[start].start if start < len(side) else side[-1].end if side else 0
    return at, at


def _count(words: Iterable[Token]) -> int:
    return sum(word.is_word for word in words)


def _spoken(words: list[Token]) -> int:
    """Return how many words these are, two signs of Chinese taken for one."""
    signs = sum(is_sign(word.key) for word in words)
    return len(words) - signs + signs // 2


def _values(words: Iterable[Token]) -> str:
    return " ".join(sorted(number_of(word.key) or "" for word in words))


def _letters(words: Iterable[Token]) -> str:
    return "".join(word.key for word in words).replace("-", "").replace('"', "").casefold()


def _paragraphs(text: str) -> Counter[str]:
    return Counter(folded(part) for part in text.split("\n\n"))
