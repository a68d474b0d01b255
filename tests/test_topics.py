import pytest

from crawler.extract.topics import extract_sections, extract_tags
from tests.metadata_pages import document, json_ld


def test_sections_and_tags_are_read_from_json_ld() -> None:
    page = document(
        head=json_ld(
            '{"@type":"NewsArticle","articleSection":"River","keywords":"bridge, walkers"}'
        )
    )
    assert extract_sections(page)[0].value == ("River",)
    assert extract_tags(page)[0].value == ("bridge", "walkers")


def test_a_tag_element_may_hold_a_comma() -> None:
    head = (
        '<meta property="article:tag" content="Bridges, old">'
        '<meta property="article:tag" content="River">'
    )
    assert extract_tags(document(head=head))[0].value == ("Bridges, old", "River")


def test_what_machines_put_among_the_tags_is_left_out() -> None:
    keywords = (
        "8ae9ab2d-fe1b-4230-acb8-a59b52877682, Subject: Bridges, WC: 1000, topic/river, 12345"
    )
    page = document(head=json_ld(f'{{"@type":"NewsArticle","keywords":"{keywords}"}}'))
    assert extract_tags(page)[0].value == ("Bridges", "river")


def test_tags_printed_under_the_article_are_read() -> None:
    body = (
        "<article><h1>A</h1><p>Text.</p>"
        '<ul class="tags"><li><a href="/tag/bridge">Bridge</a></li>'
        '<li><a href="/tag/walkers">Walkers</a></li></ul></article>'
        '<aside class="popular-tags"><a href="/tag/sport">Sport</a></aside>'
    )
    assert extract_tags(document(body))[0].value == ("Bridge", "Walkers")


def test_the_breadcrumb_gives_the_sections() -> None:
    crumbs = (
        '{"@type":"BreadcrumbList","itemListElement":[{"@type":"ListItem","name":"Home"},'
        '{"@type":"ListItem","item":{"name":"River"}},{"@type":"ListItem","name":"The bridge"}]}'
    )
    assert extract_sections(document(head=json_ld(crumbs)))[0].value == ("River",)


def test_a_page_without_topics_has_none() -> None:
    assert extract_sections(document("<h1>A</h1>")) == []
    assert extract_tags(document("<h1>A</h1>")) == []


def test_sections_that_are_marked_as_tags_too_are_no_tags() -> None:
    body = (
        '<article class="post category-river"><h1>A</h1><p class="entry-meta category">'
        '<a href="/2025/08/13/">August 13, 2025</a> <a href="/author/ann/">Ann Lee</a> '
        '<a href="/category/river/" rel="category tag">River</a> <a href="#respond">2 comments</a>'
        '</p><p>Read <a href="/other/">here</a> what they said. '
        + "They said a lot of it. " * 20
        + '</p><p class="tag-links"><a href="/tag/bridge/" rel="tag">Bridge</a></p></article>'
    )
    page = document(body)
    assert [found.value for found in extract_sections(page)] == [("River",)]
    assert [found.value for found in extract_tags(page)] == [("Bridge",)]


def test_a_menu_and_buttons_to_share_are_no_sections() -> None:
    menu = "".join(f'<a href="/category/{name}/">{name}</a>' for name in "abcdef")
    share = '<a href="https://x.example/">Twitter</a><a href="https://y.example/">Facebook</a>'
    body = f'<h1>A</h1><p class="categories">{menu}</p><p class="tags">{share}</p><p>Text.</p>'
    assert extract_sections(document(body)) == []
    assert extract_tags(document(body)) == []


@pytest.mark.parametrize(
    ("said", "sections"),
    [
        ("River,Bridges", ("River", "Bridges")),
        ("River, Bridges, Walks", ("River", "Bridges", "Walks")),
        ("Arts, Film & Music", ("Arts, Film & Music",)),
        ("Harbour, Old", ("Harbour, Old",)),
    ],
)
def test_sections_in_one_value_are_told_apart(said: str, sections: tuple[str, ...]) -> None:
    page = document(head=json_ld(f'{{"@type":"NewsArticle","articleSection":"{said}"}}'))
    assert extract_sections(page)[0].value == sections


def test_keywords_that_a_page_repeats_as_lists_are_parted() -> None:
    head = '<meta name="keywords" content="bridge,walk">' * 2
    assert extract_tags(document(head=head))[0].value == ("bridge", "walk")
