"""Adding sources, as a person does it: what was tried is said, and what is found is kept."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bench.recrawl import serving as paper_served
from crawler.listed import Line, read_lines
from crawler.options import remind_of_contact
from tests import servers
from tests.command import dateline, quickly
from tests.newspaper import article, listing, newspaper, path
from tests.servers import Reply, serving


def leads(folder: Path) -> dict[str, str]:
    with closing(sqlite3.connect(folder / "dateline.db")) as db:
        found = db.execute("select url, kind from leads").fetchall()
    return {"/" + url.partition("//")[2].partition("/")[2]: kind for url, kind in found}


def sources(folder: Path) -> list[tuple[str, str]]:
    if not (folder / "dateline.db").exists():
        return []
    with closing(sqlite3.connect(folder / "dateline.db")) as db:
        return db.execute("select name, url from sources where next_due is not null").fetchall()


def test_every_place_that_was_tried_is_told_and_what_leads_to_articles_is_kept(
    tmp_path: Path,
) -> None:
    with paper_served(40) as paper:
        done = dateline("add", paper.base, *quickly(paper.base), cwd=tmp_path)
        assert not [asked for asked in paper.asked if asked[-6:].isdigit()]
        kinds = {line.split("http")[0].strip() for line in done.stdout.splitlines()}
        assert kinds == {"front", "feed", "news sitemap", "sitemap index", "sitemap"}
        assert f"{paper.base}/sitemap-0.xml.gz: 40 links, the newest of 2026-09-02" in done.stdout
        assert done.returncode == 0
        assert leads(tmp_path).keys() == {
            *("/", "/feed.xml", "/atom.xml", "/news.xml", "/sitemap.xml", "/sitemap-0.xml.gz")
        }
        crawled = dateline("crawl", "--due", *quickly(paper.base), cwd=tmp_path)
    assert "40 new" in crawled.stderr


def test_the_usual_places_are_tried_where_nothing_names_one(tmp_path: Path) -> None:
    paper = newspaper(4)
    with serving(paper) as site:
        items = "".join(f"<item><link>{site}{path(number)}</link></item>" for number in (0, 3))
        feed = f"<rss><channel>{items}</channel></rss>".encode()
        paper["/rss.xml"] = Reply(feed, content_type="text/xml")
        done = dateline("add", site, *quickly(site), cwd=tmp_path)
        asked = [request.path for request in site.log]
    assert "/rss.xml" in asked
    assert "/atom.xml" not in asked
    assert f"{site}/sitemap.xml: a guess: the site answered 404" in done.stdout
    assert f"{site}/rss.xml: 2 links" in done.stdout
    assert leads(tmp_path) == {"/": "front", "/rss.xml": "feed"}


def test_a_page_that_leads_nowhere_is_not_remembered(tmp_path: Path) -> None:
    with serving({"/robots.txt": servers.page(""), "/": servers.page("<p>Soon here.</p>")}) as site:
        done = dateline("add", site, *quickly(site), cwd=tmp_path)
    assert done.returncode == 1
    assert "leads to articles" in done.stderr
    assert sources(tmp_path) == []


def test_a_site_that_is_down_is_remembered_with_a_word_of_it(tmp_path: Path) -> None:
    with serving({"/robots.txt": servers.page(""), "/": servers.status(503)}) as site:
        done = dateline("add", site, *quickly(site), cwd=tmp_path)
    assert done.returncode == 0
    assert "not reached now: the site answered 503" in done.stderr
    assert [url for _, url in sources(tmp_path)] == [f"{site}/"]


def test_the_lines_of_a_file_are_added_and_those_that_are_wrong_are_told(tmp_path: Path) -> None:
    with serving({**newspaper(2), path(0): article(0)}) as site:
        lines = f"# ours\n{site}/\n\nnot an address\nftp://example.org/\n"
        (tmp_path / "ours.txt").write_text(lines)
        done = dateline("add", "ours.txt", *quickly(site), cwd=tmp_path)
    assert done.returncode == 0
    assert "ours.txt, line 4: not an address is no address" in done.stderr
    assert "ours.txt, line 5: ftp://example.org/ cannot be crawled" in done.stderr
    assert len(sources(tmp_path)) == 1


def test_a_file_without_an_address_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "ours.txt").write_text("nothing here\n")
    assert dateline("add", "ours.txt", cwd=tmp_path).returncode == 1
    assert dateline("add", "no-such-file.txt", cwd=tmp_path).returncode == 2


OPML = b"""<?xml version="1.0" encoding="utf-8"?><opml version="2.0"><body><outline text="News">
<outline text="The Bridge" type="rss" xmlUrl="https://example.org/feed.xml"
htmlUrl="https://example.org/"/><outline text="Other" xmlUrl="https://other.example/rss"/>
</outline></body></opml>"""


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            OPML,
            [
                Line(
                    "https://example.org/",
                    "list, outline 1",
                    feed="https://example.org/feed.xml",
                ),
                Line("https://other.example/rss", "list, outline 2"),
            ],
        ),
        (
            b'\xef\xbb\xbfName,URL\n"The Bridge, daily",https://example.org/\n,\n,x\n',
            [
                Line("https://example.org/", "list, line 2", "The Bridge, daily"),
                Line("x", "list, line 4"),
            ],
        ),
        (b"https://example.org/\r\n", [Line("https://example.org/", "list, line 1")]),
        (b"", []),
    ],
)
def test_lists_of_sources_are_read(body: bytes, expected: list[Line]) -> None:
    assert read_lines(body, "list") == expected


def test_a_list_page_is_a_source_too(tmp_path: Path) -> None:
    paper = newspaper(6) | {"/town/": listing(range(6), heading="Town")}
    with serving(paper) as site:
        done = dateline("add", f"{site}/town/", *quickly(site), cwd=tmp_path)
        assert {request.path for request in site.log} == {"/robots.txt", "/town/"}
    assert done.returncode == 0
    assert leads(tmp_path) == {"/town/": "list"}


def test_a_line_reminds_of_a_contact_and_nothing_more(
    capsys: pytest.CaptureFixture[str],
) -> None:
    remind_of_contact(contact="ann@example.org")
    remind_of_contact(allow_private=("127.0.0.1:8000",))
    assert capsys.readouterr().err == ""
    remind_of_contact()
    assert "DATELINE_CONTACT" in capsys.readouterr().err
