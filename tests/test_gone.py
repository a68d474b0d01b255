from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive.again import missing
from archive.gone import Absence, gone_at
from archive.items import Article, Block, Fetch, Outcome, Visit
from archive.store import Archive, Crawl
from crawler.policy import MISSING_REST

FRONT = "https://example.org/"
URL = "https://example.org/1"
START = datetime(2026, 5, 1, 12, tzinfo=UTC)


def day(number: float) -> datetime:
    return START + timedelta(days=number)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "news.db", create=True) as opened:
        crawl(opened, 0, found())
        yield opened


def crawl(archive: Archive, number: float, look: Visit, *, front: int = 200) -> int:
    """Crawl on a day, and return how many articles were found to be gone."""
    under_way = archive.start_crawl("example.org", FRONT, "news", {}, now=day(number))
    outcome = Outcome.OK if front == 200 else Outcome.HTTP_ERROR
    archive.write(under_way, [Visit(Fetch(FRONT, day(number), outcome, status=front))])
    return finished(archive, under_way, number, look)


def finished(archive: Archive, under_way: Crawl, number: float, look: Visit) -> int:
    archive.write(under_way, [look])
    return archive.finish_crawl(under_way, "done", now=day(number)).gone


def found(number: float = 0) -> Visit:
    article = Article("example", URL, "Market", day(number), body=(Block("Bread."),))
    return Visit(Fetch(URL, day(number), Outcome.OK, status=200), None, article)


def failed(number: float, status: int = 404) -> Visit:
    return Visit(Fetch(URL, day(number), Outcome.HTTP_ERROR, str(status), status=status))


def state(archive: Archive) -> tuple[str, str | None]:
    row = archive.db.execute("select state, substr(gone_at, 1, 10) from articles").fetchone()
    return row[0], row[1]


def test_an_article_is_gone_after_three_looks_in_two_weeks(archive: Archive) -> None:
    assert [crawl(archive, number, failed(number)) for number in (1, 8, 14)] == [0, 0, 0]
    assert state(archive) == ("missing", None)
    assert crawl(archive, 15, failed(15, 410)) == 1
    assert state(archive) == ("gone", "2026-05-16")
    assert crawl(archive, 16, failed(16)) == 0
    assert missing(archive.db, 1, day(30), timedelta(), 9) == []
    assert missing(archive.db, 1, day(46), timedelta(), 9) == [URL]


def test_two_looks_are_too_few_and_two_weeks_pass_first(archive: Archive) -> None:
    for number in (1, 1.1, 1.2, 30):
        crawl(archive, number, failed(number))
    assert state(archive) == ("missing", None)


@pytest.mark.parametrize("status", [403, 429, 500, 503])
def test_no_other_failure_counts(archive: Archive, status: int) -> None:
    for number in (1, 8):
        crawl(archive, number, failed(number))
    assert crawl(archive, 15, failed(15, status)) == 0
    assert state(archive) == ("missing", None)


def test_a_look_counts_only_if_the_front_page_answered(archive: Archive) -> None:
    for number in (1, 8, 15):
        crawl(archive, number, failed(number), front=404)
    assert state(archive) == ("missing", None)
    for number in (16, 23):
        crawl(archive, number, failed(number))
    assert crawl(archive, 30, failed(30)) == 1


def test_an_article_seen_in_between_begins_anew_and_one_may_come_back(archive: Archive) -> None:
    for number in (1, 8):
        crawl(archive, number, failed(number))
    crawl(archive, 9, found(9))
    for number in (15, 20, 28):
        crawl(archive, number, failed(number))
    assert state(archive) == ("missing", None)
    assert crawl(archive, 29, failed(29)) == 1
    crawl(archive, 40, found(40))
    assert state(archive) == ("back", None)


def test_an_edited_article_comes_back_as_well(archive: Archive) -> None:
    for number in (1, 8, 15):
        crawl(archive, number, failed(number))
    edited = Article("example", URL, "Market", day(40), body=(Block("Salt."),))
    crawl(archive, 40, Visit(Fetch(URL, day(40), Outcome.OK), None, edited))
    assert state(archive) == ("back", None)


def test_looks_may_be_given_in_any_order() -> None:
    looks = [Absence(day(number), site_answered=True) for number in (20, 1, 15, 8)]
    assert gone_at(looks) == gone_at(looks[::-1]) == day(15)
    assert gone_at([]) is None


def test_what_is_missing_is_looked_for_once_a_day(archive: Archive) -> None:
    crawl(archive, 1, failed(1))
    assert missing(archive.db, 1, day(1.5), MISSING_REST, 9) == []
    assert missing(archive.db, 1, day(2), MISSING_REST, 9) == [URL]
