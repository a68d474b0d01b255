"""The site that crawls are measured on: whole, heavy enough, and the same every time."""

import gzip
import re
import statistics
import urllib.error
import urllib.request

import pytest

from bench.measure import served
from bench.site import build, running


@pytest.fixture(scope="module")
def pages() -> dict[str, bytes]:
    return build(120)


def articles(pages: dict[str, bytes]) -> list[bytes]:
    return [body for path, body in pages.items() if path.count("/") > 4]


def test_every_link_has_its_page_and_every_article_is_listed(pages: dict[str, bytes]) -> None:
    lists = b"".join(body for path, body in pages.items() if path.count("/") <= 4)
    found = set(re.findall(r'<a [^>]*href="([^"]+)"', b"".join(pages.values()).decode()))
    assert found <= pages.keys()
    listed = set(re.findall(r'href="([^"]+)"', lists.decode()))
    assert {path for path in pages if path.count("/") > 4} <= listed


def test_articles_weigh_what_real_ones_do(pages: dict[str, bytes]) -> None:
    bodies = articles(pages)
    assert len(bodies) == 120
    assert 70_000 < statistics.mean(map(len, bodies)) < 80_000
    assert 18_000 < statistics.mean(len(gzip.compress(body, 6)) for body in bodies) < 23_000
    assert 90 < statistics.mean(body.count(b"<a ") for body in bodies) < 110


def test_it_is_the_same_every_time(pages: dict[str, bytes]) -> None:
    assert build(120) == pages


def test_it_is_served_from_a_process_of_its_own(pages: dict[str, bytes]) -> None:
    with running(articles=120) as address:
        with urllib.request.urlopen(address + "/politics/", timeout=10) as answer:
            assert gzip.decompress(answer.read()) == pages["/politics/"]
            etag = answer.headers["ETag"]
        again = urllib.request.Request(address + "/politics/", headers={"If-None-Match": etag})
        with pytest.raises(urllib.error.HTTPError, match="304") as caught:
            urllib.request.urlopen(again, timeout=10)
        caught.value.close()
        assert served(address) == {"pages": 1, "unchanged": 1}
        assert served(address) == {}
