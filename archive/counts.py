"""What came of some visits, in numbers."""

from dataclasses import astuple, dataclass
from typing import Self

from archive.items import Outcome

QUIET = frozenset({Outcome.OK, Outcome.UNCHANGED, Outcome.REDIRECT})
"""Outcomes that are no failure."""
KEPT_OUT = frozenset({Outcome.ROBOTS, Outcome.REFUSED})
"""Outcomes of addresses that were never asked, by rule."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Articles new, edited, unchanged, gone and locked; addresses refused by rule, and failed;
    articles whose page was not there at this look, those that are gone now among them.
    """

    new: int = 0
    edited: int = 0
    unchanged: int = 0
    gone: int = 0
    locked: int = 0
    refused: int = 0
    failed: int = 0
    missing: int = 0

    @property
    def articles(self) -> int:
        """How many articles were looked at, whatever came of it."""
        return self.new + self.edited + self.unchanged + self.missing

    def __add__(self, other: Self) -> Self:
        pairs = zip(astuple(self), astuple(other), strict=True)
        return type(self)(*(one + another for one, another in pairs))

    def __str__(self) -> str:
        """Return the closing words of a run: "12 new, 3 edited, 1 gone, 40 unchanged, 2 failed"."""
        words = (
            f"{self.new} new, {self.edited} edited, {self.gone} gone, "
            f"{self.unchanged} unchanged, {self.failed} failed"
        )
        return f"{words}, {self.missing} missing" if self.missing else words
