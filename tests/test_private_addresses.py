"""No spelling of a private address is connected to, by either way of starting a crawl."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from twisted.internet.address import IPv4Address

from crawler.resolver import GuardedResolver
from tests.command import dateline, environment, quickly
from tests.servers import Site, redirect, serving

SCRAPY = (sys.executable, "-m", "scrapy", "crawl", "news", "-s", "DOWNLOAD_DELAY=0.01", "-a")
SPELLINGS = (
    "127.0.0.1",
    "localhost",
    "LOCALHOST",
    "2130706433",
    "0x7f000001",
    "0x7f.1",
    "0177.0.0.1",
    "127.1",
    "0.0.0.0",
    "0",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[0:0:0:0:0:0:0:1]",
)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving({"/": "<p>private</p>", "/robots.txt": ""}) as address:
        yield address


def addresses(site: Site) -> list[str]:
    port = urlsplit(site).port
    return [f"http://{host}:{port}/" for host in SPELLINGS]


def ends(folder: Path) -> dict[str, tuple[str, str]]:
    with closing(sqlite3.connect(folder / "dateline.db")) as db:
        rows = db.execute("select url, outcome, reason from fetches where url not like '%robots%'")
        return {url: (outcome, reason) for url, outcome, reason in rows}


def test_dateline_crawl_reaches_none(site: Site, tmp_path: Path) -> None:
    done = dateline("crawl", *addresses(site), cwd=tmp_path)
    assert done.returncode == 1
    assert "private address" in done.stderr
    assert "Traceback" not in done.stderr
    assert site.log == []
    assert {outcome for outcome, _ in ends(tmp_path).values()} == {"refused"}


def test_scrapy_crawl_reaches_none(site: Site, tmp_path: Path) -> None:
    urls = ",".join(addresses(site))
    subprocess.run(
        [*SCRAPY, f"url={urls}", "-s", f"ARCHIVE={tmp_path / 'dateline.db'}"],
        cwd=Path(__file__).parents[1],
        env=environment(),
        capture_output=True,
        timeout=120,
        check=True,
    )
    assert site.log == []
    assert {outcome for outcome, _ in ends(tmp_path).values()} == {"refused"}


def test_the_one_that_was_allowed_by_name_is_reached_and_no_other(
    site: Site, tmp_path: Path
) -> None:
    with serving({"/": redirect(f"http://localhost:{urlsplit(site).port}/")}) as door:
        done = dateline("crawl", door, *quickly(door), cwd=tmp_path)
        assert len(door.asked("/")) == 1
    assert done.returncode == 1
    assert site.log == []


class Receiver:
    """Whoever wants to connect: notes the addresses it is handed."""

    def __init__(self) -> None:
        self.addresses: list[str] = []

    def resolutionBegan(self, resolution: object) -> None: ...  # noqa: N802

    def addressResolved(self, address: IPv4Address) -> None:  # noqa: N802
        self.addresses.append(address.host)

    def resolutionComplete(self) -> None: ...  # noqa: N802


class Names:
    """A resolver whose names lead wherever the test says."""

    def __init__(self, *hosts: str) -> None:
        self.hosts = hosts
        self.nameResolver = self

    def resolveHostName(self, receiver: Receiver, *_: object) -> Receiver:  # noqa: N802
        for host in self.hosts:
            receiver.addressResolved(IPv4Address("TCP", host, 80))
        receiver.resolutionComplete()
        return receiver


def test_a_name_that_points_inside_is_handed_on_without_its_private_addresses() -> None:
    resolver = GuardedResolver(Names("10.0.0.1", "93.184.216.34"), 0)
    receiver = Receiver()
    resolver.resolveHostName(receiver, "rebound.example", 80)
    assert receiver.addresses == ["93.184.216.34"]
    assert "10.0.0.1" in resolver.refused["rebound.example", 80]
