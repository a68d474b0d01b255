"""Views of a large archive are worked out of what is asked for alone."""

from pathlib import Path

import pytest

from archive.store import Archive
from tests.reading import get
from tests.test_web_pages import visit

pytest.importorskip("datasette", reason="the extra web is not installed")
from archive.web import configuration, views


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("views") / "news.db"
    with Archive.open(path, create=True) as archive:
        crawl = archive.start_crawl("example.org", "https://example.org/", "news", {})
        for number in range(3):
            archive.write(crawl, [visit(number)])
        archive.write(crawl, [visit(0, later=True)])
        archive.index()
    return path


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "_FROM", 1)


@pytest.mark.parametrize("view", views.WHOLE)
def test_a_small_archive_shows_every_view_whole(path: Path, view: str) -> None:
    [page] = get(path, f"/news/{view}")
    assert page.status_code == 200


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("view", views.WHOLE)
def test_a_large_archive_asks_of_what_a_view_is_wanted(path: Path, view: str) -> None:
    by = views.WHOLE[view][0]
    asked, page, chosen, part = get(
        path,
        f"/news/{view}?list=Latest&_size=1",
        f"/news/-/view/{view}",
        f"/news/-/view/{view}?{by}=1&url=",
        f"/news/{view}?{by}=1",
    )
    assert (asked.status_code, asked.headers["location"]) == (302, f"/news/-/view/{view}")
    assert f'name="{by}"' in page.text
    assert chosen.headers["location"] == f"/news/{view}?{by}=1"
    assert part.status_code == 200
    assert "content-security-policy" in asked.headers


@pytest.mark.usefixtures("large")
def test_other_views_of_a_large_archive_are_shown_without_counting(path: Path) -> None:
    edits, sorted_edits = get(path, "/news/edits", "/news/edits?_sort=title")
    for page in (edits, sorted_edits):
        assert page.status_code == 200
        assert "Bridge 0 &amp; more (corrected)" in page.text
        assert "1 row" not in page.text


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("path_asked", ["/news/-/view/articles", "/none/edits", "/news/none"])
def test_what_is_no_view_is_not_there(path: Path, path_asked: str) -> None:
    [answer] = get(path, path_asked)
    assert answer.status_code == 404


def test_no_facet_is_shipped_of_what_there_are_millions_of() -> None:
    facets = {name for name, one in configuration.configuration().items() if "facets" in one}
    assert facets == {"crawls"}
