"""What is searched while the archive is served is never older than it says."""

import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from urllib.request import urlopen

import pytest

from archive.search import search
from archive.search_index import how_many_pending
from archive.store import Archive
from tests import servers
from tests.command import dateline, environment, quickly
from tests.newspaper import newspaper, path
from tests.reading import get
from tests.served import served
from tests.servers import serving
from tests.test_web_pages import visit

pytest.importorskip("datasette", reason="the extra web is not installed")
from archive.web.indexing import index_new

LONGEST = 60
SEARCH = "/news/-/search?q=bridge"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Three articles, of which a crawl that was killed left two without an index."""
    path = tmp_path / "news.db"
    with Archive.open(path, create=True) as archive:
        crawl = archive.start_crawl("example.org", "https://example.org/", "news", {})
        archive.write(crawl, [visit(0)])
        archive.index()
        archive.write(crawl, [visit(1), visit(2)])
    return path


def test_the_search_page_says_what_is_not_searched_yet(archive: Path) -> None:
    [page] = get(archive, SEARCH)
    assert "2 new or changed articles are not searched yet" in page.text
    assert "Bridge 2" not in page.text
    index_new(archive)
    [page] = get(archive, SEARCH)
    assert "not searched yet" not in page.text
    assert "Bridge 2 &amp; more" in page.text


def test_more_than_can_be_counted_quickly_is_said_so(archive: Path) -> None:
    with Archive.open(archive, write=False) as opened:
        assert how_many_pending(opened.db) == 2
        assert how_many_pending(opened.db, most=1) == 1


def wait_for(happened: Callable[[], object]) -> None:
    """Wait until something has happened, looking often; fail when it never does."""
    never = threading.Event()
    for _ in range(LONGEST * 10):
        if happened():
            return
        never.wait(0.1)
    pytest.fail("what the test waits for never happened")


def found(address: str) -> int:
    """Return how many articles the search page finds."""
    with urlopen(f"{address}/dateline/-/search?q=council", timeout=LONGEST) as answer:
        text: str = answer.read().decode()
        return text.count('<p class="entry">')


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_what_a_crawl_that_did_not_end_wrote_is_found_where_it_is_served(
    tmp_path: Path, number: signal.Signals
) -> None:
    paper = newspaper(3)
    with serving(paper) as site:
        dateline("crawl", site, *quickly(site), cwd=tmp_path)
        with served(tmp_path / "dateline.db") as address:
            assert found(address) == 3
            paper.update(newspaper(8) | {path(6): servers.Silent()})
            process = crawling(site, tmp_path)
            wait_for(lambda: site.asked(path(6)))
            wait_for(lambda: articles(tmp_path) > 3)
            process.send_signal(number)
            process.communicate(timeout=LONGEST)
            wait_for(lambda: found(address) == articles(tmp_path))
    again = dateline("search", "council", "--json", "--limit", "0", cwd=tmp_path)
    assert again.stdout.count('"url"') == articles(tmp_path)


def articles(folder: Path) -> int:
    """Return how many articles are in the archive."""
    with Archive.open(folder / "dateline.db", write=False) as archive:
        return int(archive.db.execute("select count(*) from articles").fetchone()[0])


def crawling(site: str, folder: Path) -> subprocess.Popen[str]:
    """Start a crawl."""
    return subprocess.Popen(
        [sys.executable, "-m", "crawler.cli", "crawl", site, *quickly(site)],
        cwd=folder,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.slow
def test_search_in_another_process_finds_what_a_killed_crawl_wrote(archive: Path) -> None:
    done = dateline("search", "bridge", "--json", "--db", archive.name, cwd=archive.parent)
    assert done.stdout.count('"url"') == 3
    with Archive.open(archive, write=False) as opened:
        assert len(search(opened.db, "bridge")) == 3
