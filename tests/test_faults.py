"""What happens to an archive when something goes wrong."""

import multiprocessing
import os
import resource
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive.connection import connect
from archive.errors import ArchiveBusyError, ArchiveError, NewerArchiveError, NotAnArchiveError
from archive.items import Article, Block, Fetch, Outcome, Page, Visit
from archive.store import Archive

START = datetime(2026, 5, 1, tzinfo=UTC)


def visit(number: int) -> Visit:
    url, at = f"https://example.org/{number}", START + timedelta(seconds=number)
    text = f"Paragraph {number}. " * 50
    page = Page(url, f"<p>{text}</p>".encode() + os.urandom(2000), at)
    article = Article("example", url, f"Title {number}", at, body=(Block(text),))
    return Visit(Fetch(url, at, Outcome.OK), page, article)


def test_a_file_that_is_no_archive_is_told_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    for content in (b"These are my notes.\n" * 100, b"x"):
        path.write_bytes(content)
        with pytest.raises(NotAnArchiveError, match=r"notes\.db: not an archive"):
            Archive.open(path, create=True)
        assert path.read_bytes() == content


def test_a_database_of_something_else_is_told_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as db:
        db.execute("create table mine (a)")
    db.close()
    before = path.read_bytes()
    with pytest.raises(NotAnArchiveError):
        Archive.open(path, create=True)
    assert path.read_bytes() == before


def test_an_archive_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    Archive.open(path, create=True).close()
    with sqlite3.connect(path) as db:
        db.execute("pragma user_version = 9999")
    db.close()
    for write in (True, False):
        with pytest.raises(NewerArchiveError, match="newer version"):
            Archive.open(path, write=write)


def test_a_migration_that_is_not_known_is_of_a_newer_version(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    Archive.open(path, create=True).close()
    with sqlite3.connect(path) as db:
        db.execute(
            "insert into _sqlite_migrations (migration_set, name, applied_at)"
            " values ('dateline', 'of_next_year', '2027-01-01')"
        )
    db.close()
    with pytest.raises(NewerArchiveError):
        Archive.open(path)


def test_no_archive_and_a_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="there is no archive here"):
        Archive.open(tmp_path / "news.db")
    with pytest.raises(ArchiveError):
        Archive.open(tmp_path, create=True)
    with pytest.raises(ArchiveError, match="cannot be created"):
        Archive.open(tmp_path / "no" / "folder" / "news.db", create=True)


def test_a_damaged_archive_is_told(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    with Archive.open(path, create=True) as archive:
        crawl = archive.start_crawl("example.org", None, "news", {})
        archive.write(crawl, [visit(number) for number in range(200)])
    content = bytearray(path.read_bytes())
    content[16384:] = b"\xa5" * (len(content) - 16384)
    path.write_bytes(content)
    with pytest.raises(ArchiveError, match="damaged"), Archive.open(path) as archive:
        archive.known(["https://example.org/1"])


def test_only_the_owner_may_read_the_files(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "news.db", create=True) as archive:
        crawl = archive.start_crawl("example.org", None, "news", {})
        archive.write(crawl, [visit(1)])
    for path in tmp_path.iterdir():
        assert path.stat().st_mode & 0o777 == 0o600, path


def test_who_holds_a_locked_archive_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archive.connection.BUSY_SECONDS", 0.05)
    path = tmp_path / "news.db"
    with Archive.open(path, create=True) as archive, Archive.open(path) as other:
        crawl = archive.start_crawl("example.org", None, "news", {})
        archive.db.execute("begin immediate")
        with pytest.raises(ArchiveBusyError, match=rf"crawl of example\.org .*:{os.getpid()}\)"):
            other.forget(crawl, ["https://example.org/"])


def _create(path: Path, number: int) -> bool:
    with Archive.open(path, create=True) as archive:
        crawl = archive.start_crawl(f"{number}.example", None, "news", {})
        return archive.write(crawl, [visit(number)]).new == 1


def test_an_archive_can_be_made_by_several_at_once(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        assert all(pool.starmap(_create, [(tmp_path / "news.db", number) for number in range(8)]))


_KILLED = """
import sys
from pathlib import Path
from test_faults import visit
from archive.store import Archive

with Archive.open(Path(sys.argv[1]), create=True) as archive:
    crawl = archive.start_crawl("example.org", None, "news", {})
    for start in range(0, 100_000, 5):
        archive.write(crawl, [visit(number) for number in range(start, start + 5)])
        print(start + 5, flush=True)
"""


def child(code: str, *arguments: str) -> subprocess.Popen[str]:
    here = Path(__file__).parent
    paths = os.pathsep.join((str(here), str(here.parent)))
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": paths},
    )


@pytest.mark.parametrize("after", [1, 7, 23, 40])
def test_nothing_acknowledged_is_lost_when_the_process_is_killed(
    tmp_path: Path, after: int
) -> None:
    path = tmp_path / "news.db"
    writer = child(_KILLED, str(path))
    assert writer.stdout
    acknowledged = 0
    for _ in range(after):
        acknowledged = int(writer.stdout.readline())
    time.sleep(0.003 * (after % 5))
    writer.send_signal(signal.SIGKILL)
    rest, _ = writer.communicate()
    acknowledged = max([acknowledged, *map(int, rest.split())])

    with Archive.open(path) as archive:
        count = archive.db.execute("select count(*) from articles").fetchone()[0]
        assert count in (acknowledged, acknowledged + 5)
        assert archive.db.execute("pragma quick_check").fetchone()[0] == "ok"
        for number in range(count):
            page = archive.read_page(f"https://example.org/{number}")
            assert page is not None
        crawl = archive.start_crawl("example.org", None, "news", {})
        archive.write(crawl, [visit(number) for number in range(count, count + 5)])


_FULL = """
import resource, sys
from pathlib import Path
from test_faults import visit
from archive.errors import ArchiveError
from archive.store import Archive

with Archive.open(Path(sys.argv[1])) as archive:
    crawl = archive.start_crawl("example.org", None, "news", {})
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))
    try:
        for number in range(100, 100_000):
            archive.write(crawl, [visit(number)])
            print(number, flush=True)
    except ArchiveError as error:
        print(error, file=sys.stderr)
        sys.exit(3)
"""


def test_a_full_disk_is_one_sentence_and_loses_nothing(tmp_path: Path) -> None:
    assert resource.RLIMIT_FSIZE
    path = tmp_path / "news.db"
    with Archive.open(path, create=True) as archive:
        crawl = archive.start_crawl("example.org", None, "news", {})
        archive.write(crawl, [visit(number) for number in range(100)])
    out, err = (writer := child(_FULL, str(path))).communicate()
    assert writer.returncode == 3, err
    assert "disk is full" in err
    assert len(err.strip().splitlines()) == 1
    with Archive.open(path) as archive:
        count = archive.db.execute("select count(*) from articles").fetchone()[0]
        assert count in (100 + len(out.split()), 101 + len(out.split()))
        assert archive.db.execute("pragma quick_check").fetchone()[0] == "ok"


def test_a_reader_is_not_disturbed_by_a_writer(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    with Archive.open(path, create=True) as archive:
        crawl = archive.start_crawl("example.org", None, "news", {})
        archive.write(crawl, [visit(0)])
        failed: list[Exception] = []
        done = threading.Event()

        def read() -> None:
            try:
                while not done.is_set():
                    with Archive.open(path, write=False) as reader:
                        reader.known(["https://example.org/0"])
            except Exception as error:
                failed.append(error)

        reader = threading.Thread(target=read)
        reader.start()
        for number in range(1, 80):
            archive.write(crawl, [visit(number)])
        done.set()
        reader.join()
        assert failed == []


def test_a_failed_write_leaves_no_half_and_can_be_repeated(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "news.db", create=True) as archive:
        crawl = archive.start_crawl("example.org", None, "news", {})
        archive.db.execute(
            "create temp trigger fails before insert on article_urls when new.url like '%/7'"
            " begin select raise(abort, 'no'); end"
        )
        visits = [visit(number) for number in range(10)]
        with pytest.raises(ArchiveError):
            archive.write(crawl, visits)
        assert archive.db.execute("select count(*) from fetches").fetchone()[0] == 0
        archive.db.execute("drop trigger fails")
        assert archive.write(crawl, visits).new == 10


def test_reading_needs_no_right_to_write(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    with Archive.open(path, create=True) as archive:
        crawl = archive.start_crawl("example.org", None, "news", {})
        archive.write(crawl, [visit(1)])
    connection = connect(path)
    with pytest.raises(sqlite3.OperationalError):
        connection.execute("delete from articles")
    connection.close()


_READ_ONLY = """
import os, sys
from pathlib import Path
from archive.errors import ArchiveError
from archive.search import search
from archive.store import Archive

path = Path(sys.argv[1])
if os.getuid() == 0:
    os.setuid(65534)
with Archive.open(path, write=False) as archive:
    print(len(search(archive.db, "Paragraph")))
    print(archive.read_page("https://example.org/1") is not None)
try:
    Archive.open(path)
except ArchiveError as error:
    print(error, file=sys.stderr)
"""


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that another user can reach, which pytest's own are not."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        folder.chmod(0o755)


def test_a_read_only_folder_can_be_searched_but_not_written(open_folder: Path) -> None:
    path = open_folder / "news.db"
    with Archive.open(path, create=True) as archive:
        crawl = archive.start_crawl("example.org", None, "news", {})
        archive.write(crawl, [visit(number) for number in range(3)])
        archive.index()
    for file in open_folder.iterdir():
        file.chmod(0o444)
    open_folder.chmod(0o555)
    out, err = child(_READ_ONLY, str(path)).communicate()
    assert out.split() == ["3", "True"]
    assert "cannot be written" in err
    assert len(err.strip().splitlines()) == 1
