"""What pages ask of robots is kept; what they hide under a lock is not read."""

import json
import sqlite3
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive.items import Access, Page
from crawler.look import look_at
from tests.command import dateline, quickly
from tests.newspaper import WORDS, newspaper, path
from tests.servers import HTML, Reply, serving

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
URL = "https://www.valleypost.example/news/2026/05/bridge-closes-for-the-winter-10442"


def look_signals(headers: tuple[tuple[str, str], ...], head: str = "") -> dict[str, str]:
    html = f"<html><head><title>A</title>{head}</head><body><p>Text</p></body></html>"
    return dict(look_at(Page(URL, html.encode(), NOON, 200, headers)).signals)


def test_headers_and_metas_are_kept_by_name() -> None:
    assert look_signals(
        (("X-Robots-Tag", "noarchive"), ("x-robots-tag", "noai"), ("TDM-Reservation", "1")),
        '<meta name="robots" content="noindex, nofollow"><meta name="tdm-policy" content="/t.json">'
        '<meta name="tdm-reservation" content="0">',
    ) == {
        "x-robots-tag": "noarchive, noai",
        "tdm-reservation": "1",
        "robots": "noindex, nofollow",
        "tdm-policy": "/t.json",
    }
    assert look_signals(()) == {}


def test_an_answer_that_is_no_page_has_its_headers() -> None:
    headers = (("X-Robots-Tag", "noindex"),)
    assert look_at(Page(URL, b"", NOON, 503, headers)).signals == (("x-robots-tag", "noindex"),)


def test_what_a_page_asks_is_stored_with_the_fetch_and_shown(tmp_path: Path) -> None:
    paper = newspaper(1)
    whole = paper[path(0)]
    assert isinstance(whole, Reply)
    paper[path(0)] = Reply(whole.body, 200, HTML, (("TDM-Reservation", "1"),))
    paper["/"] = f'<a href="{path(0)}">Council looks at the old bridge again</a>'
    with serving(paper) as site:
        dateline("crawl", site, *quickly(site), cwd=tmp_path)
        shown = dateline("show", site + path(0), "--json", cwd=tmp_path)
        words = dateline("show", site + path(0), cwd=tmp_path)
    assert json.loads(shown.stdout)["signals"] == {"tdm-reservation": "1"}
    assert "asks tdm-reservation: 1" in words.stdout
    with closing(sqlite3.connect(tmp_path / "dateline.db")) as db:
        asked = db.execute("select count(*) from fetches where signals is not null").fetchone()
    assert asked == (1,)


HIDDEN = " ".join(f"Hidden sentence number {number} of the locked text." for number in range(40))
OPEN = f"<p>{WORDS[0]}</p><p>{WORDS[1]}</p>"
NOTICE = (
    '<div class="paywall"><p>This article is for subscribers. Subscribe now to read on.</p></div>'
)

CLASSES = (
    "d-none", "story hidden", "is-hidden", "article__rest content-hidden", "visually-hidden",
    "invisible", "u-hidden", "paywall-hidden", "blurred", "display-none",
)  # fmt: skip
SHEETS = (
    ".rest{display:none}",
    "/* under the wall */ article .rest, .other { display : none !important; }",
    "@media print { .other { color: red } } div.rest { visibility:hidden }",
    ".rest { filter: blur(4px); color: red }",
    ".rest{max-height:0;overflow:hidden}",
)


@pytest.mark.parametrize(
    "hidden",
    [
        f'<div style="display:none"><p>{HIDDEN}</p></div>',
        f"<div hidden><p>{HIDDEN}</p></div>",
        f'<div aria-hidden="true" class="locked" style="display: none"><p>{HIDDEN}</p></div>',
        f"<template><p>{HIDDEN}</p></template>",
        f'<script type="application/json">{{"text": "{HIDDEN}"}}</script>',
        f"<noscript><p>{HIDDEN}</p></noscript>",
        *(f'<div class="{names}"><p>{HIDDEN}</p></div>' for names in CLASSES),
        *(f"<style>{sheet}</style><div class=rest><p>{HIDDEN}</p></div>" for sheet in SHEETS),
        f'<div style="filter: blur(6px)"><p>{HIDDEN}</p></div>',
        f'<div class="is-hidden"><p>{WORDS[0]}</p><p>{WORDS[1]}</p><p>{HIDDEN}</p></div>',
    ],
)
def test_text_hidden_under_a_lock_is_not_read(hidden: str) -> None:
    html = (
        '<html lang=en><head><title>Bridge closes</title><meta property="og:type" '
        'content="article"><meta property="article:content_tier" content="locked"></head><body>'
        f"<article><h1>Bridge closes for the winter</h1>{OPEN}{NOTICE}{hidden}</article></body>"
    )
    article = look_at(Page(URL, html.encode(), NOON)).article
    assert article is not None
    assert article.text == f"{WORDS[0]}\n\n{WORDS[1]}"
    assert article.access is Access.LOCKED


def page_with(hidden: str, *, notice: str = "", head: str = "") -> Page:
    html = (
        f"<html lang=en><head><title>Bridge closes</title>{head}</head><body><article>"
        f"<h1>Bridge closes for the winter</h1>{OPEN}{notice}{hidden}</article></body>"
    )
    return Page(URL, html.encode(), NOON)


@pytest.mark.parametrize("names", CLASSES)
def test_a_wall_that_is_declared_nowhere_hides_as_well(names: str) -> None:
    article = look_at(
        page_with(f'<div class="{names}"><p>{HIDDEN}</p></div>', notice=NOTICE)
    ).article
    assert article is not None
    assert "Hidden sentence" not in article.text
    assert article.access is Access.LOCKED


OPEN_PAGES = {
    "a class alone": page_with(f'<div class="is-hidden"><p>{HIDDEN}</p></div>'),
    "a style alone": page_with(f"<style>.rest{{display:none}}</style><p class=rest>{HIDDEN}</p>"),
    "declared open": page_with(
        f'<div class="d-none"><p>{HIDDEN}</p></div>',
        notice=NOTICE,
        head='<meta property="article:content_tier" content="free">',
    ),
    "overflow": page_with(f'<div class="overflow-hidden"><p>{HIDDEN}</p></div>', notice=NOTICE),
    "the whole article": Page(
        URL,
        f'<body class="hidden"><article><h1>Bridge closes for the winter</h1>{OPEN}<p>{HIDDEN}</p>'
        "</article></body>".encode(),
        NOON,
    ),
    "a screen in the style": page_with(
        f"<style>@media print {{ .rest {{ display: none }} }}</style><p class=rest>{HIDDEN}</p>",
        notice=NOTICE,
    ),
}


@pytest.mark.parametrize("name", OPEN_PAGES)
def test_the_text_of_an_open_page_is_never_lost(name: str) -> None:
    article = look_at(OPEN_PAGES[name]).article
    assert article is not None
    assert "Hidden sentence number 39" in article.text
    assert article.access is Access.OPEN


@pytest.mark.parametrize(
    "sheet",
    ["@" * 200_000, "/*" * 100_000, "a" * 200_000, "@x{a{b}" * 30_000, ".a{display:none}" * 9_000],
)
def test_an_odd_style_sheet_costs_little(sheet: str) -> None:
    start = time.process_time()
    look_at(page_with(f"<style>.b{{display:none}}{sheet}</style>", notice=NOTICE))
    assert time.process_time() - start < 2


def test_text_in_the_structured_data_of_a_locked_page_is_not_read() -> None:
    data = {
        "@type": "NewsArticle", "headline": "Bridge closes for the winter",
        "isAccessibleForFree": False, "articleBody": HIDDEN,
    }  # fmt: skip
    html = (
        "<html lang=en><head><title>Bridge closes</title><script type='application/ld+json'>"
        f"{json.dumps(data)}</script></head><body><article><h1>Bridge closes for the winter</h1>"
        f"{OPEN}{NOTICE}</article></body></html>"
    )
    article = look_at(Page(URL, html.encode(), NOON)).article
    assert article is not None
    assert "Hidden sentence" not in article.text
    assert article.access is Access.LOCKED
