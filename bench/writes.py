"""CPU a visit costs the archive, against raw executemany of the article rows alone.

    python bench/writes.py [articles] [rounds]

The floor is the same article rows, made beforehand, in batches of 1000 into the
archive's own ``articles`` table with its unique address and four indexes. The rounds are
interleaved; the least CPU of each way is shown.
"""

import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from archive.items import (
    Access,
    Article,
    Block,
    Fetch,
    Headline,
    HeadlineList,
    Outcome,
    Page,
    Visit,
)
from archive.pages import PageStore
from archive.rows import article_row, content_digest
from archive.search_index import index
from archive.store import Archive
from archive.times import moment
from archive.writer import INSERT_ARTICLE

START = datetime(2026, 1, 1, tzinfo=UTC)
_LATIN = "court minister report village people market winter border letter election river school"
_CYRILLIC = "суд міністр вёска людзі рынак зіма мяжа ліст выбары рака школа горад навіны улада"
_NAMES = ("Ann Reporter", "Jan Pisarz", "Volha Karespandentka", "Pavel Redaktar")
_FLOOR_INDEXES = (
    "create index articles_source_published on articles(source_id, published)",
    "create index articles_published on articles(published)",
    "create index articles_language on articles(language)",
    "create index articles_access on articles(source_id, access)",
)


def article(number: int) -> Article:
    """Return an invented article of about 2.5 KB of text."""
    chance = random.Random(number)
    language, stock = ("be", _CYRILLIC) if number % 2 else ("en", _LATIN)
    words = stock.split()

    def sentence(length: int) -> str:
        return " ".join(chance.choices(words, k=length)).capitalize() + "."

    size = 70 if language == "be" else 60
    return Article(
        site="bench",
        url=f"https://bench.example/{language}/news/2026/{number:07d}-{'-'.join(words[:3])}/",
        title=sentence(8),
        fetched_at=START,
        lead=sentence(15),
        body=tuple(Block(sentence(size // 2)) for _ in range(10)),
        authors=(_NAMES[number % 4],),
        published=START - timedelta(minutes=number),
        published_text="January 1",
        language=language,
        sections=("Politics" if number % 3 else "Society",),
        tags=(words[number % 10], words[number % 7]),
        access=Access.OPEN,
    )


def visits(articles: list[Article], at: datetime) -> list[Visit]:
    """Return one look at each article; a list of 20 beside it changes every 20 articles."""
    looks = []
    for number, one in enumerate(articles):
        first = number - number % 20
        entries = tuple(Headline(a.title, a.url, a.sections) for a in articles[first : first + 20])
        when = at + timedelta(seconds=number)
        looks.append(
            Visit(
                Fetch(one.url, when, Outcome.OK, final_url=one.url, status=200, size=60_000),
                None,
                replace(one, fetched_at=when),
                (HeadlineList("Latest", entries),),
            )
        )
    return looks


def cpu(action: Callable[[], object]) -> float:
    """Return the CPU seconds of an action."""
    before = time.process_time()
    action()
    return time.process_time() - before


def floor(folder: Path, articles: list[Article]) -> float:
    """Return the CPU of writing the article rows alone."""
    with Archive.open(folder / "schema.db", create=True) as made:
        [table] = made.db.execute(
            "select sql from sqlite_master where name = 'articles'"
        ).fetchone()
    db = sqlite3.connect(folder / "floor.db", isolation_level=None)
    db.execute("pragma page_size = 16384")
    db.execute("pragma journal_mode = wal")
    db.execute("pragma synchronous = full")
    for statement in (table, *_FLOOR_INDEXES):
        db.execute(statement)
    seen = moment(START)
    rows = [
        article_row(one, 1, content_digest(one)) | {"id": number, "seen": seen}
        for number, one in enumerate(articles, 1)
    ]

    def write() -> None:
        for start in range(0, len(rows), 1000):
            db.execute("begin immediate")
            db.executemany(INSERT_ARTICLE, rows[start : start + 1000])
            db.execute("commit")

    spent = cpu(write)
    db.close()
    return spent


def not_modified(articles: list[Article], at: datetime) -> list[Visit]:
    """Return one look at each article that was answered with 304."""
    return [
        Visit(Fetch(one.url, at + timedelta(seconds=number), Outcome.UNCHANGED, status=304))
        for number, one in enumerate(articles)
    ]


def crawl(archive: Archive, looks: list[Visit], batch: int = 100) -> float:
    """Return the CPU of writing the visits in batches, of 100 as a crawl does."""
    under_way = archive.start_crawl("bench", "https://bench.example/", "news", {})

    def write() -> None:
        for start in range(0, len(looks), batch):
            archive.write(under_way, looks[start : start + batch])

    spent = cpu(write)
    print("  ", archive.finish_crawl(under_way, "finished"), file=sys.stderr)
    return spent


def one_round(articles: list[Article]) -> dict[str, float]:
    """Return the CPU of each way, once."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        spent = {"floor: raw executemany, batch 1000": floor(folder, articles)}
        with Archive.open(folder / "news.db", create=True) as archive:
            spent["full schema, all new"] = crawl(archive, visits(articles, START))
            again = visits(articles, START + timedelta(days=1))
            spent["unchanged, fetched and read again"] = crawl(archive, again)
            later = not_modified(articles, START + timedelta(days=2))
            spent["unchanged, answered with 304"] = crawl(archive, later)
            spent["full text and name keys, apart"] = cpu(lambda: index(archive.db))
        with Archive.open(folder / "large.db", create=True) as archive:
            large = crawl(archive, visits(articles, START), 1000)
            spent["full schema, all new, batch 1000"] = large
        pages = PageStore(folder / "own-pages.db")
        kept = [(one.url, _page(one)) for one in articles[:500]]
        times = len(articles) / len(kept)
        spent["page store, 60 KB pages, apart"] = times * cpu(lambda: pages.write(kept))
        pages.close()
    return spent


def _page(one: Article) -> Page:
    frame = "".join(f"<li class='menu-{n}'><a href='/s/{n}'>{n * n}</a></li>" for n in range(1000))
    body = f"<html><h1>{one.title}</h1>{frame}<p>{one.text}</p></html>".encode()
    return Page(one.url, body, START, 200, (("Content-Type", "text/html"), ("ETag", '"1"')))


def main() -> None:
    """Print the CPU per article of each way and how often it is the floor."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 4000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    articles = [article(number) for number in range(size)]
    mean = sum(len(one.text.encode()) for one in articles) / size
    best: dict[str, float] = {}
    for _ in range(rounds):
        for way, spent in one_round(articles).items():
            best[way] = min(best.get(way, spent), spent)
    least = min(best.values())
    first = best[next(iter(best))]
    assert least > 0
    print(f"{size} articles of {mean:.0f} bytes of text, {rounds} interleaved rounds, least CPU")
    for way, spent in best.items():
        print(f"{way:40} {spent / size * 1e6:8.1f} us {spent / first:6.2f} x floor")


if __name__ == "__main__":
    main()
