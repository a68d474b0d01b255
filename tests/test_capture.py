"""A page stored as a test, with a draft of its truth."""

import json
from datetime import datetime
from pathlib import Path

from archive.items import Article, HeadlineList, Page
from crawler.charset import decode
from crawler.parsers import parser_for
from crawler.truth import plain
from tests import servers
from tests.command import dateline, quickly
from tests.newspaper import article, path
from tests.servers import serving

RELATED = (
    "<section><h2>Read next</h2><ul>"
    + "".join(f'<li><a href="{path(n)}">Council hears of case {n}</a></li>' for n in range(4))
    + "</ul></section>"
)


def captured(folder: Path, name: str) -> tuple[Page, dict[str, object]]:
    [file] = (folder / "tests" / "pages").glob(f"*/{name}.html")
    truth = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
    return Page(truth["url"], file.read_bytes(), datetime.fromisoformat(truth["fetched_at"])), truth


def test_a_page_and_the_draft_of_its_truth_are_written_and_agree(tmp_path: Path) -> None:
    with serving({path(3): article(3, related=RELATED), "/robots.txt": ""}) as site:
        done = dateline("capture", site + path(3), *quickly(site), cwd=tmp_path)
    assert done.returncode == 0
    assert all((tmp_path / line).is_file() for line in done.stdout.splitlines())
    page, truth = captured(tmp_path, "*")
    items = [(type(item), plain(item)) for item in parser_for(page.url).parse(page)]
    [found] = [item for kind, item in items if kind is Article]
    expected = truth["article"]
    assert isinstance(expected, dict)
    assert expected["title"] == "Council looks at the old bridge for the 3. time"
    assert {field: found[field] for field in expected} == expected
    assert truth["lists"] == [item for kind, item in items if kind is HeadlineList]
    assert len(expected) > 10
    assert not {"fetched_at", "provenance"} & set(expected)


def test_a_charset_that_only_the_header_names_is_kept(tmp_path: Path) -> None:
    words = "Гарадскі савет у аўторак тры гадзіны гаварыў пра стары мост цераз раку. " * 4
    text = f"<html><body><article><h1>Стары мост</h1><p>{words}</p><p>{words}</p></article>"
    reply = servers.page(text, encoding="cp1251", declared="windows-1251")
    with serving({"/news/2025/08/stary-most-77": reply, "/robots.txt": ""}) as site:
        dateline("capture", site + "/news/2025/08/stary-most-77", *quickly(site), cwd=tmp_path)
    page, truth = captured(tmp_path, "*stary-most-77")
    assert isinstance(truth["article"], dict)
    assert truth["article"]["title"] == "Стары мост"
    assert decode(page.body, None) == text


def test_a_page_that_no_parser_reads_yet_is_kept_with_its_title_to_be_written(
    tmp_path: Path,
) -> None:
    with serving({"/a": "<p>Words without a headline.</p>", "/robots.txt": ""}) as site:
        done = dateline("capture", site + "/a", *quickly(site), cwd=tmp_path)
    assert done.returncode == 0
    _, truth = captured(tmp_path, "a")
    assert truth["article"] == {"title": None}


def test_nothing_is_overwritten_and_nothing_written_where_there_is_no_page(tmp_path: Path) -> None:
    with serving({path(3): article(3), "/robots.txt": ""}) as site:
        words = ("capture", site + path(3), *quickly(site))
        dateline(*words, cwd=tmp_path)
        again = dateline(*words, cwd=tmp_path)
        gone = dateline("capture", site + "/gone", *quickly(site), cwd=tmp_path)
        (tmp_path / "file").touch()
        blocked = dateline(*words, "--into", "file/below", cwd=tmp_path)
    assert again.returncode == 2
    assert "exists" in again.stderr
    assert gone.returncode == 1
    assert "the site answered 404" in gone.stderr
    assert blocked.returncode == 3
    assert "cannot be written" in blocked.stderr
    assert len(list((tmp_path / "tests").rglob("*.html"))) == 1
