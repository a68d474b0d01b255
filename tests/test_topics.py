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
