"""What was learnt from annotated pages: ``body_weights.json``, made by bench/train_body.py."""

import json
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from crawler.extract.trees import Forest
from crawler.extract.vocabulary import meaning

PATH = Path(__file__).with_name("body_weights.json")
UNKNOWN = -1.4
"""What a name says that was never met: the log-odds of any block being article text."""

NameScores = tuple[float, float, float]
"""The least, the greatest and the mean score of an element's names."""


class Weights:
    """The names under which no article text stands, the scores of names, and two forests."""

    def __init__(self, stored: Mapping[str, Any]) -> None:
        self.barren: frozenset[str] = frozenset(stored["barren"])
        self.names: dict[str, float] = stored["names"]
        self.first = Forest(stored["first"])
        self.second = Forest(stored["second"])
        self.scores = lru_cache(maxsize=65536)(self._scores)

    def _scores(self, tag: str, names: str) -> NameScores:
        return summary(
            [self.names[token] for token in meaning(tag, names).tokens if token in self.names]
        )


def summary(scores: list[float]) -> NameScores:
    """Return the least, the greatest and the mean of an element's scores."""
    if not scores:
        return UNKNOWN, UNKNOWN, UNKNOWN
    return min(scores), max(scores), sum(scores) / len(scores)


@cache
def weights() -> Weights:
    """Return the weights that the package ships."""
    return Weights(json.loads(PATH.read_text(encoding="utf-8")))
