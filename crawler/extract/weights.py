"""What was learnt from annotated pages: ``body_weights.json``, made by bench/train_body.py."""

import json
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

from crawler.extract.trees import Forest
from crawler.extract.vocabulary import tokens

PATH = Path(__file__).with_name("body_weights.json")
UNKNOWN = -1.4
"""What a name says that was never met: the log-odds of any block being article text."""

NameScores = tuple[float, float, float]
"""The least, the greatest and the mean score of an element's names."""


class Weights:
    """The names under which no article text stands, the scores of names, and two forests."""

    def __init__(self, stored: Mapping[str, object]) -> None:
        self.barren = frozenset(_list(stored["barren"]))
        self.names: dict[str, float] = _dict(stored["names"])
        self.first = Forest(_list(stored["first"]))
        self.second = Forest(_list(stored["second"]))
        self.scores = lru_cache(maxsize=65536)(self._scores)

    def _scores(self, tag: str, names: str) -> NameScores:
        return summary([self.names[token] for token in tokens(tag, names) if token in self.names])


def summary(scores: list[float]) -> NameScores:
    """Return the least, the greatest and the mean of an element's scores."""
    if not scores:
        return UNKNOWN, UNKNOWN, UNKNOWN
    return min(scores), max(scores), sum(scores) / len(scores)


@cache
def weights() -> Weights:
    """Return the weights that the package ships."""
    return Weights(json.loads(PATH.read_text(encoding="utf-8")))


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise TypeError(f"{PATH.name}: a list is missing")
    return value


def _dict(value: object) -> dict[str, float]:
    if not isinstance(value, dict):
        raise TypeError(f"{PATH.name}: a table is missing")
    return value
