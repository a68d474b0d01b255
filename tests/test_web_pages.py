"""The pages of the archive: what stands on them, how they look, and with which Datasette."""

import asyncio
import json
import re
import sqlite3
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from archive.items import (
    Access,
    Article,
    Block,
    BlockKind,
    Fetch,
    Headline,
    HeadlineList,
    Outcome,
    Visit,
)
from archive.store import Archive
from tests.reading import get

pytest.importorskip("datasette", reason="the extra web is not installed")
from archive.web import configuration, server
from archive.web.chart import chart
from archive.web.difference import difference

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
N = "/news/-"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two sources; 45 articles of one, of which the first was edited and locked."""
    path = tmp_path_factory.mktemp("pages") / "news.db"
    with Archive.open(path, create=True) as archive:
        first = archive.start_crawl("example.org", "https://example.org/", "news", {})
        for number in range(45):
            archive.write(first, [visit(number)])
        archive.write(first, [visit(0, later=True)])
        other = archive.start_crawl("example.net", "https://example.net/", "news", {})
        archive.write(other, [foreign("ar", "عنوان الخبر"), foreign("zh", "新闻标题")])
        archive.index()
    return path


def visit(number: int, *, later: bool = False) -> Visit:
    at = NOON + timedelta(days=number if not later else 60)
    url = f"https://example.org/{number}"
    kinds = (BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.ITEM, BlockKind.ITEM)
    words = ("Forty men.", "Why", "One", "Two") if later else ("Fifty men.", "Why", "One", "Two")
    article = Article(
        "example",
        url,
        f"Bridge {number} & more" + (" (corrected)" if later else ""),
        at,
        body=(*map(Block, words, kinds), Block("Said she.", BlockKind.QUOTE)),
        authors=("Anna Novak",) if number % 2 else ("Ян Коўш",),
        sections=("Town",),
        published=NOON + timedelta(days=number),
        published_text="1 May, noon",
        language="en",
        access=Access.LOCKED if later else Access.OPEN,
    )
    shown = HeadlineList("Latest", (Headline(f"Bridge {number}", url, ("Town",)),))
    return Visit(Fetch(url, at, Outcome.OK), None, article, () if later else (shown,))


def foreign(language: str, title: str) -> Visit:
    url = f"https://example.net/{language}"
    article = Article("example", url, title, NOON, body=(Block(title),), language=language)
    return Visit(Fetch(url, NOON, Outcome.OK), None, article)


def test_the_start_page_tells_what_is_new_edited_and_locked_per_source(path: Path) -> None:
    [page] = get(path, "/")
    assert "Bridge 44 &amp; more" in page.text
    assert "example.org</a> <small>45 new today" in page.text
    for words in ("example.net", "healthy", "Articles a day", "The same as a table"):
        assert words in page.text
    [listed] = get(path, f"{N}/edits")
    assert "Bridge 0 &amp; more (corrected)" in listed.text
    assert '<del dir="auto">Bridge 0 &amp; more</del>' in listed.text
    [locks] = get(path, f"{N}/locks")
    assert "now locked" in locks.text


def test_an_article_has_its_text_in_the_elements_that_the_site_gave_it(path: Path) -> None:
    [page] = get(path, f"{N}/article/1")
    for part in (
        '<p dir="auto">Forty men.</p>',
        '<h2 dir="auto">Why</h2>',
        '<ul><li dir="auto">One</li><li dir="auto">Two</li></ul>',
        '<blockquote dir="auto"><p>Said she.</p></blockquote>',
        'href="https://example.org/0"',
        "printed: 1 May, noon",
        '<time datetime="2026-05-01T12:00:00Z">1 May 2026, 12:00 UTC</time>',
        "locked",
        ">Ян Коўш</a>",
    ):
        assert part in page.text, part
    assert "Under which headlines" in page.text
    assert "Latest</span>, place 1" in page.text


def test_a_text_has_the_language_and_direction_that_it_has(path: Path) -> None:
    arabic, chinese = get(path, f"{N}/article/46", f"{N}/article/47")
    assert '<article class="story" lang="ar">' in arabic.text
    assert '<h1 dir="auto">عنوان الخبر</h1>' in arabic.text
    assert '<article class="story" lang="zh">' in chinese.text


def test_a_difference_shows_words_in_one_text_and_side_by_side(path: Path) -> None:
    with Archive.open(path, write=False) as archive:
        old, new = archive.db.execute("select old_revision_id, revision_id from edits").fetchone()
    address = f"{N}/article/1/difference?old={old}&new={new}"
    together, beside, none = get(path, address, f"{address}&view=beside", f"{address}9")
    assert "<del>Fifty</del><ins>Forty</ins> men." in together.text
    assert "<del>Fifty</del> men." in beside.text
    assert "<ins>Forty</ins> men." in beside.text
    assert none.status_code == 404
    assert "There is no such revision" in none.text


def test_of_an_article_with_many_revisions_the_older_ones_are_shown_when_asked_for(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archive.web.article._FEW", 1)
    few, every = get(path, f"{N}/article/1", f"{N}/article/1?revisions=all")
    assert (few.text.count(" characters"), every.text.count(" characters")) == (1, 2)
    assert 'href="/news/-/article/1?revisions=all#revisions">1 older</a>' in few.text
    assert "#revisions" not in every.text


def test_search_leads_through_every_article_page_by_page(path: Path) -> None:
    seen: list[str] = []
    address = f"{N}/search?q=bridge"
    while address:
        [page] = get(path, address)
        seen += re.findall(r'href="/news/-/article/(\d+)"', page.text)
        following = re.search(r'rel="next" href="([^"]+)"', page.text)
        address = following[1].replace("&amp;", "&") if following else ""
    assert seen == [str(number) for number in range(45, 0, -1)]


def test_counts_are_those_of_what_they_lead_to(path: Path) -> None:
    [page] = get(path, f"{N}/search?q=bridge")
    links = re.findall(
        r'<li><a href="([^"]+)" dir="auto">[^<]+</a> <span class="count">(\d+)', page.text
    )
    assert len(links) >= 5
    for link, count in links:
        [narrowed] = get(path, link.replace("&amp;", "&"))
        assert re.search(rf'<p class="about">{count} articles?', narrowed.text), link


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("section=Twon", "No section is called Twon (did you mean Town?)."),
        ("since=yesterdayish", "“yesterdayish” is no day"),
        ("language=%22%22", "ot a tag of a language"),
        ("after=zzz", "47 articles"),
        ("q=%22", "Nothing found"),
        ("q=" + "a" * 3000, "Nothing found"),
    ],
)
def test_whatever_is_asked_is_answered_with_a_sentence(
    path: Path, asked: str, sentence: str
) -> None:
    [page] = get(path, f"{N}/search?{asked}")
    assert page.status_code == 200
    assert sentence in page.text


def test_a_search_is_a_feed_too(path: Path) -> None:
    [answer] = get(path, f"{N}/feed?q=bridge&author=Anna+Novak")
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    atom = "{http://www.w3.org/2005/Atom}"
    feed = ElementTree.fromstring(answer.text)
    entries = feed.findall(f"{atom}entry")
    assert len(entries) == 22
    assert entries[0].findtext(f"{atom}title") == "Bridge 43 & more"
    assert entries[0].findtext(f"{atom}updated") == "2026-06-13T12:00:00Z"
    links = [link.get("href") for link in entries[0].findall(f"{atom}link")]
    assert links == ["http://localhost/news/-/article/44", "https://example.org/43"]


def test_lists_are_shown_as_they_were(path: Path) -> None:
    asked = f"{N}/lists/page?page=https://example.org/3"
    shown, none, wrong = get(path, asked, f"{asked}&at=2026-05-01", f"{asked}&at=zzz")
    assert ">Bridge 3</a>" in shown.text
    assert (none.status_code, wrong.status_code) == (404, 404)
    assert "zzz is no time" in wrong.text


def test_authors_and_sections_lead_to_their_articles(path: Path) -> None:
    people, begun, sections = get(path, f"{N}/authors", f"{N}/authors?begins=An", f"{N}/sections")
    assert "Anna Novak</a> <small>22</small>" in people.text
    assert "Ян Коўш" in people.text
    assert "Ян Коўш" not in begun.text
    assert "Town</a> <small>45</small>" in sections.text


@pytest.mark.parametrize("table", ["articles", "latest_articles", "edits", "headline_titles"])
def test_titles_in_tables_lead_to_articles(path: Path, table: str) -> None:
    [page] = get(path, f"/news/{table}?_size=100")
    assert '<a href="/news/-/article/1" dir="auto">Bridge 0 &amp; more (corrected)</a>' in page.text


def test_a_name_that_is_no_archive_has_no_pages(path: Path) -> None:
    for answer in get(path, "/none/-/news", "/_internal/-/news", f"{N}/article/99"):
        assert answer.status_code in (403, 404)


def test_other_databases_may_be_open_beside_archives(path: Path, tmp_path: Path) -> None:
    notes = tmp_path / "notes.db"
    with sqlite3.connect(notes) as made:
        made.execute("create table notes (words text)")
    second = tmp_path / "second.db"
    with Archive.open(second, create=True):
        pass

    async def ask() -> dict[str, Any]:
        datasette = server.datasette_for(path)
        together = type(datasette)([str(one) for one in (path, notes, second)])
        await together.invoke_startup()
        asked = (
            "/",
            "/notes/notes",
            "/notes/-/news",
            f"{N}/news",
            "/second/-/news",
            "/news/articles",
        )
        return {one: await together.client.get(one) for one in asked}

    answers = asyncio.run(ask())
    assert {one: answer.status_code for one, answer in answers.items()} == {
        "/": 200,
        "/notes/notes": 200,
        "/notes/-/news": 404,
        f"{N}/news": 200,
        "/second/-/news": 200,
        "/news/articles": 200,
    }
    assert "There is nothing in the archive yet" in answers["/second/-/news"].text
    # Its order and labels come from the plugin, without any configuration.
    assert ">example.org</a>" in answers["/news/articles"].text


def test_both_lines_of_datasette_have_the_same_settings() -> None:
    folder = files("archive.web").joinpath("directory")
    newer = json.loads(folder.joinpath("datasette.json").read_text(encoding="utf-8"))
    assert newer == {"settings": configuration.SETTINGS}


def test_a_chart_has_every_article_and_no_more_than_seven_colours() -> None:
    counted = [("2026-05-01", f"s{number}", number) for number in range(1, 10)]
    made = chart([*counted, ("2026-05-03", "s9", 4)], date(2026, 5, 3), 30)
    assert made.total == sum(range(1, 10)) + 4
    assert sum(bar.count for bar in made.bars) == made.total
    assert made.sources[-1] == "other sources"
    assert {bar.place for bar in made.bars} == set(range(7))
    assert all(bar.y >= 0 and bar.y + bar.height <= made.height for bar in made.bars)
    assert all(bar.x >= 0 and bar.x + bar.width <= made.width for bar in made.bars)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", "A new text."),
        ("One.\n\nTwo.", "One.\n\nThree.\n\nTwo."),
        ("記者は東京で話した。", "記者は大阪で話した。"),
        ("a " * 5000, "b " * 5000),
        ("same", "same"),
        ("It’s  «so» — he said .", 'It\'s  "so" - he said\u00a0.'),
        (" spaced ", "spaced"),
        ("soft\u00adly", "softly"),
    ],
)
def test_a_difference_holds_both_texts_whole(old: str, new: str) -> None:
    pairs = difference(old, new)
    before = ["".join(run.text for run in pair.old) for pair in pairs]
    after = ["".join(run.text for run in pair.new) for pair in pairs]
    assert "\n\n".join(filter(None, before)) == old
    assert "\n\n".join(filter(None, after)) == new


STYLE = files("archive.web").joinpath("static", "style.css").read_text(encoding="utf-8")
READ = [
    ("ink", "paper", 7.0),
    ("ink", "sheet", 7.0),
    ("quiet", "paper", 4.5),
    ("quiet", "sheet", 4.5),
    ("link", "paper", 4.5),
    ("gone-ink", "gone", 4.5),
    ("gone-ink", "paper", 4.5),
    ("new-ink", "new", 4.5),
    ("new-ink", "paper", 4.5),
    ("locked-ink", "locked", 4.5),
    ("ink", "mark", 4.5),
    ("paper", "ink", 4.5),
    ("focus", "paper", 3.0),
    ("field", "paper", 3.0),
    ("field", "sheet", 3.0),
    *((f"source-{number}", "paper", 3.0) for number in range(7)),
]


def colours() -> list[dict[str, str]]:
    """Return the colours of the light page and of the dark one."""
    blocks = re.findall(r":root \{(.*?)\}", STYLE, re.S)
    return [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block)) for block in blocks]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground", "least"), READ)
def test_every_colour_can_be_read_on_its_ground(
    scheme: int, text: str, ground: str, least: float
) -> None:
    one, other = (luminance(colours()[scheme][name]) for name in (text, ground))
    assert (max(one, other) + 0.05) / (min(one, other) + 0.05) >= least


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour, as WCAG 2 has it."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_style_sheet_takes_nothing_from_elsewhere() -> None:
    assert "url(" not in STYLE
    assert "@import" not in STYLE
