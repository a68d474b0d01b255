"""A clock printed without a zone is one of the site's: its feeds and other pages tell the zone."""

import pickle
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from archive.items import Page
from crawler.clock import SiteClock
from crawler.document import Document
from crawler.extract.dates import extract_modified, extract_published
from tests.command import dateline
from tests.metadata_pages import NOON, document
from tests.servers import Answer, page, serving

SITE = "https://valleypost.example/news/bridge"
BRIDGE, RIVER = "/2025/08/13/bridge-open-again-10001", "/2025/08/12/river-is-low-10002"
SUMMER = ["2025-08-13T10:00:00+03:00", "2025-08-12T18:30:00+03:00"]
WINTER = ["2025-01-13T10:00:00+02:00", "2025-01-12T18:30:00+02:00"]


def clock(*printed: str) -> SiteClock:
    found = SiteClock()
    found.hear(printed)
    return found


def published(printed: str, zone: tzinfo | None) -> tuple[datetime, str]:
    html = f'<h1>A bridge</h1><p class="date">{printed}</p>'
    best = extract_published(Document(Page(SITE, html.encode(), NOON), zone))[0]
    return best.value.at, best.source


def test_a_clock_is_one_of_the_zone_of_the_sites_other_times() -> None:
    at, source = published("13.08.2025 14:30", clock(*SUMMER).zone(SITE))
    assert at == datetime(2025, 8, 13, 11, 30, tzinfo=UTC)
    assert source.endswith("(zone of the site's other times)")


def test_in_winter_it_is_the_zone_of_winter() -> None:
    at, _ = published("13.02.2025 14:30", clock(*SUMMER, *WINTER).zone(SITE))
    assert at == datetime(2025, 2, 13, 12, 30, tzinfo=UTC)


def test_the_country_of_the_address_tells_when_summer_begins() -> None:
    kyiv = clock(*SUMMER, *WINTER).zone("https://valleypost.ua/a")
    assert kyiv == ZoneInfo("Europe/Kyiv")
    at, _ = published("29.03.2025 14:30", kyiv)
    assert at == datetime(2025, 3, 29, 12, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "printed",
    [
        [],
        ["2025-08-13T10:00:00+03:00"],
        ["2025-08-13T10:00:00Z", "2025-08-13T11:00:00+00:00"],
        ["2025-08-13T10:00:00+03:00", "2025-08-13T11:00:00+05:30"],
        [f"2025-08-1{day}T10:00:00+0{2 + day % 2}:00" for day in range(6)],
        ["soon", "", "13 August"],
    ],
)
def test_too_few_times_or_those_that_disagree_tell_no_zone(printed: list[str]) -> None:
    zone = clock(*printed).zone(SITE)
    assert zone is None
    assert published("13.08.2025 14:30", zone)[1].endswith("(no zone)")


@pytest.mark.parametrize(
    "feed",
    [
        b"<item><pubDate>Wed, 13 Aug 2025 10:00:00 +0300</pubDate></item>"
        b"<item><pubDate>Tue, 12 Aug 2025 18:30:00 +0300</pubDate></item>",
        b"<url><lastmod>2025-08-13T10:00:00+03:00</lastmod></url>"
        b"<url><lastmod>2025-08-12T18:30:00.123+03:00</lastmod></url>",
    ],
)
def test_feeds_and_sitemaps_tell_the_zone(feed: bytes) -> None:
    found = SiteClock()
    found.hear_listing(feed)
    assert published("13.08.2025 14:30", found.zone(SITE))[0].hour == 11


def test_the_pages_own_times_are_asked_first_and_the_parsers_zone_before_all() -> None:
    html = (
        '<h1>A bridge</h1><p class="date">13.08.2025 14:30</p>'
        '<script>x={"changed":"2025-08-13T15:00:00+05:00"}</script>'
    )
    page_of = Document(Page(SITE, html.encode(), NOON), clock(*SUMMER).zone(SITE))
    assert extract_published(page_of)[0].value.at.hour == 9
    assert extract_published(page_of, ZoneInfo("Europe/Minsk"))[0].value.at.hour == 11


def test_the_time_of_a_change_is_one_of_the_same_zone() -> None:
    head = '<meta property="article:modified_time" content="2025-08-13 14:30:00">'
    html = document("<h1>A bridge</h1>", head).page
    best = extract_modified(Document(html, clock(*SUMMER).zone(SITE)))[0]
    assert best.value.at == datetime(2025, 8, 13, 11, 30, tzinfo=UTC)


def test_a_zone_goes_to_another_process() -> None:
    zone = clock(*SUMMER).zone(SITE)
    copy = pickle.loads(pickle.dumps(zone))
    assert published("13.08.2025 14:30", copy)[0].hour == 11


def test_a_crawl_reads_clocks_in_the_zone_of_the_feed(tmp_path: Path) -> None:
    text = "The bridge carries two lanes and a path for walkers over the river. " * 12
    story = (
        "<title>The old bridge of the valley is open again</title>"
        "<h1>The old bridge of the valley is open again</h1>"
        f'<p class="date">13.08.2025 14:30</p><article><p>{text}</p><p>{text}</p></article>'
    )
    items = "".join(
        f"<item><title>{title}</title><link>{path}</link>"
        f"<pubDate>{day} 14:30:00 +0300</pubDate></item>"
        for title, path, day in (
            ("The old bridge of the valley is open again", BRIDGE, "Wed, 13 Aug 2025"),
            ("The river is low this summer, boats stay ashore", RIVER, "Tue, 12 Aug 2025"),
        )
    )
    feed = f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>'
    front = (
        '<title>Valley Post</title><link rel="alternate" type="application/rss+xml" href="/rss">'
    )
    site: dict[str, Answer] = {
        "/": page(front),
        "/rss": feed,
        BRIDGE: page(story),
        RIVER: page(story.replace("13.08", "12.08")),
    }
    with serving(site) as served:
        words = (
            "crawl",
            served + "/",
            "--delay",
            "0",
            "--allow-private",
            served.partition("//")[2],
        )
        dateline(*words, cwd=tmp_path)
    with closing(sqlite3.connect(tmp_path / "dateline.db")) as db:
        times = {at for (at,) in db.execute("select published from articles")}
    assert "2025-08-13T11:30:00Z" in times
