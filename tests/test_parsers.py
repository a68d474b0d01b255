from datetime import UTC, datetime

import pytest

from archive.items import Access, Article, Page
from crawler.errors import ParseError
from crawler.parsers import parser_for
from crawler.parsers.generic import GenericParser

NOON = datetime(2025, 8, 14, 12, tzinfo=UTC)
STORY = """<html lang="en"><head><title>Bridge reopens | The Valley Post</title>
<meta property="og:site_name" content="The Valley Post">
<meta property="og:title" content="Bridge reopens | The Valley Post">
<meta property="article:published_time" content="2025-08-13T10:30:00+02:00">
<link rel="canonical" href="/news/bridge-reopens"></head>
<body><h1>Bridge reopens</h1><p>The old bridge over the river was opened again to walkers.</p>
<p>It had been closed since the flood of last spring, the council said.</p></body></html>"""


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
