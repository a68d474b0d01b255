"""What differs between two texts, word by word, as a page shows it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from archive.word_diff import Hunk, Token, hunks, tokens

Kind = Literal["same", "gone", "new"]


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
    [('gone', 'Forty'), ('new', 'Forty-two'), ('same', ' men.')]
    """
    return list(_pairs(_paragraphs(old), _paragraphs(new)))


def _paragraphs(text: str) -> list[str]:
    return [part for part in text.split("\n\n") if part]


def _pairs(old: list[str], new: list[str]) -> Iterator[Pair]:
    for alike, a, b, c, d in _aligned(_whole(old), _whole(new)):
        if alike:
            yield from (Pair((Run("same", text),)) for text in old[a:b])
            continue
        both = min(b - a, d - c)
        for before, after in zip(old[a : a + both], new[c : c + both], strict=True):
            yield Pair(tuple(_words(before, after)))
        yield from (Pair((Run("gone", text),)) for text in old[a + both : b])
        yield from (Pair((Run("new", text),)) for text in new[c + both : d])


def _words(old: str, new: str) -> Iterator[Run]:
    before, after = _spaced(old), _spaced(new)
    for alike, a, b, c, d in _aligned(before, after):
        if alike:
            yield Run("same", _joined(before[a:b]))
            continue
        gone, new = _joined(before[a:b]), _joined(after[c:d])
        space = gone[: len(gone) - len(gone.lstrip())]
        if space and new.startswith(space):
            yield Run("same", space)
            gone, new = gone[len(space) :], new[len(space) :]
        if gone:
            yield Run("gone", gone)
        if new:
            yield Run("new", new)


def _whole(paragraphs: list[str]) -> list[Token]:
    return [Token(text, 0, len(text)) for text in paragraphs]


def _spaced(text: str) -> list[Token]:
    """Return the words and signs of a text as they are, each with the space before it."""
    ends = [0, *(token.end for token in tokens(text))]
    ends[-1:] = [len(text)] if len(ends) > 1 else [0, len(text)]
    return [Token(text[a:b], a, b) for a, b in pairwise(ends)]


def _joined(found: list[Token]) -> str:
    return "".join(token.key for token in found)


def _aligned(old: list[Token], new: list[Token]) -> Iterator[tuple[bool, int, int, int, int]]:
    """Yield the parts of both in order: whether they are alike, and where they begin and end."""
    a = c = 0
    end = Hunk(len(old), len(old), len(new), len(new))
    for hunk in [*hunks(old, new), end]:
        if a < hunk.old_start:
            yield True, a, hunk.old_start, c, hunk.new_start
        if hunk != end:
            yield False, hunk.old_start, hunk.old_end, hunk.new_start, hunk.new_end
        a, c = hunk.old_end, hunk.new_end
