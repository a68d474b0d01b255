"""What the archive keeps of feeds and sitemaps, and what it takes from them."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive import again
from archive.again import Claim, Says
from archive.items import (
    Article,
    Block,
    Entry,
    Fetch,
    LeadKind,
    LeadLook,
    Listing,
    Outcome,
    Page,
    Visit,
)
from archive.leads import Lead, all_leads, listed_by
from archive.store import Archive, Crawl
from crawler.policy import SHARE

START = datetime(2026, 5, 1, 12, tzinfo=UTC)
FEED = "https://example.org/feed"


def day(number: float) -> datetime:
    return START + timedelta(days=number)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "news.db", create=True) as opened:
        yield opened


@pytest.fixture
def crawl(archive: Archive) -> Crawl:
    return archive.start_crawl("example.org", "https://example.org/", "news", {})


def look(number: float, *entries: Entry, kind: LeadKind = LeadKind.FEED, url: str = FEED) -> Visit:
    listing = Listing(kind, entries)
    fetch = Fetch(url, day(number), Outcome.OK, status=200)
    page = Page(url, repr(entries).encode(), day(number), 200, (("ETag", f'"{number}"'),))
    found = LeadLook(kind, "robots.txt", links=len(entries), new=len(entries), listing=listing)
    return Visit(fetch, page, lead=found)


def entry(path: str, title: str | None = None, updated: str | None = None) -> Entry:
    return Entry(f"https://example.org{path}", title, updated=updated)


def article(
    path: str, number: float, text: str = "Bread.", published: datetime | None = None
) -> Visit:
    url = f"https://example.org{path}"
    read = Article(
        "example", url, f"About {path}", day(number), body=(Block(text),), published=published
    )
    return Visit(Fetch(url, day(number), Outcome.OK, status=200), None, read)


def said(archive: Archive) -> list[tuple[object, ...]]:
    rows = archive.db.execute(
        "select replace(url, 'https://example.org', ''), title, updated, substr(first_seen, 9, 2),"
        " substr(last_seen, 9, 2), substr(ended_at, 9, 2) from announcements order by 1, 4"
    )
    return [tuple(row) for row in rows]


def test_what_a_feed_says_is_kept_with_when_it_was_said(archive: Archive, crawl: Crawl) -> None:
    archive.write(crawl, [look(0, entry("/a", "One"), entry("/b", "Two"))])
    archive.write(crawl, [look(1, entry("/a", "One!"), entry("/b", "Two"))])
    archive.write(crawl, [look(2, entry("/b", "Two", "2026-05-03"))])
    assert said(archive) == [
        ("/a", "One", None, "01", "01", "02"),
        ("/a", "One!", None, "02", "02", "03"),
        ("/b", "Two", "2026-05-03", "01", None, None),
    ]
    rows = archive.db.execute("select title, substr(last_seen, 9, 2) from announced order by 1, 2")
    assert [tuple(row) for row in rows] == [("One", "01"), ("One!", "02"), ("Two", "03")]


def test_a_lead_is_remembered_with_its_last_answer(archive: Archive, crawl: Crawl) -> None:
    archive.write(crawl, [look(0, entry("/a")), look(1, entry("/a"))])
    unchanged = Fetch(FEED, day(2), Outcome.UNCHANGED, status=304)
    archive.write(crawl, [Visit(unchanged, lead=LeadLook(LeadKind.FEED))])
    failed = Fetch(FEED, day(3), Outcome.HTTP_ERROR, "the site answered 500", status=500)
    archive.write(crawl, [Visit(failed, lead=LeadLook(LeadKind.FEED))])
    [lead] = all_leads(archive.db, crawl.source_id)
    assert (lead.looked_at, lead.tried_at, lead.changed_at) == (day(2), day(3), day(0))
    assert (lead.etag, lead.failures, lead.new_articles) == ('"1"', 1, 2)
    assert listed_by(archive.db, lead) == [entry("/a")]


def test_a_guess_that_failed_is_not_remembered_and_no_failure(
    archive: Archive, crawl: Crawl
) -> None:
    fetch = Fetch(FEED, day(0), Outcome.HTTP_ERROR, "a guess: the site answered 404", status=404)
    counts = archive.write(crawl, [Visit(fetch, lead=LeadLook(LeadKind.FEED), guess=True)])
    assert counts.failed == 0
    assert all_leads(archive.db, crawl.source_id) == []
    assert archive.db.execute("select count(*) from failures").fetchone()[0] == 0
    assert archive.db.execute("select count(*) from fetches").fetchone()[0] == 1


def test_looks_written_twice_or_late_change_nothing(archive: Archive, crawl: Crawl) -> None:
    first, second = look(0, entry("/a", "One")), look(1, entry("/a", "Two"))
    archive.write(crawl, [first, second])
    before = said(archive)
    archive.write(crawl, [second, first])
    archive.write(crawl, [look(0.5, entry("/b"))])
    assert said(archive) == before


def claims(archive: Archive, crawl: Crawl) -> list[tuple[str, str]]:
    found = again.claims(archive.db, crawl.source_id)
    return [(claim.says.value, claim.url.removeprefix("https://example.org")) for claim in found]


def test_an_article_is_asked_when_its_lead_tells_another_time_until_it_was_looked_at(
    archive: Archive, crawl: Crawl
) -> None:
    kind = LeadKind.SITEMAP
    archive.write(crawl, [look(0, entry("/a", updated="2026-04-01"), entry("/new"), kind=kind)])
    archive.write(crawl, [article("/a", 0.1)])
    assert claims(archive, crawl) == []
    archive.write(crawl, [look(1, entry("/a", updated="2026-04-02"), entry("/new"), kind=kind)])
    assert claims(archive, crawl) == [("moved", "/a")]
    archive.write(crawl, [article("/a", 1.1, "Cake.")])
    assert claims(archive, crawl) == []


def test_an_article_that_its_sitemap_first_lists_with_a_later_time_is_asked(
    archive: Archive, crawl: Crawl
) -> None:
    archive.write(crawl, [article("/a", 0), article("/b", 0)])
    late, early = "2026-05-02T00:00:00Z", "2026-04-30T00:00:00Z"
    archive.write(crawl, [look(3, entry("/a", updated=late), entry("/b", updated=early))])
    assert claims(archive, crawl) == [("moved", "/a")]


def test_an_article_that_no_sitemap_lists_any_more_may_be_gone(
    archive: Archive, crawl: Crawl
) -> None:
    kind, other = LeadKind.SITEMAP, "https://example.org/other.xml"
    archive.write(crawl, [look(0, entry("/a"), entry("/b"), entry("/c"), kind=kind)])
    archive.write(crawl, [article(path, 0.1) for path in ("/a", "/b", "/c")])
    archive.write(crawl, [look(1, entry("/a"), kind=kind)])
    archive.write(crawl, [look(1, entry("/b"), kind=kind, url=other)])
    assert claims(archive, crawl) == [("vanished", "/c")]
    missing = Fetch("https://example.org/c", day(1.1), Outcome.HTTP_ERROR, "404", status=404)
    archive.write(crawl, [Visit(missing)])
    assert claims(archive, crawl) == []


def test_what_an_index_no_longer_names_counts_no_more(archive: Archive, crawl: Crawl) -> None:
    index, child = "https://example.org/sitemap.xml", "https://example.org/a.xml"
    kind = LeadKind.SITEMAP_INDEX
    archive.write(crawl, [look(0, entry("/a.xml"), kind=kind, url=index)])
    under = look(0.1, entry("/a"), kind=LeadKind.SITEMAP, url=child)
    assert under.lead is not None
    found = LeadLook(LeadKind.SITEMAP, index, listing=under.lead.listing)
    archive.write(crawl, [Visit(under.fetch, under.page, lead=found), article("/a", 0.2)])
    archive.write(crawl, [look(1, entry("/b.xml"), kind=kind, url=index)])
    assert [lead.url for lead in all_leads(archive.db, crawl.source_id)] == [index]
    assert said(archive)[0] == ("/a", None, None, "01", "01", "02")


def test_claims_are_judged_by_what_the_looks_showed(archive: Archive, crawl: Crawl) -> None:
    archive.write(crawl, [look(0, *(entry(f"/{name}") for name in "abcd"))])
    archive.write(crawl, [article(f"/{name}", 0.1) for name in "abcd"])
    archive.write(crawl, [article("/a", 1.1, "Cake."), article("/b", 1.1)])
    failed = Fetch("https://example.org/c", day(1.1), Outcome.TIMEOUT, "no answer in time")
    gone = Fetch("https://example.org/d", day(1.1), Outcome.HTTP_ERROR, "410", status=410)
    archive.write(crawl, [Visit(failed), Visit(gone)])
    asked = [Claim(1, Says.MOVED, f"https://example.org/{name}") for name in "abc"]
    asked += [Claim(1, Says.VANISHED, f"https://example.org/{name}") for name in "bd"]
    told = again.judge(archive.db, asked, day(1))
    assert told == {(1, Says.MOVED): (1, 1), (1, Says.VANISHED): (1, 1)}
    [lead] = all_leads(archive.db, crawl.source_id)
    assert isinstance(lead, Lead)
    assert (lead.moved, lead.vanished) == ((1, 1), (1, 1))


def test_every_article_comes_round_and_young_ones_more_often(
    archive: Archive, crawl: Crawl
) -> None:
    archive.write(crawl, [article(f"/{number}", number / 1000) for number in range(100)])
    archive.write(crawl, [article(f"/young/{n}", 0.5, published=day(1.5)) for n in range(10)])
    now = day(2)
    found = again.in_rotation(archive.db, crawl.source_id, SHARE, now, now)
    assert len(found) == SHARE.least
    assert [url.removeprefix("https://example.org") for url in found] == [
        *(f"/young/{number}" for number in range(4)),
        *(f"/{number}" for number in range(16)),
    ]
    assert again.in_rotation(archive.db, crawl.source_id, SHARE, now, day(0)) == []


def test_an_article_is_looked_for_once_a_day_while_it_is_missing(
    archive: Archive, crawl: Crawl
) -> None:
    archive.write(crawl, [article("/a", 0)])
    gone = Fetch("https://example.org/a", day(1), Outcome.HTTP_ERROR, "410", status=410)
    archive.write(crawl, [Visit(gone)])
    rest = timedelta(hours=20)
    assert again.missing(archive.db, crawl.source_id, day(1.5), rest, 9) == []
    found = again.missing(archive.db, crawl.source_id, day(2), rest, 9)
    assert found == ["https://example.org/a"]
