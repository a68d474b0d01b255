"""Visits turned into rows: SQL constants, run through executemany inside one transaction."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass, field
from typing import Any, NamedTuple, Self

from archive.counts import KEPT_OUT, QUIET, Counts
from archive.headlines import HeadlineWriter
from archive.history import History
from archive.items import Access, Article, HeadlineList, Outcome, Page, Visit
from archive.labels import LabelWriter
from archive.leads import LeadWriter
from archive.rows import article_row, content_digest, folded, plain, storable
from archive.times import moment, printed

_ALREADY = """
select f.url, f.fetched_at from json_each(?) asked
join fetches f on f.url = asked.value ->> 0 and f.fetched_at = asked.value ->> 1"""
_BY_ADDRESS = """
select u.url, a.id, a.digest, a.last_seen, a.state from json_each(?) asked
join article_urls u on u.url = asked.value join articles a on a.id = u.article_id"""
_TITLE = "select title, published from articles where id = ?"
_ARE_ALIKE = """
select 1 from articles a, articles b
where a.id = ? and b.id = ? and (a.title = b.title or a.published = b.published)"""
_NEXT_ARTICLE = "select coalesce(max(id), 0) + 1 from articles"
_NEXT_FETCH = "select coalesce(max(id), 0) + 1 from fetches"

INSERT_ARTICLE = """
insert into articles (id, source_id, url, title, lead, body, body_kinds, dateline, dateline_place,
    dateline_agency, dateline_date, published, published_text, published_day, modified,
    modified_text, language, access, access_declared, first_seen, last_seen, authors, sections,
    tags, images, alternates, provenance, digest)
values (:id, :source_id, :url, :title, :lead, :body, :body_kinds, :dateline, :dateline_place,
    :dateline_agency, :dateline_date, :published, :published_text, :published_day, :modified,
    :modified_text, :language, :access, :access_declared, :seen, :seen, :authors, :sections, :tags,
    :images, :alternates, :provenance, :digest)"""
_FIRST_VERSIONS = """
insert into versions (article_id, fetch_id, first_seen)
select article_id, id, fetched_at from fetches where id >= ? and article_id >= ?"""
INSERT_FETCH = """
insert into fetches (id, crawl_id, url, final_url, fetched_at, outcome, reason, status, bytes,
    elapsed, etag, last_modified, page_sha256, article_id, digest)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
GONE_STATUS = (404, 410)
"""The answers that say a page is not there; any other failure says nothing about the article."""
_SEEN_AGAIN = "update articles set last_seen = ?1 where id = ?2 and last_seen < ?1"
_BACK = """
update articles set state = case state when 'gone' then 'back' else 'present' end, gone_at = null
where id = ?2 and last_seen < ?1 and state in ('missing', 'gone') and not exists (
    select 1 from fetches where article_id = ?2 and fetched_at > ?1 and status in (404, 410))"""
_MISSING = "update articles set state = 'missing' where id = ? and state in ('present', 'back')"
_ADD_ADDRESS = "insert or ignore into article_urls (url, article_id) values (?, ?)"
_LINK_HEADLINES = """
update headlines set article_id = (
    select u.article_id from article_urls u where u.url = headlines.url)
where url in (select value from json_each(?)) and +article_id is null"""
_COUNT = """
update crawls set new = new + ?, edited = edited + ?, unchanged = unchanged + ?, gone = gone + ?,
    locked = locked + ?, refused = refused + ?, failed = failed + ?,
    missing = missing + ? where id = ?"""
_FOUND = """
insert into frontier (source_id, url, kind, found_on, priority, found_at)
values (?, ?, ?, ?, ?, strftime('%Y-%m-%dT%H:%M:%f000Z'))
on conflict (source_id, url) do update set priority = max(priority, excluded.priority)"""
_VISITED = "delete from frontier where source_id = ? and url = ?"


class Entry(NamedTuple):
    """What the archive holds of an article when a batch begins."""

    id: int
    digest: bytes
    last_seen: str
    state: str


class Look(NamedTuple):
    """A visit with what is worked out of it once; the best address comes first."""

    visit: Visit
    url: str
    seen: str
    addresses: tuple[str, ...]
    page_sha256: bytes | None

    @classmethod
    def of(cls, visit: Visit, page_sha256: bytes | None) -> Self:
        """Return the look that a visit was."""
        fetch, article = visit.fetch, visit.article
        url = storable(fetch.url)
        best = article.url if article else fetch.url
        if best == fetch.url and fetch.final_url in (None, fetch.url):
            addresses: tuple[str, ...] = (url,)
        else:
            named = (best, fetch.final_url or fetch.url, fetch.url)
            addresses = tuple(dict.fromkeys(map(storable, named)))
        return cls(visit, url, moment(fetch.fetched_at), addresses, page_sha256)


class Writer:
    """Writes batches on one connection; it remembers ids, which only this file gives."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self.headlines = HeadlineWriter(db)
        self.labels = LabelWriter(db)
        self.leads = LeadWriter(db)

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
        looks: Sequence[Look],
        found: Sequence[tuple[str, str, str | None, int]],
    ) -> Counts:
        """Write looks and found addresses; the caller holds the transaction.

        Raises sqlite3.IntegrityError where a look was written before; see ``write_rest``.
        """
        return self._write(crawl_id, source_id, looks, _by_key(looks), found)

    def write_rest(
        self,
        crawl_id: int,
        source_id: int,
        looks: Sequence[Look],
        found: Sequence[tuple[str, str, str | None, int]],
    ) -> Counts:
        """Write as ``write`` does, without the looks that were written before."""
        keyed = _by_key(looks)
        for url, fetched_at in self._db.execute(_ALREADY, (json.dumps(list(keyed)),)).fetchall():
            del keyed[url, fetched_at]
        return self._write(crawl_id, source_id, looks, keyed, found)

    def _write(
        self,
        crawl_id: int,
        source_id: int,
        looks: Sequence[Look],
        fresh: Mapping[tuple[str, str], Look],
        found: Sequence[tuple[str, str, str | None, int]],
    ) -> Counts:
        counts = Counts()
        for part in _without_repeats(fresh.values()):
            counts += _Batch(self, self._db, crawl_id, source_id, part).write()
        self.leads.write(source_id, fresh.values())
        self._db.execute(_COUNT, (*astuple(counts), crawl_id))
        self._db.executemany(_VISITED, [(source_id, look.url) for look in looks])
        self._db.executemany(
            _FOUND,
            [(source_id, storable(u), kind, on and storable(on), p) for u, kind, on, p in found],
        )
        return counts


def _by_key(looks: Sequence[Look]) -> dict[tuple[str, str], Look]:
    return {(look.url, look.seen): look for look in looks}


def _without_repeats(looks: Iterable[Look]) -> Iterator[list[Look]]:
    """Yield parts of the batch in which no address comes twice."""
    part: list[Look] = []
    addresses: set[str] = set()
    for look in looks:
        if not addresses.isdisjoint(look.addresses):
            yield part
            part, addresses = [], set()
        part.append(look)
        addresses.update(look.addresses)
    if part:
        yield part


@dataclass(slots=True)
class _Rows:
    """The rows of one part of a batch, by what is done with them."""

    fetches: list[tuple[Any, ...]] = field(default_factory=list)
    new: list[dict[str, Any]] = field(default_factory=list)
    labels: list[tuple[int, Article]] = field(default_factory=list)
    again: list[tuple[str, int]] = field(default_factory=list)
    back: list[tuple[str, int]] = field(default_factory=list)
    other: list[tuple[Article, dict[str, Any]]] = field(default_factory=list)
    missing: list[tuple[int]] = field(default_factory=list)
    addresses: list[tuple[str, int]] = field(default_factory=list)
    lists: list[tuple[int, tuple[HeadlineList, ...]]] = field(default_factory=list)


class _Batch:
    """One part of a batch: each address in it once."""

    def __init__(
        self,
        writer: Writer,
        db: sqlite3.Connection,
        crawl_id: int,
        source_id: int,
        looks: list[Look],
    ) -> None:
        self.writer = writer
        self.db = db
        self.crawl_id = crawl_id
        self.source_id = source_id
        self.looks = looks
        self.next_article = int(db.execute(_NEXT_ARTICLE).fetchone()[0])
        self.next_fetch = int(db.execute(_NEXT_FETCH).fetchone()[0])
        self.entries = self._entries()
        self._join_same()
        self.rows = _Rows()
        self.counted = dict.fromkeys(Counts.__slots__, 0)

    def _entries(self) -> dict[str, Entry]:
        addresses = [url for look in self.looks for url in look.addresses]
        rows = self.db.cursor()
        rows.row_factory = None
        rows.execute(_BY_ADDRESS, (json.dumps(addresses),))
        return {row[0]: Entry._make(row[1:]) for row in rows}

    def _join_same(self) -> None:
        """Make one of articles that a page says are one, where they share title or time."""
        for look in self.looks:
            if look.visit.article is None or len(look.addresses) == 1:
                continue
            redirected = look.visit.fetch.final_url not in (None, look.visit.fetch.url)
            direct = look.addresses[:-1] if redirected else look.addresses
            ids = sorted({self.entries[url].id for url in direct if url in self.entries})
            for other in ids[1:]:
                if self.db.execute(_ARE_ALIKE, (ids[0], other)).fetchone():
                    History(self.db).join(ids[0], other)
                    self.entries = self._entries()

    def write(self) -> Counts:
        """Sort every look into rows, write them, and return what they came to."""
        for fetch_id, look in enumerate(self.looks, self.next_fetch):
            self._sort(fetch_id, look)
        rows, db = self.rows, self.db
        db.executemany(INSERT_ARTICLE, rows.new)
        db.executemany(INSERT_FETCH, rows.fetches)
        if rows.new:
            db.execute(_FIRST_VERSIONS, (self.next_fetch, self.next_article))
        db.executemany(_BACK, rows.back)
        db.executemany(_SEEN_AGAIN, rows.again)
        db.executemany(_MISSING, rows.missing)
        db.executemany(_ADD_ADDRESS, rows.addresses)
        if rows.addresses:
            db.execute(_LINK_HEADLINES, (json.dumps([url for url, _ in rows.addresses]),))
        self.writer.labels.add(rows.labels)
        self._write_history()
        self.writer.headlines.write(rows.lists)
        return Counts(**self.counted)

    def _sort(self, fetch_id: int, look: Look) -> None:
        visit = look.visit
        entry = self._entry(look)
        digest = None
        if visit.article:
            digest = content_digest(visit.article)
            entry = self._sort_article(fetch_id, look, visit.article, entry, digest)
        elif entry:
            self._sort_look(look, entry)
        if visit.lists:
            self.rows.lists.append((fetch_id, visit.lists))
        self.rows.fetches.append(self._fetch(fetch_id, look, entry.id if entry else None, digest))
        if entry is not None and visit.fetch.status in GONE_STATUS:
            self.counted["missing"] += 1
        elif visit.fetch.outcome not in QUIET and not visit.guess:
            self.counted["refused" if visit.fetch.outcome in KEPT_OUT else "failed"] += 1

    def _entry(self, look: Look) -> Entry | None:
        """Return the article that a look belongs to, if there is one.

        A redirect leads to the same article only where the two share title or time: what was
        removed often leads to something else.
        """
        for address in look.addresses:
            entry = self.entries.get(address)
            if entry is None:
                continue
            redirected = address == look.url and len(look.addresses) > 1
            if not redirected or self._same_article(look, entry):
                return entry
        return None

    def _same_article(self, look: Look, entry: Entry) -> bool:
        article, fetch = look.visit.article, look.visit.fetch
        if article is None or fetch.final_url in (None, fetch.url):
            return True
        row = self.db.execute(_TITLE, (entry.id,)).fetchone()
        if row is None:
            return True
        title, published = row
        same_time = published is not None and published == printed(article.published)
        return same_time or folded(title) == folded(article.title)

    def _sort_article(
        self, fetch_id: int, look: Look, article: Article, entry: Entry | None, digest: bytes
    ) -> Entry:
        self.counted["locked"] += article.access is Access.LOCKED
        if entry and digest == entry.digest and look.seen >= entry.last_seen:
            self._seen_again(look, entry)
        else:
            row = article_row(article, self.source_id, digest)
            row |= {"seen": look.seen, "fetch_id": fetch_id}
            entry = self._other(article, row, entry) if entry else self._new(article, row)
        for url in look.addresses:
            if url not in self.entries:
                self.entries[url] = entry
                self.rows.addresses.append((url, entry.id))
        return entry

    def _new(self, article: Article, row: dict[str, Any]) -> Entry:
        row["id"] = self.next_article + len(self.rows.new)
        self.rows.new.append(row)
        self.rows.labels.append((row["id"], article))
        self.counted["new"] += 1
        return Entry(row["id"], row["digest"], row["seen"], "present")

    def _other(self, article: Article, row: dict[str, Any], entry: Entry) -> Entry:
        row["id"] = entry.id
        self.rows.other.append((article, row))
        return entry

    def _sort_look(self, look: Look, entry: Entry) -> None:
        if look.visit.fetch.outcome is Outcome.UNCHANGED:
            self._seen_again(look, entry)
        elif look.visit.fetch.status in GONE_STATUS and look.seen > entry.last_seen:
            self.rows.missing.append((entry.id,))

    def _seen_again(self, look: Look, entry: Entry) -> None:
        self.rows.again.append((look.seen, entry.id))
        if entry.state != "present":
            self.rows.back.append((look.seen, entry.id))
        self.counted["unchanged"] += 1

    def _fetch(
        self, fetch_id: int, look: Look, article_id: int | None, digest: bytes | None
    ) -> tuple[Any, ...]:
        fetch, page = look.visit.fetch, look.visit.page
        elsewhere = fetch.final_url if fetch.final_url != fetch.url else None
        return (
            fetch_id,
            self.crawl_id,
            look.url,
            storable(elsewhere) if elsewhere else None,
            look.seen,
            plain(fetch.outcome),
            storable(fetch.reason) if fetch.reason else None,
            fetch.status,
            len(page.body) if page and fetch.size is None else fetch.size,
            fetch.elapsed,
            _header(page, "etag"),
            _header(page, "last-modified"),
            look.page_sha256,
            article_id,
            digest,
        )

    def _write_history(self) -> None:
        history = History(self.db)
        for article, row in self.rows.other:
            change = history.add(row)
            self.counted["edited" if change.edited else "unchanged"] += 1
            if change.current:
                self.writer.labels.replace(row["id"], article)


def _header(page: Page | None, name: str) -> str | None:
    value = page.header(name) if page else None
    return storable(value) if value else None
