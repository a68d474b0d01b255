"""Raw responses, bit for bit, in a file of their own beside the archive."""

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from archive import packing
from archive.connection import open_reading, open_writing, told, transaction, use_wal
from archive.errors import ArchiveError, NewerArchiveError, NotAnArchiveError
from archive.items import Page
from archive.rows import storable
from archive.times import moment, parse

PAGES_APPLICATION_ID = 0x44746C50  # "DtlP"
PAGES_VERSION = 1

_SCHEMA = (
    *packing.SCHEMA,
    """
create table pages (
    id integer primary key, url text not null, fetched_at text not null,
    final_url text not null, status integer not null, headers text not null,
    body_id integer not null references bodies(id), unique (url, fetched_at)
) strict""",
    "create index pages_body on pages(body_id)",
    "create index pages_final_url on pages(final_url, fetched_at)",
)

_INSERT_PAGE = """
insert or ignore into pages (url, fetched_at, final_url, status, headers, body_id)
values (?, ?, ?, ?, ?, ?)"""
_KNOWN_BODY = "select id from bodies where sha256 = ?"
_SHA256 = "select sha256 from bodies where id = ?"
_FIND_PAGE = """
select final_url, fetched_at, status, headers, body_id from pages
where (url = :url or final_url = :url) and fetched_at <= coalesce(:at, '9999')
order by fetched_at desc limit 1"""


def sha256(body: bytes) -> bytes:
    """Return the SHA-256 of a body as 32 bytes."""
    return hashlib.sha256(body).digest()


class PageStore:
    """The kept responses of one archive."""

    def __init__(self, path: Path, *, write: bool = True) -> None:
        self.path = path
        with told(path):
            self._db = _connect(path, write=write)
        self._packer = packing.Packer(self._db)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def write(self, fetched: Sequence[tuple[str, Page | None]]) -> list[bytes | None]:
        """Keep each page under the address that was asked for, all in one transaction.

        A page kept before, by address and time, is left alone; a body kept before, whatever
        its address, is not stored twice. Returns the SHA-256 of each page's body.
        """
        digests = [sha256(page.body) if page else None for _, page in fetched]
        if not any(digests):
            return digests
        with told(self.path), self._undone_on_error(), transaction(self._db):
            rows = [
                self._row(url, page, digest)
                for (url, page), digest in zip(fetched, digests, strict=True)
                if page and digest
            ]
            self._db.executemany(_INSERT_PAGE, rows)
        return digests

    @contextmanager
    def _undone_on_error(self) -> Iterator[None]:
        try:
            yield
        except BaseException:
            self._packer.forget()
            raise

    def read(self, url: str, at: str | None = None) -> Page | None:
        """Return the newest page of an address, not newer than ``at``; None if there is none.

        Raises ArchiveError where the stored bytes are damaged.
        """
        with told(self.path):
            found = self._db.execute(_FIND_PAGE, {"url": url, "at": at}).fetchone()
            if found is None:
                return None
            final_url, fetched_at, status, headers, body_id = found
            body = self._body(body_id)
        return Page(final_url, body, parse(fetched_at), status, _headers(headers))

    def _row(self, url: str, page: Page, digest: bytes) -> tuple[str, str, str, int, str, int]:
        headers = json.dumps(page.headers, ensure_ascii=False, separators=(",", ":"))
        return (
            storable(url),
            moment(page.fetched_at),
            storable(page.url),
            page.status,
            storable(headers),
            self._body_id(page, digest),
        )

    def _body_id(self, page: Page, digest: bytes) -> int:
        known = self._db.execute(_KNOWN_BODY, (digest,)).fetchone()
        if known:
            return int(known[0])
        return self._packer.pack(storable(urlsplit(page.url).netloc.lower()), digest, page.body)

    def _body(self, body_id: int) -> bytes:
        try:
            body = self._packer.unpack(body_id)
        except ArchiveError as error:
            raise ArchiveError(f"{self.path}: {error}") from error
        if sha256(body) != self._db.execute(_SHA256, (body_id,)).fetchone()[0]:
            raise ArchiveError(f"{self.path}: the stored page {body_id} is damaged")
        return body


def _headers(stored: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in json.loads(stored))


def _connect(path: Path, *, write: bool) -> sqlite3.Connection:
    if write:
        path.touch(mode=0o600, exist_ok=True)
    connection = open_writing(path) if write else open_reading(path)
    if write and not connection.execute("select 1 from sqlite_master limit 1").fetchone():
        _make(connection)
    _check(connection, path)
    return connection


def _make(connection: sqlite3.Connection) -> None:
    use_wal(connection)
    with transaction(connection):
        if connection.execute("pragma application_id").fetchone()[0]:
            return
        connection.execute(f"pragma application_id = {PAGES_APPLICATION_ID:d}")
        connection.execute(f"pragma user_version = {PAGES_VERSION:d}")
        for statement in _SCHEMA:
            connection.execute(statement)


def _check(connection: sqlite3.Connection, path: Path) -> None:
    if connection.execute("pragma application_id").fetchone()[0] != PAGES_APPLICATION_ID:
        raise NotAnArchiveError(f"{path}: not a page store of Dateline's")
    if connection.execute("pragma user_version").fetchone()[0] > PAGES_VERSION:
        raise NewerArchiveError(f"{path}: made by a newer version of Dateline; update to open it")
    connection.execute("pragma synchronous = full")
    connection.execute("pragma foreign_keys = on")
