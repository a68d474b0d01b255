import subprocess
import sys
from datetime import UTC, date, datetime

import pytest

from archive.items import Access, Article, Page
from crawler.errors import ParseError
from crawler.parsers import _register, parser_for
from crawler.parsers.base import ArticleParser
from crawler.parsers.generic import GenericParser
from crawler.record import record

NOON = datetime(2025, 8, 14, 12, tzinfo=UTC)
STORY = """<html lang="en"><head><title>Bridge reopens | Valley Post</title>
<meta property="og:site_name" content="Valley Post">
<meta property="og:title" content="Bridge reopens | Valley Post">
<meta property="article:published_time" content="2025-08-13T10:30:00+02:00">
<link rel="canonical" href="/news/bridge-reopens"></head>
<body><article><h1>Bridge reopens</h1>
<p>August 13, Valley Post. The old bridge over the river was opened again to walkers on Wednesday, a
year after the flood that had carried away two of its seven arches and a part of the quay.</p>
<p>It had been closed since the flood of last spring, the council said, and the repair took longer
than had been planned because the stones had to be cut by hand in the quarry of the next valley.</p>
<p>Walkers and cyclists may use it at once; cars will have to wait until the end of the year, when
the road on the northern bank is to be finished, according to the head of the works.</p>
</article></body></html>"""


def page(
    html: str, url: str = "https://www.valleypost.example/news/bridge-reopens?utm_source=x"
) -> Page:
    return Page(url, html.encode(), NOON)


def article(html: str) -> Article:
    [found] = [item for item in parser_for("").parse(page(html)) if isinstance(item, Article)]
    return found


def test_a_page_of_any_site_becomes_an_article() -> None:
    found = article(STORY)

    assert found.title == "Bridge reopens"
    assert found.url == "https://www.valleypost.example/news/bridge-reopens"
    assert found.published == datetime(2025, 8, 13, 8, 30, tzinfo=UTC)
    assert found.published_text == "2025-08-13T10:30:00+02:00"
    assert found.access is Access.OPEN
    assert found.dateline is not None
    assert found.dateline.date == date(2025, 8, 13)
    assert "title" in {provenance.field for provenance in found.provenance}


def test_a_page_without_a_headline_is_no_article() -> None:
    with pytest.raises(ParseError) as caught:
        article("<p>Some text that nobody wrote a headline for.</p>")
    assert caught.value.field == "title"


def test_a_page_without_a_text_is_no_article() -> None:
    with pytest.raises(ParseError) as caught:
        article("<h1>Bridge reopens</h1>")
    assert caught.value.field == "body"


def test_an_unknown_address_has_the_parser_for_any_site() -> None:
    assert isinstance(parser_for("https://valleypost.example/a"), GenericParser)
    assert isinstance(parser_for("http://[broken"), GenericParser)


def test_the_record_keeps_the_zone_the_page_prints() -> None:
    found = record(page(STORY), "a")
    assert found["published"] == "2025-08-13T10:30:00+02:00"
    assert found["dateline"]["date"] == "2025-08-13"


def test_a_day_without_a_clock_stays_a_day() -> None:
    html = STORY.replace("2025-08-13T10:30:00+02:00", "2025-08-13")
    assert record(page(html))["published"] == "2025-08-13"


def test_nothing_is_worked_out_from_an_unknown_time_of_fetching() -> None:
    html = STORY.replace('"article:published_time"', '"other"')
    known = record(page(html))
    unknown = record(page(html), fetch_time_known=False)
    assert known["dateline"]["date"] == "2025-08-13"
    assert unknown["dateline"]["date"] is None
    assert unknown["dateline"]["text"] == "August 13, Valley Post."


def test_two_parsers_of_one_domain_are_refused() -> None:
    class One(GenericParser):
        domains = ("a.example",)

    known: dict[str, ArticleParser] = {}
    _register(known, One())
    with pytest.raises(ValueError, match=r"a\.example is claimed by One and One"):
        _register(known, One())


def test_reading_needs_neither_scrapy_nor_twisted() -> None:
    code = "import sys, crawler.record, crawler.parsers as p; p.parsers(); " + (
        "sys.exit(bool({'scrapy', 'twisted'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


class ValleyPostParser(GenericParser):
    site = "valleypost"
    headline = "b.story-title"
    body = "div.story > p, div.story > h2"
    language = "en"


def test_a_site_names_the_places_of_its_headline_and_text() -> None:
    markup = (
        "<p>Rain is on its way to the valley, and it will stay until Sunday evening.</p>"
        "<h1>The Valley Post</h1><b class=story-title>Bridge reopens</b>"
        "<div class=story><p>Opened.</p><h2>The cost</h2><div><p>Advice</p></div><p>None.</p></div>"
    )
    items = list(ValleyPostParser().parse(page(markup)))
    [found] = [item for item in items if isinstance(item, Article)]
    assert found.title == "Bridge reopens"
    assert [(block.text, block.kind) for block in found.body] == [
        ("Opened.", "p"),
        ("The cost", "h"),
        ("None.", "p"),
    ]
    assert found.language == "en"


def test_where_a_site_has_changed_its_markup_the_text_is_found_as_on_any_site() -> None:
    items = list(ValleyPostParser().parse(page(STORY)))
    [found] = [item for item in items if isinstance(item, Article)]
    assert found.title == "Bridge reopens"
    assert "opened again to walkers" in found.text
