"""Filters, pages and counts: one answer for the command line and the web."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archive.errors import UnknownLabelError
from archive.facets import facets
from archive.filters import Filters
from archive.items import Access, Article, Block, Fetch, Outcome, Visit
from archive.search import Hit, search, search_page
from archive.search_index import index, pending
from archive.search_verb import search as verb
from archive.store import Archive

START = datetime(2026, 3, 1, tzinfo=UTC)
SOURCES = ("north.example", "south.example")
LANGUAGES = ("be", "be-tarask", "en", "bel")


def write(archive: Archive, number: int, **fields: object) -> None:
    at = START + timedelta(days=number)
    source = SOURCES[number % 2]
    given: dict[str, object] = {
        "body": (Block(f"Storks, number {number}."),),
        "published": at,
        "language": LANGUAGES[number % 4],
        "sections": ("Nature",) if number % 3 else ("Nature", "Culture"),
        "authors": ("Ann Reporter",) if number < 4 else ("Jan Pisarz",),
        "access": Access.LOCKED if number == 5 else Access.OPEN,
    }
    url = f"https://{source}/{number}"
    article = Article(source, url, f"Day {number}", at, **(given | fields))  # type: ignore[arg-type]
    crawl = archive.start_crawl(source, None, "news", {}, now=START)
    archive.write(crawl, [Visit(Fetch(url, at, Outcome.OK), None, article)])


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "news.db", create=True) as opened:
        for number in range(8):
            write(opened, number)
        write(opened, 8, published=None)
        opened.db.execute("update articles set state = 'gone' where title = 'Day 2'")
        edited = Article(
            SOURCES[1], "https://south.example/1", "Day 1", START, body=(Block("Storks, again."),)
        )
        crawl = opened.start_crawl(SOURCES[1], None, "news", {}, now=START)
        later = START + timedelta(days=50)
        opened.write(crawl, [Visit(Fetch(edited.url, later, Outcome.OK), None, edited)])
        opened.db.execute("update articles set published = '2026-03-02T00:00:00Z' where id = 2")
        opened.db.execute("update articles set language = 'be-tarask' where id = 2")
        index(opened.db)
        yield opened


def days(archive: Archive, filters: Filters, query: str = "storks") -> list[int]:
    hits = search(archive.db, query, filters=filters)
    return [int(hit.title.removeprefix("Day ")) for hit in hits]


@pytest.mark.parametrize("query", ["storks", ""])
@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), [8, 7, 6, 5, 4, 3, 2, 1, 0]),
        (Filters(sources=("north.example",)), [8, 6, 4, 2, 0]),
        (Filters(sources=("North.Example", "south.example")), [8, 7, 6, 5, 4, 3, 2, 1, 0]),
        (Filters(sections=("Culture",)), [6, 3, 0]),
        (Filters(authors=("Ann Reporter",)), [3, 2, 0]),
        (Filters(languages=("be",)), [8, 5, 4, 1, 0]),
        (Filters(languages=("be-tarask",)), [5, 1]),
        (Filters(languages=("en", "bel")), [7, 6, 3, 2]),
        (Filters(access="locked"), [5]),
        (Filters(since=START + timedelta(days=6)), [7, 6]),
        (Filters(until=START + timedelta(days=1)), [1, 0]),
        (Filters(since=START + timedelta(2), until=START + timedelta(3)), [3, 2]),
        (Filters(until=datetime.max.replace(tzinfo=UTC), access="locked"), [5]),
        (Filters(gone=True), [2]),
        (Filters(edited=True), [1]),
        (Filters(sources=("north.example",), sections=("Culture",), languages=("be",)), [0]),
        (Filters(gone=True, edited=True), []),
    ],
)
def test_filters_alone_and_together(
    archive: Archive, query: str, filters: Filters, expected: list[int]
) -> None:
    assert days(archive, filters, query) == expected


def test_filters_hold_for_each_word_of_a_query(archive: Archive) -> None:
    gone = Filters(gone=True)
    assert days(archive, gone, "again OR storks") == [2]
    assert days(archive, gone, "storks NOT number") == []
    assert days(archive, gone, "-storks") == []


@pytest.mark.parametrize("before", [False, True])
def test_what_comes_back_or_goes_is_found_so_from_then_on(archive: Archive, before: bool) -> None:
    state = "gone" if before else "back"
    archive.db.execute("update articles set state = ? where title in ('Day 2', 'Day 3')", (state,))
    assert pending(archive.db)
    index(archive.db)
    assert not pending(archive.db)
    assert days(archive, Filters(gone=True)) == ([3, 2] if before else [])
    archive.db.execute(
        "insert into articles_fts (articles_fts, rank) values ('integrity-check', 1)"
    )


@pytest.mark.parametrize("query", ["storks", "", "number OR again"])
@pytest.mark.parametrize("sort", ["newest", "best"])
@pytest.mark.parametrize("limit", [1, 2, 9, 20])
def test_pages_follow_each_other_without_gap_or_repeat(
    archive: Archive, query: str, sort: str, limit: int
) -> None:
    whole = search(archive.db, query, sort=sort, limit=0)  # type: ignore[arg-type]
    assert len(whole) == 9
    found: list[Hit] = []
    after = None
    while len(found) <= len(whole):
        page = search_page(archive.db, query, sort=sort, limit=limit, after=after)  # type: ignore[arg-type]
        found += page.hits
        if page.next is None:
            break
        assert len(page.hits) == limit
        after = page.next
    assert found == whole


@pytest.mark.parametrize("after", ["", "x", "-1", "9" * 40, "１", "9" * 19])
def test_what_begins_no_page_begins_the_first(archive: Archive, after: str) -> None:
    assert search_page(archive.db, "storks", after=after).hits[0].title == "Day 8"


def test_a_page_goes_on_where_the_last_ended_though_news_came(archive: Archive) -> None:
    first = search_page(archive.db, "storks", limit=4)
    write(archive, 20)
    index(archive.db)
    second = search_page(archive.db, "storks", limit=4, after=first.next)
    assert [hit.title for hit in second.hits] == ["Day 4", "Day 3", "Day 2", "Day 1"]


@pytest.mark.parametrize("query", ["storks", ""])
def test_counts_are_of_what_is_found(archive: Archive, query: str) -> None:
    found = facets(archive.db, query, Filters(authors=("Jan Pisarz",)))
    assert (found.total, found.complete) == (5, True)
    assert found.counts == {
        "source": {"north.example": 3, "south.example": 2},
        "section": {"Nature": 5, "Culture": 1},
        "author": {"Jan Pisarz": 5},
        "language": {"be": 2, "be-tarask": 1, "en": 1, "bel": 1},
        "access": {"open": 4, "locked": 1},
        "month": {"2026-03": 4},
        "state": {},
    }


def test_counts_of_nothing_are_none(archive: Archive) -> None:
    assert facets(archive.db, "absent").total == 0
    assert facets(archive.db, '"').total == 0


def test_counts_that_would_take_long_are_of_the_newest(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archive.facets.COUNTED", 4)
    found = facets(archive.db, "storks")
    assert (found.total, found.complete) == (4, False)
    assert sum(found.counts["source"].values()) == 4


def test_the_best_of_many_have_the_word_in_the_title_or_are_new(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archive.search.RANKED", 3)
    hits = search(archive.db, "storks OR 0", sort="best", limit=0)
    assert hits[0].title == "Day 0"
    assert {hit.title for hit in hits} == {"Day 0", "Day 8", "Day 7", "Day 6"}


@pytest.mark.parametrize(
    ("filters", "sentence"),
    [
        (Filters(sources=("noth.example",)), "did you mean north.example"),
        (Filters(sources=("zzz",)), "dateline sources lists them"),
        (Filters(sections=("Cultur",)), "did you mean Culture"),
        (Filters(authors=("",)), "no author is called"),
        (Filters(languages=('") OR (',)), "not a tag of a language"),
    ],
)
def test_a_label_that_is_not_there_is_told(
    archive: Archive, filters: Filters, sentence: str
) -> None:
    with pytest.raises(UnknownLabelError, match=sentence):
        search(archive.db, "storks", filters=filters)


def run(archive: Archive, *words: str) -> Result:
    return CliRunner().invoke(verb, [*words, "--db", str(archive.path)])


def test_the_command_filters_as_the_function_does(archive: Archive) -> None:
    words = ("storks", "--source", "north.example", "--section", "Culture", "--until", "2026-03-04")
    result = run(archive, *words, "--json")
    [hit] = json.loads(result.stdout)
    assert hit["url"] == "https://north.example/0"
    assert hit["snippet"] == "[Storks], number 0."
    result = run(archive, "--gone", "--json")
    assert [hit["title"] for hit in json.loads(result.stdout)] == ["Day 2"]


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("storks", "--source", "nowhere"), 2, "Error: no source is called nowhere"),
        (("storks", "--since", "lately"), 2, "--since takes a day"),
        (("storks", "--language", "!"), 2, "not a tag of a language"),
        (("storks", "--gone", "--edited"), 1, "nothing found for storks"),
    ],
)
def test_the_command_says_in_a_sentence_what_is_wrong(
    archive: Archive, words: tuple[str, ...], code: int, sentence: str
) -> None:
    result = run(archive, *words)
    assert result.exit_code == code
    assert sentence in result.stderr


@pytest.mark.parametrize("control", ["\x1b]0;owned\x07", "\x9b31m", "\x08\x08", "\u202e"])
def test_what_a_command_finds_cannot_command_the_terminal(archive: Archive, control: str) -> None:
    write(archive, 30, body=(Block(f"A crane {control} and a heron."),))
    archive.db.execute("update articles set title = title || ?", (control,))
    result = run(archive, "crane")
    assert "[crane]" in result.stdout
    assert control[0] not in result.stdout


@pytest.mark.parametrize(
    ("text", "query", "snippet"),
    [
        ("昨日の東京都議会は静かだった。", "東京", "昨日の[東京]都議会は静かだった。"),
        ("昨日の東京都議会は静かだった。", "議会は静か", "昨日の東京都[議会は静か]だった。"),
        ("昨日の東京都議会は静かだった。", "都", "昨日の東京[都]議会は静かだった。"),
        ("北京的河流很安静。", "河流", "北京的[河流]很安静。"),
        ("แม่น้ำในกรุงเทพเงียบสงบ", "กรุงเทพ", "แม่น้ำใน[กรุงเทพ]เงียบสงบ"),
        ("เขาอยู่ที่บ้าน", "บ้าน", "เขาอยู่ที่[บ้าน]"),
    ],
)
def test_words_are_found_in_languages_without_spaces(
    archive: Archive, text: str, query: str, snippet: str
) -> None:
    write(archive, 40, body=(Block(text),))
    result = run(archive, query, "--json")
    assert [hit["snippet"] for hit in json.loads(result.stdout)] == [snippet]
    for other in ("京東", "静河", "ทฤษฎี"):
        assert run(archive, other).exit_code == 1
