"""A large archive, made up, and what questions to it cost.

    python -m bench.large make FILE [articles [words]]
    python -m bench.large measure FILE

The archive is that of bench/invented.py.
"""

import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from archive.facets import facets
from archive.filters import Filters
from archive.headline_history import headline_history
from archive.search import asked_for, newest_positions, search, search_page
from archive.stats import status
from archive.store import Archive
from bench.invented import NAMES, SOURCES, SPAN, START, Words, make


def _questions(db: sqlite3.Connection, path: Path) -> Iterator[tuple[str, list[Callable[[], Any]]]]:
    stock = Words(0).stock
    words = [stock[rank] for rank in (0, 1, 2, 5, 9, 20, 50, 99, 300, 999, 3000, 9999, 30_000)]
    yield "newest, positions alone", [partial(_newest, db, word) for word in words * 3]
    yield "newest, with snippets", [partial(search, db, word) for word in words]
    yield "a name in any script", [partial(search, db, name) for name in NAMES]
    pairs = [f"{one} {other}" for one in words[:6] for other in words[3:9]]
    yield "two words", [partial(_newest, db, pair) for pair in pairs]
    yield "a phrase", [partial(_newest, db, f'"{pair}"') for pair in pairs]
    yield "a beginning of 3 letters", [partial(_newest, db, f"{word[:3]}*") for word in words]
    yield "best match", [partial(search, db, word, sort="best") for word in words]
    yield "best match, two words", [partial(search, db, pair, sort="best") for pair in pairs[:9]]
    deep = search_page(db, words[0], limit=5000).next
    yield "a late page", [partial(search_page, db, word, after=deep) for word in words]
    for name, filters in _filters():
        yield f"{name}, with words", [partial(search, db, w, filters=filters) for w in words]
        yield f"{name}, alone", [partial(search, db, "", filters=filters)]
    yield "counts for a word", [partial(facets, db, word) for word in words]
    yield "counts of all", [partial(facets, db, "")]
    yield "counts under a filter", [partial(facets, db, w, Filters(edited=True)) for w in words]
    yield "dateline status", [partial(status, db, path)]
    for name, statement in _READ.items():
        yield name, [partial(_rows, db, statement)]
    yield "headlines verb", [lambda: list(headline_history(db, limit=20))]


def _newest(db: sqlite3.Connection, query: str) -> list[int]:
    asked = asked_for(db, query, Filters())
    return newest_positions(db, asked, 21) if asked else []


def _rows(db: sqlite3.Connection, statement: str) -> list[Any]:
    return db.execute(statement).fetchall()


_READ = {
    "edits, the latest": "select * from edits order by seen_at desc limit 20",
    "gone, the latest": "select * from gone_articles order by last_seen desc limit 20",
    "latest articles": "select * from latest_articles limit 20",
    "articles per day, 90 days": "select published_day, source_id, count(*) from articles"
    " where published_day >= date('now', '-90 days') group by 1, 2",
    "facet source": "select source_id, count(*) from articles group by 1",
    "facet language": "select language, count(*) from articles group by 1",
    "facet access": "select access, count(*) from articles group by 1",
    "facet state": "select state, count(*) from articles group by 1",
}


def _filters() -> list[tuple[str, Filters]]:
    since = START + SPAN - timedelta(days=7)
    return [
        ("source", Filters(sources=("source1.example",))),
        ("rare source", Filters(sources=(f"source{SOURCES - 1}.example",))),
        ("section", Filters(sections=("Section 40",))),
        ("author", Filters(authors=("Author Number900",))),
        ("language", Filters(languages=("be",))),
        ("access", Filters(access="locked")),
        ("since", Filters(since=since)),
        ("until", Filters(until=START + timedelta(days=30))),
        ("gone", Filters(gone=True)),
        ("edited", Filters(edited=True)),
        ("all at once", Filters(("source1.example",), edited=True, access="locked", gone=True)),
    ]


def measure(path: Path) -> None:
    """Print the CPU of each question, the least of three rounds: the 95th percentile, and most."""
    with Archive.open(path, write=False) as archive:
        print(f"{path.stat().st_size / 2**30:.2f} GiB; ms of CPU: middle, 95 %, most")
        for name, questions in _questions(archive.db, path):
            spent = sorted(min(_ms(question) for _ in range(3)) for question in questions)
            middle, most = spent[len(spent) // 2], spent[-1]
            high = spent[min(int(len(spent) * 0.95), len(spent) - 1)]
            print(f"{name:32} {middle:9.2f} {high:9.2f} {most:9.2f}", flush=True)


def _ms(question: Callable[[], object]) -> float:
    before = time.process_time()
    question()
    return (time.process_time() - before) * 1000


def main() -> None:
    """Make an archive or measure one."""
    verb, name, *rest = sys.argv[1:]
    if verb == "make":
        make(Path(name), *map(int, rest or ["300000"]))
    else:
        measure(Path(name))


if __name__ == "__main__":
    main()
