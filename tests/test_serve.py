"""The archive in a browser: what is opened, on which address, and how it ends."""

import signal
import socket
import subprocess
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

import psutil
import pytest

from tests import servers
from tests.command import dateline, quickly
from tests.newspaper import newspaper, path
from tests.served import address_of, running
from tests.servers import serving

pytest.importorskip("datasette", reason="the extra web is not installed")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the archive of the sample site."""
    folder = tmp_path_factory.mktemp("served")
    assert dateline("demo", cwd=folder).returncode == 0
    return folder


def read(address: str) -> str:
    with urlopen(address, timeout=30) as answer:
        text: str = answer.read().decode()
        return text


def listening(process: subprocess.Popen[str]) -> list[str]:
    """Return the addresses on which a process and those it started listen."""
    found = psutil.Process(process.pid)
    return [
        str(one.laddr[0])
        for each in [found, *found.children(recursive=True)]
        for one in each.net_connections()
        if one.status == psutil.CONN_LISTEN
    ]


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_the_archive_is_served_on_loopback_until_stopped(
    folder: Path, number: signal.Signals, code: int
) -> None:
    with running("serve", "--port", "0", cwd=folder) as process:
        address = address_of(process)
        found = read(f"{address}dateline/articles?_search={quote('Рудакоўская')}")
        assert "Black storks raise a record brood" in found
        assert ">demo</a>" in read(f"{address}dateline/articles")
        assert "0 rows" in read(f"{address}dateline/articles?_search=kingfisher")
        assert listening(process) == ["127.0.0.1"]
        process.send_signal(number)
        _, words = process.communicate(timeout=20)
    assert process.returncode == code
    assert words == ""


def test_a_port_that_is_taken_is_told(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = dateline("serve", "--port", port, cwd=folder)
    assert done.returncode == 2
    assert done.stderr == f"Error: port {port} is in use (--port 0 takes any free one)\n"


def test_an_address_of_another_machine_is_told(folder: Path) -> None:
    for host in ("203.0.113.9", "::zz"):
        done = dateline("serve", "--host", host, cwd=folder)
        assert done.returncode == 2
        assert done.stderr == f"Error: {host} is no address of this machine\n"


@pytest.mark.parametrize(("public", "warned"), [(False, True), (True, False)])
def test_opening_it_to_others_is_said_in_one_sentence(
    folder: Path, public: bool, warned: bool
) -> None:
    words = ("--public",) if public else ()
    with running("serve", "--port", "0", "--host", "0.0.0.0", *words, cwd=folder) as process:
        assert process.stderr is not None
        port = process.stderr.readline().split()[4].rstrip("/").rpartition(":")[2]
        here = f"http://127.0.0.1:{port}/"
        assert "Black storks" in read(f"{here}dateline/-/search?q=storks")
        assert ('name="sql"' in read(f"{here}dateline")) is not public
        process.send_signal(signal.SIGTERM)
        said = process.stderr.read()
    assert ("may run SQL on it" in said) is warned


def test_no_archive_is_told(tmp_path: Path) -> None:
    done = dateline("serve", cwd=tmp_path)
    assert done.returncode == 3
    assert "there is no archive here" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_crawl_opens_no_port(tmp_path: Path) -> None:
    silent = servers.Silent()
    with (
        serving(newspaper(3) | {path(1): silent}) as site,
        running("crawl", site, *quickly(site), cwd=tmp_path) as process,
    ):
        while not site.asked(path(1)):
            assert process.poll() is None
        assert listening(process) == []
        silent.released.set()
        process.communicate(timeout=60)
