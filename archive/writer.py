"""Visits turned into rows: SQL constants, run through executemany inside one transaction."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from typing import Any

from archive.counts import KEPT_OUT, QUIET, Counts
from archive.headlines import HeadlineWriter
from archive.history import History
from archive.items import Access, Article, Outcome, Visit
from archive.labels import LabelWriter
from archive.pages import sha256
from archive.rows import article_row, content_digest, storable
from archive.times import moment

_ALREADY = """
select f.url, f.fetched_at from json_each(?) asked
join fetches f on f.url = asked.value ->> 0 and f.fetched_at = asked.value ->> 1"""
_BY_ADDRESS = """
select u.url, a.id, a.digest, a.first_seen, a.last_seen, a.state from json_each(?) asked
join article_urls u on u.url = asked.value join articles a on a.id = u.article_id"""
_NEXT_ARTICLE = "select coalesce(max(id), 0) + 1 from articles"
_NEXT_FETCH = "select coalesce(max(id), 0) + 1 from fetches"

INSERT_ARTICLE = """
insert into articles (id, source_id, url, title, lead, body, body_kinds, dateline, dateline_place,
    dateline_agency, dateline_date, published, published_text, published_day, modified,
    modified_text, language, access, access_declared, first_seen, last_seen, images, alternates,
    provenance, digest)
values (:id, :source_id, :url, :title, :lead, :body, :body_kinds, :dateline, :dateline_place,
    :dateline_agency, :dateline_date, :published, :published_text, :published_day, :modified,
    :modified_text, :language, :access, :access_declared, :seen, :seen, :images, :alternates,
    :provenance, :digest)"""
INSERT_VERSION = """
insert into versions (article_id, fetch_id, first_seen, title, lead, authors, published, modified,
    access, digest)
values (:id, :fetch_id, :seen, :title, :lead, :authors, :published, :modified, :access, :digest)"""
INSERT_FETCH = """
insert into fetches (id, crawl_id, url, final_url, fetched_at, outcome, reason, status, bytes,
    elapsed, etag, last_modified, page_sha256, article_id, digest)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
_SEEN_AGAIN = """
update articles set last_seen = :seen,
    state = case state when 'missing' then 'present' when 'gone' then 'back' else state end
where id = :id and last_seen < :seen"""
GONE_STATUS = (404, 410)
"""The answers that say a page is not there; any other failure says nothing about the article."""
_MISSING = "update articles set state = 'missing' where id = ? and state in ('present', 'back')"
_ADD_ADDRESS = "insert or ignore into article_urls (url, article_id) values (?, ?)"
_LINK_HEADLINES = "update headlines set article_id = ? where url = ? and article_id is null"
_COUNT = """
update crawls set new = new + ?, edited = edited + ?, unchanged = unchanged + ?, gone = gone + ?,
    locked = locked + ?, refused = refused + ?, failed = failed + ?,
    missing = missing + ? where id = ?"""
_FOUND = """
insert into frontier (source_id, url, kind, found_on, priority, found_at)
values (?, ?, ?, ?, ?, strftime('%Y-%m-%dT%H:%M:%fZ'))
on conflict (source_id, url) do update set priority = max(priority, excluded.priority)"""
_VISITED = "delete from frontier where source_id = ? and url = ?"


@dataclass(slots=True)
class Entry:
    """What the archive holds of an article while a batch is written."""

    id: int
    digest: bytes
    first_seen: str
    last_seen: str
    state: str


class Writer:
    """Writes batches on one connection; it remembers ids, which only this file gives."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self.headlines = HeadlineWriter(db)
        self.labels = LabelWriter(db)

    @contextmanager
    def undone_on_error(self) -> Iterator[None]:
        """Forget remembered ids where the transaction inside did not commit."""
        try:
            yield
        except BaseException:
            self.headlines.forget()
            self.labels.forget()
            raise

    def write(
        self,
        crawl_id: int,
        source_id: int,
        visits: Sequence[Visit],
        found: Sequence[tuple[str, str, str | None, int]],
    ) -> Counts:
        """Write visits and found addresses; the caller holds the transaction."""
        counts = Counts()
        for part in _without_repeats(self._not_yet_written(visits)):
            counts += _Batch(self, self._db, crawl_id, source_id, part).write()
        self._db.execute(_COUNT, (*astuple(counts), crawl_id))
        self._db.executemany(
            _FOUND,
            [(source_id, storable(u), kind, on and storable(on), p) for u, kind, on, p in found],
        )
        self._db.executemany(_VISITED, [(source_id, storable(v.fetch.url)) for v in visits])
        return counts

    def _not_yet_written(self, visits: Sequence[Visit]) -> list[Visit]:
        keyed = {(storable(v.fetch.url), moment(v.fetch.fetched_at)): v for v in visits}
        asked = json.dumps(list(keyed))
        for url, fetched_at in self._db.execute(_ALREADY, (asked,)).fetchall():
            del keyed[url, fetched_at]
        return list(keyed.values())


def _without_repeats(visits: list[Visit]) -> Iterator[list[Visit]]:
    """Yield parts of the batch in which no address of an article comes twice."""
    part: list[Visit] = []
    addresses: set[str] = set()
    for visit in visits:
        own = set(_addresses(visit))
        if not addresses.isdisjoint(own):
            yield part
            part, addresses = [], set()
        part.append(visit)
        addresses |= own
    if part:
        yield part


def _addresses(visit: Visit) -> tuple[str, ...]:
    """Return the addresses of a visit, the one that names the article best first."""
    fetch, article = visit.fetch, visit.article
    found = (article.url if article else None, fetch.final_url, fetch.url)
    return tuple(dict.fromkeys(storable(url) for url in found if url))


class _Batch:
    """One part of a batch: each article in it once."""

    def __init__(
        self,
        writer: Writer,
        db: sqlite3.Connection,
        crawl_id: int,
        source_id: int,
        visits: list[Visit],
    ) -> None:
        self.writer = writer
        self.db = db
        self.crawl_id = crawl_id
        self.source_id = source_id
        self.visits = visits
        self.next_article = int(db.execute(_NEXT_ARTICLE).fetchone()[0])
        self.next_fetch = int(db.execute(_NEXT_FETCH).fetchone()[0])
        self.entries = self._entries()
        self.fetches: list[tuple[Any, ...]] = []
        self.new: list[dict[str, Any]] = []
        self.new_articles: list[tuple[int, Article]] = []
        self.again: list[dict[str, Any]] = []
        self.other: list[tuple[Article, dict[str, Any]]] = []
        self.missing: list[tuple[int]] = []
        self.addresses: list[tuple[str, int]] = []
        self.counted = dict.fromkeys(Counts.__slots__, 0)

    def _entries(self) -> dict[str, Entry]:
        addresses = {url for visit in self.visits for url in _addresses(visit)}
        rows = self.db.execute(_BY_ADDRESS, (json.dumps(list(addresses)),))
        return {row[0]: Entry(*row[1:]) for row in rows}

    def write(self) -> Counts:
        for visit in self.visits:
            self._sort(visit)
        self.db.executemany(INSERT_ARTICLE, self.new)
        self.db.executemany(INSERT_FETCH, self.fetches)
        self.db.executemany(INSERT_VERSION, self.new)
        self.db.executemany(_SEEN_AGAIN, self.again)
        self.db.executemany(_MISSING, self.missing)
        self.db.executemany(_ADD_ADDRESS, self.addresses)
        self.db.executemany(_LINK_HEADLINES, [(id_, url) for url, id_ in self.addresses])
        self.writer.labels.add(self.new_articles)
        self._write_history()
        self._write_headlines()
        return Counts(**self.counted)

    def _sort(self, visit: Visit) -> None:
        fetch_id = self.next_fetch + len(self.fetches)
        entry = next(filter(None, map(self.entries.get, _addresses(visit))), None)
        digest = None
        if visit.article:
            entry, digest = self._sort_article(visit.article, visit, entry, fetch_id)
        elif entry:
            self._sort_look(visit, entry)
        self.fetches.append(self._fetch(fetch_id, visit, entry.id if entry else None, digest))
        outcome = visit.fetch.outcome
        is_missing = entry is not None and visit.fetch.status in GONE_STATUS
        self.counted["missing"] += is_missing
        self.counted["refused"] += outcome in KEPT_OUT
        self.counted["failed"] += outcome not in QUIET | KEPT_OUT and not is_missing

    def _sort_article(
        self, article: Article, visit: Visit, entry: Entry | None, fetch_id: int
    ) -> tuple[Entry, bytes]:
        digest = content_digest(article)
        seen = moment(visit.fetch.fetched_at)
        self.counted["locked"] += article.access is Access.LOCKED
        if entry is None:
            entry = Entry(self.next_article + len(self.new), digest, seen, seen, "present")
            row = article_row(article, self.source_id, digest)
            self.new.append(row | {"id": entry.id, "seen": seen, "fetch_id": fetch_id})
            self.new_articles.append((entry.id, article))
            self.counted["new"] += 1
        elif digest == entry.digest and seen >= entry.last_seen:
            self.again.append({"id": entry.id, "seen": seen})
            self.counted["unchanged"] += 1
        else:
            row = article_row(article, self.source_id, digest)
            late = row | {"id": entry.id, "seen": seen, "fetch_id": fetch_id}
            self.other.append((article, late))
        for url in _addresses(visit):
            if url not in self.entries:
                self.entries[url] = entry
                self.addresses.append((url, entry.id))
        return entry, digest

    def _sort_look(self, visit: Visit, entry: Entry) -> None:
        seen = moment(visit.fetch.fetched_at)
        if visit.fetch.outcome is Outcome.UNCHANGED:
            self.again.append({"id": entry.id, "seen": seen})
            self.counted["unchanged"] += 1
        elif visit.fetch.status in GONE_STATUS and seen > entry.last_seen:
            self.missing.append((entry.id,))

    def _fetch(
        self, fetch_id: int, visit: Visit, article_id: int | None, digest: bytes | None
    ) -> tuple[Any, ...]:
        fetch, page = visit.fetch, visit.page
        return (
            fetch_id,
            self.crawl_id,
            storable(fetch.url),
            storable(fetch.final_url) if fetch.final_url else None,
            moment(fetch.fetched_at),
            fetch.outcome,
            storable(fetch.reason) if fetch.reason else None,
            fetch.status,
            len(page.body) if page and fetch.size is None else fetch.size,
            fetch.elapsed,
            page and _header(page.header("etag")),
            page and _header(page.header("last-modified")),
            sha256(page.body) if page else None,
            article_id,
            digest,
        )

    def _write_history(self) -> None:
        history = History(self.db)
        for article, row in self.other:
            change = history.add(row)
            self.counted["edited" if change.edited else "unchanged"] += 1
            if change.current:
                self.writer.labels.replace(row["id"], article)

    def _write_headlines(self) -> None:
        first = self.next_fetch
        self.writer.headlines.write(
            [
                (first + number, lists)
                for number, visit in enumerate(self.visits)
                if (lists := visit.lists)
            ]
        )


def _header(value: str | None) -> str | None:
    return storable(value) if value else None
