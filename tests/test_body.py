import json
import sys
import time
import unicodedata
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.items import Block, BlockKind, Page
from bench.extraction import body_of, load_scorer, pages, truths
from crawler.document import Document
from crawler.extract.blocks import read_layout
from crawler.extract.body import Body, extract_body
from crawler.extract.signatures import without_signatures
from crawler.extract.weights import weights
from tests.metadata_pages import document

SHARED = Path(__file__).parents[2] / "shared"

FIRST = (
    "The harbour council voted on Tuesday to close the old ferry dock after forty years of "
    "service, saying that the piers can no longer be repaired at a price the town could pay."
)
SECOND = (
    "Engineers who looked at the timber in spring found that two of every three piles had been "
    "eaten away below the water line, and that a winter storm might bring down the landing."
)
THIRD = (
    "“We would rather close a dock than lose a boat,” said the harbour master, Ines Calder, who "
    "has run the port since 2011 and whose father once sailed the evening ferry himself."
)
FOURTH = (
    "A new pier is to be built half a mile further north, but the money for it has not been "
    "found, and the council expects that work will not begin for at least another two years."
)


def read(html: str) -> Body:
    page = Page("https://example.org/a", html.encode(), datetime(2026, 1, 1, tzinfo=UTC))
    return extract_body(Document(page))


def texts(html: str) -> list[str]:
    return [block.text for block in read(html).blocks]


def article(inside: str, before: str = "", after: str = "") -> str:
    return f"""<!doctype html><html lang="en"><head><title>Dock to close</title>
    <meta property="og:title" content="Ferry dock to close"></head>
    <body><nav class="main-menu"><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li>
    </ul></nav><main><article class="article"><header><h1>Ferry dock to close</h1>{before}</header>
    <div class="article-body">{inside}</div></article>{after}</main>
    <footer class="site-footer"><p>© 2026 The Harbour Post. All rights reserved.</p></footer>
    </body></html>"""


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def test_paragraphs_come_in_page_order_without_the_headline() -> None:
    assert texts(article(paragraphs(FIRST, SECOND, THIRD, FOURTH))) == [
        FIRST,
        SECOND,
        THIRD,
        FOURTH,
    ]


def test_words_in_inline_tags_stay_in_their_sentence() -> None:
    linked = FIRST.replace("ferry dock", '<a href="/d">ferry <b>dock</b></a>')

    assert texts(article(paragraphs(linked, SECOND, THIRD)))[0] == FIRST


def test_subheadings_lists_and_quotes_are_kept_and_told_apart() -> None:
    inside = (
        paragraphs(FIRST, SECOND)
        + "<h2>What comes next for the town</h2>"
        + paragraphs(THIRD)
        + f"<blockquote><p>{FOURTH}</p></blockquote>"
        + "<p>The council set out three steps:</p><ul><li>Close the dock to traffic by May, "
        "once the season's timetable has been changed.</li><li>Sell the old ferry to a museum "
        "that has asked for it.</li></ul>" + paragraphs(FIRST.replace("Tuesday", "Monday"))
    )

    kinds = {block.text[:12]: block.kind for block in read(article(inside)).blocks}

    assert kinds[FIRST[:12]] is BlockKind.PARAGRAPH
    assert kinds["What comes n"] is BlockKind.HEADING
    assert kinds[FOURTH[:12]] is BlockKind.QUOTE
    assert kinds["Close the do"] is BlockKind.ITEM


def test_text_between_empty_lines_is_read_as_paragraphs() -> None:
    inside = "<br><br>".join((FIRST, SECOND, THIRD, FOURTH))

    assert texts(article(inside)) == [FIRST, SECOND, THIRD, FOURTH]


def test_text_in_bare_divs_is_read() -> None:
    inside = "".join(f"<div>{text}</div>" for text in (FIRST, SECOND, THIRD, FOURTH))

    assert texts(article(inside)) == [FIRST, SECOND, THIRD, FOURTH]


@pytest.mark.parametrize(
    "surplus",
    [
        '<figure><img src="a.jpg"><figcaption>The dock in March. Photo: J. Reed</figcaption>'
        "</figure>",
        '<div class="share-buttons"><a href="#">Share</a> <a href="#">Tweet</a></div>',
        '<div class="related-posts"><h3>Read also</h3><ul><li><a href="/b">Ferry fares rise again'
        '</a></li><li><a href="/c">Storm closes the coast road</a></li></ul></div>',
        '<form class="newsletter-signup"><p>Sign up to our newsletter for the morning news.</p>'
        '<input type="email"><button>Subscribe</button></form>',
        '<div class="advertisement">Advertisement</div>',
    ],
    ids=["caption", "share", "related", "newsletter", "advertisement"],
)
def test_what_stands_between_paragraphs_and_is_no_article_text_is_left_out(surplus: str) -> None:
    inside = paragraphs(FIRST, SECOND) + surplus + paragraphs(THIRD, FOURTH)

    assert texts(article(inside)) == [FIRST, SECOND, THIRD, FOURTH]


def test_byline_and_date_before_the_text_are_left_out() -> None:
    before = (
        '<div class="byline">By <a href="/author/ada">Ada Reed</a></div>'
        '<time datetime="2026-01-01">1 January 2026, 10:00</time>'
    )

    assert texts(article(paragraphs(FIRST, SECOND, THIRD), before))[0] == FIRST


def test_a_stand_first_is_the_lead_and_no_part_of_the_body() -> None:
    lead = "The piers are rotten, the money is gone, and the last boat sails in spring."

    body = read(article(paragraphs(FIRST, SECOND, THIRD), f'<p class="standfirst">{lead}</p>'))

    assert body.lead == lead
    assert body.blocks[0].text == FIRST


LEAD = "The piers are rotten, the money is gone, and the last boat sails in spring."


@pytest.mark.parametrize(
    "before",
    [
        f'<h2 class="sub-headline">{LEAD}</h2>',
        f'<p class="strapline">{LEAD}</p>',
        f"<p>{LEAD}</p>",
        f'<figure><figcaption class="lead">A boat at the old dock in spring</figcaption></figure>'
        f'<p class="lead">{LEAD}</p>',
        f'<div class="paywall"><p class="box-subtitle">Get every story with your free account, and '
        f'more.</p></div><p class="excerpt">{LEAD}</p>',
    ],
    ids=["subheadline", "strapline", "sentence", "after a caption", "after a wall"],
)
def test_the_lead_is_what_follows_the_headline_and_no_caption_or_wall(before: str) -> None:
    assert read(article(paragraphs(FIRST, SECOND, THIRD), before)).lead == LEAD


@pytest.mark.parametrize(
    "before",
    [
        '<figure><figcaption class="lead">A boat at the old dock in spring</figcaption></figure>',
        '<div class="subhead-date">1 January 2026, updated on 2 January 2026</div>',
        '<form class="newsletter"><p class="intro">Every story of the harbour by mail.</p></form>',
    ],
    ids=["caption", "date", "newsletter"],
)
def test_a_caption_a_date_or_a_call_is_no_lead(before: str) -> None:
    assert read(article(paragraphs(FIRST, SECOND, THIRD), before)).lead is None


def test_what_the_page_is_said_to_tell_is_its_lead_before_what_is_named_so() -> None:
    html = article(
        paragraphs(FIRST, SECOND, THIRD),
        f'<h2 class="subtitle">A harbour town counts its boats again</h2><p class="x">{LEAD}</p>',
    ).replace("<title>", f'<meta name="description" content="{LEAD}"><title>')

    assert read(html).lead == LEAD


def test_comments_and_related_lists_after_the_text_are_left_out() -> None:
    after = (
        '<section id="comments" class="comments"><h2>2 comments</h2><div class="comment"><p>I '
        "have sailed on that ferry since I was a child and it is a shame.</p></div></section>"
        '<aside class="related"><h2>More news</h2><ul><li><a href="/d">Harbour lights to be '
        "replaced</a></li></ul></aside>"
    )

    assert texts(article(paragraphs(FIRST, SECOND, THIRD), after=after)) == [FIRST, SECOND, THIRD]


def test_a_dateline_stays_in_its_paragraph() -> None:
    opening = f"CALDER BAY, Jan 1 (Coast News) — {FIRST}"

    assert texts(article(paragraphs(opening, SECOND, THIRD)))[0] == opening


@pytest.mark.parametrize("name", ["sr-only", "visually-hidden", "screen-reader-text"])
def test_words_for_screen_readers_alone_are_no_part_of_a_sentence(name: str) -> None:
    spoken = f'ferry dock<span class="note {name}"> (opens in a new tab)</span>'
    linked = FIRST.replace("ferry dock", f'<a href="/d">{spoken}</a>')

    assert texts(article(paragraphs(linked, SECOND, THIRD)))[0] == FIRST


@pytest.mark.parametrize(
    "style",
    [
        "clip:rect(0 0 0 0);position:absolute",
        "clip-path: inset(50%)",
        "clip: rect(1px, 1px, 1px, 1px)",
    ],
)
def test_words_clipped_away_are_no_part_of_a_sentence(style: str) -> None:
    spoken = f'ferry dock<span style="{style}">, opens in a new tab</span>'
    linked = FIRST.replace("ferry dock", f'<a href="/d">{spoken}</a>')

    assert texts(article(paragraphs(linked, SECOND, THIRD)))[0] == FIRST


def test_words_that_stop_being_for_screen_readers_alone_are_read() -> None:
    shown = FIRST.replace("ferry dock", '<span class="not-sr-only">ferry dock</span>')

    assert texts(article(paragraphs(shown, SECOND, THIRD)))[0] == FIRST


@pytest.mark.parametrize(
    "hiding", ['style="display: none"', "hidden", 'aria-hidden="true"', 'style="visibility:hidden"']
)
def test_hidden_text_is_not_read(hiding: str) -> None:
    inside = paragraphs(FIRST, SECOND) + f"<div {hiding}>{paragraphs(THIRD)}</div>"

    assert texts(article(inside)) == [FIRST, SECOND]


def test_a_page_that_a_script_reveals_is_read() -> None:
    html = article(paragraphs(FIRST, SECOND, THIRD)).replace(
        "<main>", '<main style="visibility:hidden">'
    )

    assert texts(html) == [FIRST, SECOND, THIRD]


SCRIPT_ONLY = """<html><head><script type="application/ld+json">{}</script></head>
<body><div id="root"></div></body></html>"""


def test_a_page_of_scripts_gives_the_text_it_gives_to_machines() -> None:
    data = {"@type": "NewsArticle", "articleBody": f"{FIRST}\n\n{SECOND}"}

    assert texts(SCRIPT_ONLY.format(json.dumps(data))) == [FIRST, SECOND]


def test_text_for_machines_behind_a_lock_is_not_read() -> None:
    data = {"@type": "NewsArticle", "articleBody": FIRST, "isAccessibleForFree": False}

    assert texts(SCRIPT_ONLY.format(json.dumps(data))) == []


STATE_TITLE = "The old ferry dock closes"
STATE = {"page": {"title": STATE_TITLE, "html": f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"}}
STATE_PAGE = (
    f'<html><head><meta property="og:title" content="{STATE_TITLE} | The Post"></head>'
    '<body><div id="root"></div>{}</body></html>'
)


@pytest.mark.parametrize(
    "script",
    [
        '<script type="application/json">{}</script>',
        "<script>window.page = {};</script>",
        "<script>(window.queue = window.queue || []).push({})</script>",
    ],
)
def test_a_page_of_scripts_gives_the_text_of_its_data(script: str) -> None:
    data = json.dumps(STATE).replace("<", "\\u003c")

    assert texts(STATE_PAGE.format(script.format(data))) == [FIRST, SECOND, THIRD]


def test_text_in_data_in_data_is_read() -> None:
    data = json.dumps([1, "5:" + json.dumps(STATE)]).replace("<", "\\u003c")

    assert texts(STATE_PAGE.format(f"<script>push({data})</script>")) == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize(
    "other",
    [
        {"page": {**STATE["page"], "isPremium": True}},
        {"page": {**STATE["page"], "title": "Another story, of the ferry's crew"}},
    ],
)
def test_data_that_are_locked_or_of_another_article_are_not_read(other: object) -> None:
    data = json.dumps(other).replace("<", "\\u003c")

    assert texts(STATE_PAGE.format(f"<script>push({data})</script>")) == []


def test_a_heading_that_is_never_closed_makes_no_headings_of_the_text() -> None:
    lines = "".join(f"<div>{text}</div>" for text in (FIRST, SECOND, THIRD, FOURTH))
    found = read(f"<body><article><h2>The dock{lines}</article></body>").blocks

    assert {block.kind for block in found[-3:]} == {BlockKind.PARAGRAPH}


@pytest.mark.parametrize("html", ["", "<", "<html>", "<body></body>", "plain", "\x00", "<p>"])
def test_a_page_without_an_article_gives_no_error(html: str) -> None:
    read(html)


def test_control_characters_are_dropped_and_letters_composed() -> None:
    spoilt = FIRST.replace("council", "cou\x08ncil").replace("dock", "docke\u0301", 1)

    [first, *_] = texts(article(paragraphs(spoilt, SECOND, THIRD)))

    assert "council" in first
    assert "dock\u00e9" in first


@pytest.mark.parametrize(
    "text",
    [
        "Гарадскі савет у аўторак вырашыў закрыць стары прычал, бо рамонт каштаваў бы занадта "
        "шмат, а грошай у гарадской казне на гэта ўжо няма і ў бліжэйшыя гады не будзе.",
        "市议会周二投票决定关闭使用了四十年的旧渡轮码头，并表示以该镇能够承受的价格已无法修复码头。",
        "สภาเทศบาลลงมติเมื่อวันอังคารให้ปิดท่าเรือเฟอร์รีเก่าซึ่งใช้งานมาสี่สิบปีแล้ว "
        "เนื่องจากค่าซ่อมแซมสูงเกินกว่าที่เมืองจะจ่ายไหว",
        "صوّت مجلس المدينة يوم الثلاثاء على إغلاق رصيف العبّارات القديم بعد أربعين عاما من الخدمة، "
        "قائلا إن إصلاح الأرصفة لم يعد ممكنا بسعر تستطيع البلدة دفعه.",
        "नगर परिषद ने मंगलवार को चालीस साल की सेवा के बाद पुराने नौका घाट को बंद करने का फैसला किया "
        "क्योंकि मरम्मत का खर्च शहर के बस की बात नहीं रहा।",
    ],
    ids=["Belarusian", "Chinese", "Thai", "Arabic", "Hindi"],
)
def test_every_script_is_read(text: str) -> None:
    three = [text, f"{text} 1", f"{text} 2"]

    assert texts(article(paragraphs(*three))) == [unicodedata.normalize("NFC", t) for t in three]


HOSTILE = {
    "deep": "<div>" * 4_900 + FIRST,
    "links": "<a href=x>y</a>" * 99_000,
    "paragraphs": "<p>a" * 199_000,
    "entities": "&amp;" * 900_000,
    "breaks": "a<br><br>" * 66_000,
    "hidden": "<div hidden>" * 4_900 + "<h1>x</h1>" + FIRST,
    "table": "<table>" + "<tr><td>cell" * 60_000,
    "names": "".join(f"<div class=a{i}>{FIRST[: i % 90]}</div>" for i in range(40_000)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_ends_soon(name: str) -> None:
    start = time.process_time()
    read(HOSTILE[name])
    assert time.process_time() - start < 10


def test_a_deep_page_needs_no_deep_stack() -> None:
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(300)
    try:
        read(HOSTILE["deep"])
    finally:
        sys.setrecursionlimit(limit)


WORDS = st.sampled_from(
    [FIRST, SECOND, "Read also", "By Ada Reed", "x", "\x0b\ud800", "新闻。", ""]
)
TAGS = st.sampled_from(
    ["p", "div", "li", "h1", "h2", "a", "b", "br", "ul", "table", "td", "span", "blockquote"]
)
NAMES = st.sampled_from(["", "article-body", "related", "share", "lead", "\x00", "menu-item", "ю"])


@st.composite
def soup(draw: st.DrawFn) -> str:
    parts = draw(st.lists(st.tuples(TAGS, NAMES, WORDS, st.booleans()), max_size=40))
    return "".join(
        f'<{tag} class="{name}">{text}' + (f"</{tag}>" if closed else "")
        for tag, name, text, closed in parts
    )


def _check(html: str) -> None:
    page = Page(
        "https://example.org/a",
        html.encode("utf-8", "surrogatepass"),
        datetime(2026, 1, 1, tzinfo=UTC),
    )
    document = Document(page)
    before = document.tree.html
    found = extract_body(document)
    assert extract_body(Document(page)).blocks == found.blocks
    assert document.tree.html == before
    visible = {
        _plain(block.text) for block in read_layout(document.tree, weights().fertile_namings).blocks
    }
    for block in found.blocks:
        assert _plain(block.text) in visible
        assert block.text == " ".join(block.text.split())
        assert unicodedata.is_normalized("NFC", block.text)
        assert not any(unicodedata.category(letter) in ("Cc", "Cs") for letter in block.text)


def _plain(text: str) -> str:
    kept = [letter for letter in text if unicodedata.category(letter) not in ("Cc", "Cs")]
    return unicodedata.normalize("NFC", " ".join("".join(kept).split()))


@settings(max_examples=150, deadline=None)
@given(soup())
def test_any_markup_gives_text_of_the_page_and_the_same_each_time(html: str) -> None:
    _check(html)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_read_without_error(text: str) -> None:
    _check(text)


@pytest.mark.parametrize(("corpus", "floor"), [("fundeval", 0.955), ("np4k", 0.95)])
def test_annotated_pages_are_read_as_well_as_before(corpus: str, floor: float) -> None:
    if not (SHARED / "corpora" / corpus).is_dir():
        pytest.skip(f"the {corpus} corpus is not there: {SHARED / 'corpora'}")
    found = {identity: body_of(page) for identity, page in pages(SHARED, corpus)}
    scores, _ = load_scorer(SHARED).score(found, truths(SHARED, corpus), rounds=1)
    assert scores["f1"] >= floor


@pytest.mark.parametrize(
    "line",
    [
        "Last updated: August 13, 2025",
        "mercredi 13 août 2025",
        "13.08.2025 07:49 Uhr",
        "2025-08-13",
    ],
)
def test_a_day_before_the_text_is_none_of_it(line: str) -> None:
    told = "The council said on Wednesday that the bridge would be open to walkers again. "
    body = f"<h1>A</h1><div><p>{line}</p><p>{told * 2}</p><p>{told * 3}</p><p>{told * 2}</p></div>"
    blocks = extract_body(document(body)).blocks
    assert [len(block.text) > 100 for block in blocks] == [True] * 3


def test_a_first_sentence_with_a_day_stays() -> None:
    told = "The council said on Wednesday that the bridge would be open to walkers again. "
    first = "The law was published on 13 August 2025."
    body = f"<h1>A</h1><div><p>{first}</p><p>{told * 2}</p><p>{told * 3}</p><p>{told * 2}</p></div>"
    assert extract_body(document(body)).blocks[0].text == first


@pytest.mark.parametrize(
    "line",
    [
        "© Valley Post 2025",
        "Ann Lee annlee@valleypost.example",
        "You may also like…",
        "Das könnte Sie auch interessieren:",
    ],
)
def test_what_is_printed_behind_the_text_is_none_of_it(line: str) -> None:
    told = "The council said on Wednesday that the bridge would be open to walkers again. "
    body = f"<h1>A</h1><div><p>{told * 2}</p><p>{told * 3}</p><p>{told * 2}</p><p>{line}</p></div>"
    blocks = extract_body(document(body)).blocks
    assert [len(block.text) > 100 for block in blocks] == [True] * 3


@pytest.mark.parametrize(
    ("first", "last", "kept"),
    [
        ("By Ann Lee", "It met.", ["It rose.", "It met."]),
        ("It fell.", "Ann Lee, Reuters", ["It fell.", "It rose."]),
        ("By Bo Dahl", "Ann Lee and Bo Dahl said so.", None),
    ],
)
def test_lines_that_name_the_authors_alone_sign_the_text(
    first: str, last: str, kept: list[str] | None
) -> None:
    blocks = tuple(map(Block, (first, "It rose.", last)))
    found = without_signatures(blocks, ["Ann Lee"])
    assert [block.text for block in found] == (kept or [block.text for block in blocks])
