"""CPU per page of a crawl, next to a stock Scrapy spider: ``python -m bench.crawl``.

Each round runs every crawler on a small and on a large site, one after the other. The
difference of the two is what the pages cost: start-up is in both and falls out.
"""

import argparse
import statistics
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

from bench.measure import FailedError, cost, served
from bench.site import running

SMALL = 40


def stock(kind: str) -> Callable[[str, Path], list[str]]:
    """Return how to run a stock spider on a site, with its output in a folder."""
    return lambda url, folder: [
        sys.executable, "-m", "bench.stock_spider", kind, url, str(folder / "out.jsonl")
    ]  # fmt: skip


def dateline(url: str, folder: Path) -> list[str]:
    """Return how to run Dateline on a site, with a new archive in a folder."""
    command = [sys.executable, "-m", "crawler.cli", "crawl", url, "--db", str(folder / "news.db")]
    return [*command, "--allow-private", urlsplit(url).netloc, "--delay", "0"]


CRAWLERS = {
    "stock spider, links collected": stock("links"),
    "stock spider, links followed": stock("follow"),
    "dateline crawl": dateline,
}


def milliseconds_a_page(
    command: Callable[[str, Path], list[str]], sites: Sequence[tuple[str, int]]
) -> tuple[float, int]:
    """Return the CPU of a page without start-up, and the pages of the larger crawl.

    The sites are addresses with their numbers of articles, the small one first.
    """
    used, pages = [], []
    for address, articles in sites:
        served(address)
        with tempfile.TemporaryDirectory() as folder:
            used.append(cost(command(address + "/", Path(folder))).cpu)
        pages.append(served(address).get("pages", 0))
        if pages[-1] < articles:
            raise FailedError(f"{pages[-1]} pages were fetched of {articles} articles")
    return 1000 * (used[1] - used[0]) / (pages[1] - pages[0]), pages[1]


def main() -> None:
    """Measure all crawlers in turn and print a table."""
    parser = argparse.ArgumentParser(description="Compare the CPU of crawls.")
    parser.add_argument("--articles", type=int, default=600)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    found: dict[str, list[float]] = {name: [] for name in CRAWLERS}
    counts: dict[str, int] = {}
    with ExitStack() as stack:
        sizes = (SMALL, options.articles)
        sites = [(stack.enter_context(running(size)), size) for size in sizes]
        for _ in range(options.rounds):
            for name, command in CRAWLERS.items():
                try:
                    figure, counts[name] = milliseconds_a_page(command, sites)
                except FailedError as error:
                    sys.exit(f"{name}: {error}")
                found[name].append(figure)
    _print(found, counts)


def _print(found: dict[str, list[float]], counts: dict[str, int]) -> None:
    ours = statistics.median(found["dateline crawl"])
    print(f"{'CPU ms a page':32}{'pages':>7}{'min':>8}{'median':>8}{'dateline / it':>15}")
    for name, figures in found.items():
        middle = statistics.median(figures)
        row = f"{name:32}{counts[name]:7}{min(figures):8.2f}{middle:8.2f}"
        print(f"{row}{ours / middle:15.2f}")


if __name__ == "__main__":
    main()
