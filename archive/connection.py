"""Opening the archive's file: what it must be, and a sentence where it is not."""

import errno
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archive.errors import ArchiveBusyError, ArchiveError, NewerArchiveError, NotAnArchiveError

APPLICATION_ID = 0x44746C6E  # "Dtln"
SCHEMA_VERSION = 8
"""The number of migrations; a test holds it to that."""
BUSY_SECONDS = 30.0

_SMALLEST = 512
"""No database of SQLite's has fewer bytes, save an empty one."""
_MIGRATIONS = "select count(*) from _sqlite_migrations where migration_set = 'dateline'"
_EACH_TIME = (
    "pragma synchronous = full",
    "pragma foreign_keys = on",
    "pragma temp_store = memory",
)


def connect(path: Path, *, write: bool = False, create: bool = False) -> sqlite3.Connection:
    """Open the archive at ``path`` and check that it is one that this version can use.

    Raises ArchiveError, NotAnArchiveError or NewerArchiveError, each one sentence.
    """
    if not _exists(path):
        if not create:
            raise ArchiveError(f"{path}: there is no archive here (dateline crawl makes one)")
        _touch(path)
    _check_size(path)
    with told(path):
        connection = open_writing(path) if write or create else open_reading(path)
        try:
            _check(connection, path, write=write or create, create=create)
            if write:
                # What cannot be written is told now, before anything is fetched.
                with transaction(connection):
                    connection.execute("pragma user_version")
        except BaseException:
            connection.close()
            raise
    return connection


def open_writing(path: Path) -> sqlite3.Connection:
    """Open a file that is there, to read and write."""
    return _open(path, "mode=rw")


def open_reading(path: Path) -> sqlite3.Connection:
    """Open a file to read, also where nothing can be written."""
    connection = _open(path, "mode=ro")
    try:
        connection.execute("select 1 from sqlite_master limit 1")
    except sqlite3.OperationalError:
        connection.close()
        # In a folder where nothing can be written SQLite cannot share memory with a writer, and
        # there is none to share with.
        if _has_writer(path):
            raise
        return _open(path, "mode=ro&immutable=1")
    return connection


def _has_writer(path: Path) -> bool:
    log = path.with_name(path.name + "-wal")
    return os.access(path.parent, os.W_OK) or (log.exists() and log.stat().st_size > 0)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError as error:
        raise ArchiveError(f"{path}: cannot be read: {error.strerror}") from None


def pages_path(archive: Path) -> Path:
    """Return where the pages of an archive are: news.db has news-pages.db beside it."""
    return archive.with_name(f"{archive.stem}-pages{archive.suffix or '.db'}")


def _touch(path: Path) -> None:
    try:
        path.touch(mode=0o600)
    except OSError as error:
        raise ArchiveError(f"{path}: cannot be created: {error.strerror}") from None


def _check_size(path: Path) -> None:
    """Look before SQLite does, which takes a file of a few bytes for an empty database.

    The file is not opened for that: closing it again would take the locks from every other
    connection of this process, and another process might then remove the log under them.
    """
    try:
        size = path.stat().st_size
    except OSError as error:
        raise ArchiveError(f"{path}: cannot be read: {error.strerror}") from None
    if not path.is_file() or 0 < size < _SMALLEST:
        raise NotAnArchiveError(f"{path}: not an archive of Dateline's")
    if not os.access(path, os.R_OK):
        raise ArchiveError(f"{path}: cannot be read: {os.strerror(errno.EACCES)}")


def _open(path: Path, mode: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?{mode}",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
    )
    connection.row_factory = sqlite3.Row
    return connection


def _check(connection: sqlite3.Connection, path: Path, *, write: bool, create: bool) -> None:
    # In this order, for another process may be making the archive right now.
    new = create and _is_empty(connection)
    application_id = connection.execute("pragma application_id").fetchone()[0]
    if application_id != APPLICATION_ID and not new:
        raise NotAnArchiveError(f"{path}: not an archive of Dateline's")
    version = connection.execute("pragma user_version").fetchone()[0]
    applied = connection.execute(_MIGRATIONS).fetchone()[0] if version else 0
    if max(version, applied) > SCHEMA_VERSION:
        raise NewerArchiveError(f"{path}: made by a newer version of Dateline; update to open it")
    for pragma in _EACH_TIME:
        connection.execute(pragma)
    if version < SCHEMA_VERSION and write:
        _migrate(connection, path)
    elif version < SCHEMA_VERSION:
        raise ArchiveError(f"{path}: made by an older version; dateline crawl brings it up to date")


def _is_empty(connection: sqlite3.Connection) -> bool:
    return connection.execute("select 1 from sqlite_master limit 1").fetchone() is None


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Make the tables, or bring them up to date: all in one transaction, one process at a time."""
    # Imported here: readers do without sqlite-utils, whose import alone costs 0.2 s.
    from sqlite_utils import Database

    from archive.schema import migrations

    if _is_empty(connection):
        path.chmod(0o600)
        use_wal(connection)
    with transaction(connection):
        migrations.apply(Database(connection))
        connection.execute(f"pragma application_id = {APPLICATION_ID:d}")
        connection.execute(f"pragma user_version = {SCHEMA_VERSION:d}")


def use_wal(connection: sqlite3.Connection) -> None:
    """Set up an empty file for a writer beside readers; others may be doing the same."""
    connection.execute("pragma page_size = 16384")
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("pragma journal_mode = wal")
            return
        except sqlite3.OperationalError as error:
            # SQLite does not wait here by itself.
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.02)


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn what SQLite raises into one sentence that names the archive."""
    try:
        yield
    except sqlite3.Error as error:
        raise _sentence(path, error) from error


def _sentence(path: Path, error: sqlite3.Error) -> ArchiveError:
    words = str(error)
    name = getattr(error, "sqlite_errorname", "")
    if "not a database" in words:
        return NotAnArchiveError(f"{path}: not an archive of Dateline's")
    if "locked" in words:
        return ArchiveBusyError(f"{path}: in use by another process for {BUSY_SECONDS:.0f} s")
    if "full" in words or name.startswith("SQLITE_IOERR_WRITE"):
        return ArchiveError(f"{path}: the disk is full; what was written before is kept")
    if "readonly" in words or "unable to open" in words:
        return ArchiveError(f"{path}: cannot be written or opened (read-only, or no permission)")
    if "malformed" in words:
        return ArchiveError(f"{path}: the file is damaged ({words})")
    return ArchiveError(f"{path}: {words}")


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Run what is inside as one transaction that holds the write lock from its start."""
    connection.execute("begin immediate")
    try:
        yield
        connection.execute("commit")
    except BaseException:
        # After a failed write SQLite may have rolled back by itself.
        if connection.in_transaction:
            connection.execute("rollback")
        raise
