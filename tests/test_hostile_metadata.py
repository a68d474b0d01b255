"""Pages that are broken or mean harm: the readers neither raise nor take long, nor invent text."""

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.items import Page
from crawler.document import Document
from crawler.extract.authors import extract_authors
from crawler.extract.canonical import extract_alternates, extract_canonical
from crawler.extract.dates import extract_modified, extract_published
from crawler.extract.images import extract_images
from crawler.extract.language import extract_language
from crawler.extract.paywall import extract_access, extract_declared_access
from crawler.extract.title import extract_title
from crawler.extract.topics import extract_sections, extract_tags
from crawler.record import record

NOON = datetime(2025, 8, 14, 12, tzinfo=UTC)
PIECES = (
    "<h1>",
    "</h1>",
    "<title>A | B</title>",
    '<meta property="og:title" content="',
    '">',
    '<meta name=author content="By \u202eann\x00 lee">',
    '<script type="application/ld+json">',
    "</script>",
    '{"@type":"NewsArticle","headline":',
    '{"@graph":[[[{}]]]}',
    '"author":[[{"name":{"name":["x"]}}],null,1]',
    '"datePublished":99999999999999999999',
    "}",
    "<time datetime=0000-00-00>",
    "<time datetime='9999-12-31T23:59:59-14:00'>",
    "13 августа 99999",
    "<p class=date>31.02.2025 25:99</p>",
    "<link rel=canonical href='http://[x'>",
    "<link rel=alternate hreflang=be href='//'>",
    "<div class='author byline date tag category paywall'>",
    "<a rel='author tag' href='/author/x'>Ann Lee</a>",
    "<figure><img src='data:x'><figcaption>© ©</figcaption></figure>",
    "MINSK, Feb 30 (Reuters) — ",
    "<p>The council of the valley met again on Monday to speak of the bridge.</p>",
    "\ud83d\ude00",
    "<!--",
    "<svg><title>x</title></svg>",
    "<base href='javascript:'>",
)


def read_all(html: str) -> list[object]:
    document = Document(Page("https://a.example/b", html.encode("utf-8", "replace"), NOON))
    return [
        extract_title(document),
        extract_authors(document),
        extract_published(document),
        extract_modified(document),
        extract_sections(document),
        extract_tags(document),
        extract_canonical(document),
        extract_alternates(document),
        extract_images(document),
        extract_language(document, html),
        extract_access(document, (), notice="x"),
        extract_declared_access(document),
    ]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_no_page_breaks_the_readers_and_each_reads_alike_twice(html: str) -> None:
    assert read_all(html) == read_all(html)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_no_text_breaks_the_readers(text: str) -> None:
    read_all(text)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_a_record_is_whole_whatever_the_page(html: str) -> None:
    page = Page("https://a.example/b", html.encode("utf-8", "replace"), NOON)
    found = record(page, "x")
    assert found["id"] == "x"
    assert (found["error"] is None) == (found["title"] is not None)


@pytest.mark.slow
@pytest.mark.parametrize(
    "html",
    [
        "<h1>" * 20_000,
        "<div class=date>1 January 2025 " * 20_000,
        "<p class=author>" + "A, " * 200_000,
        "<title>" + " | a" * 100_000,
        '<meta name=keywords content="' + "a," * 300_000 + '">',
        "<a href=/tag/x>x</a>" * 50_000,
        "<div class='tags category'>" * 80 + "<a href=/x>x</a>" * 30_000,
        "<h1>A</h1>By <a>Ann Lee</a>" + ", <a href=/b>Bo Dahl</a>" * 30_000,
        "<figure><img src=/old-bridge-1.jpg><figcaption>Ann Lee/AFP</figcaption></figure>" * 9_000,
        '<script type="application/ld+json">' + "[" * 200_000,
        '<script type="application/ld+json">' + '{"@type":"NewsArticle","author":[' * 5_000,
        "<h1>A</h1>" + "1" * 500_000,
        "<h1>A</h1>" + "1 a " * 200_000,
        "<h1>A</h1>" + "(" * 300_000,
        "<p class=byline>" + "By " * 60_000,
        '<link rel="alternate" hreflang="be" href="/x">' * 20_000,
    ],
    ids=range(16),
)
def test_no_page_takes_long(html: str) -> None:
    start = time.process_time()
    read_all(html)
    assert time.process_time() - start < 5
