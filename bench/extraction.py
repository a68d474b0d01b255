"""Scores the extractor over the corpora, and holds the scores as floors.

    python -m bench.extraction [--shared FOLDER] [--check | --write | --countries]

The corpora and the scorer stand in a folder of their own, ``../shared`` unless named, for
their pages are other people's.
"""

import argparse
import gzip
import importlib.util
import json
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

from archive.items import Page
from crawler.document import Document
from crawler.extract.body import extract_body

SHARED = Path(__file__).parents[2] / "shared"
FLOORS = Path(__file__).with_name("floors.json")
MEASURES = {
    "aeb": ("f1", "accuracy"),
    "fundeval": ("f1", "accuracy"),
    "fundus": ("f1", "accuracy"),
    "wcxb": ("f1",),
    "traf": ("snip_f1",),
    "np4k": ("f1",),
    "readability": ("f1",),
}

Record = dict[str, Any]
Scores = dict[str, dict[str, float]]


def load_scorer(shared: Path) -> ModuleType:
    """Return the scorer that the corpora come with."""
    spec = importlib.util.spec_from_file_location("scorer", shared / "bench" / "extraction.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(shared)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def pages(shared: Path, corpus: str) -> Iterator[tuple[str, Page]]:
    """Yield the identity and the page of every entry of a corpus."""
    folder = shared / "corpora"
    for line in (folder / corpus / "pages.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        body = gzip.decompress((folder / entry["html_file"]).read_bytes())
        yield entry["id"], Page(entry["url"] or "", body, datetime(2026, 1, 1, tzinfo=UTC))


def truths(shared: Path, corpus: str) -> list[Record]:
    """Return the truth of every page of a corpus."""
    path = shared / "corpora" / corpus / "truth.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def body_of(page: Page) -> Record:
    """Return the page's body as the scorer reads it."""
    blocks = extract_body(Document(page)).blocks
    return {"body": "\n\n".join(block.text for block in blocks)}


def measure(shared: Path, read: Callable[[Page], Record] = body_of) -> Scores:
    """Return the scores of every corpus."""
    scorer = load_scorer(shared)
    scores: Scores = {}
    for corpus, names in MEASURES.items():
        found = {identity: read(page) for identity, page in pages(shared, corpus)}
        result, _ = scorer.score(found, truths(shared, corpus), rounds=1)
        scores[corpus] = {name: round(result[name], 4) for name in names}
    return scores


def by_country(shared: Path, corpus: str = "fundus") -> Scores:
    """Return the scores of a corpus for each country that its pages come from."""
    scorer = load_scorer(shared)
    found = {identity: body_of(page) for identity, page in pages(shared, corpus)}
    groups: dict[str, list[Record]] = {}
    for truth in truths(shared, corpus):
        groups.setdefault(truth["country"], []).append(truth)
    scores: Scores = {}
    for country, group in sorted(groups.items()):
        result, _ = scorer.score(found, group, rounds=1)
        scores[country] = {name: result[name] for name in ("f1", "accuracy", "pages")}
    return scores


def below(scores: Scores, floors: Scores) -> list[str]:
    """Return a sentence for each score that lies below its floor."""
    return [
        f"{corpus} {name} is {scores[corpus][name]:.3f}, below its floor of {floor:.3f}"
        for corpus, names in floors.items()
        for name, floor in names.items()
        if scores[corpus][name] < floor
    ]


def _print(scores: Scores) -> None:
    for corpus, names in scores.items():
        print(f"{corpus:12}", "  ".join(f"{name} {value:.3f}" for name, value in names.items()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--check", action="store_true", help="fail below a floor")
    parser.add_argument("--write", action="store_true", help="make these scores the floors")
    parser.add_argument("--countries", action="store_true", help="fundus by country instead")
    options = parser.parse_args()
    if options.countries:
        _print(by_country(options.shared))
        return
    scores = measure(options.shared)
    _print(scores)
    if options.write:
        FLOORS.write_text(json.dumps(scores, indent=2) + "\n", encoding="utf-8")
    if options.check:
        sys.exit("\n".join(below(scores, json.loads(FLOORS.read_text(encoding="utf-8")))) or None)


if __name__ == "__main__":
    main()
