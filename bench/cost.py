"""CPU of reading a page, next to lxml's bare parse and to trafilatura with metadata.

    python -m bench.cost [--shared FOLDER] [--corpus aeb] [--rounds 5]

All three read the same pages in one process, in turn, page by page. What a page costs when it
is read for the first time is told apart from the best of the rounds, in which much of what it
says is known from the last: a crawl pays the first. Before, each reader is warmed up on pages of
another corpus. Trafilatura is left out where it is not installed.
"""

import argparse
import gc
import time
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from itertools import islice
from pathlib import Path

from lxml import html as lxml_html

from archive.items import Page
from bench.extraction import SHARED, pages
from crawler.charset import decode
from crawler.record import record

_WARM_UP = 10
Read = Callable[[Page, str], object]


def ours(page: Page, _: str) -> object:
    """Read every field and every list, from the bytes of the page."""
    return record(page)


def bare_parse(_: Page, text: str) -> object:
    """Parse the text as lxml does, and no more."""
    return lxml_html.fromstring(text.encode("utf-8"), parser=_PARSER)


_PARSER = lxml_html.HTMLParser(encoding="utf-8")


def trafilatura() -> Read | None:
    """Return trafilatura's reading of text and metadata, or None where it is not installed."""
    try:
        bare = import_module("trafilatura").bare_extraction
    except ImportError:
        return None
    return lambda page, text: bare(text, url=page.url or None, with_metadata=True)


def first_readings(
    readers: dict[str, Read], others: Sequence[Page], found: Sequence[Page]
) -> dict[str, float]:
    """Return the milliseconds of CPU for a page that is read once, after all of the others."""
    for page in others:
        _took(readers, page)
    spent = dict.fromkeys(readers, 0.0)
    for page in found:
        took = _took(readers, page)
        spent = {name: spent[name] + took[name] for name in readers}
    return {name: 1000 * total / len(found) for name, total in spent.items()}


def measured(readers: dict[str, Read], found: Sequence[Page], rounds: int) -> dict[str, float]:
    """Return the milliseconds of CPU that each reader takes for a page, on average."""
    spent = dict.fromkeys(readers, 0.0)
    for page in found:
        rows = [_took(readers, page) for _ in range(rounds)]
        best = {name: min(row[name] for row in rows) for name in readers}
        spent = {name: spent[name] + best[name] for name in readers}
    return {name: 1000 * total / len(found) for name, total in spent.items()}


def _took(readers: dict[str, Read], page: Page) -> dict[str, float]:
    text = decode(page.body)
    return {name: _timed(partial(read, page, text)) for name, read in readers.items()}


def _timed(read: Callable[[], object]) -> float:
    gc.collect(0)
    start = time.process_time()
    read()
    return time.process_time() - start


def _print(title: str, spent: dict[str, float]) -> None:
    print(f"{title}:")
    for name, cost in spent.items():
        share = "" if name == "dateline" else f"   dateline / it: {spent['dateline'] / cost:.2f}"
        print(f"  {name:18} {cost:7.2f} ms a page{share}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--corpus", default="aeb")
    parser.add_argument("--warm-up", default="fundus", help="the corpus to read before")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    found = [page for _, page in pages(options.shared, options.corpus)]
    readers: dict[str, Read] = {"lxml's bare parse": bare_parse, "dateline": ours}
    other = trafilatura()
    if other:
        readers["trafilatura"] = other
    others = [page for _, page in islice(pages(options.shared, options.warm_up), _WARM_UP)]
    first = first_readings(readers, others, found)
    spent = measured(readers, found, options.rounds)
    size = sum(len(page.body) for page in found) / len(found) / 1024
    print(f"{options.corpus}: {len(found)} pages of {size:.0f} KiB")
    _print("first reading", first)
    _print(f"best of {options.rounds}", spent)
    if not other:
        print("trafilatura is not installed; docs/benchmarks.md says how")


if __name__ == "__main__":
    main()
