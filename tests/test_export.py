import csv
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive.export import FIELDS, ExportError, export
from archive.items import (
    Access,
    Alternate,
    Article,
    Block,
    BlockKind,
    Dateline,
    Fetch,
    Image,
    Outcome,
    Visit,
)
from archive.store import Archive

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
FULL = Article(
    site="example",
    url="https://example.org/1",
    title='=HYPERLINK("https://evil.example")',
    fetched_at=NOON,
    lead="A lead, with \u201cquotes\u201d\nand a line",
    body=(Block("Said."), Block("Heading", BlockKind.HEADING), Block("Śviet.")),
    authors=("Ann", "Jan"),
    published=NOON,
    published_text="May 1",
    language="be-Latn",
    sections=("Politics",),
    tags=("a", "b"),
    dateline=Dateline("MINSK, May 1", "MINSK", None, NOON.date()),
    access=Access.OPEN,
    images=(Image("https://example.org/1.jpg", "\ufeff"),),
    alternates=(Alternate("en", "https://example.org/en/1"),),
)
PLAIN = Article(site="example", url="https://example.org/2", title="\u3000＝1+1", fetched_at=NOON)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "news.db", create=True) as opened:
        crawl = opened.start_crawl("example.org", None, "news", {})
        visits = [Visit(Fetch(a.url, NOON, Outcome.OK), None, a) for a in (FULL, PLAIN)]
        opened.write(crawl, visits)
        yield opened


def test_json_lines_have_every_field_as_it_is(archive: Archive, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    assert export(archive.db, str(out)) == 2
    first, second = map(json.loads, out.read_text(encoding="utf-8").splitlines())
    assert list(first) == list(FIELDS)
    assert first["title"] == FULL.title
    assert first["body"] == "Said.\n\nHeading\n\nŚviet."
    assert first["body_kinds"] == "p h p"
    assert first["authors"] == ["Ann", "Jan"]
    assert first["dateline_date"] == "2026-05-01"
    assert first["images"][0]["url"] == "https://example.org/1.jpg"
    assert second["lead"] is None
    assert second["authors"] == []


def test_no_cell_of_a_csv_is_a_formula(archive: Archive, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    assert export(archive.db, str(out)) == 2
    with out.open(encoding="utf-8", newline="") as file:
        first, second = csv.DictReader(file)
    assert first["title"] == "'" + FULL.title
    assert second["title"] == "'" + PLAIN.title
    assert first["lead"] == FULL.lead


def test_every_column_of_an_article_is_exported(archive: Archive) -> None:
    columns = {row[1] for row in archive.db.execute("pragma table_info(articles)")}
    internal = {"source_id", "published_day", "digest", "names_folded"}
    internal |= {"labels", "position", "indexed_as"}
    assert columns - internal == set(FIELDS) - {"source"}


@pytest.mark.parametrize("name", ["out.xlsx", "out", "there.csv"])
def test_a_target_that_cannot_be_is_refused(archive: Archive, tmp_path: Path, name: str) -> None:
    there = tmp_path / "there.csv"
    there.write_text("mine")
    with pytest.raises(ExportError, match=name):
        export(archive.db, str(tmp_path / name))
    assert there.read_text() == "mine"
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".part"] == []
