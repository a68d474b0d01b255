"""What the readers must reach on annotated pages of the world's press; a floor is not lowered.

The pages belong to others and stand beside the repository, not in it.
"""

import gzip
import sys
from datetime import UTC, datetime
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from archive.items import Page
from crawler.record import record

SHARED = Path(__file__).parents[1].parent / "shared"
CORPORA = SHARED / "corpora"
FETCHED = datetime(2026, 11, 22, tzinfo=UTC)
EVERY = 3
"""One page in so many is read."""

FLOORS = {
    "fundus": {"title": 0.95, "authors": 0.93, "day": 0.98, "minute": 0.98, "topics": 0.74},
    "mcdates": {"day": 0.88},
    "traf": {"title": 0.85, "authors": 0.72, "day": 0.85},
    "wcxb": {"title": 0.85, "authors": 0.81, "day": 0.88},
}


@pytest.mark.slow
@pytest.mark.parametrize("corpus", FLOORS)
def test_the_fields_are_right_as_often_as_they_were(corpus: str) -> None:
    if not CORPORA.is_dir():
        pytest.skip(f"no corpora at {CORPORA}")
    scores = _scores(corpus)
    for field, floor in FLOORS[corpus].items():
        assert scores[field] >= floor, (field, scores[field])


def _scores(corpus: str) -> dict[str, float]:
    scorer = _scorer()
    pairs = scorer.load(CORPORA / corpus)[::EVERY]
    found = {page["id"]: record(_page(page), page["id"]) for page, _ in pairs}
    scores, _ = scorer.score(found, [truth for _, truth in pairs], rounds=1)
    return dict(scores)


def _page(line: dict[str, Any]) -> Page:
    return Page(line["url"], gzip.decompress((CORPORA / line["html_file"]).read_bytes()), FETCHED)


@cache
def _scorer() -> Any:
    with _path(SHARED / "bench"):
        return import_module("extraction")


class _path:  # noqa: N801
    """Adds a folder to where modules are looked for, and takes it away again."""

    def __init__(self, folder: Path) -> None:
        self.folder = str(folder)

    def __enter__(self) -> None:
        sys.path.insert(0, self.folder)

    def __exit__(self, *_: object) -> None:
        sys.path.remove(self.folder)
