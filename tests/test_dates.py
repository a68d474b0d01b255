from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from archive.items import Page
from crawler.document import Document
from crawler.extract.dates import BY_FETCH, DAY_ALONE, extract_modified, extract_published
from crawler.extract.printed import in_printed_zone
from crawler.record import record
from tests.metadata_pages import NOON, URL, document, json_ld

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


@pytest.mark.parametrize(
    ("body", "day"),
    [
        ("<p>Last updated on: May 9, 2024</p><p>Published: <b>May 3, 2023</b></p>", "2023-05-03"),
        (
            "<p>Es begann am 3. Mai 2001 in Bern, an der Brücke.</p><p>Stand: 12.03.2019</p>",
            "2019-03-12",
        ),
        ("<p>Erschienen am</p><h2>13.10.2021</h2><p>Am 1. Mai 2020 begann es.</p>", "2021-10-13"),
        ("<p>Letzte Änderung: 31.10.2023 - 14:49<br>Erschienen am: 1.11.2023</p>", "2023-11-01"),
        ("<p>Обновлено 5 мая 2024</p><p>Опубликовано 3 мая 2024</p>", "2024-05-03"),
        ("<p>© 2024 Valley Post</p><p>3 May 2023</p>", "2023-05-03"),
    ],
)
def test_the_words_before_a_day_say_what_it_is_of(body: str, day: str) -> None:
    page = document(f"<h1>A bridge opens</h1>{body}", lang="en")
    assert extract_published(page)[0].value.at.date().isoformat() == day


def test_a_sentences_day_loses_to_one_that_stands_alone() -> None:
    body = (
        "<p>" + "The bridge fell on 4 May 2001, when the river rose. " * 3 + "</p><p>6 May 2003</p>"
    )
    assert extract_published(document(f"<h1>A</h1>{body}"))[0].value.at.date().year == 2003


def test_many_days_of_one_class_are_those_of_a_list() -> None:
    others = "".join(f'<div class="box-date">{day} July 2025</div>' for day in (3, 5, 8))
    body = f'<div class="head-date">1 August 2025</div><h1>A</h1>{others}'
    assert extract_published(document(body))[0].value.text == "1 August 2025"


def test_a_time_that_links_to_its_own_page_is_the_articles() -> None:
    body = (
        '<h1>Minutes of 10 October 2019</h1><a href="/news/bridge-reopens">'
        '<time datetime="2025-08-01T09:00:00Z">1 August</time></a>'
    )
    assert extract_published(document(body))[0].value.at.date().isoformat() == "2025-08-01"


def test_the_day_on_top_of_the_page_is_that_of_the_fetch() -> None:
    page = document('<div class="date">Thursday, 14 August 2025</div><h1>A</h1><p>Text.</p>')
    assert extract_published(page) == []


def test_nothing_is_later_than_its_copy_in_an_archive() -> None:
    url = "https://archive.example/web/20160218174457/http://a.example/bridge"
    page = document('<h1>A</h1><p class="date">1 May 2019</p><p>19 May 2010</p>', url=url)
    assert [found.value.text for found in extract_published(page)] == ["19 May 2010"]


@pytest.mark.parametrize("path", ["/news/29-10-2021", "/n/2021-10/29/c_1.htm", "/20211029/x"])
def test_days_in_addresses_are_read_in_many_forms(path: str) -> None:
    page = document("<h1>A</h1>", url=f"https://valleypost.example{path}")
    assert extract_published(page)[0].value.at.date().isoformat() == "2021-10-29"


@pytest.mark.parametrize(
    ("printed", "lang", "at"),
    [
        ("yesterday at 14:30", "en", "2025-08-13T14:30"),
        ("вчера, 14:30", "ru", "2025-08-13T14:30"),
        ("учора", "uk", "2025-08-13T00:00"),
        ("2 days ago", "en", "2025-08-12T00:00"),
        ("13 August, 10:05", "en", "2025-08-13T10:05"),
        ("30 жніўня, 10:05", "be", "2024-08-30T10:05"),
        ("8月13日 10:05", "ja", "2025-08-13T10:05"),
    ],
)
def test_what_a_page_leaves_open_is_taken_from_the_fetch(printed: str, lang: str, at: str) -> None:
    page = document(f'<h1>A</h1><p class="date">{printed}</p>', lang=lang)
    best = extract_published(page)[0]
    assert best.value.at.isoformat().startswith(at)
    assert BY_FETCH in best.source
    assert best.source.endswith(DAY_ALONE) is not best.value.clock_known


def test_hours_ago_are_marked_as_such() -> None:
    best = extract_published(document('<h1>A</h1><p class="date">vor 2 Stunden</p>', lang="de"))[0]
    assert "(to the hour)" in best.source


@pytest.mark.parametrize(
    ("body", "url"),
    [
        ('<img src="/img/2019-06-24-bridge.jpg">', URL),
        ("<p>Text.</p>", "https://valleypost.example/2019/bridge"),
    ],
)
def test_the_year_left_out_is_that_of_the_page(body: str, url: str) -> None:
    page = document(f'<h1>A</h1><p class="date">24 June, 11:30</p>{body}', url=url)
    best = extract_published(page)[0]
    assert best.value.at.year == 2019
    assert BY_FETCH not in best.source


def test_a_clock_takes_the_zone_of_the_pages_other_times() -> None:
    head = json_ld('{"@type":"NewsArticle","dateModified":"2025-08-13T11:00:00+03:00"}')
    body = '<h1>A</h1><p class="date">13 August 2025, 10:30</p>'
    best = extract_published(document(body, head))[0]
    assert best.value.at == datetime(2025, 8, 13, 7, 30, tzinfo=UTC)
    assert "zone of the page" in best.source
    assert in_printed_zone(best.value.at, best.value.text).isoformat() == (
        "2025-08-13T10:30:00+03:00"
    )


def test_the_zone_of_the_readers_is_taken_where_the_page_has_it() -> None:
    head = '<meta property="article:published_time" content="2025-08-12T22:30:00Z">'
    body = '<h1>A</h1><time datetime="2025-08-13T00:30:00+02:00">13 August</time>'
    best = extract_published(document(body, head))[0].value
    assert best.at == datetime(2025, 8, 12, 22, 30, tzinfo=UTC)
    assert best.local_day.isoformat() == "2025-08-13"


def test_a_day_for_machines_gets_the_clock_that_the_page_has() -> None:
    head = '<meta property="article:published_time" content="2025-08-13">'
    body = '<h1>A</h1><time datetime="2025-08-13T08:30:00Z">today</time>'
    assert extract_published(document(body, head))[0].value.at == AT


@pytest.mark.parametrize(
    ("url", "lang", "month"),
    [
        ("https://valleypost.example/a", "en-US", 3),
        ("https://valleypost.example/a", "en-GB", 4),
        ("https://valleypost.de/a", "", 4),
    ],
)
def test_the_month_stands_first_in_america(url: str, lang: str, month: int) -> None:
    page = document("<h1>A</h1><p>03/04/2020</p>", url=url, lang=lang)
    assert extract_published(page)[0].value.at.month == month


def test_a_headline_that_is_no_h1_is_known_by_the_pages_title() -> None:
    head = "<title>A bridge opens in the valley</title>"
    body = (
        '<div class="top"><div><span class="date">Thu, 14 Aug 2025</span></div></div>'
        "<main><section><h2>A bridge opens in the valley</h2><p>Valley Post<br>11 Aug 2025, 09:10"
        " GMT</p><p>It carries two lanes.</p></section></main>"
    )
    late = datetime(2025, 9, 30, tzinfo=UTC)
    best = extract_published(document(body, head, fetched_at=late))[0]
    assert best.value.at == datetime(2025, 8, 11, 9, 10, tzinfo=UTC)


def test_a_marked_day_right_above_the_headline_is_the_articles() -> None:
    body = (
        '<article><div class="date">11 Aug 2025</div><h1>A bridge opens</h1></article>'
        "<p>Opened for 1 July 2025</p>"
    )
    late = datetime(2025, 9, 30, tzinfo=UTC)
    best = extract_published(document(body, fetched_at=late))[0]
    assert best.value.at.date().isoformat() == "2025-08-11"


def test_numbers_of_a_british_page_begin_with_the_day() -> None:
    html = b'<html xml:lang="en-GB"><h1>A bridge</h1><span class="time">02/10/2020</span></html>'
    best = extract_published(Document(Page(URL, html, NOON)))[0]
    assert best.value.at.date().isoformat() == "2020-10-02"


def test_a_time_in_utc_is_told_by_the_clock_of_the_country_of_the_site() -> None:
    stamp = json_ld('{"@type":"NewsArticle","datePublished":"2025-08-12T22:30:00Z"}')
    html = f"<title>A bridge</title>{stamp}<h1>A bridge opens</h1><p>{'It carries. ' * 30}</p>"
    for url, told in (
        ("https://valleypost.it/a", "2025-08-13T00:30:00+02:00"),
        ("https://valleypost.example/a", "2025-08-12T22:30:00Z"),
    ):
        assert record(Page(url, html.encode(), NOON))["published"] == told


def test_a_site_set_to_utc_keeps_its_clock() -> None:
    stamp = json_ld('{"@type":"NewsArticle","datePublished":"2025-08-12T22:30:00+00:00"}')
    html = f"<title>A bridge</title>{stamp}<h1>A bridge opens</h1><p>{'It carries. ' * 30}</p>"
    page = Page("https://valleypost.it/a", html.encode(), NOON)
    assert record(page)["published"] == "2025-08-12T22:30:00Z"
