"""A large archive, made up, and what questions to it cost.

    python -m bench.large make FILE [articles [words]]
    python -m bench.large measure FILE

The words of the texts are as frequent as in print (Zipf's law), and the texts are of about 2.5 KB.
A third of the articles are found long after they were published, as where a site's old pages are
crawled. All is written with plain executemany, past the writer, into a file to be thrown away.
"""

import random
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import Any, cast

from archive.facets import facets
from archive.filters import Filters
from archive.headline_history import headline_history
from archive.search import asked_for, newest_positions, search, search_page
from archive.search_index import index
from archive.stats import status
from archive.store import Archive
from archive.times import moment, printed

START = datetime(2016, 1, 1, tzinfo=UTC)
SPAN = timedelta(days=10 * 365)
SOURCES, AUTHORS, SECTIONS, PAGES = 24, 4000, 300, 40
LANGUAGES = ("en", "en", "ru", "be", "be-tarask", "uk", "pl")
NAMES = ("Lukašenka", "Тихановская", "Kyiv", "Hrodna", "Rudakoŭskaja", "Мінск")
VOCABULARY = 60_000
_BATCH = 2000
_TABLES = {
    "articles": "id source_id url title lead body published published_day language access state"
    " gone_at first_seen last_seen revision_count authors sections digest names_folded",
    "article_urls": "url article_id",
    "fetches": "id crawl_id url fetched_at outcome status bytes article_id digest",
    "versions": "article_id fetch_id first_seen last_seen title body access digest",
    "article_authors": "article_id author_id position",
    "article_sections": "article_id section_id position",
    "headlines": "id url title article_id",
    "headline_lists": "id name length digest first_seen last_seen",
    "headline_list_items": "list_id position headline_id",
    "headline_sightings": "fetch_id list_id position",
}
Rows = dict[str, list[tuple[Any, ...]]]


class Words:
    """Sentences of invented words, drawn by Zipf's law."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        same = random.Random(0)
        syllables = [c + v for c in "bcdfghjklmnprstvz" for v in "aeiou"]
        self.stock = ["".join(same.choices(syllables, k=k % 3 + 2)) for k in range(VOCABULARY)]
        self._weights = list(accumulate(1 / (rank + 2.7) for rank in range(VOCABULARY)))

    def text(self, size: int) -> str:
        """Return so many words as a text with a name in it."""
        words = self._chance.choices(self.stock, cum_weights=self._weights, k=size)
        words.insert(self._chance.randrange(size), self._chance.choice(NAMES))
        return " ".join(words).capitalize() + "."

    def draw(self) -> random.Random:
        """Return what all else is drawn from."""
        return self._chance


def make(path: Path, size: int, length: int = 380) -> None:
    """Write an archive of so many articles of so many words, its full text indexed."""
    with Archive.open(path, create=True) as archive:
        db = archive.db
        db.execute("pragma synchronous = off")
        db.execute("begin")
        _frame(db)
        words = Words(size)
        rows: Rows = {table: [] for table in _TABLES}
        for number in range(1, size + 1):
            _article(rows, words, number, size, length)
            if number % _BATCH == 0 or number == size:
                _flush(db, rows)
        db.execute("commit")
        index(db)
        db.execute("pragma optimize")


def _frame(db: sqlite3.Connection) -> None:
    at = moment(START)
    for number in range(1, SOURCES + 1):
        name = f"source{number}.example"
        db.execute("insert into sources (id, name, added_at) values (?, ?, ?)", (number, name, at))
        crawl = "insert into crawls (id, source_id, spider, url, started_at, outcome)"
        values = (number, number, "news", f"https://{name}/", at, "done")
        db.execute(f"{crawl} values (?, ?, ?, ?, ?, ?)", values)
    authors = [(n, f"Author Number{n}") for n in range(1, AUTHORS + 1)]
    db.executemany("insert into authors (id, name) values (?, ?)", authors)
    sections = [(n, f"Section {n}") for n in range(1, SECTIONS + 1)]
    db.executemany("insert into sections (id, name) values (?, ?)", sections)


def _article(rows: Rows, words: Words, number: int, size: int, length: int) -> None:
    chance = words.draw()
    # Few sources, authors and sections have most articles.
    source = min(int(chance.paretovariate(0.7)), SOURCES)
    author = min(int(chance.paretovariate(0.4)), AUTHORS)
    section = min(int(chance.paretovariate(0.5)), SECTIONS)
    found = START + SPAN * (number / size)
    late = chance.random() < 1 / 3
    published = START + (found - START) * chance.random() if late else found
    seen, printed_at = moment(found), cast(str, printed(published))
    url = f"https://source{source}.example/news/{published:%Y/%m/%d}/{number}"
    title, body = words.text(9), words.text(length)
    edited, gone = chance.random() < 0.06, chance.random() < 0.004
    access = "locked" if chance.random() < 0.1 else "open"
    digest = number.to_bytes(16, "big")
    state = ("gone", seen) if gone else ("missing" if chance.random() < 0.002 else "present", None)
    language = LANGUAGES[source % len(LANGUAGES)]
    about = (number, source, url, title, words.text(25), body, printed_at, printed_at[:10])
    labels = (f'["Author Number{author}"]', f'["Section {section}"]')
    seen_so = (language, access, *state, seen, seen, 1 + edited)
    rows["articles"].append((*about, *seen_so, *labels, digest, None))
    rows["article_urls"].append((url, number))
    rows["fetches"].append((number, source, url, seen, "ok", 200, 60_000, number, digest))
    if edited:
        before = moment(found - timedelta(hours=3))
        rows["versions"].append((number, None, before, before, title[:20], body, access, digest))
    rows["versions"].append((number, number, seen, None, None, None, None, None))
    rows["article_authors"].append((number, author, 0))
    rows["article_sections"].append((number, section, 0))
    rows["headlines"].append((number, url, title, number))
    if number % 10 == 0:
        _list(rows, number, seen)


def _list(rows: Rows, number: int, seen: str) -> None:
    digest = number.to_bytes(16, "big")
    rows["headline_lists"].append((number, "Latest", 10, digest, seen, seen))
    items = [(number, place, number - place) for place in range(10)]
    rows["headline_list_items"].extend(items)
    rows["headline_sightings"].append((number, number, 0))


def _flush(db: sqlite3.Connection, rows: Rows) -> None:
    for table, columns in _TABLES.items():
        names = columns.split()
        marks = ", ".join("?" * len(names))
        statement = f"insert into {table} ({', '.join(names)}) values ({marks})"
        db.executemany(statement, rows[table])
        rows[table].clear()


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
    " where published >= '2025-10-01' group by 1, 2",
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
