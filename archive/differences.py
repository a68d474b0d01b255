"""The differences between two revisions, as a person reads them: words out, words in, context."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive.edit_kinds import Compared, Reading
from archive.noise import folded
from archive.word_diff import Token

CONTEXT = 6
"""So many words stand before and after a difference."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where a field changed, with some words before and after it; "" where none are."""

    field: str
    before: str
    removed: str
    added: str
    after: str


def differences(old: Reading, new: Reading) -> list[Difference]:
    """Return what changed from one revision to the next, in the order of reading."""
    found = [
        difference
        for field in ("title", "lead", "body")
        if folded(getattr(old, field)) != folded(getattr(new, field))
        for difference in _of_text(field, getattr(old, field), getattr(new, field))
    ]
    for field, was, now in (
        ("authors", ", ".join(old.authors), ", ".join(new.authors)),
        ("published", old.published, new.published),
        ("modified", old.modified, new.modified),
        ("access", old.access, new.access),
    ):
        if was != now:
            found.append(Difference(field, "", was or "", now or "", ""))
    return found


def _of_text(field: str, old: str, new: str) -> Iterator[Difference]:
    compared = Compared(old, new)
    for hunk in compared.together():
        yield Difference(
            field,
            before=_slice(new, compared.new, hunk.new_start - CONTEXT, hunk.new_start),
            removed=_slice(old, compared.old, hunk.old_start, hunk.old_end),
            added=_slice(new, compared.new, hunk.new_start, hunk.new_end),
            after=_slice(new, compared.new, hunk.new_end, hunk.new_end + CONTEXT),
        )


def _slice(text: str, side: Sequence[Token], start: int, end: int) -> str:
    words = side[max(0, start) : max(0, end)]
    return text[words[0].start : words[-1].end] if words else ""
