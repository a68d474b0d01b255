"""The locks of a process on its archive, which another process must not be able to pass."""

import subprocess
import sys
from pathlib import Path

import pytest

from archive.connection import connect
from archive.errors import NotAnArchiveError
from archive.store import Archive

OPEN_AND_CLOSE = """
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
print(db.execute("select count(*) from sources").fetchone()[0])
db.close()
"""


def sources_seen_by_another_process(path: Path) -> int:
    """Return how many sources a process sees that opens the file, and closes it as the last."""
    words = [sys.executable, "-c", OPEN_AND_CLOSE, str(path)]
    return int(subprocess.run(words, capture_output=True, check=True, timeout=60).stdout)


def test_opening_the_archive_twice_in_a_process_takes_no_locks_away(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    with Archive.open(path, create=True) as archive:
        archive.start_crawl("example.org", None, "news", {})
        connect(path).close()
        # Without its locks the other process would remove the log, and what follows with it.
        assert sources_seen_by_another_process(path) == 1
        archive.start_crawl("example.net", None, "news", {})
        assert sources_seen_by_another_process(path) == 2


def test_telling_archives_from_other_databases_takes_no_locks_away(tmp_path: Path) -> None:
    archives = pytest.importorskip("archive.web.archives", reason="the extra web is missing")
    path = tmp_path / "news.db"
    with Archive.open(path, create=True) as archive:
        archive.start_crawl("example.org", None, "news", {})
        assert archives._is_archive(str(path))
        assert sources_seen_by_another_process(path) == 1
        archive.start_crawl("example.net", None, "news", {})
        assert sources_seen_by_another_process(path) == 2


def test_a_file_of_a_few_bytes_or_a_folder_is_no_archive(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    path.write_bytes(b"notes")
    for wrong in (path, tmp_path):
        with pytest.raises(NotAnArchiveError, match="not an archive"):
            connect(wrong)
