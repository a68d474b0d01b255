"""The built-in sample site: whole, the same at every start, and changed on its second day."""

import json
import re
import urllib.error
import urllib.request
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

import pytest
from selectolax.lexbor import LexborHTMLParser

from crawler.demo.content import Story
from crawler.demo.server import serve
from crawler.demo.site import Response, SampleSite

HOST = {"Host": "127.0.0.1:8000"}
BASE = "http://127.0.0.1:8000"
GLASSWORKS = "/en/2026/08/12/glassworks-to-relight-its-second-furnace"
LAKE = "/be/news/104120.html"
WELLS = "/en/2026/08/12/wells-in-the-old-town-may-run-dry-by-autumn"
BUDGET = "/en/2026/08/13/where-the-towns-money-goes-this-year"

editions = pytest.mark.parametrize("site", [SampleSite(1), SampleSite(2)], ids=["first", "second"])


def get(site: SampleSite, path: str, **headers: str) -> Response:
    asked = {name.replace("_", "-"): value for name, value in headers.items()}
    return site.respond(path, HOST | asked)


def text(site: SampleSite, path: str) -> str:
    return get(site, path).body.decode()


def header(response: Response, name: str) -> str:
    return dict(response.headers)[name]


def html_paths(site: SampleSite) -> list[str]:
    return [path for path in site.paths if not path.endswith((".xml", ".txt"))]


def links(site: SampleSite, path: str) -> set[str]:
    tree = LexborHTMLParser(text(site, path))
    hrefs = [node.attributes["href"] or "" for node in tree.css("a[href], link[href]")]
    return {urljoin(BASE + path, href) for href in hrefs}


def titles(site: SampleSite, path: str) -> list[str]:
    return [a.text() for a in LexborHTMLParser(text(site, path)).css(".headlines a")]


def changes() -> dict[str, tuple[Story, Story]]:
    before, after = ({s.path: s for s in SampleSite(n).stories} for n in (1, 2))
    return {path: (before[path], after[path]) for path in before.keys() & after.keys()}


@editions
def test_every_address_answers(site: SampleSite) -> None:
    assert {path: get(site, path).status for path in site.paths} == dict.fromkeys(site.paths, 200)


@editions
def test_every_link_leads_somewhere(site: SampleSite) -> None:
    found = {link for path in html_paths(site) for link in links(site, path)}
    dead = [
        link
        for link in found
        if not link.startswith(BASE + "/") or urlsplit(link).path not in site.paths
    ]
    assert dead == []


@editions
def test_every_page_is_reached_from_the_front_page(site: SampleSite) -> None:
    reached, waiting = {"/"}, ["/"]
    while waiting:
        found = {urlsplit(link).path for link in links(site, waiting.pop())} - reached
        reached |= found
        waiting += [path for path in found if not path.endswith(".xml")]
    assert set(html_paths(site)) <= reached


@editions
def test_there_are_articles_in_two_scripts_and_locked_ones_in_both(site: SampleSite) -> None:
    for language in ("en", "be"):
        own = [story for story in site.stories if story.language == language]
        assert len(own) >= 12
        assert sum(story.locked for story in own) >= 2
        for story in own:
            assert bool(re.search("[а-яў]", story.title)) == (language == "be")
    assert sum(story.locked for story in site.stories) >= 4


@editions
def test_names_stand_in_both_scripts(site: SampleSite) -> None:
    everything = " ".join(p for story in site.stories for p in story.paragraphs)
    for name in ("Vierasień", "Верасень", "Rudakoŭskaja", "Рудакоўская", "Žytkievič", "Жыткевіч"):
        assert name in everything


@editions
def test_a_locked_page_shows_its_first_paragraph_and_the_notice_alone(site: SampleSite) -> None:
    for story in site.stories:
        page = text(site, story.path)
        body = LexborHTMLParser(page).body
        shown = body.text() if body else ""
        assert story.title in shown
        assert story.paragraphs[0] in shown
        assert (story.paragraphs[-1] not in page) == story.locked


@editions
def test_related_lists_show_locked_titles_without_a_link(site: SampleSite) -> None:
    for language in ("en", "be"):
        paths = [story.path for story in site.stories if story.language == language]
        pages = [LexborHTMLParser(text(site, path)) for path in paths]
        assert all(len(page.css(".related > *")) == 6 for page in pages)
        locked = [node.parent for page in pages for node in page.css(".related .locked")]
        assert locked
        assert not any(entry.css("a") for entry in locked if entry)


@editions
def test_boxes_in_texts_lead_to_other_stories(site: SampleSite) -> None:
    boxes = [
        LexborHTMLParser(text(site, s.path)).css_first(".see a") for s in site.stories if s.see
    ]
    assert len(boxes) >= 6
    assert all(box and box.attributes["href"] in site.paths for box in boxes)


@editions
def test_section_lists_have_further_pages(site: SampleSite) -> None:
    for path in ("/en/town/", "/en/news/", "/be/pryroda/", "/be/news/"):
        assert f"{BASE}{path}page/2/" in links(site, path)
        assert BASE + path in links(site, path + "page/2/")


@editions
def test_feeds_and_sitemaps_are_well_formed_and_name_every_article(site: SampleSite) -> None:
    index = ElementTree.fromstring(get(site, "/sitemap.xml").body)
    maps = [urlsplit(node.text or "").path for node in index.iter() if node.tag.endswith("loc")]
    mapped = [
        urlsplit(node.text or "").path
        for path in maps
        for node in ElementTree.fromstring(get(site, path).body).iter()
        if node.tag.endswith("}loc")
    ]
    assert sorted(mapped) == sorted(story.path for story in site.stories)
    for feed in ("/en/feed.xml", "/be/feed.xml"):
        assert len(ElementTree.fromstring(get(site, feed).body).findall("channel/item")) == 10
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in text(site, "/robots.txt")


@editions
def test_twins_in_the_other_language_name_each_other(site: SampleSite) -> None:
    def hreflang(path: str) -> set[str | None]:
        nodes = LexborHTMLParser(text(site, path)).css("link[hreflang]")
        return {node.attributes["href"] for node in nodes}

    names = [story.name for story in site.stories]
    twins = [story for story in site.stories if names.count(story.name) == 2]
    assert len(twins) >= 18
    for story in twins:
        assert BASE + story.path in hreflang(story.path)
        assert len({frozenset(hreflang(s.path)) for s in twins if s.name == story.name}) == 1


@editions
def test_one_edition_has_json_ld_and_the_other_plain_markup(site: SampleSite) -> None:
    for story in site.stories:
        scripts = LexborHTMLParser(text(site, story.path)).css("script")
        assert bool(scripts) == (story.language == "en")
        for node in scripts:
            record = json.loads(node.text())
            assert record["headline"] == story.title
            assert record["isAccessibleForFree"] is not story.locked


def test_the_second_edition_edits_one_story_openly_and_one_in_silence() -> None:
    edited = {path for path, (old, new) in changes().items() if old.paragraphs != new.paragraphs}
    assert edited == {GLASSWORKS, LAKE}

    old, new = changes()[GLASSWORKS]
    assert old.title != new.title
    assert new.modified is not None
    old, new = changes()[LAKE]
    assert (old.title, old.changed) == (new.title, new.changed)
    tags = [header(get(SampleSite(n), LAKE), "ETag") for n in (1, 2)]
    assert tags[0] != tags[1]


def test_the_second_edition_withdraws_a_story() -> None:
    assert get(SampleSite(1), WELLS).status == 200
    second = SampleSite(2)
    assert get(second, WELLS).status == 410
    assert not any(WELLS in text(second, path) for path in second.paths)


def test_the_second_edition_has_new_stories_and_unlocks_one() -> None:
    before, after = ({story.path for story in SampleSite(n).stories} for n in (1, 2))
    assert len(after - before) == 2
    assert [get(SampleSite(1), path).status for path in after - before] == [404, 404]
    opened = [path for path, (old, new) in changes().items() if old.locked and not new.locked]
    assert opened == [BUDGET]


def test_the_second_edition_orders_its_lists_anew() -> None:
    for path in ("/", "/be/"):
        assert titles(SampleSite(1), path) != titles(SampleSite(2), path)


@editions
def test_validators_give_304(site: SampleSite) -> None:
    for path in site.paths:
        first = get(site, path)
        again = get(site, path, If_None_Match=header(first, "ETag"))
        assert (again.status, again.body) == (304, b"")
        dated = get(site, path, If_Modified_Since=header(first, "Last-Modified"))
        assert dated.status == 304


ODD_DATES = ["", "yesterday", "\x00" * 9, f"Thu, 01 Jan {'9' * 30} 00:00:00 GMT"]


@pytest.mark.parametrize("since", [*ODD_DATES, "Thu, 01 Jan 1970 00:00:00 GMT"])
def test_an_odd_or_old_date_gives_the_page(since: str) -> None:
    assert get(SampleSite(1), "/", If_Modified_Since=since).status == 200


def test_an_etag_goes_before_a_date() -> None:
    dated = header(get(SampleSite(1), LAKE), "Last-Modified")
    answer = get(SampleSite(2), LAKE, If_None_Match='"other"', If_Modified_Since=dated)
    assert answer.status == 200


@pytest.mark.parametrize("host", ['"><script>', "", "a b", "é"])
def test_only_a_host_gets_onto_the_page(host: str) -> None:
    assert b'href="http://localhost/"' in SampleSite(1).respond("/", {"Host": host}).body


def test_an_unknown_address_gives_404_in_the_language_of_its_path() -> None:
    assert get(SampleSite(1), "/en/nothing").status == 404
    assert "Старонка не знойдзена" in text(SampleSite(1), "/be/nothing")


def test_the_server_answers_on_loopback_and_stops() -> None:
    with serve(SampleSite(1)) as address:
        with urllib.request.urlopen(address + GLASSWORKS, timeout=10) as answer:
            assert (
                answer.read()
                == SampleSite(1).respond(GLASSWORKS, {"Host": urlsplit(address).netloc}).body
            )
            assert answer.headers["Server"].strip() == "SampleSite"
        request = urllib.request.Request(address + "/", method="HEAD")
        with urllib.request.urlopen(request, timeout=10) as answer:
            assert answer.read() == b""
    assert address.startswith("http://127.0.0.1:")
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(address, timeout=1)


def test_a_later_edition_can_be_served_at_the_same_address() -> None:
    with serve(SampleSite(1)) as address:
        port = urlsplit(address).port or 0
        urllib.request.urlopen(address, timeout=10).close()
    with serve(SampleSite(2), port) as again:
        assert again == address
