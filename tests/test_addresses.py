"""One article under many addresses: their forms, and what is fetched and kept of them."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.address_forms import form_key, form_of
from archive.alike import Story, are_alike
from archive.items import Article, Block, Fetch, Outcome, Provenance, Visit
from archive.record import article_record
from archive.store import Archive
from crawler.extract.canonical import is_plausible
from tests.command import dateline, quickly
from tests.newspaper import WORDS, article, listing, newspaper, path
from tests.servers import redirect, serving

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
PLAIN = "https://www.example.org/news/2026/05/market-opens-10442"
FORMS = (
    "http://www.example.org/news/2026/05/market-opens-10442",
    "https://example.org/news/2026/05/market-opens-10442/",
    "https://example.org:443/news/2026/05/market-opens-10442/index.html",
    "https://m.example.org/news/2026/05/market-opens-10442",
    "https://mobile.example.org/news/2026/05/market-opens-10442",
    "https://amp.example.org/news/2026/05/market-opens-10442",
    f"{PLAIN}/amp",
    f"{PLAIN}/amp/",
    f"{PLAIN}?amp",
    f"{PLAIN}?amp=1",
    f"{PLAIN}?outputType=amp",
    f"{PLAIN}?output=amp&utm_source=x",
    f"{PLAIN}.amp",
    f"{PLAIN}/print",
    f"{PLAIN}?print=1",
    f"{PLAIN}?view=print",
    "https://www.example.org/print/news/2026/05/market-opens-10442",
    "https://www.example.org/amp/news/2026/05/market-opens-10442",
    f"{PLAIN}?fbclid=1&gclid=2&yclid=3&utm_medium=4&from=rss&ref=newsletter",
    f"{PLAIN}#comments",
)


@pytest.mark.parametrize("url", FORMS)
def test_every_form_of_an_address_has_one_key(url: str) -> None:
    assert form_key(url) == form_key(PLAIN)


@pytest.mark.parametrize("ending", ["html", "htm", "php"])
def test_a_file_has_an_amp_form_too(ending: str) -> None:
    plain = f"https://example.org/market-opens-10442.{ending}"
    assert form_key(plain.replace(f".{ending}", f".amp.{ending}")) == form_key(plain)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/story.php?id=7", "https://example.org/story.php?id=8"),
        ("https://example.org/a?article=7", "https://example.org/a"),
        ("https://example.org/a?from=7001", "https://example.org/a"),
        ("https://example.org/amp", "https://example.org/"),
        ("https://example.org/shop/print", "https://example.org/shop"),
        ("https://example.org/music/amp", "https://example.org/music"),
        ("https://news.example.org/a", "https://sport.example.org/a"),
        ("https://example.org/A", "https://example.org/a"),
        (PLAIN, f"{PLAIN}?page=2"),
        ("https://example.org/a?ampere=5", "https://example.org/a"),
        ("https://m.com/a", "https://com/a"),
        ("https://amp.dev/a", "https://dev/a"),
    ],
)
def test_what_may_be_another_page_has_another_key(one: str, other: str) -> None:
    assert form_key(one) != form_key(other)


@given(st.text(max_size=60))
def test_any_text_has_a_key_that_is_stable(text: str) -> None:
    assert form_key(text) == form_key(text)
    assert form_key("https://example.org/" + text) is not None


def test_a_plain_address_is_told_from_one_in_another_dress() -> None:
    assert form_of(PLAIN).is_plain
    assert form_of(f"{PLAIN}?utm_source=x").is_plain
    dressed = [url for url in FORMS if not form_of(url).is_plain]
    assert [url for url in dressed if "amp" in url or "print" in url or "//m" in url] == dressed
    assert len(dressed) == 15


@pytest.mark.parametrize(
    ("named", "own", "plausible"),
    [
        ("https://example.org/news/2026/05/bridge-opens-for-all-10", PLAIN, True),
        (PLAIN, f"{PLAIN}/amp", True),
        ("https://www.example.org/", PLAIN, False),
        ("https://www.example.org/news/", PLAIN, False),
        ("https://www.example.org/news/2026", PLAIN, False),
        ("https://www.example.org/sport", PLAIN, False),
        ("https://www.example.org/tag/market-and-all-its-bread", PLAIN, False),
        ("https://other.example/news/2026/05/market-opens-10442", PLAIN, False),
        ("https://example.org/story.php?id=10442", "https://example.org/10442/print", True),
        ("https://www.example.org/news/bridge", "https://www.example.org/news/bridge-2", True),
    ],
)
def test_a_page_may_name_another_address_within_reason(
    named: str, own: str, plausible: bool
) -> None:
    assert is_plausible(named, own) is plausible


TEXT = " ".join(WORDS)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (Story("A “B”", None, None), Story('A "B"', None, None), True),
        (Story("A", "2026-05-01T08:07:00Z", None), Story("B", "2026-05-01T08:07:00Z", None), True),
        (Story("A", "2026-05-01T00:00:00Z", "x"), Story("B", "2026-05-01T00:00:00Z", "y"), False),
        (Story("A", None, TEXT), Story("B", None, TEXT.replace("bridge", "dam")), True),
        (Story("A", None, "Bread."), Story("B", None, "Bread."), False),
        (Story("A", None, TEXT), None, True),
    ],
)
def test_two_readings_are_alike_by_headline_second_or_text(
    one: Story, other: Story | None, alike: bool
) -> None:
    assert are_alike(one, other) is alike


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "news.db", create=True) as opened:
        yield opened


def look(
    url: str, hour: int, *, canonical: str | None = None, title: str = "Market opens"
) -> Visit:
    source = "link rel=canonical" if canonical else "address fetched"
    at = NOON + timedelta(hours=hour)
    reading = Article(
        "example", canonical or url, title, at, body=(Block("Bread and honey."),),
        provenance=(Provenance("url", source, 0.9),),
    )  # fmt: skip
    return Visit(Fetch(url, at, Outcome.OK, status=200), None, reading)


def write(archive: Archive, *visits: Visit) -> list[str]:
    crawl = archive.start_crawl("example.org", "https://example.org/", "news", {})
    for visit in visits:
        archive.write(crawl, [visit])
    return [row[0] for row in archive.db.execute("select url from articles order by url")]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_whichever_form_comes_first_the_article_is_one_with_all_its_addresses(
    archive: Archive, order: tuple[int, ...]
) -> None:
    urls = (PLAIN, f"{PLAIN}/amp", "https://m.example.org/news/2026/05/market-opens-10442")
    found = write(archive, *(look(urls[i], hour) for hour, i in enumerate(order)))
    assert found == [PLAIN]
    record = article_record(archive.db, f"{PLAIN}?utm_source=x")
    assert record is not None
    assert record["addresses"] == sorted(urls)
    assert len(record["revisions"]) == 1


def test_the_amp_copy_that_a_page_names_is_one_of_its_addresses(archive: Archive) -> None:
    amp = "https://www.example.org/lite/amp-10442"
    named = look(PLAIN, 0)
    assert named.article is not None
    write(archive, replace(named, article=replace(named.article, amp_url=amp)))
    assert archive.known([amp])[amp].is_article
    other = look("https://www.example.org/news/2026/05/ferry-sails-again-10443", 1)
    assert other.article is not None
    write(archive, replace(other, article=replace(other.article, title="Ferry", amp_url=amp)))
    record = article_record(archive.db, amp)
    assert record is not None
    assert record["url"] == PLAIN


def test_all_forms_in_one_batch_are_one_article(archive: Archive) -> None:
    crawl = archive.start_crawl("example.org", None, "news", {})
    counts = archive.write(crawl, [look(url, hour) for hour, url in enumerate(FORMS)])
    assert (counts.new, counts.edited) == (1, 0)


def test_the_address_is_what_the_latest_page_calls_its_own(archive: Archive) -> None:
    other = "https://www.example.org/news/2026/05/market-opens-again-10442"
    assert write(archive, look(PLAIN, 0), look(PLAIN, 1, canonical=other)) == [other]
    assert write(archive, look(other, 2, canonical=PLAIN)) == [PLAIN]
    record = article_record(archive.db, other)
    assert record is not None
    assert (record["url"], len(record["revisions"])) == (PLAIN, 1)


def test_an_article_that_moved_has_its_new_address(archive: Archive) -> None:
    http = PLAIN.replace("https:", "http:")
    moved = replace_hour(look(PLAIN, 0), 1)
    moved = replace(moved, fetch=replace(moved.fetch, url=http, final_url=PLAIN))
    assert write(archive, look(http, 0)) == [http]
    assert write(archive, moved) == [PLAIN]


def test_a_template_that_names_one_address_on_every_page_costs_no_article(
    archive: Archive,
) -> None:
    pages = [
        look(f"{PLAIN}{number}", number, canonical=PLAIN, title=f"Market {number}")
        for number in range(4)
    ]
    found = write(archive, *pages, *(replace_hour(one, 10) for one in pages))
    assert len(found) == 4
    titles = archive.db.execute("select title, revision_count from articles order by title")
    assert [tuple(row) for row in titles] == [(f"Market {number}", 1) for number in range(4)]


def replace_hour(visit: Visit, hours: int) -> Visit:
    at = visit.fetch.fetched_at + timedelta(hours=hours)
    assert visit.article
    return replace(
        visit,
        fetch=replace(visit.fetch, fetched_at=at),
        article=replace(visit.article, fetched_at=at),
    )


def test_an_article_that_now_leads_to_another_is_in_error_and_the_other_is_its_own(
    archive: Archive,
) -> None:
    other = "https://www.example.org/news/2026/05/bread-is-dearer-20553"
    moved = look(other, 2, title="Bread is dearer")
    moved = replace(moved, fetch=replace(moved.fetch, url=PLAIN, final_url=other))
    assert write(archive, look(PLAIN, 0), look(other, 1, title="Bread is dearer"), moved) == [
        other,
        PLAIN,
    ]
    states = archive.db.execute("select url, state from articles order by url").fetchall()
    assert [tuple(row) for row in states] == [(other, "present"), (PLAIN, "error")]


def test_the_forms_that_a_site_links_are_fetched_once(tmp_path: Path) -> None:
    paper = newspaper(3)
    links = "".join(
        f'<a href="{path(number)}{form}">Council looks at the old bridge again, report {number}</a>'
        for number in range(3)
        for form in ("?utm_source=front", "/amp", "?print=1", "/", "")
    )
    paper["/"] = listing([0], more=links)
    paper |= {f"{path(number)}/amp": article(number) for number in range(3)}
    paper |= {f"{path(number)}/": article(number) for number in range(3)}
    paper["/old-1"] = redirect(path(1))
    with serving(paper) as site:
        done = dateline("crawl", site, *quickly(site), cwd=tmp_path)
        assert "3 new" in done.stderr
        first = [one.path for one in site.log if "council" in one.path]
        assert len(first) == 3
        again = dateline("crawl", site, *quickly(site), cwd=tmp_path)
        assert "0 new, 0 edited" in again.stderr
        second = [one.path for one in site.log if "council" in one.path][3:]
        assert sorted(second) == sorted(first)
        moved = dateline("crawl", site + "/old-1", *quickly(site), cwd=tmp_path)
        assert "0 new" in moved.stderr
    with closing(sqlite3.connect(tmp_path / "dateline.db")) as db:
        assert db.execute("select count(*) from articles").fetchone() == (3,)
        [(led_to,)] = db.execute("select article_id from fetches where url like '%/old-1'")
    assert led_to is not None
