import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.filters import Filters
from archive.items import Article, Block, Fetch, Outcome, Visit
from archive.search import search
from archive.search_index import index, pending
from archive.snippets import marked
from archive.store import Archive

START = datetime(2026, 3, 1, tzinfo=UTC)
TEXTS = (
    ("Lukashenko meets the governor of Grodno", "The river was quiet and cold."),
    ("Лукашенко встретил губернатора", "Река была спокойна. В Гродно тихо."),
    ("Łukašenka sustreŭ hubiernatara", "Rečka była ciompłaj."),
    ("Market opens in winter", "Bread and honey, said Лукашэнка."),
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "news.db", create=True) as opened:
        for number, (title, body) in enumerate(TEXTS):
            write(opened, number, title, body, START + timedelta(days=number))
        index(opened.db)
        yield opened


def write(archive: Archive, number: int, title: str, body: str, at: datetime) -> None:
    url = f"https://example.org/{number}"
    article = Article("example", url, title, at, body=(Block(body),), published=at)
    crawl = archive.start_crawl("example.org", None, "news", {})
    archive.write(crawl, [Visit(Fetch(url, at, Outcome.OK), None, article)])


def found(archive: Archive, query: str) -> list[str]:
    return [hit.url.removeprefix("https://example.org/") for hit in search(archive.db, query)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("river", ["0"]),
        ('"quiet and cold"', ["0"]),
        ('"cold and quiet"', []),
        ("mark*", ["3"]),
        ("bread OR river", ["3", "0"]),
        ("bread AND river", []),
        ("river -governor", []),
        ("-river", []),
        ("bread NOT river", ["3"]),
        ("Lukashenko", ["3", "2", "1", "0"]),
        ("Лукашэнка", ["3", "2", "1", "0"]),
        ("lukaschenko", ["3", "2", "1", "0"]),
        ("Hrodna", ["1", "0"]),
        ('"', []),
        ("AND", []),
        ("OR river", ["0"]),
        ("river AND OR", ["0"]),
        ("title:river", []),
        ("NEAR(a b)", []),
        ("river)", ["0"]),
    ],
)
def test_a_query_is_read_as_people_type_it(
    archive: Archive, query: str, expected: list[str]
) -> None:
    assert found(archive, query) == expected


@settings(
    max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text() | st.text(alphabet="ab\"*-()^:{}+ANDORT '\\\x00,"))
def test_any_string_is_answered(archive: Archive, query: str) -> None:
    search(archive.db, query)


def test_an_edited_article_is_found_by_its_latest_text_only(archive: Archive) -> None:
    write(archive, 0, "A new title", "Nothing of the old text is left.", START + timedelta(9))
    assert found(archive, "river") == []
    assert pending(archive.db)
    index(archive.db)
    assert found(archive, "nothing") == ["0"]
    assert found(archive, "Grodno") == ["1"]
    check_index(archive.db)


def check_index(db: sqlite3.Connection) -> None:
    """Raise where the index does not have exactly what the articles say."""
    db.execute("insert into articles_fts (articles_fts, rank) values ('integrity-check', 1)")


def test_the_snippet_marks_what_was_found(archive: Archive) -> None:
    [hit] = search(archive.db, "honey")
    assert marked(hit.snippet, "[", "]") == "Bread and [honey], said Лукашэнка."


def test_the_snippet_marks_a_name_in_another_spelling(archive: Archive) -> None:
    snippets = [marked(hit.snippet, "[", "]") for hit in search(archive.db, "Grodno")]
    assert snippets == ["Река была спокойна. В [Гродно] тихо.", "The river was quiet and cold."]
    assert "[Лукашэнка]" in marked(search(archive.db, "Lukashenko")[0].snippet, "[", "]")


def test_a_snippet_is_whole_words_of_the_text_and_never_keys(archive: Archive) -> None:
    text = f"{'[Sic] and so forth ' * 30}said Nadzieja Rudakoŭskaja of Hrodna. {'More words ' * 30}"
    write(archive, 9, "Storks", text.strip(), START)
    index(archive.db)
    for query in ("Rudakouskaja", "rudakouskaja", "Рудакоўская"):
        [hit] = search(archive.db, query)
        assert "said Nadzieja <Rudakoŭskaja> of Hrodna. More words" in marked(hit.snippet, "<", ">")
        shown = marked(hit.snippet, "", "").strip(" …")
        assert set(shown.split()) <= set(text.split())
        assert len(shown) < 250


def test_the_snippet_of_a_text_without_spaces_is_short(archive: Archive) -> None:
    write(archive, 9, "Storks", f"{'x.' * 500}Rudakoŭskaja{'.x' * 500}", START)
    index(archive.db)
    [hit] = search(archive.db, "Rudakouskaja")
    assert "[Rudakoŭskaja]" in marked(hit.snippet, "[", "]")
    assert len(hit.snippet) < 250


@pytest.mark.parametrize("order", ["as found", "backwards", "shuffled"])
def test_the_newest_of_many_come_first(archive: Archive, order: str) -> None:
    days = list(range(60))
    if order != "as found":
        days = days[::-1] if order == "backwards" else sorted(days, key=lambda day: day * 7 % 60)
    for number, day in enumerate(days, 10):
        body = "Frost and wind." if day % 3 else "Sun."
        write(archive, number, f"Day {day}", body, START + timedelta(days=100 + day))
    index(archive.db)
    for query, expected in (("frost", [59, 58, 56, 55, 53, 52, 50]), ("sun", [57, 54, 51, 48])):
        hits = search(archive.db, query, limit=len(expected))
        assert [hit.title for hit in hits] == [f"Day {day}" for day in expected]


def test_a_limit_of_nothing_returns_all(archive: Archive) -> None:
    assert len(search(archive.db, "Lukashenko", limit=2)) == 2
    assert len(search(archive.db, "Lukashenko", limit=0)) == 4
    assert len(search(archive.db, "Lukashenko", sort="best")) == 4


@pytest.mark.parametrize(
    "query",
    [
        "x" * 10_000,
        "Name " * 2_000,
        "(" * 5_000,
        '"' * 999,
        "body:river",
        "{title} : river",
        "labels:s1",
        "^river",
        "river NEAR/2 cold",
        "a*b* **",
        "-",
        "--river",
        "NOT",
        "NOT river",
        "\x00river\x00",
        "🙂",
        "\ud800",
        "東" * 3_000,
        "Ł\u0301\u0327" * 500,
        " ".join(f"Name{chr(97 + n % 26)}ski" for n in range(60)),
    ],
)
def test_odd_queries_are_answered(archive: Archive, query: str) -> None:
    search(archive.db, query)
    search(archive.db, query, sort="best", filters=Filters(edited=True))
