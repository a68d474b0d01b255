"""What a run asks for, in which order, and how far it believes what it is told. No network."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from archive.again import Claim, Says
from archive.items import (
    Article,
    Entry,
    Fetch,
    Headline,
    HeadlineList,
    LeadKind,
    Listing,
    Outcome,
    Page,
)
from archive.leads import Lead
from archive.store import Found
from crawler.agenda import Agenda, Ask
from crawler.course import Course
from crawler.discovery import Links
from crawler.leads import FEW, child_is_due, date_in, due_leads, rests
from crawler.look import Look

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SITE = "https://example.org"


@dataclass
class Remembered:
    """A memory that holds what a test puts there."""

    now: datetime = NOW
    known: set[str] = field(default_factory=set)
    known_leads: list[Lead] = field(default_factory=list)
    listed: dict[str, list[Entry]] = field(default_factory=dict)
    left: list[Found] = field(default_factory=list)
    said: list[Claim] = field(default_factory=list)
    changed: set[str] = field(default_factory=set)
    absent: list[str] = field(default_factory=list)
    turn: list[str] = field(default_factory=list)
    tallies: dict[tuple[int, Says], tuple[int, int]] = field(default_factory=dict)

    def plan(self, urls: Collection[str]) -> Collection[str]:
        return [url for url in urls if url not in self.known]

    def read(self) -> Collection[tuple[str, bool]]:
        return ()

    def leads(self) -> Sequence[Lead]:
        return self.known_leads

    def listed_by(self, lead: Lead) -> Sequence[Entry]:
        return self.listed.get(lead.url, [])

    def tried(self, urls: Collection[str]) -> Collection[str]:
        return [url for url in urls if url in self.known]

    def unfinished(self) -> Sequence[Found]:
        return self.left

    def claims(self) -> Sequence[Claim]:
        return self.said

    def judge(self, asked: Collection[Claim]) -> dict[tuple[int, Says], tuple[int, int]]:
        for claim in asked:
            key = claim.lead_id, claim.says
            right, wrong = self.tallies.get(key, (0, 0))
            is_right = claim.url in self.changed
            self.tallies[key] = (right + is_right, wrong + (not is_right))
        return self.tallies

    def missing(self) -> Collection[str]:
        return self.absent

    def rotation(self) -> Collection[str]:
        return self.turn


def paths(batches: Sequence[list[Ask]]) -> list[str]:
    return [ask.url.removeprefix(SITE) for batch in batches for ask in batch]


def page(url: str) -> Page:
    return Page(url, b"", NOW)


def listing(kind: LeadKind, *entries: tuple[str, str | None]) -> Look:
    found = tuple(Entry(f"{SITE}{path}", updated=updated) for path, updated in entries)
    return Look(listing=Listing(kind, found), is_list=True)


def lead(path: str, kind: LeadKind, **told: object) -> Lead:
    seen = {"looked_at": NOW - HOUR, "tried_at": NOW - HOUR, "links": 9}
    return Lead(f"{SITE}{path}", kind, **(seen | told))  # type: ignore[arg-type]


def claims(count: int, lead_id: int = 1, says: Says = Says.MOVED) -> list[Claim]:
    return [Claim(lead_id, says, f"{SITE}/{lead_id}/{number}") for number in range(count)]


def test_what_leads_to_articles_goes_first_and_the_newest_article_next() -> None:
    agenda = Agenda(Remembered(absent=["/missing"], turn=["/turn"]))
    for number, path in enumerate(("/old", "/new", "/middle")):
        agenda.add_article(Ask(path), (1, 3, 2)[number])
    for kind in (LeadKind.LIST, LeadKind.SITEMAP, LeadKind.FEED, LeadKind.NEWS_SITEMAP):
        agenda.add_lead(Ask(f"/{kind}", kind))
    assert paths(list(agenda.batches())) == [
        *("/news_sitemap", "/feed", "/sitemap", "/list"),
        *("/new", "/middle", "/old", "/missing", "/turn"),
    ]


def test_guesses_are_made_one_at_a_time_until_one_is_right() -> None:
    agenda = Agenda(Remembered(known={f"{SITE}/feed"}))
    agenda.guess([f"{SITE}/"])
    batches = agenda.lead_batches()
    assert paths([next(batches)]) == ["/sitemap.xml", "/rss"]
    assert paths([next(batches)]) == ["/sitemap_index.xml", "/rss.xml"]
    agenda.stop_guessing(LeadKind.SITEMAP_INDEX)
    assert paths([next(batches)]) == ["/feed.xml"]
    agenda.stop_guessing(LeadKind.FEED)
    assert list(batches) == []


def test_claims_are_tested_in_growing_batches_while_they_prove_right() -> None:
    memory = Remembered(said=claims(100))
    memory.changed = {claim.url for claim in memory.said}
    assert [len(batch) for batch in Agenda(memory).batches() if batch] == [20, 40, 40]


def test_a_lead_whose_claims_prove_wrong_is_asked_no_further() -> None:
    memory = Remembered(said=[*claims(100), *claims(100, 2)])
    memory.changed = {claim.url for claim in memory.said if claim.lead_id == 2}
    assert [len(batch) for batch in Agenda(memory).batches() if batch] == [40, 40, 40]


def test_a_lead_that_lost_its_trust_is_probed_all_the_same() -> None:
    memory = Remembered(said=claims(100), tallies={(1, Says.MOVED): (0, 40)})
    memory.known_leads = [lead("/sitemap.xml", LeadKind.SITEMAP, id=1, moved=(0, 40))]
    assert [len(batch) for batch in Agenda(memory).batches() if batch] == [3]


@pytest.mark.parametrize(
    ("told", "siblings", "ago", "due"),
    [
        ("2026-04-30", FEW + 1, HOUR, False),
        ("2026-05-01", FEW + 1, HOUR, True),
        ("2026-04-30", FEW + 1, DAY, True),
        ("2026-04-30", FEW, HOUR, True),
        (None, FEW, HOUR, True),
        (None, FEW + 1, HOUR, False),
        (None, FEW + 1, DAY, True),
    ],
)
def test_a_sitemap_of_an_index_is_looked_at_when_it_is_told_of_or_a_day_has_passed(
    told: str | None, siblings: int, ago: timedelta, due: bool
) -> None:
    known = lead(
        "/a.xml",
        LeadKind.SITEMAP,
        told="2026-04-30",
        looked_at=NOW - ago,
        changed_at=NOW - 30 * DAY,
    )
    assert child_is_due(known, Entry(known.url, updated=told), NOW, siblings) is due
    assert child_is_due(None, Entry(known.url, updated=told), NOW, siblings)


def test_lists_are_looked_at_only_as_far_as_they_earn_it() -> None:
    earned = lead("/earned/", LeadKind.LIST, earned_at=NOW - 2 * DAY)
    idle = lead("/idle/", LeadKind.LIST, earned_at=NOW - 20 * DAY)
    unseen = lead("/unseen/", LeadKind.LIST, looked_at=NOW - 8 * DAY)
    lists = [earned, idle, unseen]
    assert due_leads(lists, NOW) == lists
    feed = lead("/feed", LeadKind.FEED)
    assert due_leads([*lists, feed], NOW) == [feed, earned, unseen]


def test_a_lead_that_fails_again_and_again_rests() -> None:
    assert not rests(lead("/feed", LeadKind.FEED, failures=2), NOW)
    assert rests(lead("/feed", LeadKind.FEED, failures=3), NOW)
    assert not rests(lead("/feed", LeadKind.FEED, failures=9, tried_at=NOW - 8 * DAY), NOW)


def test_an_index_known_to_be_unchanged_still_leads_to_sitemaps_never_reached() -> None:
    index = lead("/sitemap.xml", LeadKind.SITEMAP_INDEX)
    memory = Remembered(known_leads=[index], listed={index.url: [Entry(f"{SITE}/a.xml")]})
    course = Course([f"{SITE}/"], memory)
    course.beginning()
    batches = course.batches()
    assert paths([next(batches)]) == ["/sitemap.xml"]
    ask = Ask(index.url, LeadKind.SITEMAP_INDEX, 1, "robots.txt")
    course.follow(ask, page(index.url), Look(Outcome.UNCHANGED))
    assert paths([next(batches)]) == ["/a.xml"]


def test_of_a_sitemap_seen_before_only_what_is_new_in_it_is_taken_up() -> None:
    known = lead("/a.xml", LeadKind.SITEMAP)
    memory = Remembered(known_leads=[known], listed={known.url: [Entry(f"{SITE}/old")]})
    course = Course([f"{SITE}/"], memory)
    look = listing(LeadKind.SITEMAP, ("/old", None), ("/new", None))
    gave = course.follow(Ask(known.url, LeadKind.SITEMAP), page(known.url), look)
    assert gave is not None
    assert (gave.links, gave.new) == (2, 1)
    assert list(course.found) == [f"{SITE}/new"]


def test_a_sitemap_names_no_address_of_another_site() -> None:
    course = Course([f"{SITE}/"], Remembered())
    entries = (Entry("https://other.example/a"), Entry("https://news.example.org/b"))
    look = Look(listing=Listing(LeadKind.SITEMAP, entries), is_list=True)
    course.follow(Ask(f"{SITE}/a.xml", LeadKind.SITEMAP), page(f"{SITE}/a.xml"), look)
    assert list(course.found) == ["https://news.example.org/b"]


def test_the_copies_of_an_article_are_asked_only_where_it_is_never_met() -> None:
    course = Course([f"{SITE}/"], Remembered())
    course.beginning()
    links = (f"{SITE}/bridge/amp", f"{SITE}/ferry?print=1", f"{SITE}/bridge", f"{SITE}/bridge/")
    front = Look(links=Links(articles=links), is_list=True)
    course.follow(Ask(f"{SITE}/", LeadKind.FRONT, 0), page(f"{SITE}/"), front)
    assert paths(list(course.batches()))[-2:] == ["/bridge", "/ferry?print=1"]


def test_a_feed_that_is_the_same_ends_the_guessing_of_feeds() -> None:
    feed = Lead(f"{SITE}/news/latest", LeadKind.FEED, looked_at=NOW - DAY, links=3)
    course = Course([f"{SITE}/"], Remembered(known_leads=[feed]))
    course.beginning()
    asked = []
    for batch in course.batches():
        for ask in batch:
            asked.append(ask.url.removeprefix(SITE))
            if ask.url == feed.url:
                course.follow(ask, page(ask.url), Look())
    assert "/rss" not in asked
    assert "/sitemap.xml" in asked


def test_copies_that_lead_to_further_copies_alone_are_all_asked() -> None:
    course = Course([f"{SITE}/"], Remembered())
    course.beginning()
    front = Look(links=Links(articles=(f"{SITE}/amp/bridge-is-open-1",)), is_list=True)
    course.follow(Ask(f"{SITE}/", LeadKind.FRONT, 0), page(f"{SITE}/"), front)
    asked = []
    for batch in course.batches():
        for ask in batch:
            asked += paths([[ask]])
            number = int(ask.url[-1]) if ask.url[-1].isdigit() else 9
            more = Headline("More", f"{SITE}/amp/bridge-is-open-{number + 1}")
            lists = (HeadlineList(None, (more,)),) if number < 4 else ()
            article = Article("example", ask.url, "Open", NOW)
            if "bridge" in ask.url:
                course.follow(ask, page(ask.url), Look(article=article, lists=lists))
    bridges = [path for path in asked if "bridge" in path]
    assert bridges == [f"/amp/bridge-is-open-{number}" for number in range(1, 5)]


def test_a_list_is_paged_through_only_while_it_gives_what_no_sitemap_has() -> None:
    def wants_next(*, sitemap: bool) -> bool:
        course = Course([f"{SITE}/"], Remembered())
        course.beginning()
        articles = (f"{SITE}/one", f"{SITE}/two")
        front = Look(links=Links(articles=articles, lists=(f"{SITE}/town/",)), is_list=True)
        course.follow(Ask(f"{SITE}/", LeadKind.FRONT, 0), page(f"{SITE}/"), front)
        if sitemap:
            look = listing(LeadKind.SITEMAP, ("/one", None), ("/two", None))
            course.follow(Ask(f"{SITE}/a.xml", LeadKind.SITEMAP), page(f"{SITE}/a.xml"), look)
        more = Links(articles=articles, lists=(f"{SITE}/town/page/2/",))
        section = Ask(f"{SITE}/town/", LeadKind.LIST, 1, f"{SITE}/")
        course.follow(section, page(section.url), Look(links=more, is_list=True))
        return f"{SITE}/town/page/2/" in course.found

    assert wants_next(sitemap=False)
    assert not wants_next(sitemap=True)


def test_what_failed_for_now_is_left_to_later_runs_three_times() -> None:
    course = Course([f"{SITE}/"], Remembered())
    for tries in range(4):
        ask = Ask(f"{SITE}/{tries}", tries=tries)
        course.done(ask, Fetch(ask.url, NOW, Outcome.TIMEOUT), again=True)
    left = {found.url.removeprefix(SITE): found.priority for found in course.found.values()}
    assert left == {"/0": -1, "/1": -2, "/2": -3}


def test_nothing_else_is_asked_of_a_site_whose_beginning_does_not_answer() -> None:
    course = Course([f"{SITE}/"], Remembered(left=[Found(f"{SITE}/a", "article")]))
    [ask] = course.beginning()
    course.done(ask, Fetch(ask.url, NOW, Outcome.NETWORK), again=True)
    assert list(course.batches()) == []


@pytest.mark.parametrize(
    ("path", "date"),
    [
        ("/2026/05/01/bridge", "2026-05-01"),
        ("/20260501-bridge", "2026-05-01"),
        ("/sitemap-2026-05.xml", "2026-05"),
        ("/sitemap_2019.xml.gz", "2019"),
        ("/news/120260501", ""),
        ("/bridge-1234567", ""),
        ("/2026/13/41/bridge", "2026"),
    ],
)
def test_the_date_in_an_address_is_found(path: str, date: str) -> None:
    assert date_in(f"{SITE}{path}") == date
