"""One page's record, as a person asks for it."""

import gzip
import json
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests import servers
from tests.command import dateline, environment, quickly
from tests.newspaper import article, path
from tests.servers import Reply, Site, serving

HTML = article(7)
ADDRESS = "https://bridge.example" + path(7)


def html() -> bytes:
    assert isinstance(HTML, Reply)
    return HTML.body


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    file = tmp_path / "page.html"
    file.write_bytes(html())
    (tmp_path / "page.html.gz").write_bytes(gzip.compress(html()))
    (tmp_path / "empty.html").write_bytes(b"")
    (tmp_path / "cut.html.gz").write_bytes(gzip.compress(html())[:200])
    return file


def test_a_page_is_fetched_and_its_record_printed(tmp_path: Path) -> None:
    with serving({path(7): HTML, "/robots.txt": ""}) as site:
        done = dateline("extract", site + path(7), *quickly(site), cwd=tmp_path)
    record = json.loads(done.stdout)
    assert done.returncode == 0
    assert record["title"] == "Council looks at the old bridge for the 7. time"
    assert record["url"] == site + path(7)
    assert record["published"] == "2025-08-13T10:07:00+02:00"
    assert "The town council met on Tuesday" in record["body"]
    assert done.stderr == ""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["page.html", "page.html.gz"])
def test_a_file_is_read_plain_or_packed(stored: Path, name: str) -> None:
    done = dateline("extract", name, "--url", ADDRESS, cwd=stored.parent)
    record = json.loads(done.stdout)
    assert record["url"] == ADDRESS
    assert record["authors"] == ["Ann Miller"]
    assert record["error"] is None


def test_standard_input_is_read(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "crawler.cli", "extract", "-", "--url", ADDRESS]
    done = subprocess.run(
        words, input=html(), cwd=tmp_path, env=environment(), capture_output=True, check=True
    )
    assert json.loads(done.stdout)["url"] == ADDRESS


def test_why_names_the_sources_of_each_field(stored: Path) -> None:
    words = ("extract", "page.html", "--url", ADDRESS, "--why")
    told = dateline(*words, cwd=stored.parent)
    assert told.returncode == 0
    assert "title: Council looks at the old bridge for the 7. time  from " in told.stdout
    found = json.loads(dateline(*words, "--json", cwd=stored.parent).stdout)
    assert found["error"] is None
    assert found["fields"]["published"][0]["value"]["text"] == "2025-08-13T10:07:00+02:00"
    assert all(0 <= one["confidence"] <= 1 for one in found["fields"]["title"])


def test_why_tells_of_the_text_block_by_block(stored: Path) -> None:
    words = ("extract", "page.html", "--url", ADDRESS, "--why")
    told = dateline(*words, cwd=stored.parent).stdout.splitlines()
    fields = {line.partition(":")[0]: line for line in told if not line.startswith(" ")}
    assert "blocks kept" in fields["body"]
    assert {"lead", "dateline"} <= fields.keys()
    found = json.loads(dateline(*words, "--json", cwd=stored.parent).stdout)
    fates = [block["fate"] for block in found["blocks"]]
    assert fates.count("paragraph") >= 3
    assert any(fate.startswith("left out") for fate in fates)
    body = found["fields"]["body"][0]["value"]
    kept = [one["text"] for one in found["blocks"] if one["fate"] == "paragraph"]
    assert all(text in body for text in kept)


def test_a_list_of_pages_is_answered_line_by_line_whatever_they_say(stored: Path) -> None:
    tasks = [
        {"id": "a", "url": ADDRESS, "html_file": "page.html"},
        {"id": "b", "url": "", "html_file": "page.html.gz"},
        {"id": "c", "url": None, "html_file": "empty.html"},
        {"id": "d", "url": ADDRESS, "html_file": "missing.html"},
        {"id": "e", "url": ADDRESS, "html_file": "cut.html.gz"},
    ]
    lines = "\n".join([*map(json.dumps, tasks), "no JSON"])
    (stored.parent / "tasks.jsonl").write_text(lines, encoding="utf-8")
    done = dateline("extract", "--jsonl", "tasks.jsonl", cwd=stored.parent)
    found = {record["id"]: record for record in map(json.loads, done.stdout.splitlines())}
    assert done.returncode == 0
    assert set(found) == {"a", "b", "c", "d", "e", None}
    assert found["a"]["error"] is None
    assert found["a"]["body"] == found["b"]["body"]
    for lost in "cde":
        assert found[lost]["error"]
        assert found[lost]["body"] is None


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["missing.html"], 2, "missing.html is neither a file nor an http(s) address"),
        (["--jsonl", "missing.jsonl"], 2, "missing.jsonl is neither a file nor"),
        (["ftp://bridge.example/a"], 2, "only http and https are fetched, not ftp"),
        (["empty.html"], 1, "no title"),
        (["cut.html.gz"], 1, "cut.html.gz: cannot be read"),
        (["page.html", "--allow-private", "here"], 2, "--allow-private takes HOST:PORT"),
    ],
)
def test_a_mistake_is_one_sentence(
    stored: Path, words: list[str], code: int, sentence: str
) -> None:
    done = dateline("extract", *words, cwd=stored.parent)
    assert done.returncode == code
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


FAULTS = {
    "/gone": servers.status(404),
    "/paper.pdf": servers.not_html(),
    "/nothing": servers.page(""),
    "/closed": HTML,
    "/robots.txt": "User-agent: *\nDisallow: /closed\n",
}


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("/gone", "the site answered 404"),
        ("/paper.pdf", "the page is not HTML but application/pdf"),
        ("/nothing", "the page is empty"),
        ("/closed", "robots.txt"),
    ],
)
def test_a_page_that_cannot_be_had_is_told(tmp_path: Path, asked: str, sentence: str) -> None:
    with serving(FAULTS) as site:
        done = dateline("extract", site + asked, *quickly(site), cwd=tmp_path)
    told_in_one_sentence(done, site + asked, sentence)


def test_a_host_that_refuses_and_one_that_is_private_are_told(tmp_path: Path) -> None:
    with serving({}) as site:
        private = dateline("extract", site + "/a", cwd=tmp_path)
        assert site.log == []
    refused = dateline("extract", site + "/a", *quickly(Site(site)), cwd=tmp_path)
    told_in_one_sentence(private, site + "/a", "private")
    told_in_one_sentence(refused, site + "/a", "refused")
    assert urlsplit(site).netloc in private.stderr


def told_in_one_sentence(done: subprocess.CompletedProcess[str], url: str, sentence: str) -> None:
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith(f"Error: {url}: ")
    assert sentence in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_page_that_no_parser_survives_is_refused_at_once(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<div>" * 100_000)
    done = dateline("extract", "page.html", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr == "Error: the page nests deeper than 5,000 tags\n"
