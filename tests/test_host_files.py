"""robots.txt and what a host reserves: asked once a day, obeyed and kept."""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from archive.items import Fetch, Outcome, Page, Visit
from crawler.host_files import MAX_SIZE, Reservations, matches, says_something
from tests import servers
from tests.command import dateline, environment, quickly
from tests.newspaper import article, listing, newspaper, path
from tests.servers import Reply, Site, serving

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
ROBOTS, TDMREP = servers.HOST_FILES


def crawl(site: Site, folder: Path) -> str:
    """Crawl a site and return what was said, with its log begun anew."""
    site.log.clear()
    done = dateline("crawl", site, *quickly(site), cwd=folder)
    assert "Traceback" not in done.stderr
    return done.stderr


def let_pass(folder: Path, time: timedelta) -> None:
    """Make all that was fetched that much older, in the archive and among its pages."""
    for name, table in (("dateline.db", "fetches"), ("dateline-pages.db", "pages")):
        with closing(sqlite3.connect(folder / name)) as db, db:
            for row in db.execute(f"select id, fetched_at from {table}").fetchall():
                at = datetime.fromisoformat(row[1]) - time
                stamp = at.isoformat("T", "microseconds")[:26] + "Z"
                db.execute(f"update {table} set fetched_at = ? where id = ?", (stamp, row[0]))


def test_what_robots_txt_said_holds_for_a_day(tmp_path: Path) -> None:
    paper = newspaper(4)
    paper[ROBOTS] = f"User-agent: *\nDisallow: {path(2)}\n"
    with serving(paper) as site:
        assert "3 new" in crawl(site, tmp_path)
        assert len(site.asked(ROBOTS)) == 1
        paper[ROBOTS] = servers.status(503)
        let_pass(tmp_path, timedelta(hours=23))
        paper |= {"/": listing([0, 1, 2, 4]), path(4): article(4)}
        assert "1 new" in crawl(site, tmp_path)
        assert not site.asked(ROBOTS)
        assert not site.asked(path(2))
        let_pass(tmp_path, timedelta(hours=2))
        crawl(site, tmp_path)
        assert {request.path for request in site.log} == {ROBOTS}
        paper[ROBOTS] = f"User-agent: *\nDisallow: {path(0)}\n"
        assert "1 new" in crawl(site, tmp_path)
        assert len(site.asked(ROBOTS)) == 1
        assert len(site.asked(path(2))) == 1


@pytest.mark.slow
@pytest.mark.parametrize("answer", [servers.status(404), servers.page(""), servers.status(401)])
def test_that_a_host_has_no_rules_holds_too(tmp_path: Path, answer: Reply) -> None:
    with serving(newspaper(2) | {ROBOTS: answer}) as site:
        assert "2 new" in crawl(site, tmp_path)
        crawl(site, tmp_path)
        assert not site.asked(ROBOTS)
        assert site.asked("/")


@pytest.mark.slow
@pytest.mark.parametrize(
    "answer", [servers.status(503), servers.status(429), servers.Cut(b"User-agent: *\n")]
)
def test_an_answer_that_failed_is_asked_for_again(tmp_path: Path, answer: Reply) -> None:
    paper = newspaper(2) | {ROBOTS: answer}
    with serving(paper) as site:
        crawl(site, tmp_path)
        assert {request.path for request in site.log} == {ROBOTS}
        paper[ROBOTS] = servers.page("")
        assert "2 new" in crawl(site, tmp_path)
        assert len(site.asked(ROBOTS)) == 1


def test_rules_whose_page_is_lost_are_asked_for_again(tmp_path: Path) -> None:
    with serving(newspaper(1) | {ROBOTS: "User-agent: *\nDisallow: /town/\n"}) as site:
        crawl(site, tmp_path)
        for file in tmp_path.glob("dateline-pages.db*"):
            file.unlink()
        crawl(site, tmp_path)
        assert len(site.asked(ROBOTS)) == 1
        assert not site.asked("/town/")


def test_a_crawl_by_scrapy_keeps_to_what_was_said(tmp_path: Path) -> None:
    with serving(newspaper(3)) as site:
        crawl(site, tmp_path)
        site.log.clear()
        words = ["crawl", "news", "-a", f"url={site}/", "-s", "DOWNLOAD_DELAY=0", "-s"]
        subprocess.run(
            [sys.executable, "-m", "scrapy", *words, f"ALLOW_PRIVATE={urlsplit(site).netloc}"],
            cwd=tmp_path,
            env=environment() | {"SCRAPY_SETTINGS_MODULE": "crawler.settings"},
            check=True,
            timeout=60,
        )
        assert site.asked("/")
        assert not site.asked(ROBOTS)
        assert not site.asked(TDMREP)


def test_what_a_host_reserves_is_kept_with_each_page(tmp_path: Path) -> None:
    paper = newspaper(3)
    whole = paper[path(1)]
    assert isinstance(whole, Reply)
    paper[path(1)] = Reply(whole.body, headers=(("TDM-Reservation", "0"),))
    rules = [
        {"location": f"{path(2)[:-1]}*", "tdm-reservation": 1, "tdm-policy": "https://a.example/p"},
        {"location": "/town/", "tdm-reservation": 0},
    ]
    paper[TDMREP] = Reply(json.dumps(rules).encode(), content_type="application/json")
    with serving(paper) as site:
        crawl(site, tmp_path)
        crawl(site, tmp_path)
        assert not site.asked(TDMREP)
        shown = dateline("show", site + path(2), "--json", cwd=tmp_path)
    reserved = {"tdm-reservation": "1", "tdm-policy": "https://a.example/p"}
    assert json.loads(shown.stdout)["signals"] == reserved
    with closing(sqlite3.connect(tmp_path / "dateline.db")) as db:
        kept = dict(db.execute("select substr(url, -5), signals from fetches order by id desc"))
    assert json.loads(kept["00001"]) == {"tdm-reservation": "0"}
    assert json.loads(kept["town/"]) == {"tdm-reservation": "0"}
    assert kept["00000"] == '{"tdm-reservation":"1","tdm-policy":"https://a.example/p"}'


def test_a_file_of_reservations_that_is_closed_is_not_asked_for(tmp_path: Path) -> None:
    with serving(newspaper(2) | {ROBOTS: "User-agent: *\nDisallow: /.well-known/\n"}) as site:
        said = crawl(site, tmp_path)
        assert not site.asked(TDMREP)
    assert said.strip().endswith("2 new, 0 edited, 0 gone, 0 unchanged, 0 failed")


@pytest.mark.slow
@pytest.mark.parametrize("answer", [servers.status(503), servers.Reset(), servers.status(404)])
def test_a_host_that_reserves_nothing_is_asked_once_a_day(tmp_path: Path, answer: Reply) -> None:
    with serving(newspaper(2) | {TDMREP: answer}) as site:
        said = crawl(site, tmp_path)
        assert said.strip().endswith("2 new, 0 edited, 0 gone, 0 unchanged, 0 failed")
        assert len(site.asked(TDMREP)) == 1
        crawl(site, tmp_path)
        assert not site.asked(TDMREP)
    with closing(sqlite3.connect(tmp_path / "dateline.db")) as db:
        assert db.execute("select count(*) from failures").fetchone() == (0,)


def reservations(body: bytes) -> Reservations:
    page = Page(f"https://example.org{TDMREP}", body, NOON)
    return Reservations.of(Visit(Fetch(page.url, NOON, Outcome.OK, status=200), page))


def test_the_first_rule_that_matches_counts() -> None:
    said = reservations(
        b'[{"location": "/news/open/", "tdm-reservation": 0},'
        b'{"location": "/news/", "tdm-reservation": 1, "tdm-policy": "/p.json"}]'
    )
    assert said.for_url("https://example.org/news/open/1") == (("tdm-reservation", "0"),)
    assert dict(said.for_url("https://example.org/news/1"))["tdm-policy"] == "/p.json"
    assert said.for_url("https://example.org/") == ()


def test_what_the_page_says_goes_before_what_its_host_says() -> None:
    said = reservations(b'[{"location": "/", "tdm-reservation": 1, "tdm-policy": "/p.json"}]')
    url = "https://example.org/news/1"
    assert said.added_to((("tdm-reservation", "0"),), url) == (("tdm-reservation", "0"),)
    assert dict(said.added_to((("robots", "noindex"),), url)) == {
        "robots": "noindex",
        "tdm-reservation": "1",
        "tdm-policy": "/p.json",
    }


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>not here</html>",
        b"{}",
        b"[1, null, []]",
        b'[{"location": 5, "tdm-reservation": 1}]',
        b'[{"location": "/", "tdm-reservation": 7}]',
        b'[{"location": "/", "tdm-reservation": [1]}]',
        b"[" * 100_000,
        b"\xff\xfe\x00",
        b'[{"location": "/", "tdm-reservation": ' + b"1" * 10_000 + b"}]",
    ],
)
def test_a_file_that_makes_no_sense_says_nothing(body: bytes) -> None:
    assert reservations(body).for_url("https://example.org/") == ()


def test_a_file_longer_than_the_limit_is_read_to_there_alone() -> None:
    assert reservations(b" " * MAX_SIZE + b"[]").rules == ()


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("/", "/news/1", True),
        ("/news", "/newspaper", True),
        ("/News", "/news/1", False),
        ("/news/$", "/news/", True),
        ("/news/$", "/news/1", False),
        ("/*.html$", "/news/1.html", True),
        ("/*.html$", "/news/1.html?page=2", False),
        ("/a*b*c", "/axxbxxc", True),
        ("/a*b*c", "/axxcxxb", False),
        ("/ab*b$", "/ab", False),
        ("/%7Eann/", "/~ann/1", True),
        ("/50%24", "/50$", True),
        ("", "/news", True),
        ("*", "/news", True),
    ],
)
def test_a_pattern_is_matched_as_in_robots_txt(pattern: str, path: str, expected: bool) -> None:
    assert matches(pattern, path) is expected


@pytest.mark.parametrize(
    ("outcome", "status", "expected"),
    [
        (Outcome.HTTP_ERROR, 404, True),
        (Outcome.HTTP_ERROR, 503, False),
        (Outcome.HTTP_ERROR, 429, False),
        (Outcome.TIMEOUT, None, False),
        (Outcome.TRUNCATED, 200, False),
        (Outcome.OK, 200, False),
    ],
)
def test_only_an_answer_says_something(
    outcome: Outcome, status: int | None, expected: bool
) -> None:
    fetch = Fetch(f"https://example.org{ROBOTS}", NOON, outcome, status=status)
    assert says_something(Visit(fetch)) is expected
