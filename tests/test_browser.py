"""The archive in a real browser: reading, searching, comparing, on a desk and on a phone."""

from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from tests import hostile_archive, screenshots
from tests.served import chromium, served

pytest.importorskip("datasette", reason="the extra web is not installed")
pytestmark = pytest.mark.slow

SPELLINGS = ("Рудакоўская", "Rudakoŭskaja", "Rudakovskaya", "Рудаковская")
DESK = {"width": 1280, "height": 900}
PHONES = ({"width": 390, "height": 844}, {"width": 320, "height": 640})
D = "/dateline/-"
PAGES = (
    "/",
    f"{D}/search",
    f"{D}/search?q=ferry",
    "{article}",
    f"{D}/article/1",
    "{difference}",
    "{difference}&view=beside",
    f"{D}/edits",
    f"{D}/gone",
    f"{D}/locks",
    f"{D}/lists",
    f"{D}/lists/page?page=http://127.0.0.1:8765/",
    f"{D}/authors",
    f"{D}/sections",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def archive(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive of the sample site."""
    return screenshots.demo(tmp_path_factory.mktemp("looked-at"))


@pytest.fixture(scope="module")
def paths(archive: Path) -> dict[str, str]:
    """Where an article of the archive that was edited is looked at."""
    return screenshots.edited(archive)


@pytest.fixture(scope="module")
def site(archive: Path) -> Iterator[str]:
    """The address of the archive of the sample site."""
    with served(archive) as address:
        yield address


class Looks:
    """Opens pages, and remembers everything that went wrong on them."""

    def __init__(self, browser: Any, site: str, paths: Mapping[str, str] | None = None) -> None:
        self._browser = browser
        self._site = site
        self._paths = paths or {}
        self.wrong: list[str] = []

    def at(self, path: str, size: dict[str, int] = DESK, **how: Any) -> Any:
        """Return a page of the archive in a window of that size."""
        page = self._browser.new_context(viewport=size, **how).new_page()
        page.set_default_timeout(60_000)
        page.on("console", lambda told: self._judge(told.type in ("error", "warning"), told.text))
        page.on("pageerror", lambda error: self._judge(True, str(error)))
        page.on("dialog", lambda dialog: self._judge(True, f"dialog: {dialog.message}"))
        page.on("request", lambda one: self._judge(not one.url.startswith(self._site), one.url))
        page.on("response", lambda one: self._judge(one.status >= 500, f"{one.status} {one.url}"))
        page.goto(self._site + path.format_map(self._paths))
        return page

    def _judge(self, wrong: bool, words: str) -> None:
        if wrong:
            self.wrong.append(words)


@pytest.fixture
def look(browser: Any, site: str, paths: dict[str, str]) -> Iterator[Looks]:
    looks = Looks(browser, site, paths)
    yield looks
    assert looks.wrong == []


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_name_is_found_in_every_spelling(look: Looks, spelling: str) -> None:
    page = look.at("/")
    page.get_by_role("searchbox").fill(spelling)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    found = page.get_by_role("main").get_by_role("link", name="Black storks raise a record brood")
    assert found.count() == 1
    assert page.locator(".snippet mark").count() > 0


def test_an_article_is_opened_from_the_start_page_and_its_changes_are_seen(look: Looks) -> None:
    page = look.at("/")
    page.get_by_role("link", name="Glassworks to relight its second furnace").first.click()
    assert page.locator("h1").inner_text().endswith("hire 25 people")
    assert page.locator(".text p").count() >= 4
    page.get_by_role("link", name="what changed").first.click()
    assert page.locator("del").get_by_text("40").count() > 0
    assert page.locator("ins").get_by_text("25").count() > 0
    page.get_by_role("link", name="Side by side").click()
    assert page.locator(".beside").count() > 0


def test_a_facet_leads_to_as_many_articles_as_it_says(look: Looks) -> None:
    page = look.at(f"{D}/search")
    facets = page.get_by_role("complementary", name="Narrow down")
    facet = facets.get_by_role("listitem").filter(has_text="Nature").first
    count = int(facet.locator(".count").inner_text())
    facet.get_by_role("link").click()
    assert page.locator(".list > li").count() == count
    page.get_by_role("link", name="Nature", exact=False).first.click()
    assert page.locator(".list > li").count() > count


def test_the_kept_page_is_shown_as_text(look: Looks) -> None:
    page = look.at("{article}")
    page.get_by_role("link", name="The kept page, as text").click()
    assert page.evaluate("document.contentType") == "text/plain"
    assert "<!doctype html>" in page.locator("body").inner_text().lower()


@pytest.mark.parametrize("size", PHONES, ids=lambda size: f"{size['width']} pixels")
def test_nothing_is_wider_than_a_phone(look: Looks, size: dict[str, int]) -> None:
    for path in PAGES:
        page = look.at(path, size)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], path
        page.context.close()


def test_the_keyboard_reaches_the_text_past_the_menu(look: Looks) -> None:
    page = look.at("{article}")
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    assert focused.inner_text() == "Skip to the content"
    assert focused.bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    outline = "getComputedStyle(document.activeElement).outlineStyle"
    assert page.evaluate(outline) == "solid"
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_dark_and_light_are_as_the_reader_has_them(look: Looks) -> None:
    colour = "getComputedStyle(document.body).backgroundColor"
    light = look.at("/", color_scheme="light").evaluate(colour)
    dark = look.at("/", color_scheme="dark").evaluate(colour)
    assert light == "rgb(251, 250, 247)"
    assert dark == "rgb(22, 23, 26)"


def test_pages_say_what_their_parts_are(look: Looks) -> None:
    for path in PAGES:
        page = look.at(path)
        assert page.locator("h1").count() == 1, path
        for role in ("banner", "main", "contentinfo", "search"):
            assert page.get_by_role(role).count() == 1, (path, role)
        assert page.get_by_role("navigation").count() >= 1
        assert page.title()
        nameless = "[...document.querySelectorAll('input:not([type=hidden])')]"
        assert page.evaluate(f"{nameless}.every(one => one.labels.length > 0)"), path
        twice = "[...document.querySelectorAll('[id]')].map(one => one.id)"
        ids = page.evaluate(twice)
        assert len(ids) == len(set(ids)), path
        page.context.close()


def test_every_page_works_without_script(look: Looks) -> None:
    for path in PAGES:
        page = look.at(path, java_script_enabled=False)
        assert page.locator("main h1").count() == 1
        assert page.locator("script").count() == 0
        page.context.close()


@pytest.mark.parametrize("path", ["/dateline", "/dateline/articles", "{row}"])
def test_the_pages_of_datasette_still_work(
    browser: Any, site: str, paths: dict[str, str], path: str
) -> None:
    looks = Looks(browser, site, paths)
    page = looks.at(path)
    assert page.get_by_role("link", name="articles" if path == "/dateline" else "Glass").count()
    if version("datasette").startswith("0."):
        assert looks.wrong == []
    else:
        # The 1.0 line has scripts with what is on the page in them, which no policy can name.
        assert all("Content Security Policy" in words for words in looks.wrong)


def test_nothing_of_a_hostile_archive_comes_to_life(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "evil.db"
    hostile_archive.write(path)
    with served(path) as site:
        looks = Looks(browser, site)
        for one in ("/", "/evil/-/article/1", "/evil/-/article/2", "/evil/-/article/3"):
            page = looks.at(one)
            page.mouse.move(300, 300)
            page.context.close()
        for one in ("edits", "lists", "authors", "search?q=edition", "article/3/kept"):
            looks.at(f"/evil/-/{one}").context.close()
        assert looks.wrong == []


def test_the_pictures_in_the_documentation_are_those_that_the_script_makes(
    browser: Any, site: str, paths: dict[str, str], tmp_path: Path
) -> None:
    screenshots.take(browser, site, tmp_path, paths)
    made = {path.name for path in tmp_path.glob("*.png")}
    assert made == {path.name for path in screenshots.FOLDER.glob("*.png")}
    for path in screenshots.FOLDER.glob("*.png"):
        assert path.stat().st_size < 150_000
        assert size_of(path) == size_of(tmp_path / path.name)


def size_of(picture: Path) -> bytes:
    """Return width and height as the header of a PNG has them."""
    return picture.read_bytes()[16:24]
