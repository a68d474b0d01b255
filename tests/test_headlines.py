"""Lists of headlines: what counts as an entry, and what is read of it."""

import json
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.items import INLINE, Access, Headline, HeadlineList, Page
from crawler.document import Document
from crawler.extract.headlines import extract_headlines
from crawler.extract.recent import Recent

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
URL = "https://news.example/2025/09/25/lake-freezes-over-early/"
NOW = datetime(2025, 9, 25, tzinfo=UTC)
TITLES = (
    "Ferry stays in harbour as the lake freezes over",
    "Fishermen ask the council for an icebreaker",
    "Skaters find a lost anchor under the bridge",
    "Why the ice sings at night, explained",
)
SENTENCE = "The lake froze over on Tuesday and the ferry stayed in its harbour for the night. "


def lists(inner: str, url: str = URL) -> tuple[HeadlineList, ...]:
    markup = f"<html><head><title>Lake</title></head><body>{inner}</body></html>"
    return extract_headlines(Document(Page(url, markup.encode("utf-8", "replace"), NOW)))


def only(inner: str, url: str = URL) -> HeadlineList:
    [found] = lists(inner, url)
    return found


def href(at: int) -> str:
    return f"/2025/09/2{at}/what-the-harbour-master-said/"


def address(at: int) -> str:
    return f"https://news.example{href(at)}"


def items(before: str = "", after: str = "", *, inside: str = "{}") -> str:
    """Return a list of four entries, with more mark-up before, after or around each title."""
    return "".join(
        f'<li class="item">{before}<a href="{href(at)}">{inside.format(title)}</a>{after}</li>'
        for at, title in enumerate(TITLES)
    )


def story(inner: str = "") -> str:
    paragraphs = f"<p>{SENTENCE * 2}</p>" * 3
    heading = "<h1>Lake freezes over early this year</h1>"
    return f"<article>{heading}{paragraphs}{inner}{paragraphs}</article>"


def test_a_list_has_its_heading_and_its_entries_in_page_order() -> None:
    found = only(f"{story()}<aside><h2>Latest news</h2><ul>{items()}</ul></aside>")

    assert found.name == "Latest news"
    assert found.headlines == tuple(Headline(title, address(at)) for at, title in enumerate(TITLES))


def test_a_list_without_heading_has_no_name() -> None:
    assert only(f"{story()}<div><ul>{items()}</ul></div>").name is None


HALVES = tuple(
    "".join(f'<li><a href="{href(at)}">{TITLES[at]}</a></li>' for at in half)
    for half in ((0, 1), (2, 3))
)


@pytest.mark.parametrize(
    "tabs",
    [
        '<ul role="tablist"><li><a role="tab" href="#p1">Latest</a></li>'
        '<li><a role="tab" href="#p2">Most read</a></li></ul>'
        '<div role="tabpanel" id="p1"><ul>{}</ul></div>'
        '<div role="tabpanel" id="p2"><ul>{}</ul></div>',
        '<div><button aria-controls="p1">Latest</button>'
        '<button aria-controls="p2">Most read</button></div>'
        '<div><div class="tab-pane active" id="p1"><ul>{}</ul></div>'
        '<div class="tab-pane" id="p2"><ul>{}</ul></div></div>',
        '<p><b id="t1">Latest</b><b id="t2">Most read</b></p>'
        '<section role="tabpanel" aria-labelledby="t1">{}</section>'
        '<section role="tabpanel" aria-labelledby="t2">{}</section>',
        '<div class="heads"><span>Latest</span><span>Most read</span></div>'
        '<ul class="tab tab-shown">{}</ul><ul class="tab">{}</ul>',
        '<div><div><span>Latest</span><span>Most read</span></div></div><div class="bodies">'
        '<div class="panel is-active"><ul>{}</ul></div><div class="panel"><ul>{}</ul></div></div>',
    ],
    ids=["links", "buttons", "labelled", "lists in order", "panels in order"],
)
def test_each_panel_of_tabs_has_the_heading_of_its_tab(tabs: str) -> None:
    found = lists(f"{story()}<div>{tabs.format(*HALVES)}</div>")

    assert [one.name for one in found] == ["Latest", "Most read"]
    assert [len(one.headlines) for one in found] == [2, 2]


def test_numbers_under_slides_are_no_headings() -> None:
    found = lists(
        f'<h2>More news</h2><div><div id="s1" role="tabpanel"><ul>{HALVES[0]}</ul></div>'
        f'<div id="s2" role="tabpanel"><ul>{HALVES[1]}</ul></div></div>'
        '<a href="#s1">1</a><a href="#s2">2</a>'
    )

    assert {one.name for one in found} == {"More news"}


def test_a_heading_over_one_link_that_is_no_article_makes_no_list() -> None:
    invited = "".join(
        f'<div class="box"><h3>{over}</h3><div class="in"><a href="/to/{at}">{text}</a></div></div>'
        for at, (over, text) in enumerate(
            (
                ("Keep up to date", "Our weekly letter to all readers"),
                ("Submit a correction", "View our editorial guidelines here"),
            )
        )
    )
    story_link = f'<a href="{href(1)}">{TITLES[1]}</a>'
    extra = f'<div class="box"><h3>New</h3><div class="in">{story_link}</div></div>'

    found = lists(f"{story()}<div>{invited}{extra}{extra.replace('/2', '/3')}</div>")

    assert "Keep up to date" not in {one.name for one in found}


def test_a_heading_that_links_to_its_section_is_a_name_and_no_entry() -> None:
    heading = '<h3><a href="/news/">All the latest news of the lake</a></h3>'

    found = only(f"{story()}<section>{heading}<ul>{items()}</ul></section>")

    assert found.name == "All the latest news of the lake"
    assert [headline.title for headline in found.headlines] == list(TITLES)


@pytest.mark.parametrize(
    "around",
    [
        "<nav>{}</nav>",
        "<footer>{}</footer>",
        '<div class="mega-menu">{}</div>',
        '<div id="breadcrumbs">{}</div>',
        '<div class="share-buttons">{}</div>',
        '<div class="tagCloud tags">{}</div>',
        '<div class="sponsored-content">{}</div>',
        '<section class="newsletter-box">{}</section>',
    ],
)
def test_menus_footers_tags_and_promotions_have_no_entries(around: str) -> None:
    assert lists(story() + around.format(f"<ul>{items()}</ul>")) == ()


def test_the_footer_of_an_article_may_hold_related_headlines() -> None:
    related = f'<div class="article__footer"><h2>Related</h2><ul>{items()}</ul></div>'

    assert only(story() + related).name == "Related"


@pytest.mark.parametrize(
    "path", ["/tag/ice-on-the-lake-today/", "/author/ann-bell-of-the-post/", "/jobs/ice-man-12345/"]
)
def test_links_to_tags_authors_and_jobs_are_no_entries(path: str) -> None:
    links = "".join(f'<li><a href="{path}{at}">{TITLES[at]}</a></li>' for at in range(4))

    assert lists(f"{story()}<ul>{links}</ul>") == ()


def test_hundreds_of_section_links_are_refused() -> None:
    menu = "".join(f'<li><a href="/section-{at}/">Part number {at}</a></li>' for at in range(400))

    assert lists(f"<div><ul>{menu}</ul></div>{story()}<div><ul>{menu}</ul></div>") == ()


def test_links_within_sentences_are_no_entries() -> None:
    linked = "".join(
        f'<p>{SENTENCE}As <a href="{href(at)}">{TITLES[at]}</a> showed, {SENTENCE}</p>'
        for at in range(4)
    )

    assert lists(f"<article><h1>Lake freezes over early</h1>{linked}</article>") == ()


def test_a_box_set_into_the_text_is_inline() -> None:
    box = f'<div class="box"><b>Read also</b><a href="{href(1)}">{TITLES[1]}</a></div>'

    found = only(story(box))

    assert found.name == INLINE
    assert [(one.title, one.url) for one in found.headlines] == [(TITLES[1], address(1))]


def test_the_page_itself_is_no_entry() -> None:
    own = f'<li class="item"><a href="{URL}?utm_source=list">Lake freezes over early</a></li>'

    found = only(f"{story()}<h2>Most read</h2><ul>{own}{items()}</ul>")

    assert len(found.headlines) == len(TITLES)


def test_a_list_drawn_twice_counts_once() -> None:
    drawn = f"<ul>{items()}</ul>"

    found = only(f'{story()}<div class="desktop">{drawn}</div><div class="mobile">{drawn}</div>')

    assert len(found.headlines) == len(TITLES)


def test_the_links_of_one_card_are_one_entry() -> None:
    picture = '<a href="{0}"><img src="a.jpg" alt=""></a><h3><a href="{0}#top">{1}</a></h3>'
    comments = '<a href="{0}#comments">12 comments</a>'
    cards = "".join(
        f"<div>{(picture + comments).format(href(at), title)}</div>"
        for at, title in enumerate(TITLES)
    )

    found = only(f"{story()}<h2>More</h2><div>{cards}</div>")

    assert [(one.title, one.url) for one in found.headlines] == [
        (title, address(at)) for at, title in enumerate(TITLES)
    ]


def test_an_empty_overlay_link_is_the_address_of_the_card() -> None:
    cards = "".join(
        f'<article><h2>{title}</h2><a class="stretched-link" href="{href(at)}"></a></article>'
        for at, title in enumerate(TITLES)
    )

    found = only(f"{story()}<div>{cards}</div>")

    assert [one.url for one in found.headlines] == [address(at) for at in range(4)]
    assert [one.title for one in found.headlines] == list(TITLES)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<span class="category">Society</span>', ""),
        ('<a href="/society/">Society</a>', ""),
        ("<div>Society</div>", ""),
        ("", '<div>In <a href="/society/">Society</a></div>'),
        ('<p class="kicker">Society</p>', ""),
    ],
)
def test_section_labels_are_told_from_the_title(before: str, after: str) -> None:
    found = only(f"{story()}<ul>{items(before, after)}</ul>")

    assert [one.title for one in found.headlines] == list(TITLES)
    assert {one.sections for one in found.headlines} == {("Society",)}


def test_labels_in_one_text_are_split() -> None:
    found = only(f"{story()}<ul>{items('<span>Politics, Security</span>')}</ul>")

    assert found.headlines[0].sections == ("Politics", "Security")


@pytest.mark.parametrize(
    "time",
    [
        '<time datetime="2025-09-25">25 September</time>',
        '<span class="date">25 September</span>',
        "<span>25.09.2025 14:05</span>",
        "<span>September 25, 2025</span>",
        "<span>5 min ago</span>",
        "<span>14:05</span>",
        "<span>2025年9月25日</span>",
    ],
)
def test_a_printed_time_is_kept_apart(time: str) -> None:
    found = only(f"{story()}<ul>{items(time)}</ul>")

    assert [one.title for one in found.headlines] == list(TITLES)
    assert found.headlines[0].published is not None
    assert found.headlines[0].sections == ()


@pytest.mark.parametrize(
    "mark",
    [
        '<img src="lock.svg" alt="">',
        '<img src="x.svg" alt="Subscribers only">',
        '<i class="icon-lock"></i>',
        '<span class="premium-badge"></span>',
        '<span class="is-limited"></span>',
        '<span title="Abo">€</span>',
        '<span aria-label="Article réservé à nos abonnés"></span>',
        "<span>Premium</span>",
        "<span>会員限定</span>",
        "<span>有料会員記事</span>",
        "<span>Abo</span>",
        "<small>Только для подписчиков</small>",
        "<small>Толькі для падпісчыкаў</small>",
        '<svg><use xlink:href="#fi-plus"></use></svg>',
    ],
)
def test_a_lock_is_read_and_never_part_of_the_title(mark: str) -> None:
    found = only(f"{story()}<ul>{items(after=mark)}</ul>")

    assert {one.access for one in found.headlines} == {Access.LOCKED}
    assert [one.title for one in found.headlines] == list(TITLES)


@pytest.mark.parametrize(
    "mark",
    [
        '<i class="block-icon"></i>',
        '<img src="clock.svg" alt="">',
        '<span class="unlocked"></span>',
        '<img src="a.jpg" alt="Disney Plus shows a new series">',
        '<span class="surplus"></span>',
        '<span class="blocked"></span>',
    ],
)
def test_words_that_only_look_like_locks_are_none(mark: str) -> None:
    found = only(f"{story()}<ul>{items(after=mark)}</ul>")

    assert {one.access for one in found.headlines} == {None}


def test_the_heading_of_a_list_may_lock_it() -> None:
    found = only(f"{story()}<h2>会員限定記事</h2><ul>{items()}</ul>")

    assert {one.access for one in found.headlines} == {Access.LOCKED}


def test_a_heading_with_plus_in_it_locks_nothing() -> None:
    found = only(f"{story()}<h2>Les plus lus</h2><ul>{items()}</ul>")

    assert {one.access for one in found.headlines} == {None}


def test_addresses_without_slug_or_number_are_told_by_the_page_own() -> None:
    links = "".join(
        f'<li><a href="/articles/AST1F44{at}5T1.html">{title}</a></li>'
        for at, title in enumerate(TITLES)
    )

    found = only(f"{story()}<ul>{links}</ul>", "https://news.example/articles/AST1B2345T7.html")

    assert len(found.headlines) == 4


def test_the_query_may_tell_articles_apart() -> None:
    links = "".join(
        f'<li><a href="/view.php?idx=10{at}&utm_medium=list">{title}</a></li>'
        for at, title in enumerate(TITLES)
    )

    found = only(f"{story()}<ul>{links}</ul>")

    assert found.headlines[2].url == "https://news.example/view.php?idx=102"


def test_a_list_in_noscript_is_read() -> None:
    assert len(only(f"{story()}<noscript><ul>{items()}</ul></noscript>").headlines) == 4


def test_a_page_in_one_form_is_read() -> None:
    assert len(only(f"<form>{story()}<ul>{items()}</ul></form>").headlines) == 4


def test_links_to_another_site_alone_are_no_list() -> None:
    links = items().replace('href="/', 'href="https://other.example/')

    assert lists(f"{story()}<ul>{links}</ul>") == ()


def test_a_front_page_is_read_as_lists() -> None:
    blocks = "".join(
        f"<section><h2>{name}</h2><div>"
        + "".join(
            f'<article><h3><a href="/{name}/{at}-{number}-what-they-said/">{title} {at}</a></h3>'
            f"<p>{SENTENCE}</p></article>"
            for number, title in enumerate(TITLES)
        )
        + "</div></section>"
        for at, name in enumerate(("politics", "sport", "culture"))
    )

    found = lists(f"<main>{blocks}</main>", "https://news.example/")

    assert [one.name for one in found] == ["politics", "sport", "culture"]
    assert all(len(one.headlines) == 4 for one in found)


def test_a_page_without_address_keeps_relative_links() -> None:
    found = only(f"{story()}<ul>{items()}</ul>", "")

    assert found.headlines[0].url == href(0)


def test_a_relative_link_is_read_anew_on_each_page() -> None:
    entries = "".join(
        f'<li><a href="{at}-a-b-c/">{title}</a></li>' for at, title in enumerate(TITLES)
    )
    urls = [f"https://news.example/{day}/lake-freezes-over-early" for day in ("monday", "friday")]
    found = [only(f"<ul>{entries}</ul>", url).headlines[0].url for url in urls]

    assert found == ["https://news.example/monday/0-a-b-c/", "https://news.example/friday/0-a-b-c/"]


def test_whose_section_a_link_names_is_told_by_the_site_of_the_page() -> None:
    label = '<a href="https://news.example/harbour/">Harbour</a>'
    entries = items(label).replace('href="/', 'href="https://news.example/')
    own = f'<li class="item"><a href="/2025/09/25/own-a-b-c/">{SENTENCE}</a></li>'
    there, elsewhere = (
        only(f"<ul>{entries}{own}</ul>", url).headlines[0]
        for url in (URL, "https://other.example/2025/09/25/lake-in-other-words/")
    )

    assert there.sections == ("Harbour",)
    assert elsewhere.sections == ()


def test_entries_that_recur_on_many_pages_are_not_all_kept() -> None:
    recent = Recent[int](limit=100)
    for number in range(1000):
        recent.keep(number, "x" * 10, number)

    assert [recent.get(number, -1) for number in (0, 999)] == [-1, 999]
    assert sum(recent.get(number, -1) >= 0 for number in range(1000)) <= 10


TAGS = st.sampled_from(("div", "ul", "li", "a", "p", "h2", "span", "article", "b", "br", "nav"))
HREFS = st.sampled_from(
    ("", "#", "/a-b-c-d/", "http://[", "//", "javascript:x", "/2025/12345", "?id=12", "\x00", "a b")
)
MARKUP = st.lists(
    st.one_of(
        st.builds(lambda tag, to: f'<{tag} href="{to}" class="item lock">', TAGS, HREFS),
        st.builds(lambda tag: f"</{tag}>", TAGS),
        st.sampled_from((*TITLES, "Premium", "12:05", "Politics, Security")),
        st.text(max_size=20),
    ),
    max_size=60,
).map("".join)


@settings(max_examples=300, deadline=None)
@given(MARKUP, st.sampled_from((URL, "", "https://news.example/", "x", "http://[::1")))
def test_no_page_raises_and_each_reads_the_same_twice(markup: str, url: str) -> None:
    found = lists(markup, url)

    assert found == lists(markup, url)
    assert all(one.headlines for one in found)
    assert all(headline.title != "" for one in found for headline in one.headlines)


def deep(levels: int) -> str:
    return "<div>" * levels + "".join(f'<a href="{href(0)}{at}">{TITLES[0]}</a>' for at in range(9))


@pytest.mark.slow
@pytest.mark.parametrize(
    "markup",
    [
        "".join(f'<a href="/2025/{at}-a-b-c-d/">{TITLES[0]}</a>' for at in range(50_000)),
        "".join(f'<li><a href="/2025/{at}-a-b-c-d/">{TITLES[0]}</a></li>' for at in range(50_000)),
        "".join(
            f'<p>{SENTENCE}</p><a href="/{at}-a-b-c-d/">{TITLES[0]}</a>' for at in range(20_000)
        ),
        "".join(
            f"<li><b>Politics</b><span>{TITLES[0]} {at}</span><i>Available only to members</i></li>"
            for at in range(20_000)
        ),
        "".join(
            f'<div class="tab" id="t{at}"><ul><li><a href="/2025/{at}1-a-b-c-d/">{TITLES[0]}</a>'
            f'<li><a href="/2025/{at}2-a-b-c-d/">{TITLES[1]}</a></ul></div>'
            for at in range(5_000)
        ),
        deep(4_000),
        "".join(f'<div><a href="/{at}-a-b-c-d/">{TITLES[0]}</a>' for at in range(4_000)),
    ],
    ids=["links", "items", "paragraphs", "notices", "tabs", "deep", "nested"],
)
def test_the_cost_grows_with_the_page_alone(markup: str) -> None:
    document = Document(Page(URL, f"<body>{markup}".encode(), NOW))
    started = time.process_time()

    extract_headlines(document)

    assert time.process_time() - started < 10


def test_the_annotated_pages_keep_their_floors(tmp_path: Path) -> None:
    if not (SHARED / "related" / "gold.jsonl").exists():
        pytest.skip(f"no annotated pages at {SHARED / 'related'}")
    command = [sys.executable, "-m", "bench.headlines", "--check"]

    done = subprocess.run(
        [*command, "--shared", str(SHARED), "--out", str(tmp_path / "found.jsonl")],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    rows = (tmp_path / "found.jsonl").read_text(encoding="utf-8").splitlines()
    assert all("related" in json.loads(row) for row in rows)
