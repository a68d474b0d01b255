import pytest

from crawler.extract.title import extract_title
from tests.metadata_pages import document, json_ld

TITLE = "Old bridge opens again to walkers"


@pytest.mark.parametrize(
    "title",
    [
        f"{TITLE} | The Valley Post",
        f"{TITLE} - The Valley Post",
        f"The Valley Post: {TITLE}",
        f"{TITLE} — The Valley Post",
        f"{TITLE} » valleypost.example",
        TITLE,
    ],
)
def test_the_name_of_the_site_is_no_part_of_the_headline(title: str) -> None:
    head = f'<title>{title}</title><meta property="og:site_name" content="The Valley Post">'
    assert extract_title(document("", head))[0].value == TITLE


def test_the_printed_headline_wins_over_the_windows_title() -> None:
    head = "<title>Bridge news: old bridge, walkers, river</title>"
    assert extract_title(document(f"<h1>{TITLE}</h1>", head))[0].value == TITLE


def test_the_name_of_the_site_in_a_heading_is_no_headline() -> None:
    head = (
        '<meta property="og:site_name" content="The Valley Post">'
        f'<meta property="og:title" content="{TITLE}">'
    )
    assert extract_title(document("<h1>The Valley Post</h1>", head))[0].value == TITLE


def test_a_kicker_inside_the_heading_is_cut_where_another_place_lacks_it() -> None:
    head = f'<meta property="og:title" content="{TITLE}">'
    body = f"<h1><span>River</span> {TITLE}</h1>"
    assert extract_title(document(body, head))[0].value == TITLE


def test_entities_and_tags_in_json_ld_are_no_text() -> None:
    head = json_ld('{"@type":"NewsArticle","headline":"Q&amp;A: <em>why</em> now"}')
    assert extract_title(document("", head))[0].value == "Q&A: why now"


def test_a_page_without_a_headline_has_none() -> None:
    assert extract_title(document("<p>Some text.</p>")) == []
    assert extract_title(document("<h1>***</h1>", "<title> </title>")) == []


def test_a_heading_of_the_breadcrumb_is_no_headline() -> None:
    head = f'<meta property="og:title" content="{TITLE}">'
    body = f'<ol class="breadcrumb"><li><h1>Bridges</h1></li></ol><h2>Opinion {TITLE}</h2>'
    assert extract_title(document(body, head))[0].value == TITLE


def test_what_is_printed_and_shared_wins_over_words_for_search_engines() -> None:
    machines = "Bridge over the Lerna: when it opens and what it cost"
    head = json_ld(f'{{"@type":"NewsArticle","headline":"{machines}"}}')
    head += f'<title>{machines}</title><meta property="og:title" content="{TITLE}">'
    assert extract_title(document(f"<h1>{TITLE}</h1>", head))[0].value == TITLE


def test_a_first_heading_in_a_breadcrumb_does_not_settle_the_headline() -> None:
    machines = "Lerna bridge: when it opens"
    head = json_ld(f'{{"@type":"NewsArticle","headline":"{machines}"}}')
    head += f'<title>{machines}</title><meta property="og:title" content="{TITLE}">'
    body = f"<nav><ul><li><h1>{machines}</h1></li></ul></nav><h2>{TITLE}</h2>"
    assert extract_title(document(body, head))[0].value == TITLE


def test_a_page_that_calls_itself_an_application_keeps_its_headline() -> None:
    head = f'<title>{TITLE}</title><meta name="application-name" content="{TITLE}">'
    assert extract_title(document(f"<h1>{TITLE}</h1>", head))[0].value == TITLE


def test_a_section_behind_the_headline_is_no_part_of_it() -> None:
    head = (
        f'<title>{TITLE}-Politics</title><meta property="og:title" content="{TITLE}-Politics">'
        f'<meta name="headline" content="{TITLE}">'
    )
    assert extract_title(document("", head))[0].value == TITLE


def test_a_heading_that_leads_home_is_the_name_of_the_site() -> None:
    head = "<title>The Old Mill: Why the bridge took so long</title>"
    body = '<h1><a href="/">The Old Mill</a></h1><h3>Why the bridge took so long</h3><p>It did.</p>'
    assert extract_title(document(body, head))[0].value == "Why the bridge took so long"


def test_the_heading_of_a_box_gives_way_to_what_the_window_is_titled() -> None:
    head = "<title>The bridge is open again | Valley Rowing Club</title>"
    body = "<div><h1>Partners</h1></div><h2>The bridge is open again</h2><p>It is.</p>"
    assert extract_title(document(body, head))[0].value == "The bridge is open again"


def test_a_subheading_that_opens_the_title_does_not_cut_the_headline() -> None:
    head = "<title>The best bridges of 2026, tested by our readers</title>"
    body = "<h1>The best bridges of 2026, tested by readers</h1><h2>The best bridges of 2026</h2>"
    assert extract_title(document(body, head))[0].value.endswith("tested by readers")


@pytest.mark.parametrize(
    "title",
    [
        "The bridge is open again - Valley Post",
        "The bridge is open again | Valley Post - News, views",
    ],
)
def test_a_name_that_the_address_spells_without_spaces_is_taken_off(title: str) -> None:
    page = document("<p>It is.</p>", f"<title>{title}</title>", url="https://valleypost.example/a")
    assert extract_title(page)[0].value == "The bridge is open again"
