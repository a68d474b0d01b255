"""What a page of Pozirk must give, however it is marked up."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.items import Access, Article, HeadlineList, Page
from crawler.parsers import parser_for
from tests.pozirk_pages import EDITIONS, ENGLISH, Content, Style, any_style, render

FETCHED_AT = datetime(2025, 9, 25, 21, 30, tzinfo=UTC)
NEW_YEAR_IN_MINSK = datetime(2025, 12, 31, 22, 30, tzinfo=UTC)


def parse(content: Content, markup: str) -> tuple[Article, list[HeadlineList]]:
    page = Page(content.url, markup.encode(), FETCHED_AT)
    items = list(parser_for(page.url).parse(page))
    lists = [item for item in items if isinstance(item, HeadlineList)]
    [article] = [item for item in items if isinstance(item, Article)]
    return article, lists


def styles() -> st.SearchStrategy[Style]:
    return st.integers(0, 10**9).map(lambda seed: any_style(Random(seed)))


@settings(max_examples=150, deadline=None)
@given(style=styles(), content=st.sampled_from(EDITIONS))
def test_any_markup_gives_the_list_as_printed(style: Style, content: Content) -> None:
    _, lists = parse(content, render(content, style))

    [found] = lists
    expected = [entry.headline(content.edition) for entry in content.entries]
    assert [(h.title, h.url, h.sections, h.access) for h in found.headlines] == [
        (h.title, h.url, h.sections, h.access) for h in expected
    ]
    assert found.name == ("Latest" if style.heading else None)


@settings(max_examples=50, deadline=None)
@given(style=styles(), content=st.sampled_from(EDITIONS))
def test_any_markup_gives_the_article_without_the_list(style: Style, content: Content) -> None:
    article, _ = parse(content, render(content, style))

    assert article.title == content.title
    first, *others = content.paragraphs
    assert [block.text for block in article.body] == [f"{content.dateline} {first}", *others]
    assert content.notice not in article.text
    assert article.dateline is not None
    assert article.dateline.text == content.dateline
    assert article.dateline.place is None
    assert article.dateline.agency in ("Pozirk", "Позірк")
    assert article.dateline.date == date(2025, 8, 13)


def test_the_day_of_a_dateline_is_the_last_such_day_in_minsk() -> None:
    content = replace(ENGLISH, dateline="January 1, Pozirk.")
    page = Page(content.url, render(content, any_style(Random(7))).encode(), NEW_YEAR_IN_MINSK)

    [article] = [item for item in parser_for(page.url).parse(page) if isinstance(item, Article)]

    assert article.dateline is not None
    assert article.dateline.date == date(2026, 1, 1)


@settings(max_examples=50, deadline=None)
@given(style=styles())
def test_entries_that_show_labels_alone_have_no_title(style: Style) -> None:
    entries = tuple(
        entry if entry.is_locked else replace(entry, title=None) for entry in ENGLISH.entries
    )
    content = replace(ENGLISH, entries=entries)

    _, [found] = parse(content, render(content, style))

    assert [headline.title for headline in found.headlines] == [entry.title for entry in entries]
    assert [h.sections for h in found.headlines] == [entry.labels for entry in entries]


@settings(max_examples=100, deadline=None)
@given(style=styles())
def test_entries_without_title_and_link_are_kept_by_their_labels(style: Style) -> None:
    entries = tuple(
        entry if entry.is_locked else replace(entry, title=None) for entry in ENGLISH.entries
    )
    content = replace(ENGLISH, entries=entries)
    markup = re.sub(r'<a href="/en/news/\d+/">(.*?)</a>', r"\1", render(content, style))

    _, [found] = parse(content, markup)

    assert [h.sections for h in found.headlines] == [entry.labels for entry in entries]
    assert [h.title for h in found.headlines] == [entry.title for entry in entries]
    assert [h.access for h in found.headlines] == [h.headline("en").access for h in entries]


@pytest.mark.parametrize("content", EDITIONS, ids=lambda content: content.edition)
def test_a_list_of_locked_entries_alone_is_read(content: Content) -> None:
    entries = tuple(replace(entry, is_locked=True) for entry in content.entries)
    locked = replace(content, entries=entries)

    _, [found] = parse(locked, render(locked, any_style(Random(1))))

    assert [h.title for h in found.headlines] == [entry.title for entry in entries]
    assert all(headline.url is None for headline in found.headlines)


@pytest.mark.parametrize(
    ("locked", "open_"),
    [
        (
            "<p><em>{0}</em><strong>{1}</strong><small>{2}</small></p>",
            "<p><em>{0}</em><a href=/en/news/{3}/>{1}</a></p>",
        ),
        ("<li><b>{0}</b>{1}<br>{2}</li>", "<li><b>{0}</b><a href=/en/news/{3}/>{1}</a></li>"),
    ],
    ids=["paragraphs", "line breaks"],
)
def test_a_notice_is_told_from_the_title_in_plain_markup(locked: str, open_: str) -> None:
    shown = [
        ("Politics, Security", "Lake guard buys three more boats", True),
        ("Society", "Library of nets will stay open all night", True),
        ("Economy", "Ferry line earns its keep for the first time", False),
        ("Politics", "Council of the islands meets behind closed doors", True),
        ("Economy", "Fish market closes for the whole of September", True),
    ]
    entries = "".join(
        (locked if is_locked else open_).format(labels, title, NOTICE, 900 + number)
        for number, (labels, title, is_locked) in enumerate(shown)
    )
    text = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
    html = f"<main><h1>Ice is late on the lakes</h1>{text}</main><div>{entries}</div>"
    page = Page("https://pozirk.online/en/news/123/", html.encode(), FETCHED_AT)
    items = list(parser_for(page.url).parse(page))
    [found] = [item for item in items if isinstance(item, HeadlineList)]
    assert [
        (", ".join(one.sections), one.title, one.access is Access.LOCKED) for one in found.headlines
    ] == shown
    [article] = [item for item in items if isinstance(item, Article)]
    assert [block.text for block in article.body] == list(SENTENCES)


NOTICE = "The material is available only to POZIRK+"
SENTENCES = (
    "August 13, Pozirk. The ice on the lakes came three weeks late this winter, the guard says.",
    "Fishermen who live on the shore told the guard that they had not seen such a winter before.",
    "The guard asks people to stay ashore until it has measured the ice on all the lakes again.",
)
