"""What the archive keeps of lists of headlines, look by look, and what it answers from that."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from archive.headline_history import headline_history, shown_at
from archive.items import Access, Article, Block, Fetch, Headline, HeadlineList, Outcome, Visit
from archive.store import Archive
from archive.times import moment

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
FRONT, STORY = "https://example.org/", "https://example.org/story-number-one"
FERRY = Headline("Ferry sails again", STORY)
WELLS = Headline("Wells run dry", "https://example.org/story-two")
BRIDGE = Headline("Bridge is closed", "https://example.org/story-three")


def at(hour: int) -> datetime:
    return NOON + timedelta(hours=hour)


def front(hour: int, *entries: Headline, name: str | None = "Latest", url: str = FRONT) -> Visit:
    fetch = Fetch(url, at(hour), Outcome.OK, status=200)
    return Visit(fetch, lists=(HeadlineList(name, entries),))


def story(hour: int, *, url: str = STORY, **fields: Any) -> Visit:
    article = Article("example", url, "Ferry sails again", at(hour), body=(Block("It sails."),))
    fetch = Fetch(url, at(hour), Outcome.OK, status=200)
    return Visit(fetch, article=replace(article, **fields))


def unchanged(hour: int, url: str = STORY) -> Visit:
    return Visit(Fetch(url, at(hour), Outcome.UNCHANGED, status=304))


class News:
    """An archive, written one visit a batch."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.db = archive.db
        self.crawl = archive.start_crawl("example.org", FRONT, "news", {})

    def write(self, *visits: Visit) -> None:
        for visit in visits:
            self.archive.write(self.crawl, [visit])

    def rows(self, query: str, *asked: object) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self.db.execute(query, asked)]

    def total(self) -> int:
        tables = ("headlines", "headline_lists", "headline_list_items", "headline_sightings")
        return sum(self.rows(f"select count(*) from {table}")[0][0] for table in tables)


@pytest.fixture
def news(tmp_path: Path) -> Iterator[News]:
    with Archive.open(tmp_path / "news.db", create=True) as archive:
        yield News(archive)


def test_a_list_that_did_not_change_costs_one_row(news: News) -> None:
    news.write(front(0, FERRY, WELLS))
    before = news.total()
    news.write(front(1, FERRY, WELLS))
    assert news.total() == before + 1
    news.write(front(2, FERRY, WELLS, url="https://example.org/town/"))
    assert news.total() == before + 2


def test_a_new_order_adds_no_headline(news: News) -> None:
    news.write(front(0, FERRY, WELLS), front(1, WELLS, FERRY))
    assert news.rows("select count(*) from headlines") == [(2,)]


LOCK = """
select shown_in, was, access, not_before, seen_at from lock_changes
where url = ? order by seen_at, shown_in"""


def test_three_witnesses_of_a_lock_are_told_apart(news: News) -> None:
    locked = replace(FERRY, access=Access.LOCKED)
    news.write(front(0, FERRY), story(1, access=Access.OPEN, access_declared=Access.OPEN))
    news.write(story(2, access=Access.OPEN, access_declared=Access.LOCKED), front(3, locked))
    news.write(story(4, access=Access.LOCKED, access_declared=Access.LOCKED), front(5, FERRY))
    news.write(story(6, access=Access.OPEN, access_declared=Access.OPEN))
    found = news.rows(LOCK, STORY)
    assert found == [
        ("declared", "open", "locked", moment(at(1)), moment(at(2))),
        ("list", "open", "locked", moment(at(0)), moment(at(3))),
        ("article", "open", "locked", moment(at(2)), moment(at(4))),
        ("list", "locked", "open", moment(at(3)), moment(at(5))),
        ("article", "locked", "open", moment(at(4)), moment(at(6))),
        ("declared", "locked", "open", moment(at(4)), moment(at(6))),
    ]


def test_another_declaration_alone_is_no_revision_and_is_kept(news: News) -> None:
    news.write(story(0, access_declared=Access.OPEN), story(1, access_declared=Access.LOCKED))
    assert news.rows("select revision_count, access_declared, last_seen from articles") == [
        (1, "locked", moment(at(1)))
    ]
    news.write(story(2))
    assert news.rows("select access_declared from articles") == [(None,)]
    assert len(news.rows(LOCK, STORY)) == 1


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_what_a_page_declared_is_the_same_in_any_order(news: News, order: tuple[int, ...]) -> None:
    said = (Access.OPEN, Access.LOCKED, None, Access.OPEN)
    looks = [story(hour, access_declared=one) for hour, one in enumerate(said)]
    news.write(*(looks[number] for number in order))
    assert news.rows("select access_declared from articles") == [("open",)]
    assert [row[3:] for row in news.rows(LOCK, STORY)] == [
        (moment(at(0)), moment(at(1))),
        (moment(at(1)), moment(at(3))),
    ]


def test_places_that_mark_locks_and_places_that_do_not_make_no_changes(news: News) -> None:
    locked = replace(FERRY, access=Access.LOCKED)
    for hour in range(0, 6, 2):
        news.write(front(hour, locked), front(hour + 1, FERRY, url="https://example.org/town/"))
    assert news.rows(LOCK, STORY) == []


def test_a_title_that_came_back_is_two_changes(news: News) -> None:
    other = replace(FERRY, title="Ferry may sail")
    news.write(front(0, FERRY), front(1, FERRY), front(2, other), front(3, FERRY))
    changes = "select not_before, seen_at, old_title, title, list from title_changes"
    assert news.rows(changes + " order by seen_at") == [
        (moment(at(1)), moment(at(2)), FERRY.title, other.title, "Latest"),
        (moment(at(2)), moment(at(3)), other.title, FERRY.title, "Latest"),
    ]


def test_two_boxes_of_a_page_with_other_titles_make_no_changes(news: News) -> None:
    short = replace(FERRY, title="Ferry")
    both = (HeadlineList(None, (FERRY, WELLS)), HeadlineList(None, (short, BRIDGE)))
    news.write(*(replace(front(hour), lists=both) for hour in range(3)))
    assert news.rows("select * from title_changes") == []
    assert news.rows("select times from headline_places") == [(3,)] * 4


def test_what_a_page_showed_at_a_time(news: News) -> None:
    news.write(front(0, FERRY, WELLS), front(2, WELLS, BRIDGE))

    def titles(hour: int) -> list[str]:
        return [one["title"] for one in shown_at(news.db, FRONT, moment(at(hour)))]

    assert titles(-1) == []
    assert titles(1) == [FERRY.title, WELLS.title]
    assert titles(2) == titles(9) == [WELLS.title, BRIDGE.title]
    assert shown_at(news.db, "http://example.org", moment(at(1)))[0]["page"] == FRONT


def test_a_page_that_later_shows_no_list_shows_none(news: News) -> None:
    news.write(front(0, FERRY, WELLS), Visit(Fetch(FRONT, at(1), Outcome.OK, status=200)))
    assert shown_at(news.db, FRONT, moment(at(1))) == []
    assert not any(one["still_there"] for one in headline_history(news.db, page=FRONT))


def test_a_failed_look_changes_nothing_of_what_was_shown(news: News) -> None:
    news.write(front(0, FERRY), Visit(Fetch(FRONT, at(1), Outcome.TIMEOUT, "no answer")))
    assert len(shown_at(news.db, FRONT, moment(at(1)))) == 1
    assert [one["still_there"] for one in headline_history(news.db, page=FRONT)] == [True]


KEPT = (
    "select fetched_at, list, position, title from related_headlines order by 1, 2, 3",
    "select name, first_seen, last_seen from headline_lists order by 1, 2",
    "select fetched_at, access_declared from fetches order by 1",
)


@pytest.mark.parametrize("order", list(permutations(range(1, 5))))
def test_an_unchanged_page_showed_what_the_look_before_it_did(
    news: News, order: tuple[int, ...]
) -> None:
    def beside(visit: Visit, *entries: Headline) -> Visit:
        return replace(visit, lists=(HeadlineList(entries[0].title, entries),))

    looks = [
        beside(story(0, access_declared=Access.OPEN), WELLS, BRIDGE),
        unchanged(1),
        unchanged(2),
        beside(story(3, access_declared=Access.LOCKED), BRIDGE, WELLS),
        unchanged(4),
    ]
    news.write(looks[0], *(looks[number] for number in order))
    entries, lists, declared = map(news.rows, KEPT)
    shown = {row[0]: row[1] for row in entries}
    assert list(shown.values()) == [WELLS.title] * 3 + [BRIDGE.title] * 2
    assert lists == [
        (BRIDGE.title, moment(at(3)), moment(at(4))),
        (WELLS.title, moment(at(0)), moment(at(2))),
    ]
    assert [row[1] for row in declared] == ["open"] * 3 + ["locked"] * 2


@pytest.mark.parametrize("article_first", [True, False])
@pytest.mark.parametrize(
    "shown",
    [
        "http://example.org/story-number-one",
        "https://www.example.org/story-number-one/",
        "https://m.example.org/story-number-one",
        "https://amp.example.org/story-number-one",
        "https://example.org/story-number-one/amp/",
        "https://example.org/story-number-one?amp=1",
        "https://example.org/story-number-one.amp#top",
    ],
)
def test_an_entry_leads_to_the_article_whatever_its_address_looks_like(
    news: News, shown: str, article_first: bool
) -> None:
    both = [story(0), front(1, replace(FERRY, url=shown))]
    news.write(*(both if article_first else reversed(both)))
    assert news.rows("select article_id from headlines") == [(1,)]
    assert news.rows("select * from unarchived_headlines") == []
    [place] = headline_history(news.db)
    assert [title["shown_in"] for title in place["titles"]] == ["article", "list"]


def test_an_article_at_just_that_address_comes_before_one_at_an_address_alike(news: News) -> None:
    alike = "http://example.org/story-number-one"
    news.write(story(0), front(1, replace(FERRY, url=alike)))
    news.write(story(2, url=alike, title="Another story"))
    assert news.rows("select a.title from headlines h join articles a on a.id = h.article_id") == [
        ("Another story",)
    ]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_an_address_asked_for_leads_to_the_canonical_article(
    news: News, order: tuple[int, ...]
) -> None:
    asked = "https://example.org/?p=17"
    redirected = Fetch(asked, at(1), Outcome.OK, final_url=STORY, status=200)
    looks = [
        front(0, replace(FERRY, url=asked)),
        replace(story(1), fetch=redirected),
        front(2, FERRY),
    ]
    news.write(*(looks[number] for number in order))
    assert news.rows("select article_id from headlines") == [(1,), (1,)]


def test_an_article_that_has_another_address_later_keeps_its_headlines(news: News) -> None:
    other = "https://example.org/2026/story-number-one"
    news.write(front(0, FERRY, replace(FERRY, url=other)), story(1), story(2, url=other))
    assert news.rows("select article_id from headlines") == [(1,), (2,)]
    canonical = story(3, url=other)
    news.write(replace(canonical, fetch=replace(canonical.fetch, url=STORY)))
    assert news.rows("select article_id from headlines") == [(1,), (1,)]


def test_headlines_of_articles_never_fetched_or_gone_are_listed(news: News) -> None:
    gone = Visit(Fetch(STORY, at(2), Outcome.HTTP_ERROR, "not found", status=404))
    label = Headline(None, None, ("Politics",), Access.LOCKED)
    news.write(front(0, FERRY, WELLS, label), story(1), gone, front(3, FERRY))
    found = news.rows(
        "select title, sections, state, first_seen, last_seen"
        " from unarchived_headlines order by title"
    )
    assert found == [
        (None, '["Politics"]', "no address", moment(at(0)), moment(at(0))),
        (FERRY.title, None, "missing", moment(at(0)), moment(at(3))),
        (WELLS.title, None, "never fetched", moment(at(0)), moment(at(0))),
    ]
