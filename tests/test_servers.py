"""The sites that tests run against do what their names say."""

import gzip
import http.client
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests import servers
from tests.servers import Cut, Drip, Endless, Reply, Reset, Silent, Site, serving

CORPORA = Path(__file__).parents[1] / ".." / "shared" / "corpora"


@pytest.fixture
def site() -> Iterator[Site]:
    answers: dict[str, servers.Answer | servers.Handler] = {
        "/": "<p>Front</p>",
        "/cut": Cut(b"<p>Half"),
        "/reset": Reset(b"<p>Half"),
        "/bomb": servers.bomb(4 * servers.MIB),
        "/headers": servers.many_headers(1000),
        "/empty": Reply(),
        "/away": servers.redirect("/"),
        "/cyrillic": servers.page("Слова", encoding="cp1251", declared="utf-8"),
        "/turns": servers.in_turn(servers.status(503, retry_after="7"), "fine"),
        "/endless": Endless(limit=10 * servers.MIB),
        "/large": servers.large(),
        "/pdf": servers.not_html(),
    }
    with serving(answers) as address:
        yield address


def read(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=10) as answer:
        data: bytes = answer.read()
        return data


def test_the_log_tells_what_was_asked(site: Site) -> None:
    read(site + "/?page=2")
    [request] = site.asked("/?page=2")
    assert request.method == "GET"
    assert request.headers["host"] == urlsplit(site).netloc
    assert site.asked() == [request]


def test_bodies_are_as_promised(site: Site) -> None:
    assert read(site + "/") == read(site + "/away") == b"<p>Front</p>"
    assert read(site + "/empty") == b""
    assert read(site + "/cyrillic") == "Слова".encode("cp1251")
    assert gzip.decompress(read(site + "/bomb")) == b" " * 4 * servers.MIB
    assert abs(len(read(site + "/large")) - 5_000_000) < 1000
    assert read(site + "/pdf").startswith(b"%PDF")


def test_a_cut_body_is_short(site: Site) -> None:
    with pytest.raises(http.client.IncompleteRead) as caught:
        read(site + "/cut")
    assert caught.value.partial == b"<p>Half"


def test_an_endless_body_has_no_end(site: Site) -> None:
    with pytest.raises(http.client.IncompleteRead) as caught:
        read(site + "/endless")
    assert len(caught.value.partial) == 10 * servers.MIB


def test_a_reset_is_a_reset(site: Site) -> None:
    with pytest.raises(ConnectionResetError):
        read(site + "/reset")


def test_headers_come_in_any_number(site: Site) -> None:
    with pytest.raises(http.client.HTTPException, match="more than 100 headers"):
        read(site + "/headers")


def test_answers_come_in_turn(site: Site) -> None:
    with pytest.raises(urllib.error.HTTPError) as caught:
        read(site + "/turns")
    assert (caught.value.code, caught.value.headers["Retry-After"]) == (503, "7")
    caught.value.close()
    assert [read(site + "/turns"), read(site + "/turns")] == [b"fine", b"fine"]


def test_what_is_not_there_is_missing(site: Site) -> None:
    with pytest.raises(urllib.error.HTTPError, match="404") as caught:
        read(site + "/nothing")
    caught.value.close()


@pytest.mark.parametrize("kind", [Silent, Drip])
def test_a_held_answer_comes_when_released(kind: type[Silent] | type[Drip]) -> None:
    released = threading.Event()
    with serving({"/": kind(b"at last", released=released)}) as site:
        connection = http.client.HTTPConnection(urlsplit(site).netloc, timeout=10)
        connection.request("GET", "/")
        released.set()
        assert connection.getresponse().read() == b"at last"
        connection.close()


def test_the_end_of_a_site_ends_its_connections() -> None:
    with serving({"/": Silent()}) as site:
        connection = http.client.HTTPConnection(urlsplit(site).netloc, timeout=10)
        connection.request("GET", "/")
    with pytest.raises((http.client.HTTPException, ConnectionError)):
        connection.getresponse()
    connection.close()


def test_stored_pages_are_served_byte_for_byte() -> None:
    with servers.corpus_site(CORPORA / "np4k") as site:
        front = read(site + "/").decode()
        assert front.count("<li>") == len(site.paths) > 10
        assert all(len(read(site + path)) > 500 for path in site.paths)
