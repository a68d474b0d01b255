from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from crawler.extract.dates import BY_FETCH, DAY_ALONE, extract_modified, extract_published
from tests.metadata_pages import document, json_ld

AT = datetime(2025, 8, 13, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("head", "body", "source"),
    [
        (
            json_ld('{"@type":"NewsArticle","datePublished":"2025-08-13T10:30+02:00"}'),
            "",
            "json-ld",
        ),
        ('<meta property="article:published_time" content="2025-08-13T08:30Z">', "", "article:"),
        ('<meta name="w-published-date" content="2025-08-13T08:30Z">', "", "w-published-date"),
        ("", '<h1>A</h1><time datetime="2025-08-13T08:30Z">yesterday</time>', "time[datetime]"),
        ("", '<h1>A</h1><p class="date">13 August 2025, 08:30 GMT</p>', "p.date"),
        ("", "<h1>A bridge opens</h1><b>August 13, 2025 8:30 am UTC</b>", "text after"),
        ("", '<h1>A</h1><script>x={"publishDate":"2025-08-13T08:30:00Z"}</script>', "script"),
    ],
)
def test_the_time_is_found_wherever_a_page_gives_it(head: str, body: str, source: str) -> None:
    best = extract_published(document(body, head))[0]
    assert best.value.at == AT
    assert best.source.startswith(source)


def test_what_is_for_machines_wins_over_what_is_printed() -> None:
    head = json_ld('{"@type":"NewsArticle","datePublished":"2025-08-13T08:30:00Z"}')
    body = '<h1>A</h1><time datetime="2025-08-14T09:00Z">today</time>'
    assert extract_published(document(body, head))[0].value.at == AT


def test_a_day_in_the_address_is_a_day_alone() -> None:
    url = "https://valleypost.example/2025/08/13/bridge"
    [found] = extract_published(document("<h1>A</h1>", url=url))
    assert found.value.at.date() == AT.date()
    assert not found.value.clock_known
    assert found.source.endswith(DAY_ALONE)


def test_an_archives_address_begins_with_the_day_of_the_copy() -> None:
    url = "https://archive.example/web/20250814120000/http://a.example/2019/05/04/bridge"
    best = extract_published(document("<h1>A</h1>", url=url))[0]
    assert best.value.at.date().isoformat() == "2019-05-04"


def test_a_clock_without_a_zone_is_one_of_the_site() -> None:
    page = document('<h1>A</h1><p class="date">14.08.2025 00:15</p>', lang="be")
    assert extract_published(page, ZoneInfo("Europe/Minsk"))[0].value.at == datetime(
        2025, 8, 13, 21, 15, tzinfo=UTC
    )
    unknown = extract_published(page)[0]
    assert unknown.value.at == datetime(2025, 8, 14, 0, 15, tzinfo=UTC)
    assert not unknown.value.zone_known
    assert "no zone" in unknown.source


def test_a_distance_counts_from_the_fetch_and_says_so() -> None:
    page = document('<h1>A</h1><span class="time">35 min ago</span>')
    [found] = extract_published(page)
    assert found.value.at == datetime(2025, 8, 14, 11, 25, tzinfo=UTC)
    assert BY_FETCH in found.source


@pytest.mark.parametrize("text", ["1970-01-01T00:00:00Z", "1989-12-31", "2025-08-17T00:00:00Z"])
def test_a_time_that_cannot_be_is_refused(text: str) -> None:
    head = f'<meta property="article:published_time" content="{text}">'
    assert extract_published(document("<h1>A</h1>", head)) == []


def test_times_of_other_articles_lose() -> None:
    body = (
        '<aside class="related"><time datetime="2025-08-01T08:00Z">1 Aug</time></aside>'
        '<article><h1>A</h1><p class="date">13 August 2025, 08:30 GMT</p></article>'
    )
    assert extract_published(document(body))[0].value.at == AT


def test_a_change_is_no_publication() -> None:
    body = (
        '<h1>A</h1><div class="meta">Updated 14 August 2025 10:00 GMT</div>'
        '<div class="meta">Published 13 August 2025 08:30 GMT</div>'
    )
    assert extract_published(document(body))[0].value.at == AT


def test_the_last_change_is_read() -> None:
    head = '<meta property="article:modified_time" content="2025-08-13T08:30Z">'
    assert extract_modified(document("", head))[0].value.at == AT
