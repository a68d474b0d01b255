"""The verbs that show change, and the tables they read."""

import json
import sqlite3
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from sqlite_utils import Database, Migrations

from archive import schema
from archive.connection import APPLICATION_ID
from archive.edits import edits as edits_of
from archive.edits_verb import edits
from archive.gone_verb import gone
from archive.items import Article, Block, Fetch, Outcome, Visit
from archive.show_verb import show
from archive.store import Archive

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
FRONT = "https://example.org/"
URL = "https://example.org/news/2026/05/market-opens-10442"
GONE = "https://example.org/news/2026/05/bread-is-dearer-20553"
BODIES = ("Two people came to the market.", "Three people came to the market.")


def visit(url: str, day: float, body: str, title: str = "Market opens") -> Visit:
    at = NOON + timedelta(days=day)
    reading = Article("example", url, title, at, body=(Block(body),))
    return Visit(Fetch(url, at, Outcome.OK, status=200), None, reading)


def missed(url: str, day: float, status: int = 404) -> Visit:
    fetch = Fetch(url, NOON + timedelta(days=day), Outcome.HTTP_ERROR, "not there", status=status)
    return Visit(fetch)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "news.db"
    days: dict[int, list[Visit]] = {
        0: [visit(URL, 0, BODIES[0]), visit(GONE, 0, "Bread.", "Bread is dearer")],
        1: [visit(URL, 1, BODIES[1]), missed(GONE, 1)],
        2: [visit(URL, 2, BODIES[1], "Market \x1bcloses"), missed(GONE, 8, 410)],
        3: [missed(GONE, 16), missed(URL, 3, 503)],
    }
    with Archive.open(path, create=True) as archive:
        for day, visits in days.items():
            crawl = archive.start_crawl("example.org", FRONT, "news", {})
            at = NOON + timedelta(days=day)
            archive.write(crawl, [Visit(Fetch(FRONT, at, Outcome.OK, status=200)), *visits])
            archive.finish_crawl(crawl, "done")
    return path


def run(command: click.Command, *arguments: str, db: Path) -> Result:
    return CliRunner().invoke(command, [*arguments, "--db", str(db)])


def test_edits_are_listed_with_kind_and_size(path: Path) -> None:
    found = json.loads(run(edits, "--json", db=path).stdout)
    assert [(one["url"], one["kind"], one["removed"], one["added"]) for one in found] == [
        (URL, "headline", 1, 1),
        (URL, "number", 1, 1),
    ]
    assert {"url", "title", "published", "source", "seen_at", "not_before"} <= found[0].keys()
    words = run(edits, "--since", "2026-05-03", db=path).stdout
    assert "headline, wording  -1 +1" in words
    assert "before: Market opens" in words
    assert "\x1b" not in words
    assert len(json.loads(run(edits, "--kind", "number", "--json", db=path).stdout)) == 1


@pytest.mark.parametrize("words", [("--since", "2026-06-01"), ("--source", "other.example")])
def test_no_edit_is_exit_1_and_an_empty_array(path: Path, words: tuple[str, ...]) -> None:
    result = run(edits, *words, "--json", db=path)
    assert (result.exit_code, json.loads(result.stdout)) == (1, [])


@pytest.mark.parametrize("verb", [edits, gone])
def test_a_time_that_is_none_is_a_mistake(path: Path, verb: click.Command) -> None:
    assert run(verb, "--since", "someday", db=path).exit_code == 2


def test_gone_tells_the_interval_and_every_look(path: Path) -> None:
    [one] = json.loads(run(gone, "--json", db=path).stdout)
    assert (one["url"], one["state"]) == (GONE, "gone")
    assert [one[at][5:10] for at in ("last_seen", "first_missed", "gone_at")] == [
        "05-01",
        "05-02",
        "05-17",
    ]
    assert [(look["status"], look["front_answered"]) for look in one["looks"]] == [
        (404, True),
        (410, True),
        (404, True),
    ]
    words = run(gone, db=path).stdout
    assert words.startswith("gone  example.org  vanished between 2026-05-01 12:00 and 2026-05-02")
    assert "410: the front page answered" in words


def test_what_is_missing_is_listed_too_and_marked(path: Path) -> None:
    with Archive.open(path) as archive:
        crawl = archive.start_crawl("example.org", FRONT, "news", {})
        archive.write(crawl, [missed(URL, 20)])
        archive.finish_crawl(crawl, "done")
    found = json.loads(run(gone, "--json", db=path).stdout)
    assert [(one["url"], one["state"], one["gone_at"]) for one in found] == [
        (URL, "missing", None),
        (GONE, "gone", "2026-05-17T12:00:00.000000Z"),
    ]
    assert found[0]["looks"][-1]["front_answered"] is False
    assert json.loads(run(gone, "--since", "2026-05-20", "--json", db=path).stdout) == found[:1]


def test_what_came_back_is_listed_with_the_time(path: Path) -> None:
    with Archive.open(path) as archive:
        crawl = archive.start_crawl("example.org", FRONT, "news", {})
        archive.write(crawl, [visit(GONE, 30, "Bread.", "Bread is dearer")])
        archive.finish_crawl(crawl, "done")
    [one] = json.loads(run(gone, "--json", db=path).stdout)
    assert (one["state"], one["back_at"][5:10]) == ("back", "05-31")
    assert "back at 2026-05-31" in run(gone, db=path).stdout


def test_show_tells_the_history_word_by_word(path: Path) -> None:
    words = run(show, URL, db=path).stdout
    assert "body: [-Two-] {+Three+} people came to the market." in words
    assert "headline: Market [-opens-] {+closes+}" in words
    assert "Look at 2026-05-04 12:00: error, 503 http_error: not there" in words
    assert "\x1b" not in words
    record = json.loads(run(show, URL, "--json", db=path).stdout)
    assert [one["kinds"] for one in record["revisions"]] == [
        [],
        ["number"],
        ["headline", "wording"],
    ]
    [difference] = record["revisions"][1]["differences"]
    assert (difference["field"], difference["removed"], difference["added"]) == (
        "body",
        "Two",
        "Three",
    )
    assert record["addresses"] == [URL]
    assert record["state"] == "error"
    assert (
        "Vanished between 2026-05-01 12:00 and 2026-05-02 12:00" in run(show, GONE, db=path).stdout
    )


def test_a_hundred_thousand_edits_are_listed_quickly(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "news.db", create=True) as archive:
        crawl = archive.start_crawl("example.org", None, "news", {})
        archive.write(crawl, [visit(URL, 0, "Bread."), visit(URL, 1, "Honey.")])
        many(archive.db, 100_000)
        start = time.process_time()
        assert len(list(edits_of(archive.db, since="2026-04-01"))) == 20
        first = time.process_time() - start
        assert len(list(edits_of(archive.db, limit=0))) == 100_001
        assert first < 0.1
        assert time.process_time() - start < 5


def many(db: sqlite3.Connection, count: int) -> None:
    row = "with recursive n(i) as (select 10 union all select i + 1 from n where i < ?)"
    db.execute(
        f"{row} insert into versions (id, article_id, first_seen, last_seen, title)"
        " select i, 1, '2026-04-01T' || i, '2026-04-02T' || i, 'Market' from n",
        (count + 10,),
    )
    db.execute(
        f"{row} insert into changes (revision_id, article_id, old_revision_id, seen_at, kinds,"
        " removed, added) select i + 1, 1, i, '2026-04-01T' || i, 'number typo', 1, 1 from n",
        (count + 9,),
    )


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """An archive as the first version made it, with an article that was edited and is gone."""
    path = tmp_path / "old.db"
    first = Migrations("dateline")
    first()(schema.create_archive)
    with sqlite3.connect(path) as db:
        first.apply(Database(db))
        db.execute(f"pragma application_id = {APPLICATION_ID}")
        db.execute("pragma user_version = 1")
        for statement in (
            "insert into sources (id, name, url, added_at) values (1, 's', 'https://s.example/',"
            " '')",
            "insert into crawls (id, source_id, spider, started_at) values (1, 1, 'news', '')",
            "insert into articles (id, source_id, url, title, body, state, gone_at, first_seen,"
            f" last_seen, revision_count, digest) values (1, 1, '{URL}', 'Market', 'Three came.',"
            " 'gone', '2026-05-20', '2026-05-01', '2026-05-02', 2, x'02')",
            f"insert into article_urls values ('{URL}', 1)",
            "insert into fetches (crawl_id, url, fetched_at, outcome, article_id, digest, status)"
            f" values (1, '{URL}', '2026-05-01', 'ok', 1, x'01', 200)",
            "insert into fetches (crawl_id, url, fetched_at, outcome, article_id, digest, status)"
            f" values (1, '{URL}', '2026-05-02', 'ok', 1, x'02', 200)",
            "insert into fetches (crawl_id, url, fetched_at, outcome, article_id, status)"
            f" values (1, '{URL}', '2026-05-03', 'http_error', 1, 404)",
            "insert into versions (id, article_id, fetch_id, first_seen, last_seen, title, body,"
            " digest) values (1, 1, 1, '2026-05-01', '2026-05-01', 'Market', 'Two came.', x'01')",
            "insert into versions (id, article_id, fetch_id, first_seen)"
            " values (2, 1, 2, '2026-05-02')",
        ):
            db.execute(statement)
    db.close()
    return path


def test_an_older_archive_is_brought_up_to_date(old: Path) -> None:
    with Archive.open(old) as archive:
        [edit] = edits_of(archive.db)
        assert (edit["kind"], edit["removed"], edit["added"]) == ("number", 1, 1)
        rows = archive.db.execute("select last_seen, first_missed, gone_at from disappearances")
        assert [tuple(row) for row in rows] == [("2026-05-02", "2026-05-03", "2026-05-20")]
        crawl = archive.start_crawl("s", "https://s.example/", "news", {})
        same = visit(f"{URL}?utm_source=x", 30, "Three came.", "Market")
        counts = archive.write(crawl, [same])
        assert (counts.unchanged, counts.edited, counts.new) == (1, 0, 0)
        assert archive.db.execute("select state from articles").fetchone()[0] == "back"
