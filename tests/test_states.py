"""What looks say of an article, from single looks to weeks in which a whole site is in trouble."""

import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.items import Article, Block, Fetch, Outcome, Page, Visit
from archive.store import Archive
from crawler.look import look_at
from tests import servers
from tests.command import dateline, quickly
from tests.newspaper import article, listing, newspaper, path
from tests.servers import Site, serving

FRONT = "https://example.org/"
URL = "https://example.org/news/2026/05/market-opens-on-the-square-10442"
START = datetime(2026, 5, 1, 12, tzinfo=UTC)
SHOWN = Article("example", URL, "Market", START, body=(Block("Bread."),))


def day(number: float) -> datetime:
    return START + timedelta(days=number)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "news.db", create=True) as opened:
        crawl(opened, 0, shown(0))
        yield opened


def crawl(archive: Archive, number: float, *looks: Visit, front: Outcome = Outcome.OK) -> int:
    under_way = archive.start_crawl("example.org", FRONT, "news", {}, now=day(number))
    archive.write(under_way, [Visit(Fetch(FRONT, day(number), front, status=200)), *looks])
    return archive.finish_crawl(under_way, "done", now=day(number)).gone


def shown(number: float, text: str = "Bread.") -> Visit:
    reading = Article("example", URL, "Market", day(number), body=(Block(text),))
    return Visit(Fetch(URL, day(number), Outcome.OK, status=200), None, reading)


def failed(
    number: float, outcome: Outcome, status: int | None = None, final_url: str | None = None
) -> Visit:
    return Visit(Fetch(URL, day(number), outcome, "why", final_url=final_url, status=status))


def state(archive: Archive) -> str:
    return str(archive.db.execute("select state from articles where url = ?", (URL,)).fetchone()[0])


MISSING = (Outcome.HTTP_ERROR, 404)
LOOKS = [
    (Outcome.HTTP_ERROR, 404, None, "missing"),
    (Outcome.HTTP_ERROR, 410, None, "missing"),
    (Outcome.HTTP_ERROR, 401, None, "blocked"),
    (Outcome.HTTP_ERROR, 403, None, "blocked"),
    (Outcome.HTTP_ERROR, 451, None, "blocked"),
    (Outcome.ROBOTS, None, None, "blocked"),
    (Outcome.BLOCKED, 200, None, "blocked"),
    (Outcome.LOGIN, 200, None, "blocked"),
    (Outcome.CONSENT, 200, None, "blocked"),
    (Outcome.HTTP_ERROR, 429, None, "error"),
    (Outcome.HTTP_ERROR, 500, None, "error"),
    (Outcome.HTTP_ERROR, 503, None, "error"),
    (Outcome.TIMEOUT, None, None, "error"),
    (Outcome.NETWORK, None, None, "error"),
    (Outcome.TRUNCATED, 200, None, "error"),
    (Outcome.TOO_LARGE, None, None, "error"),
    (Outcome.EMPTY, 200, None, "error"),
    (Outcome.SCRIPT_ONLY, 200, None, "error"),
    (Outcome.UNPARSED, 200, None, "error"),
    (Outcome.SOFT_404, 200, None, "error"),
    (Outcome.REDIRECT, None, FRONT, "error"),
    (Outcome.OK, 200, FRONT, "error"),
    (Outcome.REFUSED, None, None, "present"),
]


@pytest.mark.parametrize(("outcome", "status", "final", "expected"), LOOKS)
def test_a_look_that_failed_gives_the_article_its_state_until_it_is_seen_again(
    archive: Archive, outcome: Outcome, status: int | None, final: str | None, expected: str
) -> None:
    crawl(archive, 1, failed(1, outcome, status, final))
    assert state(archive) == expected
    crawl(archive, 2, Visit(Fetch(URL, day(2), Outcome.UNCHANGED, status=304)))
    assert state(archive) == "present"


NEVER = [look[:3] for look in LOOKS if look[3] != "missing"]


@settings(max_examples=20, deadline=None)
@given(st.data())
def test_nothing_but_three_answers_of_404_makes_an_article_gone(
    tmp_path_factory: pytest.TempPathFactory,
    data: st.DataObject,
) -> None:
    others = data.draw(st.lists(st.sampled_from(NEVER), max_size=12))
    absences = [(*MISSING, None)] * data.draw(st.integers(0, 2))
    looks = data.draw(st.permutations([*others, *absences]))
    folder = tmp_path_factory.mktemp("archive")
    with Archive.open(folder / "news.db", create=True) as archive:
        crawl(archive, 0, shown(0))
        for number, look in enumerate(looks, 1):
            assert crawl(archive, number * 20, failed(number * 20, *look)) == 0
        assert state(archive) != "gone"


def test_a_front_page_that_is_blocked_is_no_witness(archive: Archive) -> None:
    for number in (1, 10, 20):
        crawl(archive, number, failed(number, *MISSING), front=Outcome.BLOCKED)
    assert state(archive) == "missing"


def test_an_article_named_on_the_command_line_is_no_front_page(archive: Archive) -> None:
    for number in (1, 10, 20):
        under_way = archive.start_crawl("example.org", URL, "news", {}, now=day(number))
        archive.write(under_way, [failed(number, *MISSING)])
        archive.finish_crawl(under_way, "done")
    assert state(archive) == "missing"


def test_how_long_it_takes_may_be_set(archive: Archive) -> None:
    for number in (1, 1.5, 2):
        under_way = archive.start_crawl("example.org", FRONT, "news", {}, now=day(number))
        front = Visit(Fetch(FRONT, day(number), Outcome.OK, status=200))
        archive.write(under_way, [front, failed(number, *MISSING)])
        archive.finish_crawl(under_way, "done", gone_after=timedelta(days=1))
    assert state(archive) == "gone"


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_late_looks_come_to_the_same_state(archive: Archive, order: tuple[int, ...]) -> None:
    looks = [failed(1, *MISSING), shown(2, "Bread and salt."), failed(3, Outcome.TIMEOUT)]
    for i in order:
        crawl(archive, 4 + i, looks[i])
    assert state(archive) == "error"


def test_a_disappearance_is_kept_and_what_came_back_stays_back(archive: Archive) -> None:
    for number in (1, 8, 15):
        crawl(archive, number, failed(number, *MISSING))
    crawl(archive, 16, failed(16, Outcome.HTTP_ERROR, 503))
    assert state(archive) == "gone"
    crawl(archive, 20, shown(20))
    assert state(archive) == "back"
    crawl(archive, 21, failed(21, Outcome.HTTP_ERROR, 503))
    assert state(archive) == "error"
    crawl(archive, 22, shown(22))
    assert state(archive) == "back"
    rows = archive.db.execute("select last_seen, first_missed, gone_at from disappearances")
    assert [tuple(at[5:10] for at in row) for row in rows] == [("05-01", "05-02", "05-16")]


def test_a_look_found_later_that_showed_the_article_undoes_a_disappearance(
    archive: Archive,
) -> None:
    for number in (1, 8, 15):
        crawl(archive, number, failed(number, *MISSING))
    crawl(archive, 16, shown(9))
    assert state(archive) == "missing"
    assert archive.db.execute("select count(*) from disappearances").fetchone()[0] == 0


BODY = "".join(
    f"<p>The market on the square opens at seven, {word} the council, and closes at noon "
    "when the last of the bread is sold and the stalls are taken down again.</p>"
    for word in ("said", "wrote", "told us", "repeated", "confirmed")
)
STILL = (
    f'<html><head><title>Market opens</title><link rel=canonical href="{URL}">'
    '<meta property="og:type" content="article"></head><body><article><h1>Market opens on the '
    f"square</h1>{BODY}</article></body></html>"
)


def test_a_404_that_shows_the_article_is_a_look_at_it() -> None:
    look = look_at(Page(URL, STILL.encode(), START, 404))
    assert look.outcome is Outcome.OK
    assert look.article is not None


@pytest.mark.parametrize(
    "html",
    [
        "<html><body><h1>Not found</h1><p>There is no such page.</p></body></html>",
        STILL.replace(URL, FRONT),
        STILL.replace(URL, "https://example.org/news/2026/05/bread-is-dearer-again-20553"),
        STILL.replace("og:type", "og:kind"),
        STILL.replace(BODY, "<p>Gone.</p>"),
        "<div>" * 100_000,
    ],
)
def test_any_other_404_is_none(html: str) -> None:
    look = look_at(Page(URL, html.encode(), START, 404))
    assert (look.outcome, look.article) == (Outcome.HTTP_ERROR, None)


TIMES = {
    "fetches": ("fetched_at",),
    "articles": ("first_seen", "last_seen", "gone_at"),
    "versions": ("first_seen", "last_seen"),
    "crawls": ("started_at", "finished_at"),
    "disappearances": ("last_seen", "first_missed", "gone_at"),
}


def let_pass(folder: Path, days: float) -> None:
    """Make the archive so many days older, which is as if they had passed."""
    with closing(sqlite3.connect(folder / "dateline.db")) as db, db:
        for table, columns in TIMES.items():
            for column in columns:
                db.execute(
                    f"update {table} set {column} = strftime('%Y-%m-%dT%H:%M:%f000Z', {column}, ?)"
                    f" where {column} is not null",
                    (f"-{days * 86400:.0f} seconds",),
                )


def states(folder: Path) -> dict[str, str]:
    with closing(sqlite3.connect(folder / "dateline.db")) as db:
        rows = db.execute("select url, state from articles").fetchall()
    return {url[-5:]: found for url, found in rows}


BLOCK_PAGE = servers.page(
    "<html><head><title>Just a moment...</title></head><body><h1>Checking your browser</h1>"
    '<div id="challenge-form">Verify you are human</div></body></html>'
)
SOFT_404 = servers.page(
    "<html><head><title>Page not found</title></head><body><h1>Page not found</h1></body></html>"
)


@pytest.mark.slow
def test_three_weeks_of_trouble_make_nothing_gone_but_what_is(tmp_path: Path) -> None:
    whole = newspaper(9)
    trouble = {
        path(0): servers.status(503),
        path(1): BLOCK_PAGE,
        path(2): servers.redirect("/"),
        path(3): servers.redirect("/town/"),
        path(4): SOFT_404,
        path(5): servers.status(403),
        path(6): servers.Reset(b"<p>Half"),
        path(7): servers.status(410),
    }
    closed = {"/robots.txt": "User-agent: *\nDisallow: /\n"}
    nights: list[dict[str, servers.Answer]] = [
        whole | trouble,
        dict.fromkeys(whole, servers.status(503)),
        whole | closed,
        whole | {"/robots.txt": servers.status(500)},
        {**dict.fromkeys(whole, BLOCK_PAGE), "/robots.txt": servers.page("")},
        {"/robots.txt": servers.page("")},
        whole | trouble,
        whole | trouble,
        {**dict.fromkeys(whole, servers.redirect("/")), "/": listing([]), "/robots.txt": ""},
        whole | trouble,
    ]
    paper = dict(whole)
    with serving(paper) as site:
        crawl_once(site, tmp_path)
        assert set(states(tmp_path).values()) == {"present"}
        for night in nights:
            let_pass(tmp_path, 2.5)
            paper.clear()
            paper.update(night)
            crawl_once(site, tmp_path)
        found = states(tmp_path)
        assert [number for number, one in found.items() if one == "gone"] == ["00007"]
        assert {found["00005"], found["00001"]} <= {"blocked", "missing"}
        let_pass(tmp_path, 2.5)
        paper.clear()
        paper.update(whole | {"/": listing(range(9)), path(7): article(7, extra="<p>Again.</p>")})
        crawl_once(site, tmp_path)
    assert states(tmp_path)["00007"] == "back"
    assert {one for number, one in states(tmp_path).items() if number != "00007"} == {"present"}


def crawl_once(site: Site, folder: Path) -> None:
    done = dateline("crawl", site, *quickly(site), cwd=folder)
    assert "Traceback" not in done.stderr


def test_the_front_page_is_asked_for_once_where_an_article_is_not_there(tmp_path: Path) -> None:
    paper = newspaper(2)
    with serving(paper) as site:
        named = ("crawl", site + path(1), "--gone-after", "0", *quickly(site))
        dateline(*named, cwd=tmp_path)
        assert not site.asked("/")
        paper[path(1)] = servers.status(410)
        for _ in range(3):
            dateline(*named, cwd=tmp_path)
        assert len(site.asked("/")) == 3
        assert not site.asked(path(0))
    assert states(tmp_path) == {"00001": "gone"}


def test_a_site_that_is_not_there_at_all_loses_nothing(tmp_path: Path) -> None:
    with serving(newspaper(2)) as site:
        crawl_once(site, tmp_path)
        port = int(site.rpartition(":")[2])
    let_pass(tmp_path, 30)
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", port))  # nobody listens there
        crawl_once(site, tmp_path)
    assert set(states(tmp_path).values()) <= {"present", "blocked", "error"}
