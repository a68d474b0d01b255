"""The full-text index stays what the articles say: after kills, joins, and with others at work."""

import signal
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive.connection import transaction
from archive.history import History
from archive.items import Article, Block, Fetch, Outcome, Visit
from archive.search import search
from archive.search_index import index, pending
from archive.store import Archive

START = datetime(2026, 3, 1, tzinfo=UTC)
INDEX_ONE_BY_ONE = """
import sys
from pathlib import Path
from archive import search_index
from archive.store import Archive

search_index._AT_ONCE = 3
part = search_index._index_part

def told(db):
    done = part(db)
    print(done, flush=True)
    return done

search_index._index_part = told
with Archive.open(Path(sys.argv[1])) as archive:
    search_index.index(archive.db)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "news.db"
    with Archive.open(path, create=True) as archive:
        crawl = archive.start_crawl("example.org", None, "news", {})
        archive.write(crawl, [look(number) for number in range(60)])
    return path


def look(number: int, text: str = "Storks", days: int = 0) -> Visit:
    at = START + timedelta(days=days, minutes=number)
    url = f"https://example.org/{number}"
    body = (Block(f"{text} of Hrodna, number {number}."),)
    article = Article("example", url, f"Day {number}", at, body=body, published=at)
    return Visit(Fetch(url, at, Outcome.OK), None, article)


def check(db: sqlite3.Connection) -> None:
    """Raise where the index does not have exactly what the articles say."""
    db.execute("insert into articles_fts (articles_fts, rank) values ('integrity-check', 1)")


def test_a_kill_in_the_middle_leaves_an_index_that_can_be_gone_on_with(path: Path) -> None:
    command = [sys.executable, "-c", INDEX_ONE_BY_ONE, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as indexing:
        assert indexing.stdout is not None
        for _ in range(4):
            indexing.stdout.readline()
        indexing.send_signal(signal.SIGKILL)
    with Archive.open(path) as archive:
        check(archive.db)
        index(archive.db)
        check(archive.db)
        assert len(search(archive.db, "storks", limit=0)) == 60
        assert not pending(archive.db)


def test_two_at_once_index_each_article_once(path: Path) -> None:
    def run(_: int) -> int:
        with Archive.open(path) as archive:
            return index(archive.db)

    with ThreadPoolExecutor(2) as both:
        assert sum(both.map(run, range(2))) == 60
    with Archive.open(path) as archive:
        check(archive.db)
        assert len(search(archive.db, "storks", limit=0)) == 60


def test_it_can_be_searched_while_it_is_written(path: Path) -> None:
    with Archive.open(path) as archive, Archive.open(path, write=False) as reader:
        index(archive.db)
        with transaction(archive.db):
            archive.db.execute("update articles set names_folded = null")
            assert len(search(reader.db, "Гродно", limit=0)) == 60
            assert not pending(reader.db)
        assert pending(reader.db)


def test_edits_and_joins_leave_nothing_of_the_old_text(path: Path) -> None:
    with Archive.open(path) as archive:
        index(archive.db)
        crawl = archive.start_crawl("example.org", None, "news", {})
        archive.write(crawl, [look(3, "Cranes", days=1), look(4, "Herons", days=-1)])
        with transaction(archive.db):
            History(archive.db).join(11, 12)
        check(archive.db)
        index(archive.db)
        check(archive.db)
        assert len(search(archive.db, "storks", limit=0)) == 58
        assert [hit.title for hit in search(archive.db, "cranes")] == ["Day 3"]
        assert [hit.title for hit in search(archive.db, "herons")] == []


def test_an_index_made_again_is_the_same(path: Path) -> None:
    with Archive.open(path) as archive:
        index(archive.db)
        before = search(archive.db, "Гродно", limit=0)
        archive.db.execute("insert into articles_fts (articles_fts) values ('rebuild')")
        check(archive.db)
        assert search(archive.db, "Гродно", limit=0) == before


def test_a_new_time_of_publication_moves_an_article(path: Path) -> None:
    with Archive.open(path) as archive:
        index(archive.db)
        at = START + timedelta(days=2)
        article = Article(
            "example", "https://example.org/5", "Day 5", at, published=at, body=(Block("Storks."),)
        )
        crawl = archive.start_crawl("example.org", None, "news", {})
        archive.write(crawl, [Visit(Fetch(article.url, at, Outcome.OK), None, article)])
        index(archive.db)
        check(archive.db)
        assert [hit.title for hit in search(archive.db, "storks", limit=2)] == ["Day 5", "Day 59"]


@pytest.mark.parametrize("published", ["0001-01-01", "1650-06-01", "1969-07-20", "9999-12-31"])
def test_any_year_has_a_place(path: Path, published: str) -> None:
    at = datetime.fromisoformat(published).replace(tzinfo=UTC)
    with Archive.open(path) as archive:
        crawl = archive.start_crawl("example.org", None, "news", {})
        url = "https://example.org/old"
        article = Article("example", url, "Old", START, published=at, body=(Block("Storks."),))
        archive.write(crawl, [Visit(Fetch(url, START, Outcome.OK), None, article)])
        index(archive.db)
        check(archive.db)
        titles = [hit.title for hit in search(archive.db, "storks", limit=0)]
        assert titles[0 if published > "2026" else -1] == "Old"


def test_an_archive_with_older_keys_of_names_is_indexed_anew(path: Path) -> None:
    with Archive.open(path) as archive:
        index(archive.db)
        with transaction(archive.db):
            archive.db.execute("insert into articles_fts (articles_fts) values ('delete-all')")
            archive.db.execute("update articles set names_folded = 'older'")
            archive.db.execute("insert into articles_fts (articles_fts) values ('rebuild')")
            archive.db.execute("delete from _sqlite_migrations where name = 'key_names_anew'")
            archive.db.execute("pragma user_version = 7")
    with Archive.open(path) as archive:
        assert pending(archive.db)
        assert index(archive.db) == 60
        assert len(search(archive.db, "Гродно", limit=0)) == 60
        assert search(archive.db, "older") == []
        check(archive.db)
