"""CPU of a start: ``python -m bench.startup``, in turn with sqlite-utils, which is the bar."""

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

from bench.crawl import dateline
from bench.measure import cost
from bench.site import running

BAR = "sqlite-utils --help"


def commands(archive: Path) -> dict[str, list[str]]:
    """Return what is compared, by name."""
    start = [sys.executable, "-m"]
    return {
        BAR: [*start, "sqlite_utils", "--help"],
        "dateline --help": [*start, "crawler.cli", "--help"],
        "dateline status": [*start, "crawler.cli", "status", "--db", str(archive)],
    }


def main() -> None:
    """Measure the starts in turn and print a table."""
    parser = argparse.ArgumentParser(description="Compare the CPU of starting.")
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        with running(articles=20) as address:
            cost(dateline(address + "/", Path(folder)))
        names = commands(Path(folder) / "news.db")
        found: dict[str, list[float]] = {name: [] for name in names}
        for _ in range(rounds):
            for name, command in names.items():
                found[name].append(1000 * cost(command).cpu)
    print(f"{'CPU ms of a start':24}{'min':>8}{'median':>8}{'of the bar':>12}")
    for name, figures in found.items():
        share = statistics.median(figures) / statistics.median(found[BAR])
        print(f"{name:24}{min(figures):8.0f}{statistics.median(figures):8.0f}{share:12.2f}")


if __name__ == "__main__":
    main()
