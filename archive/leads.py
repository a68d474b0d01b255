"""The places that lead to articles, and what feeds and sitemaps say of them."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from archive.items import Entry, Fetch, LeadKind, LeadLook, Listing, Outcome, Page
from archive.rows import storable
from archive.times import moment, parse

if TYPE_CHECKING:
    from archive.looks import Look

_LEAD = "select id, looked_at, digest from leads where source_id = ? and url = ?"
_ADD = """
insert into leads (source_id, url, kind, found_on, added_at) values (?, ?, ?, ?, ?)
on conflict (source_id, url) do update set kind = excluded.kind,
    found_on = coalesce(found_on, excluded.found_on), ended_at = null
returning id"""
_ANSWERED = """
update leads set kind = :kind, looked_at = :seen, tried_at = :seen, told = coalesce(:told, told),
    links = coalesce(:links, links), newest = coalesce(:newest, newest),
    new_articles = new_articles + :new, earned_at = iif(:new, :seen, earned_at),
    changed_at = iif(:changed, :seen, changed_at), digest = coalesce(:digest, digest),
    etag = iif(:whole, :etag, etag), last_modified = iif(:whole, :last_modified, last_modified),
    failures_in_a_row = 0, reason = null, ended_at = null
where id = :id"""
_FAILED = """
update leads set failures_in_a_row = failures_in_a_row + 1, tried_at = ?, reason = ?
where id = ?"""
_CURRENT = """
select url, first_seen, title, authors, sections, language, published, updated
from announcements where lead_id = ? and ended_at is null"""
_INSERT = """
insert or replace into announcements (lead_id, url, first_seen, changed_at, title, authors,
    sections, language, published, updated)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
_TIMES = """
update announcements set published = ?, updated = ?, changed_at = ?
where lead_id = ? and url = ? and first_seen = ?"""
_END = """
update announcements set last_seen = ?, ended_at = ?
where lead_id = ? and url = ? and first_seen = ?"""
# What is listed for the first time and changed since the article was last looked at.
_CHANGED_BEFORE = """
update announcements set changed_at = first_seen where lead_id = ?1 and first_seen = ?2
and updated > (select a.last_seen from article_urls u join articles a on a.id = u.article_id
    where u.url = announcements.url)"""
_END_CHILDREN = """
update leads set ended_at = ?1 where source_id = ?2 and found_on = ?3 and ended_at is null
and url not in (select value from json_each(?4)) returning id, looked_at"""
_END_ALL = """
update announcements set last_seen = coalesce(?, first_seen), ended_at = ?
where lead_id = ? and ended_at is null"""
_ALL = """
select id, url, kind, found_on, looked_at, tried_at, changed_at, told, links, newest,
    new_articles, earned_at, failures_in_a_row, etag, last_modified, digest,
    moved_right, moved_wrong, vanished_right, vanished_wrong
from leads where source_id = ? and ended_at is null order by id"""


@dataclass(frozen=True, slots=True)
class Lead:
    """A place that leads to articles, as the archive remembers it.

    ``moved`` and ``vanished`` tell how often the article had changed, or was not there, when
    the lead said so, and how often not.
    """

    url: str
    kind: LeadKind
    found_on: str | None = None
    looked_at: datetime | None = None
    tried_at: datetime | None = None
    changed_at: datetime | None = None
    told: str | None = None
    links: int | None = None
    newest: str | None = None
    new_articles: int = 0
    earned_at: datetime | None = None
    failures: int = 0
    etag: str | None = None
    last_modified: str | None = None
    digest: bytes | None = None
    moved: tuple[int, int] = (0, 0)
    vanished: tuple[int, int] = (0, 0)
    id: int = 0


def all_leads(db: sqlite3.Connection, source_id: int) -> list[Lead]:
    """Return the leads of a source that are still there, the first found first."""
    return [_lead(row) for row in db.execute(_ALL, (source_id,))]


def listed_by(db: sqlite3.Connection, lead: Lead) -> list[Entry]:
    """Return what a lead listed at its last look."""
    rows = db.execute(_CURRENT, (lead.id,))
    return [Entry(row["url"], row["title"], row["published"], row["updated"]) for row in rows]


def remember(
    db: sqlite3.Connection, source_id: int, leads: Iterable[Lead], now: datetime | None = None
) -> None:
    """Remember leads to be looked at; the caller holds the transaction."""
    added = moment(now or datetime.now(UTC))
    for lead in leads:
        db.execute(_ADD, (source_id, storable(lead.url), lead.kind, lead.found_on, added))


class LeadWriter:
    """Writes looks at leads; the caller holds the transaction."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def write(self, source_id: int, looks: Iterable["Look"]) -> None:
        """Write what looks at leads gave; other looks are passed over."""
        for look in looks:
            if look.visit.lead is not None:
                self._write(source_id, look, look.visit.lead)

    def _write(self, source_id: int, look: "Look", lead: LeadLook) -> None:
        before = self._db.execute(_LEAD, (source_id, look.url)).fetchone()
        if before is None and look.visit.guess and not _answered(look.visit.fetch):
            return
        if before and before["looked_at"] and before["looked_at"] >= look.seen:
            return
        found_on = storable(lead.found_on) if lead.found_on else None
        row = (source_id, look.url, lead.kind, found_on, look.seen)
        lead_id = self._db.execute(_ADD, row).fetchone()[0]
        if not _answered(look.visit.fetch):
            reason = look.visit.fetch.reason
            self._db.execute(_FAILED, (look.seen, storable(reason) if reason else None, lead_id))
            return
        self._db.execute(_ANSWERED, _answer(lead_id, look, lead, before))
        if lead.listing is not None:
            self._list(lead_id, look.seen, before and before["looked_at"], lead.listing)
            if lead.kind is LeadKind.SITEMAP_INDEX:
                self._end_children(source_id, look, lead.listing)

    def _list(self, lead_id: int, seen: str, last_look: str | None, listing: Listing) -> None:
        """Write what differs from what was listed before; what is the same costs nothing."""
        current = {row["url"]: tuple(row)[1:] for row in self._db.execute(_CURRENT, (lead_id,))}
        new: list[tuple[Any, ...]] = []
        times: list[tuple[Any, ...]] = []
        ended: list[tuple[Any, ...]] = []
        for entry in listing.entries:
            url, said, at = storable(entry.url), _said(entry), (entry.published, entry.updated)
            was = current.pop(url, None)
            if was is None:
                new.append((lead_id, url, seen, None, *said, *at))
            elif was[1:5] != said:
                ended.append((last_look or was[0], seen, lead_id, url, was[0]))
                new.append((lead_id, url, seen, seen, *said, *at))
            elif was[5:] != at:
                times.append((*at, seen, lead_id, url, was[0]))
        ended += [(last_look or was[0], seen, lead_id, url, was[0]) for url, was in current.items()]
        self._db.executemany(_END, ended)
        self._db.executemany(_TIMES, times)
        self._db.executemany(_INSERT, new)
        if new:
            self._db.execute(_CHANGED_BEFORE, (lead_id, seen))

    def _end_children(self, source_id: int, look: "Look", listing: Listing) -> None:
        urls = json.dumps([storable(entry.url) for entry in listing.entries])
        ended = self._db.execute(_END_CHILDREN, (look.seen, source_id, look.url, urls)).fetchall()
        rows = [(row["looked_at"], look.seen, row["id"]) for row in ended]
        self._db.executemany(_END_ALL, rows)


def _answered(fetch: Fetch) -> bool:
    return fetch.outcome in (Outcome.OK, Outcome.UNCHANGED)


def _answer(
    lead_id: int, look: "Look", lead: LeadLook, before: sqlite3.Row | None
) -> dict[str, Any]:
    page = look.visit.page
    return {
        "id": lead_id,
        "kind": lead.kind,
        "seen": look.seen,
        "told": lead.told,
        "links": lead.links,
        "newest": lead.newest,
        "new": lead.new,
        "changed": page is not None and (before is None or before["digest"] != look.page_sha256),
        "digest": look.page_sha256,
        "whole": page is not None,
        "etag": _header(page, "etag"),
        "last_modified": _header(page, "last-modified"),
    }


def _header(page: Page | None, name: str) -> str | None:
    value = page.header(name) if page else None
    return storable(value) if value else None


def _said(entry: Entry) -> tuple[str | None, ...]:
    title, language = (value and storable(value) for value in (entry.title, entry.language))
    return title, _array(entry.authors), _array(entry.sections), language


def _array(names: Sequence[str]) -> str | None:
    return storable(json.dumps(names, ensure_ascii=False)) if names else None


def _lead(row: sqlite3.Row) -> Lead:
    return Lead(
        url=row["url"],
        kind=LeadKind(row["kind"]),
        found_on=row["found_on"],
        looked_at=_time(row["looked_at"]),
        tried_at=_time(row["tried_at"]),
        changed_at=_time(row["changed_at"]),
        told=row["told"],
        links=row["links"],
        newest=row["newest"],
        new_articles=row["new_articles"],
        earned_at=_time(row["earned_at"]),
        failures=row["failures_in_a_row"],
        etag=row["etag"],
        last_modified=row["last_modified"],
        digest=row["digest"],
        moved=(row["moved_right"], row["moved_wrong"]),
        vanished=(row["vanished_right"], row["vanished_wrong"]),
        id=row["id"],
    )


def _time(text: str | None) -> datetime | None:
    return parse(text) if text else None
