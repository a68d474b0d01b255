from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import permutations
from pathlib import Path

import pytest

from archive.items import Article, Block, Fetch, Headline, HeadlineList, Outcome, Page, Visit
from archive.store import Archive, Found

MONDAY, TUESDAY, WEDNESDAY, FRIDAY = (
    datetime(2025, 8, day, 6, tzinfo=UTC) for day in (11, 12, 13, 15)
)
URL = "https://example.org/news/100/"


def visit(body: str, at: datetime, url: str = URL, title: str = "Court sentences two") -> Visit:
    html = f"<h1>{title}</h1><p>{body}".encode(errors="replace")
    page = Page(url, html, at, 200, (("ETag", f'"{len(html)}"'), ("Content-Type", "text/html")))
    article = Article("example", url, title, at, body=(Block(body),), authors=("Ann Reporter",))
    return Visit(Fetch(url, at, Outcome.OK, status=200), page, article)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "news.db", create=True) as opened:
        yield opened


def write(archive: Archive, *visits: Visit) -> None:
    crawl = archive.start_crawl("example.org", "https://example.org/", "news", {})
    for one in visits:
        archive.write(crawl, [one])
    archive.finish_crawl(crawl, "finished")


def revisions(archive: Archive) -> list[tuple[str, str, str]]:
    rows = archive.db.execute("select body, first_seen, last_seen from revisions order by 2")
    return [(body, first[8:10], last[8:10]) for body, first, last in rows]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_readings_may_come_in_any_order(archive: Archive, order: tuple[int, ...]) -> None:
    readings = [visit("Two.", MONDAY), visit("Two.", TUESDAY), visit("Three.", FRIDAY)]
    write(archive, *(readings[i] for i in order))
    assert revisions(archive) == [("Two.", "11", "12"), ("Three.", "15", "15")]
    [article] = archive.db.execute("select * from articles").fetchall()
    assert (article["body"], article["revision_count"]) == ("Three.", 2)


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_a_text_that_comes_back_is_a_revision_of_its_own(
    archive: Archive, order: tuple[int, ...]
) -> None:
    readings = [
        visit("Two.", MONDAY),
        visit("Three.", TUESDAY),
        visit("Two.", WEDNESDAY),
        visit("Two.", FRIDAY),
    ]
    write(archive, *(readings[i] for i in order))
    write(archive, *readings)
    assert revisions(archive) == [
        ("Two.", "11", "11"),
        ("Three.", "12", "12"),
        ("Two.", "13", "15"),
    ]


def test_a_page_is_read_back_bit_for_bit(archive: Archive) -> None:
    one, two = visit("Two.", MONDAY), visit("Three.", TUESDAY)
    write(archive, one, two)
    assert archive.read_page(URL) == two.page
    assert archive.read_page(URL, at=MONDAY) == one.page


def test_what_is_known_names_the_validators(archive: Archive) -> None:
    write(archive, visit("Two.", MONDAY))
    known = archive.known([URL, "https://example.org/else/"])
    assert list(known) == [URL]
    assert known[URL].etag == '"35"'
    assert known[URL].is_article


def test_headlines_are_linked_whichever_comes_first(archive: Archive) -> None:
    listed = HeadlineList("Latest", (Headline("Court", URL), Headline(None, None, ("Politics",))))
    front = Visit(Fetch("https://example.org/", MONDAY, Outcome.OK), lists=(listed,))
    write(archive, front, visit("Two.", TUESDAY))
    write(archive, replace(front, fetch=replace(front.fetch, fetched_at=FRIDAY)))
    rows = archive.db.execute(
        "select h.title, a.url from headlines h left join articles a on a.id = h.article_id"
    )
    assert [tuple(row) for row in rows] == [("Court", URL), (None, None)]
    assert archive.db.execute("select count(*) from headline_sightings").fetchone()[0] == 2
    assert archive.db.execute("select count(*) from headline_lists").fetchone()[0] == 1


def test_the_frontier_keeps_what_was_found_until_it_is_visited(archive: Archive) -> None:
    crawl = archive.start_crawl("example.org", "https://example.org/", "news", {})
    front = Visit(Fetch("https://example.org/", MONDAY, Outcome.OK))
    archive.write(crawl, [front], found=[Found(URL, "article"), Found(URL + "b", "article")])
    archive.write(crawl, [visit("Two.", TUESDAY)])
    assert [found.url for found in archive.frontier(crawl)] == [URL + "b"]


def test_an_article_not_found_is_missing_until_it_is_there_again(archive: Archive) -> None:
    state = "select state from articles"
    gone = Visit(Fetch(URL, TUESDAY, Outcome.HTTP_ERROR, "404 Not Found", status=404))
    failed = Visit(Fetch(URL, WEDNESDAY, Outcome.TIMEOUT, "no answer"))
    write(archive, visit("Two.", MONDAY), gone, failed)
    assert archive.db.execute(state).fetchone()[0] == "missing"
    write(archive, Visit(Fetch(URL, FRIDAY, Outcome.UNCHANGED, status=304)))
    assert archive.db.execute(state).fetchone()[0] == "present"


@pytest.mark.parametrize("order", list(permutations(range(3))))
@pytest.mark.parametrize("text", ["Two.", "Three."])
def test_the_latest_look_tells_whether_it_is_missing(
    archive: Archive, order: tuple[int, ...], text: str
) -> None:
    looks = [
        visit("Two.", MONDAY),
        visit(text, TUESDAY),
        Visit(Fetch(URL, FRIDAY, Outcome.HTTP_ERROR, "410", status=410)),
    ]
    write(archive, *(looks[i] for i in order if i != 2 or order[0] != 2))
    write(archive, *(looks[i] for i in order))
    assert archive.db.execute("select state from articles").fetchone()[0] == "missing"


def test_a_server_error_is_no_disappearance(archive: Archive) -> None:
    down = Visit(Fetch(URL, TUESDAY, Outcome.HTTP_ERROR, "503", status=503))
    write(archive, visit("Two.", MONDAY), down)
    assert archive.db.execute("select state from articles").fetchone()[0] == "error"


def test_a_page_that_no_parser_reads_is_kept_and_counted(archive: Archive) -> None:
    page = Page(URL, b"<p>odd", MONDAY)
    unread = Visit(Fetch(URL, MONDAY, Outcome.UNPARSED, "no title"), page)
    crawl = archive.start_crawl("example.org", None, "news", {})
    assert archive.write(crawl, [unread]).failed == 1
    assert archive.read_page(URL) == page


def test_text_that_sqlite_cannot_hold_does_not_stop_a_crawl(archive: Archive) -> None:
    odd = "a\x00b\ud800c"
    listed = HeadlineList(odd, (Headline(odd, URL + odd, (odd,), published=odd),))
    one = visit(odd, MONDAY, url=URL + odd, title=odd)
    write(archive, replace(one, lists=(listed,)))
    [title] = archive.db.execute("select title from articles").fetchone()
    assert title == "a\ufffdb\ufffdc"
