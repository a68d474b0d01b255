"""Crawling, as a person does it: the command in a process of its own, against real servers."""

import os
import pty
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests import servers
from tests.command import dateline, environment, quickly
from tests.newspaper import article, listing, newspaper, path
from tests.servers import Site, serving

UNREACHED = 60
"""No test waits longer for what it waits for, in seconds."""


def rows(folder: Path, sql: str, db: str = "dateline.db") -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(folder / db)) as connection:
        return connection.execute(sql).fetchall()


def outcomes(folder: Path) -> dict[str, str]:
    found = rows(folder, "select url, outcome from fetches")
    return {url.partition("//")[2].partition("/")[2]: outcome for url, outcome in found}


def start(site: Site, folder: Path, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "crawler.cli", "crawl", site, *quickly(site), *words],
        cwd=folder,
        env=environment(),
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_site_is_crawled_once_whole_and_then_found_unchanged(tmp_path: Path) -> None:
    with serving(newspaper(12)) as site:
        first = dateline("crawl", site, *quickly(site), cwd=tmp_path)
        assert first.stderr.strip().endswith("12 new, 0 edited, 0 gone, 0 unchanged, 0 failed")
        assert first.returncode == 0
        asked = [request.path for request in site.log]
        assert len(asked) == len(set(asked))
        again = dateline("crawl", site, *quickly(site), cwd=tmp_path)
        assert again.stderr.strip().endswith("0 new, 0 edited, 0 gone, 12 unchanged, 0 failed")
    assert rows(tmp_path, "select count(*) from articles where body is not null") == [(12,)]
    assert rows(tmp_path, "select count(*) from revisions") == [(12,)]
    assert rows(tmp_path, "select distinct outcome from crawls") == [("done",)]


def test_a_crawl_that_finds_all_as_it_was_has_done_its_work(tmp_path: Path) -> None:
    with serving(newspaper(2)) as site:
        for _ in range(4):
            assert dateline("crawl", site, *quickly(site), cwd=tmp_path).returncode == 0
        rows_changed(tmp_path, "update articles set first_seen = '2020-01-01T00:00:00.000000Z'")
        done = dateline("crawl", site, *quickly(site), cwd=tmp_path)
    assert done.stderr.strip() == "0 new, 0 edited, 0 gone, 0 unchanged, 0 failed"
    assert done.returncode == 0


def test_an_edit_is_a_revision_and_a_deletion_is_missing(tmp_path: Path) -> None:
    paper = newspaper(6)
    with serving(paper) as site:
        dateline("crawl", site, *quickly(site), cwd=tmp_path)
        paper[path(1)] = article(1, title="Council closes the old bridge at once")
        paper["/"] = listing([0, 1, 2])
        paper["/town/"] = listing([0, 1, 2, 3, 4])
        paper[path(5)] = servers.status(410)
        done = dateline("crawl", site, *quickly(site), cwd=tmp_path)
    assert done.stderr.strip().endswith("1 edited, 0 gone, 4 unchanged, 0 failed, 1 missing")
    assert rows(tmp_path, "select count(*) from revisions") == [(7,)]
    [(state,)] = rows(tmp_path, f"select state from articles where url like '%{path(5)}'")
    assert state == "missing"


def test_a_limit_ends_the_run_and_the_next_one_goes_on(tmp_path: Path) -> None:
    with serving(newspaper(20)) as site:
        done = dateline("crawl", site, "--limit", "5", *quickly(site), cwd=tmp_path)
        assert "5 new" in done.stderr
        assert rows(tmp_path, "select count(*) from articles") == [(5,)]
        rest = dateline("crawl", site, *quickly(site), cwd=tmp_path)
    assert "15 new" in rest.stderr
    assert rows(tmp_path, "select count(*) from articles") == [(20,)]


def test_an_interrupted_crawl_keeps_its_work_and_goes_on(tmp_path: Path) -> None:
    silent = servers.Silent()
    paper = newspaper(8)
    whole = paper[path(6)]
    paper[path(6)] = silent
    with serving(paper) as site:
        process = start(site, tmp_path)
        wait_for(lambda: bool(site.asked(path(6))))
        process.send_signal(signal.SIGINT)
        _, words = process.communicate(timeout=5)
        assert process.returncode == 130
        assert "Traceback" not in words
        kept = rows(tmp_path, "select count(*) from articles")[0][0]
        assert kept >= 1
        assert f"{kept} new" in words
        assert rows(tmp_path, "select outcome from crawls") == [("interrupted",)]
        paper[path(6)] = whole
        done = dateline("crawl", site, *quickly(site), cwd=tmp_path)
    assert f"{8 - kept} new" in done.stderr


def test_a_killed_crawl_loses_nothing_that_was_written(tmp_path: Path) -> None:
    paper = newspaper(8)
    whole = paper[path(6)]
    paper[path(6)] = servers.Silent()
    with serving(paper) as site:
        process = start(site, tmp_path)
        wait_for(lambda: bool(site.asked(path(6))))
        process.kill()
        process.communicate(timeout=UNREACHED)
        paper[path(6)] = whole
        # The dead process holds the source until its lease has run out.
        rows_changed(tmp_path, "update sources set lease_until = '2000-01-01T00:00:00.000000Z'")
        done = dateline("crawl", site, *quickly(site), cwd=tmp_path)
    assert done.returncode == 0
    assert rows(tmp_path, "select count(*) from articles") == [(8,)]
    assert rows(tmp_path, "pragma integrity_check") == [("ok",)]


def wait_for(happened: Any) -> None:
    """Wait until something has happened, looking often; fail when it never does."""
    import threading

    never = threading.Event()
    for _ in range(UNREACHED * 50):
        if happened():
            return
        never.wait(0.02)
    pytest.fail("what the test waits for never happened")


def rows_changed(folder: Path, sql: str) -> None:
    with closing(sqlite3.connect(folder / "dateline.db")) as connection, connection:
        connection.execute(sql)


def test_robots_txt_is_obeyed_and_each_refusal_has_its_reason(tmp_path: Path) -> None:
    paper = newspaper(4)
    paper["/robots.txt"] = f"User-agent: *\nDisallow: {path(2)}\n"
    with serving(paper) as site:
        done = dateline("crawl", site, *quickly(site), cwd=tmp_path)
        assert not site.asked(path(2))
    assert "3 new" in done.stderr
    reasons = rows(tmp_path, "select url, reason from fetches where outcome = 'robots'")
    assert [(url.endswith(path(2)), reason) for url, reason in reasons] == [
        (True, "robots.txt does not allow it")
    ]


@pytest.mark.parametrize(
    "answer",
    [
        servers.status(503),
        pytest.param(servers.status(500), marks=pytest.mark.slow),
        pytest.param(servers.Reset(), marks=pytest.mark.slow),
    ],
)
def test_a_robots_txt_that_fails_means_no(tmp_path: Path, answer: servers.Answer) -> None:
    paper = newspaper(2) | {"/robots.txt": answer}
    with serving(paper) as site:
        done = dateline("crawl", site, *quickly(site), cwd=tmp_path)
        assert {request.path for request in site.log} == {"/robots.txt"}
    assert done.returncode == 1
    assert "robots.txt" in done.stderr


@pytest.mark.parametrize(
    "status", [404, *(pytest.param(other, marks=pytest.mark.slow) for other in (401, 403, 410))]
)
def test_a_robots_txt_that_is_not_there_means_yes(tmp_path: Path, status: int) -> None:
    paper = newspaper(2) | {"/robots.txt": servers.status(status)}
    with serving(paper) as site:
        done = dateline("crawl", site, *quickly(site), cwd=tmp_path)
    assert "2 new" in done.stderr


def test_every_fault_ends_in_a_row_with_its_reason(tmp_path: Path) -> None:
    faults = {
        path(90): servers.not_html(),
        path(91): servers.page(" "),
        path(92): servers.bomb(64 * servers.MIB),
        path(93): servers.Reset(b"<p>Half"),
        path(94): servers.status(404),
        path(95): servers.redirect("http://127.0.0.1:9/elsewhere"),
        path(96): servers.redirect(path(96)),
        path(97): servers.Cut(b"<p>Half a page"),
    }
    paper = newspaper(2) | faults
    paper["/"] = listing([0, 1, *range(90, 98)])
    with serving(paper) as site:
        done = dateline("crawl", site, *quickly(site), cwd=tmp_path)
    assert "Traceback" not in done.stderr
    assert "2 new" in done.stderr
    found = outcomes(tmp_path)
    assert {number: found[path(number)[1:]] for number in range(90, 98)} == {
        90: "not_html",
        91: "empty",
        92: "too_large",
        93: "truncated",
        94: "http_error",
        95: "refused",
        96: "redirect",
        97: "truncated",
    }
    silent = rows(
        tmp_path, "select url from fetches where reason is null and outcome not in ('ok')"
    )
    assert silent == []


def test_a_large_page_and_a_lying_charset_are_read(tmp_path: Path) -> None:
    filler = "<!-- " + "x" * 1_500_000 + " -->"
    words = "Гарадскі савет у аўторак тры гадзіны гаварыў пра стары мост цераз раку. " * 5
    text = f"<article><h1>Стары мост</h1><p>{words}</p><p>{words}</p></article>"
    cyrillic = f"<html><head><title>Стары мост</title></head><body>{text}</body></html>"
    paper = newspaper(1) | {
        path(7): article(7, extra=filler),
        path(8): servers.page(cyrillic, encoding="cp1251", declared="utf-8"),
    }
    paper["/"] = listing([0, 7, 8])
    with serving(paper) as site:
        done = dateline("crawl", site, *quickly(site), cwd=tmp_path)
    assert "3 new" in done.stderr
    assert rows(tmp_path, "select title from articles where title like 'Стары мост'") == [
        ("Стары мост",)
    ]


def test_an_article_address_is_crawled_from_there(tmp_path: Path) -> None:
    entries = "".join(
        f"<li><a href={path(number)}>Council looks at the old bridge for the {number}. time</a>"
        for number in (1, 2, 3)
    )
    related = f"<aside><h2>Read also</h2><ul>{entries}</ul></aside>"
    paper = newspaper(5)
    paper[path(0)] = article(0, related=related)
    with serving(paper) as site:
        done = dateline("crawl", site + path(0), *quickly(site), cwd=tmp_path)
        assert not site.asked("/")
    assert "4 new" in done.stderr


def test_a_source_is_never_crawled_twice_at_once(tmp_path: Path) -> None:
    paper = newspaper(3) | {path(1): servers.Silent()}
    with serving(paper) as site:
        process = start(site, tmp_path)
        wait_for(lambda: bool(site.asked(path(1))))
        second = dateline("crawl", site, *quickly(site), cwd=tmp_path)
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=UNREACHED)
    assert second.returncode == 6
    assert "is being crawled by" in second.stderr


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("crawl", "not a url"), 2, "no address and no known source"),
        (("crawl", "example.org"), 2, "did you mean https://example.org?"),
        (("crawl", "ftp://example.org/"), 2, "only http and https"),
        (("crawl", "http://"), 2, "names no host"),
        (("crawl",), 2, "--due"),
        (("crawl", "https://example.org/", "--due"), 2, "--due"),
        (("crawl", "https://example.org/", "--delay", "0"), 2, "--allow-private"),
        (("crawl", "https://example.org/", "--allow-private", "here"), 2, "HOST:PORT"),
        (("crawl", "https://no-such-host.invalid/"), 1, "host name is not known"),
        (("crawl", "--due", "--db", "none.db"), 3, "no archive here"),
        (("extract", "nothing.html"), 2, "nothing.html"),
    ],
)
def test_a_mistake_is_one_sentence_and_its_exit_code(
    tmp_path: Path, words: tuple[str, ...], code: int, sentence: str
) -> None:
    done = dateline(*words, cwd=tmp_path)
    assert done.returncode == code, done.stderr
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_a_host_that_does_not_answer_is_told(tmp_path: Path) -> None:
    with serving({}) as site:
        address = str(site)
    done = dateline("crawl", address, *quickly(Site(address)), cwd=tmp_path)
    assert done.returncode == 1
    assert "the connection was refused" in done.stderr


def test_what_is_no_archive_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "dateline.db").write_bytes(b"these are my notes, not an archive" * 100)
    with serving(newspaper(2)) as site:
        done = dateline("crawl", site, *quickly(site), cwd=tmp_path)
        assert site.log == []
    assert done.returncode == 3
    assert "not an archive" in done.stderr
    assert (tmp_path / "dateline.db").read_bytes().startswith(b"these are my notes")


def test_a_newer_archive_is_refused(tmp_path: Path) -> None:
    with serving(newspaper(2)) as site:
        dateline("crawl", site, *quickly(site), cwd=tmp_path)
        rows_changed(tmp_path, "pragma user_version = 999")
        done = dateline("crawl", site, *quickly(site), cwd=tmp_path)
    assert done.returncode == 3
    assert "newer version" in done.stderr


def test_on_a_terminal_the_progress_is_one_line_that_moves(tmp_path: Path) -> None:
    with serving(newspaper(30)) as site:
        parent, child = pty.openpty()
        process = subprocess.Popen(
            [sys.executable, "-m", "crawler.cli", "crawl", site, *quickly(site)],
            cwd=tmp_path,
            env=environment() | {"TERM": "xterm", "COLUMNS": "120"},
            stderr=child,
        )
        os.close(child)
        shown = b""
        while chunk := _read(parent):
            shown += chunk
        assert process.wait(UNREACHED) == 0
    assert b"pages a minute" in shown
    assert "30 new" in shown.decode().strip().splitlines()[-1]


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # what a terminal gives when its other end is closed
        return b""


def test_scrapy_crawls_the_same_from_the_checkout(tmp_path: Path) -> None:
    with serving(newspaper(3)) as site:
        done = subprocess.run(
            [
                *(sys.executable, "-m", "scrapy", "crawl", "news", "-a", f"url={site}"),
                *("-s", f"ARCHIVE={tmp_path / 'dateline.db'}", "-s", "DOWNLOAD_DELAY=0"),
                *("-s", f"ALLOW_PRIVATE={site.partition('//')[2]}"),
            ],
            cwd=Path(__file__).parents[1],
            env=environment(),
            check=True,
            timeout=UNREACHED,
            capture_output=True,
            text=True,
        )
    assert done.stderr.strip() == "3 new, 0 edited, 0 gone, 0 unchanged, 0 failed"
    assert rows(tmp_path, "select count(*) from articles") == [(3,)]


def test_scrapy_knows_the_spiders() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", "list"],
        cwd=Path(__file__).parents[1],
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
        timeout=UNREACHED,
    )
    assert done.stdout.split() == ["news", "pozirk"]


def test_several_addresses_of_a_site_are_one_crawl(tmp_path: Path) -> None:
    paper = newspaper(6) | {"/news/council,mayor-and-bridge,12345.html": article(6)}
    asked = [path(4), path(5), "/news/council,mayor-and-bridge,12345.html"]
    with serving(paper) as site:
        done = dateline("crawl", *(site + one for one in asked), *quickly(site), cwd=tmp_path)
        assert {request.path for request in site.log} == {*asked, *servers.HOST_FILES}
    assert done.stderr.strip().endswith("3 new, 0 edited, 0 gone, 0 unchanged, 0 failed")
    assert rows(tmp_path, "select count(*) from crawls") == [(1,)]
