"""How well lists of headlines are read, on annotated pages, and what it costs.

    python -m bench.headlines [--shared ../shared] [--check] [--pages] [--out FILE]

The folder needs ``related/pages.jsonl`` with ``gold.jsonl`` beside it and the scorer
``bench/headlines.py``. ``--check`` fails where a figure is under ``headline-floors.json``.
"""

import argparse
import gzip
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from archive.items import Page
from crawler.document import Document
from crawler.extract.headlines import extract_headlines

FLOORS = Path(__file__).parent / "headline-floors.json"
FETCHED_AT = datetime(2025, 1, 1, tzinfo=UTC)


def pages(folder: Path) -> Iterator[tuple[str, Page]]:
    """Yield the id of each stored page and the page."""
    for line in (folder / "pages.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        raw = (folder / row["html_file"]).read_bytes()
        body = gzip.decompress(raw) if row["html_file"].endswith(".gz") else raw
        yield row["id"], Page(row["url"], body, FETCHED_AT)


def predictions(folder: Path) -> tuple[list[dict[str, Any]], float]:
    """Return what the reader finds on each page, and its CPU seconds without the parse."""
    found, spent = [], 0.0
    for name, page in pages(folder):
        document = Document(page)
        started = time.process_time()
        lists = extract_headlines(document)
        spent += time.process_time() - started
        entries = [
            {
                "title": headline.title,
                "url": headline.url,
                "sections": headline.sections,
                "access": headline.access,
                "published": headline.published,
                "list": one.name,
            }
            for one in lists
            for headline in one.headlines
        ]
        found.append({"id": name, "related": entries})
    return found, spent


def score(shared: Path, predicted: Path, *options: str) -> str:
    """Return what the scorer prints."""
    scorer, gold = shared / "bench" / "headlines.py", shared / "related" / "gold.jsonl"
    command = [sys.executable, str(scorer), str(gold), str(predicted), *options]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def figures(result: dict[str, Any]) -> dict[str, float]:
    """Return the figures that have a floor."""
    clean, of = result["clean_negatives"]
    return {
        "micro f1": result["micro"]["f1"],
        "macro f1": result["macro"]["f1"],
        "pages without lists left clean": clean / of,
        "titles exact": result["title_exact"],
        "lock f1": result["lock"]["f1"],
        "section labels f1": result["sections"]["f1"],
    }


def main() -> int:
    """Run the reader over the annotated pages and print the scores."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--shared", type=Path, default=Path("../shared"))
    options.add_argument(
        "--out", type=Path, default=Path(tempfile.gettempdir()) / "headline-predictions.jsonl"
    )
    options.add_argument("--check", action="store_true", help="fail where a floor is missed")
    options.add_argument("--pages", action="store_true", help="one line a page, worst first")
    given = options.parse_args()
    found, spent = predictions(given.shared / "related")
    given.out.write_text(
        "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in found), encoding="utf-8"
    )
    if given.pages:
        print(score(given.shared, given.out, "--pages"))
    reached = figures(json.loads(score(given.shared, given.out, "--json")))
    print(json.dumps(reached, indent=1))
    print(f"{spent / len(found) * 1e3:.2f} ms of CPU a page, the parse not counted")
    if not given.check:
        return 0
    floors: dict[str, float] = json.loads(FLOORS.read_text(encoding="utf-8"))
    missed = [name for name, floor in floors.items() if reached[name] < floor]
    print(f"below the floor: {', '.join(missed)}" if missed else "every floor is held")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
