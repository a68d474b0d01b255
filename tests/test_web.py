from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.items import Article, Block, Fetch, Headline, HeadlineList, Outcome, Visit
from archive.search import search
from archive.serve_verb import serve
from archive.store import Archive
from tests.reading import get

server = pytest.importorskip("archive.web.server", reason="the extra web is not installed")

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
TITLES = ("Lukashenko meets the governor", "Лукашэнка сустрэўся", "Bread and honey")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "my-news.db"
    with Archive.open(path, create=True) as archive:
        crawl = archive.start_crawl("example.org", "https://example.org/", "news", {})
        for number, title in enumerate(TITLES):
            at = NOON + timedelta(days=number)
            url = f"https://example.org/{number}"
            article = Article(
                "example", url, title, at, body=(Block("Text."),), published=at, language="en"
            )
            lists = (HeadlineList("Latest", (Headline(TITLES[0], "https://example.org/0"),)),)
            archive.write(crawl, [Visit(Fetch(url, at, Outcome.OK), None, article, lists)])
        archive.index()
    return path


def test_every_table_and_view_is_shown(path: Path) -> None:
    [start] = get(path, "/my-news.json")
    shown = [table["name"] for table in start.json()["tables"] if not table["hidden"]]
    assert {"articles", "sources", "crawls", "fetches", "headlines"} <= set(shown)
    assert "versions" not in shown
    assert "articles_fts" not in shown
    views = ("articles", "revisions", "edits", "latest_articles", "related_headlines", "failures")
    for answer in get(path, *(f"/my-news/{view}" for view in views)):
        assert answer.status_code == 200


def test_articles_have_facets_labels_and_the_newest_first(path: Path) -> None:
    page, crawls = get(path, "/my-news/articles?_facet=language", "/my-news/crawls")
    assert page.text.index(TITLES[2]) < page.text.index(TITLES[0])
    assert ">example.org</a>" in page.text
    assert "facet-info" in page.text
    assert "facet-info" in crawls.text
    assert page.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("query", ["Lukashenko", "Łukašenka", "honey", '"', "", "AND", "bre*"])
def test_the_search_box_finds_what_dateline_search_finds(path: Path, query: str) -> None:
    address = "/my-news/articles.json?_shape=array&_search="
    [answer] = get(path, address + query.replace('"', "%22"))
    assert answer.status_code == 200
    with Archive.open(path, write=False) as archive:
        expected = {hit.url for hit in search(archive.db, query)}
    if query:
        assert {row["url"] for row in answer.json()} == expected


def test_it_listens_on_loopback_alone_and_a_port_in_use_is_told(path: Path) -> None:
    listening = server.listen("127.0.0.1", 0)
    host, port = listening.getsockname()
    listening.listen()
    assert host == "127.0.0.1"
    arguments = ["--db", str(path), "--port", str(port)]
    result = CliRunner().invoke(serve, arguments)
    listening.close()
    assert result.exit_code == 2
    assert f"port {port} is in use" in result.stderr


def test_nothing_can_be_written(path: Path) -> None:
    [answer] = get(path, "/my-news.json?sql=delete+from+articles")
    assert answer.status_code >= 300
    with Archive.open(path, write=False) as archive:
        assert archive.db.execute("select count(*) from articles").fetchone()[0] == 3
