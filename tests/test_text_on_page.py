"""No text is invented: each stands on its page, and holds no control character."""

from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.items import Page
from bench.extraction import SHARED, pages
from tests.hostile import KINDS
from tests.on_page import invented, texts, unfit

NOON = datetime(2025, 8, 14, 12, tzinfo=UTC)
CORPORA = ("fundus", "np4k", "aeb", "fundeval", "traf", "wcxb", "mcdates")
STORY = "<p>The council of the valley met again on Monday to speak of the old bridge there.</p>"
PIECES = (
    STORY,
    f"<article>{STORY * 3}</article>",
    "<h1>The bridge &amp; the\u202e valley\x01</h1>",
    "<meta property='og:title' content='The bridge is &amp;quot;closed&amp;quot;'>",
    "<p class=lead>What the council said of the bridge, in a few words, on Monday.</p>",
    "<p class=byline>By <a rel=author href=/author/ann>Ann\u200b Lee</a> and Bob Ray</p>",
    "<meta name=author content='Ann Lee, Bob Ray'>",
    "<meta name=keywords content='bridge,valley , the\tcouncil'>",
    "<a rel=tag href=/tag/bridge>Bridge</a>",
    "<p>MINSK, Aug 13 (Reuters) — The council met <b>ag</b>ain\u2066 on Monday for the bridge.</p>",
    "<figure><img src=/a.jpg><figcaption>The bridge. Photo: Ann Lee / AFP</figcaption></figure>",
    "<h2>Read also</h2><ul><li><a href=/news/one>The mayor\n said one</a> <i>News</i></li>"
    "<li><a href=/news/two>The mayor said two</a></li></ul>",
    "<p>Read also: <a href=/news/three>The mayor said three things</a></p>",
    "<ol class=breadcrumb><li><a href=/news/>News</a></li><li><a href=/news/old>Old</a></li></ol>",
    '<script type="application/ld+json">{"@type":"NewsArticle","headline":"The \\ud800bridge",'
    '"author":[{"name":"Ann Lee"}],"articleSection":["News"],"keywords":"a, b"}</script>',
    "<div class=card><a href=/n/4><h3>The mayor said four</h3></a><time>1 May 2025</time></div>",
    "<b><i>x</b>",
    "</div></article>",
    "<table><tr><td>",
    "&#xD800;&#0;&#x85;e\u0301",
)


def page_of(html: str) -> Page:
    body = ("<title>The bridge is closed</title>" + html).encode("utf-8", "replace")
    return Page("https://www.valley.example/news/bridge-1", body, NOON)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
def test_every_text_stands_on_its_page_and_can_be_printed(html: str) -> None:
    page = page_of(html)
    assert invented(page) == []
    assert unfit(page) == []
    assert list(texts(page)) == list(texts(page))


@pytest.mark.parametrize("kind", KINDS)
def test_no_hostile_page_has_text_invented(kind: str) -> None:
    page = Page("https://a.example/2025/08/bridge", KINDS[kind](4096), NOON)
    assert invented(page) == []
    assert unfit(page) == []


@pytest.mark.slow
@pytest.mark.parametrize("corpus", CORPORA)
def test_every_text_of_a_real_page_stands_there(corpus: str) -> None:
    if not Path(SHARED).is_dir():
        pytest.skip(f"no corpora in {SHARED}")
    for identity, page in islice(pages(SHARED, corpus), 30):
        assert (identity, invented(page), unfit(page)) == (identity, [], [])
