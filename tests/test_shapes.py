from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.shapes import ENOUGH, Shapes, shape_of
from tests.command import dateline, quickly
from tests.newspaper import listing, newspaper
from tests.servers import Answer, page, serving

SITE = "https://example.org"


@pytest.mark.parametrize(
    ("path", "shape"),
    [
        ("/", "/"),
        ("/politics", "/*"),
        ("/news/politics/", "/news/*"),
        ("/news/2026/05/bridge-opens-at-last", "/news/#/#/**"),
        ("/a/10442.html", "/a/##.html"),
        ("/story.php?id=7&lang=be", "/*.php?id&lang"),
        ("/en/news/minsk/bridge-opens-at-last", "/en/news/*/**"),
        ("/навіны/мост-зноў-адкрыты", "/навіны/**"),
    ],
)
def test_an_address_has_a_shape(path: str, shape: str) -> None:
    assert shape_of(SITE + path) == shape


@given(st.text(max_size=80))
def test_any_text_has_one(text: str) -> None:
    assert isinstance(shape_of(f"{SITE}/{text}"), str)
    assert isinstance(shape_of(text), str)


def test_a_shape_that_never_gives_articles_is_tried_seldom_and_others_always() -> None:
    shapes = Shapes((f"{SITE}/people/{name}", False) for name in "abcdefghijkl"[:ENOUGH])
    people = [f"{SITE}/people/p{'x' * number}" for number in range(400)]
    tried = shapes.sifted(people)
    assert 10 < len(tried) < 90
    assert shapes.sifted(people) == tried
    news = [f"{SITE}/news/bridge-opens-at-last-{'x' * number}" for number in range(9)]
    assert shapes.sifted(news) == news
    shapes.note(f"{SITE}/people/ann", is_article=True)
    assert shapes.sifted(people) == people


def test_addresses_like_those_of_articles_go_first() -> None:
    shapes = Shapes((f"{SITE}/news/bridge-opens-again-{n}", True) for n in "abc")
    urls = [f"{SITE}/topics", f"{SITE}/news/market-opens-again-now"]
    assert shapes.sifted(urls) == urls[::-1]


def test_a_site_of_endless_shapes_costs_no_memory() -> None:
    shapes = Shapes()
    for number in range(5000):
        shapes.note(f"{SITE}/page?{'a' * (number % 50)}{number}=1", is_article=False)
    assert len(shapes._counts) <= 2000


def test_a_crawl_learns_which_addresses_lead_nowhere(tmp_path: Path) -> None:
    def index(name: str) -> str:
        return f'<li><a href="/all/places/in/{name}">All that was ever written of {name}</a></li>'

    names = [f"{first}{second}" for first in "abcdefgh" for second in "mnopqrst"]
    places: dict[str, Answer] = {f"/all/places/in/{name}": listing([0, 1, 2]) for name in names}
    paper = newspaper(3) | places
    paper["/"] = listing([0, 1, 2], more="".join(map(index, names[:ENOUGH])))
    with serving(paper) as site:
        dateline("crawl", site, *quickly(site), cwd=tmp_path)
        entries = "".join(map(index, names[ENOUGH:]))
        box = f"<section><h2>Places</h2><ul>{entries}</ul></section>"
        paper["/"] = page(
            f"<html><head><title>The Bridge</title></head><body><h1>The Bridge</h1>{box}</body>"
        )
        paper["/town/"] = listing([0, 1, 2], more=box)
        before = len(site.log)
        dateline("crawl", site, *quickly(site), cwd=tmp_path)
        asked = [one.path for one in site.log[before:] if one.path.startswith("/all/places/")]
    assert len(asked) < (len(names) - ENOUGH) / 2
