"""What changed from one text to another, word by word, in bounded time."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from archive.noise import folded

# Scripts that leave no space between words are compared sign by sign.
_TOKEN = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
    r"|\.{3}|-+|\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’ʼ\u00ad\u200c-][^\W\d_]+)*|[^\w\s]|\w"
)
BUDGET = 4_000_000
"""How many pairs of words one comparison looks at, at most."""
_SMALL = 2_500
"""Parts with so few pairs are compared in full, larger ones around words that occur once ..."""
_LARGE = 160_000
"""... and where there is no such word, those with so few pairs in full all the same."""


class Token(NamedTuple):
    """A word, a number or a sign: what it is compared by, and where it stands."""

    key: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        """Whether it is more than a sign."""
        return self.key[0].isalnum()


@dataclass(frozen=True, slots=True)
class Hunk:
    """A place where two texts differ: tokens ``old[a:b]`` became ``new[c:d]``."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


def tokens(text: str) -> list[Token]:
    """Return the words, numbers and signs of a text; those alike but for style have one key.

    >>> [token.key for token in tokens("It’s 1,200 km.")]
    ['It"s', '1,200', 'km', '.']
    """
    return [
        Token(key, found.start(), found.end())
        for found in _TOKEN.finditer(text)
        if (key := found[0] if found[0].isalnum() and found[0].isascii() else _key(found[0]))
    ]


_key = lru_cache(maxsize=65536)(folded)


def hunks(old: Sequence[Token], new: Sequence[Token]) -> list[Hunk]:
    """Return where two texts differ, in order.

    Texts too long and too different to be compared word by word within ``BUDGET`` differ as a
    whole between the parts that were matched.
    """
    ids: dict[str, int] = {}
    comparison = _Comparison(
        [ids.setdefault(token.key, len(ids)) for token in old],
        [ids.setdefault(token.key, len(ids)) for token in new],
    )
    found: list[Hunk] = []
    for a, b, c, d in comparison.differing():
        if found and found[-1].old_end == a and found[-1].new_end == c:
            found[-1] = Hunk(found[-1].old_start, b, found[-1].new_start, d)
        else:
            found.append(Hunk(a, b, c, d))
    return found


_Span = tuple[int, int, int, int]


class _Comparison:
    """Two sequences of numbers, taken apart until what differs is left."""

    def __init__(self, old: list[int], new: list[int]) -> None:
        self.old = old
        self.new = new
        self.budget = BUDGET

    def differing(self) -> Iterator[_Span]:
        """Yield the parts that differ, in order, also where two of them touch."""
        waiting: list[_Span] = [(0, len(self.old), 0, len(self.new))]
        while waiting:
            a, b, c, d = self._trimmed(*waiting.pop())
            if a == b or c == d:
                if a != b or c != d:
                    yield a, b, c, d
                continue
            parts = self._parts(a, b, c, d)
            if parts is None:
                yield a, b, c, d
            else:
                waiting.extend(reversed(parts))

    def _trimmed(self, a: int, b: int, c: int, d: int) -> _Span:
        old, new = self.old, self.new
        while a < b and c < d and old[a] == new[c]:
            a, c = a + 1, c + 1
        while a < b and c < d and old[b - 1] == new[d - 1]:
            b, d = b - 1, d - 1
        return a, b, c, d

    def _parts(self, a: int, b: int, c: int, d: int) -> list[_Span] | None:
        """Return the parts between what both sides have, or None where that is nothing."""
        pairs = (b - a) * (d - c)
        anchors = self._anchors(a, b, c, d) if pairs > _SMALL else []
        cost = (b - a) + (d - c) if anchors or pairs > _LARGE else pairs
        if cost > self.budget:
            return None
        self.budget -= cost
        common = anchors if anchors or pairs > _LARGE else self._common(a, b, c, d)
        return list(_between(common, a, b, c, d)) if common else None

    def _anchors(self, a: int, b: int, c: int, d: int) -> list[tuple[int, int]]:
        """Return the longest run in order of words that occur once on each side."""
        at_old, at_new = _once(self.old, a, b), _once(self.new, c, d)
        pairs = [(i, at_new[word]) for word, i in at_old.items() if word in at_new]
        return _rising(sorted(pairs))

    def _common(self, a: int, b: int, c: int, d: int) -> list[tuple[int, int]]:
        """Return the longest common subsequence, by the table of all pairs."""
        old, new = self.old[a:b], self.new[c:d]
        table = [[0] * (len(new) + 1)]
        for word in reversed(old):
            below, row = table[-1], [0]
            for j, other in enumerate(reversed(new)):
                if word == other:
                    row.append(below[j] + 1)
                else:
                    row.append(max(below[j + 1], row[j]))
            table.append(row)
        return list(_walk(old, new, table, a, c))


def _walk(
    old: list[int], new: list[int], table: list[list[int]], a: int, c: int
) -> Iterator[tuple[int, int]]:
    i = j = 0
    while i < len(old) and j < len(new):
        above, left = len(old) - i, len(new) - j
        if old[i] == new[j]:
            yield a + i, c + j
            i, j = i + 1, j + 1
        elif table[above - 1][left] >= table[above][left - 1]:
            i += 1
        else:
            j += 1


def _between(common: list[tuple[int, int]], a: int, b: int, c: int, d: int) -> Iterator[_Span]:
    for i, j in [*common, (b, d)]:
        if a < i or c < j:
            yield a, i, c, j
        a, c = i + 1, j + 1


def _once(words: list[int], start: int, end: int) -> dict[int, int]:
    """Return the words that occur once in a part, with their places."""
    found: dict[int, int] = {}
    repeated: set[int] = set()
    for i in range(start, end):
        if words[i] in found:
            repeated.add(words[i])
        found[words[i]] = i
    return {word: i for word, i in found.items() if word not in repeated}


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest part of the pairs in which both numbers rise."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for index, (_, j) in enumerate(pairs):
        at = bisect_left(ends, j)
        before.append(last[at - 1] if at else -1)
        if at == len(ends):
            ends.append(j)
            last.append(index)
        else:
            ends[at], last[at] = j, index
    found: list[tuple[int, int]] = []
    index = last[-1] if last else -1
    while index >= 0:
        found.append(pairs[index])
        index = before[index]
    return found[::-1]
