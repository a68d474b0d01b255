"""The sources: where they are, when each is due, and who is crawling it."""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from archive.connection import transaction
from archive.errors import ArchiveBusyError
from archive.rows import storable
from archive.store import Archive, this_process
from archive.times import moment, parse

LEASE = timedelta(seconds=120)
SHORTEST = timedelta(minutes=15)
LONGEST = timedelta(days=1)
_UNHEALTHY_AFTER = 3

_COLUMNS = """
select id, name, url, spider, settings, interval_s, next_due, owner, lease_until, last_crawl_at,
    last_outcome, last_reason, failures_in_a_row from sources"""
_ALL = _COLUMNS + " order by name"
_ONE = _COLUMNS + " where name = ?"
_DUE = (
    _COLUMNS
    + """
 where next_due <= :now and (lease_until is null or lease_until <= :now) order by next_due, id"""
)
_ADD = """
insert into sources (name, url, spider, settings, added_at, interval_s, next_due)
values (:name, :url, :spider, :settings, :now, :interval_s, :next_due)
on conflict (name) do update set url = coalesce(excluded.url, url),
    spider = coalesce(excluded.spider, spider), settings = coalesce(excluded.settings, settings),
    next_due = coalesce(excluded.next_due, next_due)"""
_CLAIM = """
update sources set owner = :owner, lease_until = :until
where name = :name and (lease_until is null or lease_until <= :now or owner = :owner)"""
_RENEW = "update sources set lease_until = :until where name = :name and owner = :owner"
_FINISH = """
update sources set owner = null, lease_until = null, last_crawl_at = :now,
    last_outcome = :outcome, last_reason = :reason, interval_s = :interval_s,
    next_due = case when next_due is null then null else :next_due end,
    failures_in_a_row = case when :failed then failures_in_a_row + 1 else 0 end
where name = :name and owner = :owner"""
_RELEASE = """
update sources set owner = null, lease_until = null where name = :name and owner = :owner"""


@dataclass(frozen=True, slots=True)
class Source:
    """A source as the archive remembers it."""

    id: int
    name: str
    url: str | None
    spider: str | None
    settings: Mapping[str, Any]
    interval: timedelta
    next_due: datetime | None
    owner: str | None
    lease_until: datetime | None
    last_crawl_at: datetime | None
    last_outcome: str | None
    last_reason: str | None
    failures_in_a_row: int

    @property
    def healthy(self) -> bool:
        """Whether the source answered at one of its last looks."""
        return self.failures_in_a_row < _UNHEALTHY_AFTER


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to crawl a source, until it expires."""

    source: str
    owner: str
    until: datetime


def next_interval(interval: timedelta, *, new: int, failed: bool) -> timedelta:
    """Return when to look next: sooner where there was news, later where there was none.

    >>> next_interval(timedelta(hours=1), new=3, failed=False)
    datetime.timedelta(seconds=2520)
    """
    factor = 0.7 if new and not failed else 1.5
    return min(max(interval * factor, SHORTEST), LONGEST)


def add(
    archive: Archive,
    name: str,
    url: str | None,
    *,
    spider: str | None = None,
    settings: Mapping[str, object] | None = None,
    interval: timedelta = timedelta(hours=1),
    scheduled: bool = True,
    now: datetime | None = None,
) -> None:
    """Remember a source, due at once; one known before keeps what is not given anew.

    One that is not ``scheduled`` is remembered for its crawls and leases, and is never due.
    """
    moment_now = moment(now or datetime.now(UTC))
    row = {
        "name": storable(name),
        "url": storable(url) if url else None,
        "spider": spider,
        "settings": json.dumps(settings, default=str) if settings else None,
        "now": moment_now,
        "next_due": moment_now if scheduled else None,
        "interval_s": int(interval.total_seconds()),
    }
    with archive.told(), transaction(archive.db):
        archive.db.execute(_ADD, row)


def all_sources(archive: Archive) -> list[Source]:
    """Return every source, by name."""
    with archive.told():
        return [_source(row) for row in archive.db.execute(_ALL)]


def source_named(archive: Archive, name: str) -> Source | None:
    """Return the source of that name, or None."""
    with archive.told():
        row = archive.db.execute(_ONE, (name,)).fetchone()
        return _source(row) if row else None


def due(archive: Archive, *, now: datetime | None = None) -> list[Source]:
    """Return the sources that are due and that nobody crawls, the longest due first."""
    with archive.told():
        rows = archive.db.execute(_DUE, {"now": moment(now or datetime.now(UTC))})
        return [_source(row) for row in rows]


def claim(
    archive: Archive,
    name: str,
    *,
    owner: str | None = None,
    lease: timedelta = LEASE,
    now: datetime | None = None,
) -> Lease:
    """Take the right to crawl a source, which an expired lease does not hinder.

    Raises ArchiveBusyError, which names the holder, where someone else has it.
    """
    now = now or datetime.now(UTC)
    taken = Lease(name, owner or this_process(), now + lease)
    row = {"name": name, "owner": taken.owner, "until": moment(taken.until), "now": moment(now)}
    with archive.told(), transaction(archive.db):
        if archive.db.execute(_CLAIM, row).rowcount == 1:
            return taken
        holder = archive.db.execute("select owner from sources where name = ?", (name,)).fetchone()
    if holder is None:
        raise LookupError(name)
    raise ArchiveBusyError(f"{name} is being crawled by {holder[0]}")


def renew(
    archive: Archive, held: Lease, *, lease: timedelta = LEASE, now: datetime | None = None
) -> Lease:
    """Hold a source longer. Raises ArchiveBusyError where the lease went to someone else."""
    renewed = Lease(held.source, held.owner, (now or datetime.now(UTC)) + lease)
    row = {"name": held.source, "owner": held.owner, "until": moment(renewed.until)}
    with archive.told():
        if archive.db.execute(_RENEW, row).rowcount == 1:
            return renewed
    raise ArchiveBusyError(f"{held.source} was taken over by another process")


def finish(
    archive: Archive,
    held: Lease,
    outcome: str,
    *,
    new: int = 0,
    failed: bool = False,
    reason: str | None = None,
    now: datetime | None = None,
) -> bool:
    """Give a source back with its result, and set when it is due next.

    Returns whether the lease was still held; where it was not, nothing changes.
    """
    now = now or datetime.now(UTC)
    with archive.told(), transaction(archive.db):
        found = archive.db.execute(_ONE, (held.source,)).fetchone()
        interval = next_interval(timedelta(seconds=found["interval_s"]), new=new, failed=failed)
        row = {
            "name": held.source,
            "owner": held.owner,
            "now": moment(now),
            "outcome": outcome,
            "reason": storable(reason) if reason else None,
            "interval_s": int(interval.total_seconds()),
            "next_due": moment(now + interval),
            "failed": failed,
        }
        return archive.db.execute(_FINISH, row).rowcount == 1


def release(archive: Archive, held: Lease) -> None:
    """Give a source back as it was, still due: for a crawl that was interrupted."""
    with archive.told():
        archive.db.execute(_RELEASE, {"name": held.source, "owner": held.owner})


def _source(row: sqlite3.Row) -> Source:
    return Source(
        id=row["id"],
        name=row["name"],
        url=row["url"],
        spider=row["spider"],
        settings=json.loads(row["settings"]) if row["settings"] else {},
        interval=timedelta(seconds=row["interval_s"]),
        next_due=_time(row["next_due"]),
        owner=row["owner"],
        lease_until=_time(row["lease_until"]),
        last_crawl_at=_time(row["last_crawl_at"]),
        last_outcome=row["last_outcome"],
        last_reason=row["last_reason"],
        failures_in_a_row=row["failures_in_a_row"],
    )


def _time(text: str | None) -> datetime | None:
    return parse(text) if text else None
