import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from archive import cli, search_verb, sources
from archive.items import Access, Article, Block, Fetch, Outcome, Visit
from archive.serve_verb import serve
from archive.show_verb import show
from archive.store import Archive

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
URL = "https://example.org/1"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "news.db"
    with Archive.open(path, create=True) as archive:
        sources.add(archive, "example.org", "https://example.org/", now=NOON)
        crawl = archive.start_crawl("example.org", "https://example.org/", "news", {})
        for day, body in enumerate(("Bread and honey.", "Bread and salt.")):
            at = NOON + timedelta(days=day)
            article = Article(
                "example", URL, "Market", at, body=(Block(body),), published=NOON,
                access=Access.LOCKED,
            )  # fmt: skip
            archive.write(crawl, [Visit(Fetch(URL, at, Outcome.OK), None, article)])
        failed = Fetch(URL + "2", NOON, Outcome.TIMEOUT, "no answer within 60 s")
        archive.write(crawl, [Visit(failed)])
        archive.finish_crawl(crawl, "finished")
    return path


def run(command: click.Command, *arguments: str, db: Path) -> Result:
    return CliRunner().invoke(command, [*arguments, "--db", str(db)])


def test_search_finds_what_no_crawl_has_indexed_yet(path: Path) -> None:
    result = run(search_verb.search, "salt", db=path)
    assert result.exit_code == 0
    assert URL in result.stdout
    found = json.loads(run(search_verb.search, "salt", "--json", db=path).stdout)
    assert [(one["url"], one["title"], one["source"]) for one in found] == [
        (URL, "Market", "example.org")
    ]


@pytest.mark.parametrize("query", ["honey", '"', "nothing"])
def test_nothing_found_is_exit_1_and_an_empty_array(path: Path, query: str) -> None:
    result = run(search_verb.search, query, "--json", db=path)
    assert result.exit_code == 1
    assert json.loads(result.stdout) == []
    assert result.stderr.count("\n") == 1


def test_show_prints_an_article_with_its_revisions(path: Path) -> None:
    result = run(show, URL, db=path)
    assert result.exit_code == 0
    assert "Bread and salt." in result.stdout
    shown = json.loads(run(show, URL, "--json", db=path).stdout)
    assert [one["body"] for one in shown["revisions"]] == ["Bread and honey.", "Bread and salt."]
    assert run(show, URL + "2", db=path).exit_code == 1


def test_status_tells_what_is_there_and_what_went_wrong(path: Path) -> None:
    result = run(cli.status, "--json", db=path)
    assert result.exit_code == 0
    [source] = json.loads(result.stdout)["sources"]
    expected = {"articles": 1, "edited": 1, "gone": 0, "locked": 1, "failures": {"timeout": 1}}
    assert expected.items() <= source.items()
    assert "1 timeout" in run(cli.status, db=path).stdout


def test_status_tells_of_missing_articles_where_there_are_any(path: Path) -> None:
    assert "0 gone, 1 locked" in run(cli.status, db=path).stdout
    with Archive.open(path) as archive:
        crawl = archive.start_crawl("example.org", None, "news", {})
        at = NOON + timedelta(days=2)
        archive.write(crawl, [Visit(Fetch(URL, at, Outcome.HTTP_ERROR, "404", status=404))])
    assert "0 gone and 1 missing, 1 locked" in run(cli.status, db=path).stdout


def test_an_unhealthy_source_is_exit_4(path: Path) -> None:
    with Archive.open(path) as archive:
        for day in range(3):
            now = NOON + timedelta(days=day)
            held = sources.claim(archive, "example.org", now=now)
            sources.finish(archive, held, "failed", failed=True, now=now)
    assert run(cli.status, db=path).exit_code == 4


def test_sources_are_listed(path: Path) -> None:
    assert "https://example.org/" in run(cli.sources, db=path).stdout
    assert json.loads(run(cli.sources, "--json", db=path).stdout)[0]["name"] == "example.org"


def test_export_writes_a_file_once(path: Path, tmp_path: Path) -> None:
    out = str(tmp_path / "out.jsonl")
    assert run(cli.export, out, db=path).exit_code == 0
    result = run(cli.export, out, db=path)
    assert result.exit_code == 2
    assert result.stderr.startswith("Error: ")
    assert run(cli.export, str(tmp_path / "out.txt"), db=path).exit_code == 2
    assert json.loads(run(cli.export, "-", db=path).stdout)["url"] == URL


@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        (search_verb.search, ["x"]),
        (show, ["x"]),
        (cli.status, []),
        (cli.sources, []),
        (cli.export, ["-"]),
        (serve, []),
    ],
)
def test_no_archive_is_one_sentence_and_exit_3(
    tmp_path: Path, command: click.Command, arguments: list[str]
) -> None:
    notes = tmp_path / "notes.db"
    notes.write_text("my notes")
    for path in (tmp_path / "none.db", notes):
        result = run(command, *arguments, db=path)
        assert result.exit_code == 3
        assert result.stderr.startswith("Error: ")
        assert len(result.stderr.splitlines()) == 1
    assert not (tmp_path / "none.db").exists()


def test_reading_verbs_start_without_what_is_slow_to_import() -> None:
    slow = ("sqlite_utils", "scrapy", "twisted", "datasette", "rich", "bs4", "backports.zstd")
    code = (
        "import sys, archive.cli, archive.stats, archive.search, archive.export;"
        f"print([name for name in {slow} if name in sys.modules])"
    )
    root = Path(__file__).parent.parent
    shown = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=root, check=True
    )
    assert shown.stdout.strip() == "[]"


def test_serve_without_the_extra_is_one_sentence(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "archive.web.server", None)
    result = run(serve, db=path)
    assert result.exit_code == 2
    assert "dateline[web]" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_the_archive_is_named_by_the_environment(path: Path) -> None:
    result = CliRunner().invoke(cli.status, [], env={"DATELINE_DB": str(path)})
    assert result.exit_code == 0
    assert "1 articles" in result.stdout
