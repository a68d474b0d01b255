"""The archive: what is known, and one batch of visits written in one transaction."""

import json
import os
import socket
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from archive.address_forms import form_key
from archive.connection import connect, pages_path, told, transaction
from archive.counts import Counts
from archive.errors import ArchiveBusyError
from archive.gone import GONE_AFTER, settle
from archive.items import Fetch, Outcome, Page, Visit
from archive.looks import Look
from archive.pages import PageStore
from archive.rows import storable
from archive.times import moment, parse
from archive.writer import Writer

_KNOWN = """
select asked.value as url, f.fetched_at, f.outcome, f.status,
    (select v.id from fetches v where v.url = asked.value and v.outcome in ('ok', 'unchanged')
        and (v.etag is not null or v.last_modified is not null)
        order by v.fetched_at desc limit 1) as validated_by,
    a.id as article_id, a.state
from json_each(?) asked
left join fetches f on f.id = (
    select id from fetches where url = asked.value order by fetched_at desc limit 1)
left join article_urls u on u.url = asked.value
left join articles a on a.id = u.article_id
where f.id is not null or a.id is not null"""
_SAME_FORM = """
select u.form, a.url from json_each(?) asked join article_urls u on u.form = asked.value
join articles a on a.id = u.article_id order by a.id desc"""
_VALIDATORS = (
    "select id, etag, last_modified from fetches where id in (select value from json_each(?))"
)
_ADD_SOURCE = """
insert into sources (name, url, spider, added_at) values (?, ?, ?, ?)
on conflict (name) do nothing"""
_SOURCE_ID = "select id from sources where name = ?"
_START_CRAWL = """
insert into crawls (source_id, spider, url, settings, owner, started_at)
values (?, ?, ?, ?, ?, ?) returning id"""
_FINISH_CRAWL = """
update crawls set finished_at = ?, outcome = ?, gone = gone + ? where id = ?"""
_CRAWL_COUNTS = """
select new, edited, unchanged, gone, locked, refused, failed, missing from crawls where id = ?"""
_FRONTIER = """
select url, kind, found_on, priority from frontier where source_id = ?
order by priority desc, found_at, url limit ?"""
_READ = """
select f.url, max(f.digest is not null) from fetches f
where f.crawl_id in (select id from crawls where source_id = ? order by started_at desc limit 50)
    and f.outcome = 'ok' group by f.url limit ?"""
_ANY_ARTICLE = "select 1 from articles where source_id = ? limit 1"
_FORGET = "delete from frontier where source_id = ? and url = ?"

_LAST_FETCH = """
select fetched_at, outcome, reason, final_url, status, bytes, page_sha256 is not null as has_page
from fetches where url = ? order by fetched_at desc limit 1"""
_HOLDER = """
select s.name, c.owner from crawls c join sources s on s.id = c.source_id
where c.finished_at is null order by c.id desc limit 1"""

_CHUNK = 1000


@dataclass(frozen=True, slots=True)
class Known:
    """What the archive knows of an address: its last fetch, and the article it leads to.

    ``fetched_at`` and ``outcome`` are None where the address is known from an article alone;
    the validators are those of the newest answer that gave any.
    """

    fetched_at: datetime | None
    outcome: Outcome | None
    status: int | None
    etag: str | None
    last_modified: str | None
    article_id: int | None
    state: str | None

    @property
    def is_article(self) -> bool:
        """Whether the address leads to an archived article."""
        return self.article_id is not None


@dataclass(frozen=True, slots=True)
class Crawl:
    """One look at one source, under way."""

    id: int
    source_id: int
    source: str


@dataclass(frozen=True, slots=True)
class Found:
    """An address found and not yet fetched; a higher priority is fetched earlier."""

    url: str
    kind: str
    found_on: str | None = None
    priority: int = 0


def this_process() -> str:
    """Return how leases and crawls name the process that holds them: host:pid."""
    return f"{socket.gethostname()}:{os.getpid()}"


class Archive:
    """An archive, open. Use it as a context manager."""

    def __init__(self, path: Path, connection: sqlite3.Connection, *, write: bool) -> None:
        self.path = path
        self.db = connection
        self._write = write
        self._pages: PageStore | None = None
        self._writer = Writer(connection)

    @classmethod
    def open(cls, path: Path, *, write: bool = True, create: bool = False) -> Self:
        """Open the archive at ``path``, made new where ``create`` is set and there is none.

        Raises NotAnArchiveError, NewerArchiveError or ArchiveError, each one sentence.
        """
        return cls(path, connect(path, write=write, create=create), write=write or create)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the archive and its page store."""
        if self._pages is not None:
            self._pages.close()
        self.db.close()

    @contextmanager
    def told(self) -> Iterator[None]:
        """Turn what SQLite raises into one sentence; it names who holds a busy archive."""
        try:
            with told(self.path):
                yield
        except ArchiveBusyError as error:
            holder = self.db.execute(_HOLDER).fetchone()
            if holder is None:
                raise
            message = f"{error}, maybe the crawl of {holder['name']} ({holder['owner']})"
            raise ArchiveBusyError(message) from error

    @property
    def pages(self) -> PageStore:
        """The kept responses, in the file beside the archive."""
        if self._pages is None:
            self._pages = PageStore(pages_path(self.path), write=self._write)
        return self._pages

    def known(self, urls: Collection[str]) -> dict[str, Known]:
        """Return what is known of each address; one never seen is not in the answer."""
        found: dict[str, Known] = {}
        asked = [storable(url) for url in urls]
        with self.told():
            for start in range(0, len(asked), _CHUNK):
                found.update(self._known(asked[start : start + _CHUNK]))
        return found

    def _known(self, urls: list[str]) -> dict[str, Known]:
        rows = self.db.execute(_KNOWN, (json.dumps(urls),)).fetchall()
        ids = json.dumps([row["validated_by"] for row in rows if row["validated_by"]])
        validators = {row[0]: (row[1], row[2]) for row in self.db.execute(_VALIDATORS, (ids,))}
        return {
            row["url"]: _known(row, *validators.get(row["validated_by"], (None, None)))
            for row in rows
        }

    def addresses_of(self, urls: Collection[str]) -> dict[str, str]:
        """Return the address of the article to which each leads in another form, where one does."""
        forms = {url: form_key(storable(url)) for url in urls}
        with self.told():
            asked = (json.dumps(sorted(set(forms.values()))),)
            known = {row[0]: row[1] for row in self.db.execute(_SAME_FORM, asked)}
        return {url: known[form] for url, form in forms.items() if form in known}

    def last_visit(self, url: str) -> Visit | None:
        """Return the newest look at an address, with its page where that was kept.

        What was read of the page is not in it.
        """
        with self.told():
            row = self.db.execute(_LAST_FETCH, (storable(url),)).fetchone()
        if row is None:
            return None
        at, elsewhere = parse(row["fetched_at"]), row["final_url"] or url
        outcome, status = Outcome(row["outcome"]), row["status"]
        fetch = Fetch(url, at, outcome, row["reason"], elsewhere, status, row["bytes"])
        page = self.read_page(url, at) if row["has_page"] else None
        return Visit(fetch, page if page and page.fetched_at == at else None)

    def remember_source(
        self, source: str, url: str | None, spider: str, *, now: datetime | None = None
    ) -> None:
        """Remember a source, not due by itself; one known before stays as it is."""
        added = moment(now or datetime.now(UTC))
        with self.told(), transaction(self.db):
            self.db.execute(_ADD_SOURCE, (source, url, spider, added))

    def start_crawl(
        self,
        source: str,
        url: str | None,
        spider: str,
        settings: Mapping[str, object],
        *,
        now: datetime | None = None,
    ) -> Crawl:
        """Begin one look at a source, which is remembered if it is new."""
        self.remember_source(source, url, spider, now=now)
        started = moment(now or datetime.now(UTC))
        with self.told(), transaction(self.db):
            source_id = self.db.execute(_SOURCE_ID, (source,)).fetchone()[0]
            row = (source_id, spider, url, _settings(settings), this_process(), started)
            crawl_id = self.db.execute(_START_CRAWL, row).fetchone()[0]
        return Crawl(crawl_id, source_id, source)

    def finish_crawl(
        self,
        crawl: Crawl,
        outcome: str,
        *,
        now: datetime | None = None,
        gone_after: timedelta = GONE_AFTER,
    ) -> Counts:
        """Close a crawl with its outcome in a word and return what came of it.

        Articles that were missed often and for so long are gone from now on.
        """
        finished = moment(now or datetime.now(UTC))
        with self.told(), transaction(self.db):
            gone = settle(self.db, crawl.source_id, gone_after)
            self.db.execute(_FINISH_CRAWL, (finished, outcome, gone, crawl.id))
            return Counts(*self.db.execute(_CRAWL_COUNTS, (crawl.id,)).fetchone())

    def has_articles(self, crawl: Crawl) -> bool:
        """Return whether any article of the source is in the archive."""
        with self.told():
            return self.db.execute(_ANY_ARTICLE, (crawl.source_id,)).fetchone() is not None

    def write(
        self, crawl: Crawl, visits: Sequence[Visit], *, found: Iterable[Found] = ()
    ) -> Counts:
        """Write visits and all that came of them, and the addresses found, in one transaction.

        Visits may come in any order and more than once: the same visits always come to the
        same rows. When this returns, all of it is on the disk. Visited addresses leave the
        frontier in the same transaction. Raises ArchiveError where the archive cannot be
        written; what was written before is kept.
        """
        # Pages first: a kill between the two leaves at worst a page that nothing refers to.
        digests = self._write_pages(visits)
        looks = [Look.of(*one) for one in zip(visits, digests, strict=True)]
        rows = [(one.url, one.kind, one.found_on, one.priority) for one in found]
        with self.told():
            try:
                with self._writer.undone_on_error(), transaction(self.db):
                    return self._writer.write(crawl.id, crawl.source_id, looks, rows)
            except sqlite3.IntegrityError:
                # Rare: some looks were written before. To ask that first would cost every batch.
                with self._writer.undone_on_error(), transaction(self.db):
                    return self._writer.write_rest(crawl.id, crawl.source_id, looks, rows)

    def _write_pages(self, visits: Sequence[Visit]) -> list[bytes | None]:
        if all(visit.page is None for visit in visits):
            return [None] * len(visits)
        return self.pages.write([(visit.fetch.url, visit.page) for visit in visits])

    def frontier(self, crawl: Crawl, limit: int = -1) -> list[Found]:
        """Return the addresses of the source found and not yet fetched, the next one first."""
        with self.told():
            rows = self.db.execute(_FRONTIER, (crawl.source_id, limit))
            return [Found(*row) for row in rows]

    def read_lately(self, crawl: Crawl, limit: int = 5000) -> list[tuple[str, bool]]:
        """Return addresses of the source read in the last crawls, each with whether an article."""
        with self.told():
            rows = self.db.execute(_READ, (crawl.source_id, limit))
            return [(row[0], bool(row[1])) for row in rows]

    def forget(self, crawl: Crawl, urls: Iterable[str]) -> None:
        """Take addresses out of the frontier that shall not be fetched after all."""
        with self.told(), transaction(self.db):
            self.db.executemany(_FORGET, [(crawl.source_id, storable(url)) for url in urls])

    def index(self) -> int:
        """Bring the full-text index up to date, at the end of a crawl; return how many came."""
        # Imported here: a crawl needs name keys only when it is over.
        from archive.search_index import index

        with self.told():
            return index(self.db)

    def read_page(self, url: str, at: datetime | None = None) -> Page | None:
        """Return the newest kept page of an address, not newer than ``at``, bit for bit."""
        if self._pages is None and not pages_path(self.path).exists():
            return None
        return self.pages.read(url, moment(at) if at else None)


def _known(row: sqlite3.Row, etag: str | None, last_modified: str | None) -> Known:
    return Known(
        fetched_at=parse(row["fetched_at"]) if row["fetched_at"] else None,
        outcome=Outcome(row["outcome"]) if row["outcome"] else None,
        status=row["status"],
        etag=etag,
        last_modified=last_modified,
        article_id=row["article_id"],
        state=row["state"],
    )


def _settings(settings: Mapping[str, object]) -> str | None:
    return storable(json.dumps(settings, default=str, sort_keys=True)) if settings else None
