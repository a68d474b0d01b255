"""The same looks, in whatever order and batches, come to the same rows."""

import sqlite3
import tempfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.items import Access, Article, Block, Fetch, Headline, HeadlineList, Outcome, Visit
from archive.noise import folded
from archive.store import Archive

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
TEXTS = (
    ("Market opens", "Bread and honey."),
    ("Market opens", "Bread  and\nhoney."),
    ("Market opens", "Bread and salt."),
    ("Market \u201copens\u201d", "Bread and salt."),
    ('Market "opens"', "Bread and salt."),
)
ROWS = (
    "select url, title, body, authors, sections, first_seen, last_seen, revision_count, state"
    " from articles order by url",
    "select url, title, body, authors, first_seen, last_seen from revisions order by 1, 5",
    "select n.name, u.url from article_authors l join authors n on n.id = l.author_id"
    " join article_urls u on u.article_id = l.article_id order by 1, 2",
    "select page, fetched_at, list, position, title, url, r.article_id is not null"
    " from related_headlines r order by 1, 2, 3, 4",
    "select url, fetched_at, outcome, article_id is not null from fetches order by 1, 2",
    "select url, not_before, seen_at, kinds, removed, added from edits order by 1, 3",
)

CHECK_INDEX = "insert into articles_fts (articles_fts, rank) values ('integrity-check', 1)"


def look(article: int, hour: int, text: int) -> Visit:
    url, at = f"https://example.org/{article}", NOON + timedelta(hours=hour)
    title, body = TEXTS[text]
    authors = ("Ann",) if text < 3 else ("Ann", "Jan")
    reading = Article("example", url, title, at, body=(Block(body),), authors=authors)
    lists = (HeadlineList("Latest", (Headline(title, "https://example.org/0"), Headline("B"))),)
    return Visit(Fetch(url, at, Outcome.OK), None, reading, lists)


def rows(visits: list[Visit], batch: int, *, index_between: bool = False) -> list[Any]:
    with (
        tempfile.TemporaryDirectory() as folder,
        Archive.open(Path(folder) / "news.db", create=True) as archive,
    ):
        archive.db.execute("pragma synchronous = off")
        crawl = archive.start_crawl("example.org", None, "news", {})
        for start in range(0, len(visits), batch):
            archive.write(crawl, visits[start : start + batch])
            if index_between:
                archive.index()
        archive.index()
        archive.db.execute(CHECK_INDEX)
        return [[alike(row) for row in archive.db.execute(query)] for query in ROWS]


def alike(row: sqlite3.Row) -> tuple[Any, ...]:
    """Return a row without what makes no revision: of such texts only the first is kept."""
    return tuple(folded(value) if isinstance(value, str) else value for value in row)


LOOKS = st.lists(
    st.tuples(st.integers(0, 1), st.integers(0, 12), st.integers(0, len(TEXTS) - 1)),
    min_size=1,
    max_size=9,
    unique_by=lambda one: one[:2],
)


@pytest.mark.parametrize("index_between", [False, True])
@settings(max_examples=30, deadline=None)
@given(st.data())
def test_any_order_and_any_batches_come_to_the_same_rows(
    index_between: bool, data: st.DataObject
) -> None:
    looks = data.draw(LOOKS)
    in_order = sorted(looks, key=lambda one: one[1])
    expected = rows([look(*one) for one in in_order], 1)
    shuffled = data.draw(st.permutations(looks + looks[:2]))
    batch = data.draw(st.integers(1, 12))
    visits = [look(*one) for one in shuffled]
    assert rows(visits, batch, index_between=index_between) == expected


def test_white_space_and_quotes_make_no_revision() -> None:
    [_, revisions, *_] = rows([look(0, 0, 0), look(0, 1, 1)], 1)
    assert len(revisions) == 1
    [_, revisions, *_] = rows([look(0, 0, 3), look(0, 1, 4)], 1)
    assert len(revisions) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Other"},
        {"lead": "A lead"},
        {"body": (Block("Other"),)},
        {"authors": ()},
        {"published": NOON},
        {"modified": NOON},
        {"access": Access.LOCKED},
    ],
)
def test_a_change_of_what_matters_makes_a_revision(change: dict[str, Any]) -> None:
    one = look(0, 0, 0)
    two = look(0, 1, 0)
    assert two.article
    changed = replace(two, article=replace(two.article, **change))
    [_, revisions, *_] = rows([one, changed], 1)
    assert len(revisions) == 2


def test_other_sections_alone_make_no_revision() -> None:
    one, two = look(0, 0, 0), look(0, 1, 0)
    assert two.article
    changed = replace(two, article=replace(two.article, sections=("Other",)))
    [_, revisions, *_] = rows([one, changed], 1)
    assert len(revisions) == 1


def redirected(old: int, new: int, hour: int, text: int) -> Visit:
    visit = look(new, hour, text)
    fetch = replace(visit.fetch, url=f"https://example.org/{old}", final_url=visit.fetch.url)
    return replace(visit, fetch=fetch)


def test_an_article_that_moved_is_still_one() -> None:
    [articles, revisions, *_] = rows([look(0, 0, 0), redirected(0, 1, 1, 2)], 1)
    assert len(articles) == 1
    assert len(revisions) == 2


def test_a_removed_article_that_leads_to_another_is_not_that_one() -> None:
    visit = redirected(0, 1, 1, 0)
    assert visit.article
    other = replace(visit, article=replace(visit.article, title="Of something else"))
    [articles, *_] = rows([look(0, 0, 0), other], 1)
    assert [row[1] for row in articles] == ["Market opens", "Of something else"]


def says_canonical(own: int, canonical: int, hour: int, text: int) -> Visit:
    visit = look(canonical, hour, text)
    fetch = replace(visit.fetch, url=f"https://example.org/{own}", final_url=None)
    return replace(visit, fetch=fetch)


@pytest.mark.parametrize("order", list(permutations(range(4))))
@pytest.mark.parametrize("index_between", [False, True])
def test_two_articles_that_turn_out_to_be_one_are_joined(
    order: tuple[int, ...], index_between: bool
) -> None:
    looks = [look(0, 0, 0), look(1, 1, 2), look(0, 2, 0), says_canonical(0, 1, 3, 0)]
    [articles, revisions, labels, *_] = rows(
        [looks[i] for i in order], 1, index_between=index_between
    )
    assert [row[2] for row in articles] == ["Bread and honey."]
    assert [row[2] for row in revisions] == [
        "Bread and honey.",
        "Bread and salt.",
        "Bread and honey.",
    ]
    assert [name for name, _ in labels] == ["Ann", "Ann"]
