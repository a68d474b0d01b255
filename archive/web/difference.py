"""What differs between two texts, word by word, as a page shows it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["same", "gone", "new"]

# Scripts without spaces are compared sign by sign.
_TOKEN = re.compile(
    r"\s+|[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]|\w+|[^\w\s]"
)
_MOST_PAIRS = 160_000
"""So many pairs of words, or of paragraphs, are compared at most."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words beside each other that are in both texts, in the old alone, or in the new alone."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A paragraph before and after, or one of them; ``runs`` are of both together."""

    runs: Sequence[Run]

    @property
    def changed(self) -> bool:
        """Whether it is not the same on both sides."""
        return any(run.kind != "same" for run in self.runs)

    @property
    def old(self) -> list[Run]:
        """The paragraph as it was."""
        return [run for run in self.runs if run.kind != "new"]

    @property
    def new(self) -> list[Run]:
        """The paragraph as it became."""
        return [run for run in self.runs if run.kind != "gone"]


def difference(old: str, new: str) -> list[Pair]:
    """Return two texts paragraph by paragraph, with what differs; in bounded time.

    >>> [(run.kind, run.text) for run in difference("Forty men.", "Forty-two men.")[0].runs]
    [('same', 'Forty'), ('new', '-two'), ('same', ' men.')]
    """
    return list(_pairs(_paragraphs(old), _paragraphs(new)))


def _paragraphs(text: str) -> list[str]:
    return [part for part in text.split("\n\n") if part]


def _pairs(old: list[str], new: list[str]) -> Iterator[Pair]:
    for kind, a, b, c, d in _opcodes(old, new):
        if kind == "equal":
            yield from (Pair((Run("same", text),)) for text in old[a:b])
            continue
        both = min(b - a, d - c)
        for before, after in zip(old[a : a + both], new[c : c + both], strict=True):
            yield Pair(tuple(_words(before, after)))
        yield from (Pair((Run("gone", text),)) for text in old[a + both : b])
        yield from (Pair((Run("new", text),)) for text in new[c + both : d])


def _words(old: str, new: str) -> Iterator[Run]:
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    for kind, a, b, c, d in _opcodes(before, after):
        if kind == "equal":
            yield Run("same", "".join(before[a:b]))
            continue
        if b > a:
            yield Run("gone", "".join(before[a:b]))
        if d > c:
            yield Run("new", "".join(after[c:d]))


def _opcodes(old: list[str], new: list[str]) -> Iterator[tuple[str, int, int, int, int]]:
    """Yield how one sequence became the other; what is too long to compare, as a whole."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    if start:
        yield "equal", 0, start, 0, start
    middle = old[start : len(old) - end], new[start : len(new) - end]
    if len(middle[0]) * len(middle[1]) > _MOST_PAIRS:
        yield "replace", start, len(old) - end, start, len(new) - end
    else:
        for kind, a, b, c, d in SequenceMatcher(None, *middle, autojunk=False).get_opcodes():
            yield kind, a + start, b + start, c + start, d + start
    if end:
        yield "equal", len(old) - end, len(old), len(new) - end, len(new)
