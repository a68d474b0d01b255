"""Crawling a scripted site again and again: what is asked for, and what is found."""

import os
import signal
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bench.paper import Paper, Reply
from bench.recrawl import command, current, missing, serving
from tests.command import environment

pytestmark = pytest.mark.slow
HOST_FILES = {"/robots.txt", "/.well-known/tdmrep.json"}
LEADS = {"/", "/news.xml", "/feed.xml", "/atom.xml", "/sitemap.xml", "/sitemap-0.xml.gz"}
AGAIN = 20
"""How many articles of so small a site each run looks at again unasked."""


@pytest.fixture
def paper() -> Iterator[Paper]:
    with serving(200) as served:
        yield served


def crawl(paper: Paper, folder: Path, *words: str) -> str:
    """Crawl the site to the end and return the last words of the crawl."""
    paper.asked.clear()
    done = subprocess.run(
        [*command(paper, folder / "news.db"), *words],
        env=environment(),
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    assert "Traceback" not in done.stderr
    return done.stderr.strip().splitlines()[-1]


def rows(folder: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(folder / "news.db")) as db:
        return db.execute(sql).fetchall()


def articles_asked(paper: Paper) -> set[str]:
    return {path for path in paper.asked if path[-6:].isdigit()}


def test_each_article_is_found_once_and_what_is_known_is_not_asked_again(
    paper: Paper, tmp_path: Path
) -> None:
    said = crawl(paper, tmp_path)
    assert said == "200 new, 0 edited, 0 gone, 0 unchanged, 0 failed"
    assert set(paper.asked.values()) == {1}
    assert articles_asked(paper) == {one.path for one in paper.open}
    sections = {path for path in set(paper.asked) - HOST_FILES if path.count("/") == 2}
    assert set(paper.asked) == articles_asked(paper) | sections | LEADS | HOST_FILES
    assert len(sections) == 5

    said = crawl(paper, tmp_path)
    assert said == f"0 new, 0 edited, 0 gone, {AGAIN} unchanged, 0 failed"
    assert len(articles_asked(paper)) == AGAIN
    assert set(paper.asked) == articles_asked(paper) | LEADS

    changes = paper.change(12, 4, 10)
    said = crawl(paper, tmp_path)
    for told in (changes["told"], changes["new"]):
        assert current(paper, tmp_path / "news.db", told) == len(told)
    assert missing(paper, tmp_path / "news.db", changes["deleted"]) == 4
    assert said.startswith("10 new, ")
    assert len(articles_asked(paper)) <= 10 + 8 + 4 + AGAIN
    for _ in range(25):
        if current(paper, tmp_path / "news.db", changes["silent"]) == 4:
            break
        crawl(paper, tmp_path)
    assert current(paper, tmp_path / "news.db", changes["silent"]) == 4


def test_what_feeds_and_sitemaps_say_is_kept(paper: Paper, tmp_path: Path) -> None:
    crawl(paper, tmp_path)
    kinds = dict(rows(tmp_path, "select kind, count(*) from announced group by kind"))
    assert kinds == {"feed": 60, "news_sitemap": 30, "sitemap": 204}
    newest = paper.open[0]
    assert rows(
        tmp_path,
        f"select title, sections, article_id is not null from announced where kind = 'feed'"
        f" and listed_in like '%feed.xml' and url like '%{newest.path}'",
    ) == [(newest.title, f'["{newest.section}"]', 1)]
    before = rows(tmp_path, "select * from announcements")
    crawl(paper, tmp_path)
    assert rows(tmp_path, "select * from announcements") == before


@pytest.mark.parametrize("lastmod", ["now", "never", "none"])
def test_a_sitemap_that_lies_is_found_out(tmp_path: Path, lastmod: str) -> None:
    with serving(150, lastmod) as paper:
        crawl(paper, tmp_path)
        for _ in range(3):
            crawl(paper, tmp_path)
        assert len(articles_asked(paper)) <= AGAIN + 5
        changes = paper.change(0, 3, 5)
        crawl(paper, tmp_path)
        assert current(paper, tmp_path / "news.db", changes["new"]) == 5
        assert missing(paper, tmp_path / "news.db", changes["deleted"]) == 3


def test_a_run_that_goes_back_to_a_day_takes_what_is_as_new(paper: Paper, tmp_path: Path) -> None:
    day = paper.open[50].published.date().isoformat()
    crawl(paper, tmp_path, "--since", day)
    since = {one.path for one in paper.open if one.published.date().isoformat() >= day}
    assert articles_asked(paper) == since
    earlier = paper.open[120].published.date().isoformat()
    crawl(paper, tmp_path, "--since", earlier, "--limit", "20")
    stopped = rows(tmp_path, "select count(*) from articles")
    assert stopped == [(len(since) + 20,)]
    crawl(paper, tmp_path, "--since", earlier)
    due = [one for one in paper.open if one.published.date().isoformat() >= earlier]
    assert current(paper, tmp_path / "news.db", due) == len(due)
    assert rows(tmp_path, "select count(*) from articles") == [(len(due),)]


_STATE = (
    "select url, title, body, published, state, revision_count from articles order by url",
    "select url, kind, links from leads where kind <> 'list' order by url",
    "select l.url, n.url, n.title, n.updated from announcements n"
    " join leads l on l.id = n.lead_id order by 1, 2",
    "select url from frontier order by url",
)


@pytest.mark.parametrize("at", [2, 5, 8, 20, 70])
def test_a_crawl_that_is_killed_is_finished_by_the_next(tmp_path: Path, at: int) -> None:
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    whole.mkdir()
    broken.mkdir()
    with serving(60) as paper:
        crawl(paper, whole)
        _killed_at(paper, broken, at)
        with closing(sqlite3.connect(broken / "news.db")) as db, db:
            db.execute("update sources set lease_until = '2000-01-01T00:00:00.000000Z'")
        crawl(paper, broken)
        assert articles_asked(paper) <= {one.path for one in paper.open}
    for sql in _STATE:
        assert rows(broken, sql) == rows(whole, sql), sql


def _killed_at(paper: Paper, folder: Path, at: int) -> None:
    """Kill a crawl with its so many-th request."""
    process: subprocess.Popen[bytes] | None = None
    answer = Paper.answer
    left = at

    def deadly(self: Paper, target: str, headers: dict[str, str]) -> Reply:
        nonlocal left
        left -= 1
        if left == 0 and process is not None:
            os.kill(process.pid, signal.SIGKILL)
        return answer(self, target, headers)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Paper, "answer", deadly)
        process = subprocess.Popen(command(paper, folder / "news.db"), env=environment())
        assert process.wait(120) == -signal.SIGKILL
