import pytest

from crawler.errors import ParseError
from crawler.parsers import parser_for
from tests.metadata_pages import document

HEAD = '<meta property="og:title" content="Morning programme for the valley">'
ARTICLE = HEAD + '<meta property="og:type" content="article">'
PLAYER = "<h1>Morning programme for the valley</h1><audio src=/a.mp3></audio>"


def test_an_article_that_is_a_recording_needs_no_text() -> None:
    page = document(PLAYER, ARTICLE)

    found = parser_for(page.page.url).article(page)

    assert (found.title, found.body) == ("Morning programme for the valley", ())


@pytest.mark.parametrize(("body", "head"), [(PLAYER, HEAD), ("<h1>Morning</h1>", ARTICLE)])
def test_a_page_without_text_is_no_article_otherwise(body: str, head: str) -> None:
    page = document(body, head)

    with pytest.raises(ParseError):
        parser_for(page.page.url).article(page)
