"""Visits turned into rows: SQL constants, run through executemany inside one transaction."""

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass, field
from typing import Any

from archive.address_forms import form_key, form_of
from archive.alike import Story, are_alike
from archive.counts import KEPT_OUT, QUIET, Counts
from archive.headlines import HeadlineWriter, link_headlines, repeat_unchanged
from archive.history import History
from archive.items import Access, Article, HeadlineList, Outcome, Page
from archive.labels import LabelWriter
from archive.leads import LeadWriter
from archive.looks import Entry, Look, by_key, without_repeats
from archive.rows import article_row, content_digest, plain, signals_json, storable
from archive.states import judge
from archive.times import printed

_ALREADY = """
select f.url, f.fetched_at from json_each(?) asked
join fetches f on f.url = asked.value ->> 0 and f.fetched_at = asked.value ->> 1"""
_BY_ADDRESS = """
select u.url, a.id, a.digest, a.last_seen, a.state, a.url from json_each(?) asked
join article_urls u on u.url = asked.value join articles a on a.id = u.article_id"""
_BY_FORM = """
select u.form, a.id, a.digest, a.last_seen, a.state, a.url from json_each(?) asked
join article_urls u on u.form = asked.value join articles a on a.id = u.article_id
order by a.id desc"""
_STORY = "select title, published, body from articles where id = ?"
_NEXT_ARTICLE = "select coalesce(max(id), 0) + 1 from articles"
_NEWEST = "select coalesce(max(fetched_at), '') from fetches"
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
    elapsed, etag, last_modified, page_sha256, article_id, digest, access_declared, signals)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
_SEEN_AGAIN = "update articles set last_seen = ?1 where id = ?2 and last_seen < ?1"
_READ_AGAIN = """
update articles set last_seen = ?1, access_declared = ?3 where id = ?2 and last_seen < ?1"""
_MOVE = "update or ignore articles set url = ? where id = ?"
_ADD_ADDRESS = "insert or ignore into article_urls (url, article_id, form) values (?, ?, ?)"
_COUNT = """
update crawls set new = new + ?, edited = edited + ?, unchanged = unchanged + ?, gone = gone + ?,
    locked = locked + ?, refused = refused + ?, failed = failed + ?,
    missing = missing + ? where id = ?"""
_FOUND = """
insert into frontier (source_id, url, kind, found_on, priority, found_at)
values (?, ?, ?, ?, ?, strftime('%Y-%m-%dT%H:%M:%f000Z'))
on conflict (source_id, url) do update set priority = max(priority, excluded.priority)"""
_VISITED = "delete from frontier where source_id = ? and url = ?"


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
        return self._write(crawl_id, source_id, looks, by_key(looks), found)

    def write_rest(
        self,
        crawl_id: int,
        source_id: int,
        looks: Sequence[Look],
        found: Sequence[tuple[str, str, str | None, int]],
    ) -> Counts:
        """Write as ``write`` does, without the looks that were written before."""
        keyed = by_key(looks)
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
        for part in without_repeats(fresh.values()):
            counts += _Batch(self, self._db, crawl_id, source_id, part).write()
        self.leads.write(source_id, fresh.values())
        self._db.execute(_COUNT, (*astuple(counts), crawl_id))
        self._db.executemany(_VISITED, [(source_id, look.url) for look in looks])
        self._db.executemany(
            _FOUND,
            [(source_id, storable(u), kind, on and storable(on), p) for u, kind, on, p in found],
        )
        return counts


@dataclass(slots=True)
class _Rows:
    """The rows of one part of a batch, by what is done with them."""

    fetches: list[tuple[Any, ...]] = field(default_factory=list)
    new: list[dict[str, Any]] = field(default_factory=list)
    labels: list[tuple[int, Article]] = field(default_factory=list)
    again: list[tuple[str, int]] = field(default_factory=list)
    read_again: list[tuple[str, int, str | None]] = field(default_factory=list)
    other: list[tuple[Article, dict[str, Any]]] = field(default_factory=list)
    judged: set[int] = field(default_factory=set)
    moved: list[tuple[str, int]] = field(default_factory=list)
    addresses: list[tuple[str, int, str]] = field(default_factory=list)
    copies: list[tuple[str, int, str]] = field(default_factory=list)
    unchanged: list[int] = field(default_factory=list)
    lists: list[tuple[int, str, tuple[HeadlineList, ...]]] = field(default_factory=list)


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
        self.newest = str(db.execute(_NEWEST).fetchone()[0])
        self.entries = self._entries()
        self._join_same()
        self.rows = _Rows()
        self.counted = dict.fromkeys(Counts.__slots__, 0)

    def _entries(self) -> dict[str, Entry]:
        addresses = [url for look in self.looks for url in look.addresses]
        found = self._rows_by(_BY_ADDRESS, addresses)
        forms = {form_key(url) for url in addresses if url not in found}
        self.by_form = self._rows_by(_BY_FORM, list(forms)) if forms else {}
        return found

    def _rows_by(self, query: str, asked: list[str]) -> dict[str, Entry]:
        rows = self.db.cursor()
        rows.row_factory = None
        rows.execute(query, (json.dumps(asked),))
        return {row[0]: Entry._make(row[1:]) for row in rows}

    def _known(self, address: str) -> Entry | None:
        """Return the article that an address leads to, also in another form of it."""
        return self.entries.get(address) or self.by_form.get(form_key(address))

    def _join_same(self) -> None:
        """Make one of articles that a page says are one, where they are alike."""
        for look in self.looks:
            if look.visit.article is None or len(look.addresses) == 1:
                continue
            redirected = look.visit.fetch.final_url not in (None, look.visit.fetch.url)
            direct = look.addresses[:-1] if redirected else look.addresses
            ids = sorted({one.id for one in map(self._known, direct) if one is not None})
            for other in ids[1:]:
                if are_alike(self._story(ids[0]), self._story(other)):
                    History(self.db).join(ids[0], other)
                    judge(self.db, [ids[0]])
                    self.entries = self._entries()

    def _story(self, article_id: int) -> Story | None:
        row = self.db.execute(_STORY, (article_id,)).fetchone()
        return Story(*row) if row else None

    def write(self) -> Counts:
        """Sort every look into rows, write them, and return what they came to."""
        for fetch_id, look in enumerate(self.looks, self.next_fetch):
            self._sort(fetch_id, look)
        rows, db = self.rows, self.db
        db.executemany(INSERT_ARTICLE, rows.new)
        db.executemany(INSERT_FETCH, rows.fetches)
        if rows.new:
            db.execute(_FIRST_VERSIONS, (self.next_fetch, self.next_article))
        db.executemany(_READ_AGAIN, rows.read_again)
        db.executemany(_SEEN_AGAIN, rows.again)
        db.executemany(_ADD_ADDRESS, (*rows.addresses, *rows.copies))
        link_headlines(db, [(url, article_id) for url, article_id, _ in rows.addresses])
        db.executemany(_MOVE, rows.moved)
        self.writer.labels.add(rows.labels)
        self._write_history()
        judge(db, rows.judged)
        self.writer.headlines.write(rows.lists)
        late = [(look.url, look.seen) for look in self.looks if look.seen <= self.newest]
        repeat_unchanged(db, rows.unchanged, late)
        return Counts(**self.counted)

    def _sort(self, fetch_id: int, look: Look) -> None:
        visit = look.visit
        entry = self._entry(look)
        asked = self.entries.get(look.url)
        if asked is not None and (entry is None or asked.id != entry.id):
            self.rows.judged.add(asked.id)  # it leads somewhere else now
        digest = None
        if visit.article:
            digest = content_digest(visit.article)
            entry = self._sort_article(fetch_id, look, visit.article, entry, digest)
        elif entry:
            self._sort_look(look, entry)
        if visit.fetch.outcome is Outcome.UNCHANGED:
            self.rows.unchanged.append(fetch_id)
        if visit.lists:
            self.rows.lists.append((fetch_id, look.seen, visit.lists))
        self.rows.fetches.append(self._fetch(fetch_id, look, entry.id if entry else None, digest))
        if entry is not None and look.is_absence:
            self.counted["missing"] += 1
        elif visit.fetch.outcome not in QUIET and not visit.guess:
            self.counted["refused" if visit.fetch.outcome in KEPT_OUT else "failed"] += 1

    def _entry(self, look: Look) -> Entry | None:
        """Return the article that a look belongs to, if there is one.

        A redirect, or an address that the page calls its own, leads to a known article only
        where the two are alike: what was removed often leads to something else.
        """
        answered = form_key(look.answered)
        for address in look.addresses:
            entry = self._known(address)
            if entry is None:
                continue
            if form_key(address) == answered or self._is_alike(look, entry):
                return entry
        return None

    def _is_alike(self, look: Look, entry: Entry) -> bool:
        article = look.visit.article
        if article is None:
            return True
        story = Story(article.title, printed(article.published), article.text)
        return are_alike(self._story(entry.id), story)

    def _sort_article(
        self, fetch_id: int, look: Look, article: Article, entry: Entry | None, digest: bytes
    ) -> Entry:
        self.counted["locked"] += article.access is Access.LOCKED
        if entry and digest == entry.digest and look.seen >= entry.last_seen:
            self.rows.read_again.append((look.seen, entry.id, plain(article.access_declared)))
            self._seen_again(look, entry)
        else:
            row = article_row(article, self.source_id, digest)
            row |= {"seen": look.seen, "fetch_id": fetch_id}
            entry = self._other(article, row, entry) if entry else self._new(look, article, row)
        for url in look.addresses:
            if url not in self.entries:
                self.entries[url] = entry
                self.rows.addresses.append((url, entry.id, form_key(url)))
        if article.amp_url:
            amp = storable(article.amp_url)
            self.rows.copies.append((amp, entry.id, form_key(amp)))
        self._name(look, article, entry)
        return entry

    def _name(self, look: Look, article: Article, entry: Entry) -> None:
        """Give the article the address that its latest page calls its own."""
        best = look.addresses[0]
        if best == entry.url or look.seen < entry.last_seen:
            return
        is_own = self.entries[best].id == entry.id
        has_moved = look.url == entry.url and look.answered != look.url
        is_named = best != look.answered or has_moved or not form_of(entry.url).is_plain
        if is_own and is_named and form_of(best).is_plain:
            self.rows.moved.append((best, entry.id))

    def _new(self, look: Look, article: Article, row: dict[str, Any]) -> Entry:
        row["id"] = self.next_article + len(self.rows.new)
        # The address that a page calls its own may be another article's.
        row["url"] = next((url for url in look.addresses if url not in self.entries), row["url"])
        self.rows.new.append(row)
        self.rows.labels.append((row["id"], article))
        self.counted["new"] += 1
        return Entry(row["id"], row["digest"], row["seen"], "present", row["url"])

    def _other(self, article: Article, row: dict[str, Any], entry: Entry) -> Entry:
        row["id"] = entry.id
        self.rows.other.append((article, row))
        self.rows.judged.add(entry.id)
        return entry

    def _sort_look(self, look: Look, entry: Entry) -> None:
        if look.visit.fetch.outcome is Outcome.UNCHANGED:
            self.rows.again.append((look.seen, entry.id))
            self._seen_again(look, entry)
        else:
            self.rows.judged.add(entry.id)

    def _seen_again(self, look: Look, entry: Entry) -> None:
        if entry.state != "present":
            self.rows.judged.add(entry.id)
        self.counted["unchanged"] += 1

    def _fetch(
        self, fetch_id: int, look: Look, article_id: int | None, digest: bytes | None
    ) -> tuple[Any, ...]:
        fetch, page, article = look.visit.fetch, look.visit.page, look.visit.article
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
            plain(article.access_declared) if article else None,
            signals_json(fetch.signals),
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
