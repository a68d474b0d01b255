import pytest

from archive.items import Access, Block
from crawler.extract.body import Body
from crawler.extract.paywall import (
    extract_access,
    extract_declared_access,
    without_hidden,
)
from tests.metadata_pages import document, json_ld

NOTICE = "This article is only for members"
SHORT = (Block("The old bridge was opened again."),)
LONG = (Block("The old bridge was opened again to walkers. " * 60),)


def declared(free: str) -> str:
    return json_ld(f'{{"@type":"NewsArticle","headline":"A","isAccessibleForFree":{free}}}')


@pytest.mark.parametrize(
    ("head", "access"),
    [
        (declared("true"), Access.OPEN),
        (declared("false"), Access.LOCKED),
        (declared('"False"'), Access.LOCKED),
        (declared('"https://schema.org/True"'), Access.OPEN),
        ('<meta property="article:content_tier" content="free">', Access.OPEN),
        ('<meta property="article:content_tier" content="metered">', Access.LOCKED),
        ('<meta property="article:content_tier" content="locked">', Access.LOCKED),
    ],
)
def test_what_a_page_declares_is_read(head: str, access: Access) -> None:
    assert extract_declared_access(document(head=head))[0].value is access


def test_a_page_that_declares_nothing_has_no_declared_access() -> None:
    assert extract_declared_access(document()) == []


def test_a_metered_article_that_is_all_there_is_open() -> None:
    page = document("<h1>A</h1>", declared("false"))
    assert extract_access(page, LONG)[0].value is Access.OPEN


@pytest.mark.parametrize(
    "body",
    [
        '<h1>A</h1><div class="paywall-box">Join us</div>',
        "<h1>A</h1><p>Subscribe to continue reading.</p>",
        "<h1>A</h1><p>Материал доступен только подписчикам.</p>",
        "<h1>A</h1><p>Nur für Abonnenten</p>",
    ],
)
def test_little_text_and_a_wall_are_locked(body: str) -> None:
    assert extract_access(document(body), SHORT)[0].value is Access.LOCKED


def test_little_text_alone_is_open() -> None:
    assert extract_access(document("<h1>A</h1>"), SHORT)[0].value is Access.OPEN


def test_no_text_and_no_sign_tell_nothing() -> None:
    assert extract_access(document("<h1>A</h1>"), ()) == []


def test_the_notice_of_the_site_locks_its_article() -> None:
    page = document(f"<article><h1>A</h1><p>Some words.</p><p>{NOTICE}</p></article>")
    assert extract_access(page, SHORT, notice=NOTICE)[0].value is Access.LOCKED


def test_notices_in_a_list_speak_of_the_lists_articles() -> None:
    entries = "".join(
        f"<div class=e><span>Title {n}</span><span>{NOTICE}</span></div>" for n in range(5)
    )
    page = document(f"<article><h1>A</h1><p>Words.</p></article><section>{entries}</section>")
    assert extract_access(page, LONG, notice=NOTICE)[0].value is Access.OPEN


def test_access_is_told_the_same_whenever_it_is_asked() -> None:
    page = document(f"<h1>A</h1><p>{SHORT[0].text}</p><p>Subscribe to continue reading</p>")
    assert tuple(extract_access(page, SHORT)) == tuple(extract_access(page, SHORT))


def test_what_is_hidden_under_a_lock_goes_and_what_is_said_twice_stays() -> None:
    said = "The old bridge was opened again to walkers, and the town came out to see it."
    more = "Hidden from all but members is who paid for the bridge, and how much of it."
    page = document(
        f'<h1>The bridge</h1><div id="text"><p>{said}</p><p>{said}</p>'
        f'<div class="is-hidden"><p>{more}</p></div></div>',
        declared("false"),
    )
    body = Body(None, (Block(said), Block(said), Block(more)), may_be_hidden=True)
    assert without_hidden(page, body).blocks == (Block(said), Block(said))
