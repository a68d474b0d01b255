"""The scores of class names, learnt publisher by publisher."""

from functools import partial
from math import log

from crawler.extract.namings import Namings

FEW_HOSTS = 4
"""A name met at fewer hosts says nothing."""
_PRIOR, _PRIOR_HOSTS = 0.2, 4

Names = dict[str, dict[str, float]]
"""For each name, the share of kept blocks near it, by host."""


class NameTable:
    """Scores of names, made from all hosts, or from all but one."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.sums = {token: (sum(by.values()), len(by)) for token, by in names.items()}

    def score(self, token: str, without: str | None = None) -> float | None:
        total, count = self.sums.get(token, (0.0, 0))
        if without in self.names.get(token, ()):
            total, count = total - self.names[token][without or ""], count - 1
        if count < FEW_HOSTS - 1:
            return None
        share = (total + _PRIOR * _PRIOR_HOSTS) / (count + _PRIOR_HOSTS)
        return log(share / (1 - share))

    def namings(self, without: str) -> Namings:
        """Return the namings as they would be if that host had not been seen."""
        return Namings(partial(self.score, without=without))
