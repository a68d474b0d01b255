"""What was learnt from annotated pages: ``body_weights.json``, made by bench/train_body.py."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from crawler.extract.features import FIRST_COLUMNS
from crawler.extract.namings import Namings
from crawler.extract.surroundings import SECOND_COLUMNS
from crawler.extract.trees import Forest

PATH = Path(__file__).with_name("body_weights.json")


class Weights:
    """The names of elements as far as they are known, and two forests."""

    def __init__(self, stored: Mapping[str, Any]) -> None:
        score = stored["names"].get
        self.namings = Namings(score, frozenset(stored["barren"]))
        self.fertile_namings = Namings(score)
        """The same, no name taken for barren."""
        self.first = Forest(stored["first"], len(FIRST_COLUMNS) + 1)
        self.second = Forest(stored["second"], len(SECOND_COLUMNS) + 1)


@cache
def weights() -> Weights:
    """Return the weights that the package ships."""
    return Weights(json.loads(PATH.read_text(encoding="utf-8")))
