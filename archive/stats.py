"""What is in the archive, how large it is, and what went wrong, per source."""

import sqlite3
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from archive.connection import pages_path
from archive.times import moment

# Each count is of an index alone: the articles' texts are not read.
_SOURCES = """
select id, name, url, next_due, owner, lease_until, failures_in_a_row, last_reason,
    (select count(*) from articles where source_id = s.id) as articles,
    (select coalesce(sum(new), 0) from crawls where source_id = s.id and started_at >= :today)
        as new,
    (select count(*) from articles where source_id = s.id and revision_count > 1) as edited,
    (select count(*) from articles where source_id = s.id and state = 'gone'
        and state <> 'present') as gone,
    (select count(*) from articles where source_id = s.id and state = 'missing'
        and state <> 'present') as missing,
    (select count(*) from articles where source_id = s.id and access = 'locked') as locked,
    coalesce(last_crawl_at, (select max(started_at) from crawls where source_id = s.id))
        as last_crawl_at,
    coalesce(last_outcome, (select outcome from crawls where source_id = s.id
        order by started_at desc limit 1)) as last_outcome
from sources s order by name"""
_FAILURES = """
select c.source_id, f.outcome, count(*) from fetches f join crawls c on c.id = f.crawl_id
where f.outcome <> 'ok' and f.outcome <> 'unchanged' and f.outcome <> 'redirect'
    and (f.reason is null or f.reason not like 'a guess: %')
group by c.source_id, f.outcome order by 1, 3 desc"""
_TOTALS = """
select (select count(*) from articles) as articles, (select count(*) from fetches) as fetches,
    (select count(*) from versions) as revisions, (select count(*) from headlines) as headlines"""


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """One source: its articles, those new today, edited ever, gone and locked; failures."""

    name: str
    url: str | None
    articles: int
    new: int
    edited: int
    gone: int
    missing: int
    locked: int
    failures: dict[str, int]
    healthy: bool
    last_crawl_at: str | None
    last_outcome: str | None
    last_reason: str | None
    next_due: str | None
    owner: str | None


@dataclass(frozen=True, slots=True)
class Status:
    """The archive as a whole; sizes are in bytes."""

    path: str
    size: int
    pages_size: int
    articles: int
    revisions: int
    headlines: int
    fetches: int
    sources: list[SourceStatus] = field(default_factory=list)

    @property
    def healthy(self) -> bool:
        """Whether every source is."""
        return all(source.healthy for source in self.sources)


def status(db: sqlite3.Connection, path: Path, *, now: datetime | None = None) -> Status:
    """Return the status of an open archive; "new" is what crawls found that began today, in UTC."""
    now = now or datetime.now(UTC)
    failures: dict[int, dict[str, int]] = {}
    for source_id, outcome, count in db.execute(_FAILURES):
        failures.setdefault(source_id, {})[outcome] = count
    today = moment(now.replace(hour=0, minute=0, second=0, microsecond=0))
    rows = db.execute(_SOURCES, {"today": today}).fetchall()
    totals = dict(db.execute(_TOTALS).fetchone())
    return Status(
        path=str(path),
        size=_size(path),
        pages_size=_size(pages_path(path)),
        sources=[_source(row, failures.get(row["id"], {}), moment(now)) for row in rows],
        **totals,
    )


def _source(row: sqlite3.Row, failures: dict[str, int], now: str) -> SourceStatus:
    held: dict[str, Any] = {
        key: row[key]
        for key in (
            *("name", "url", "articles", "new", "edited", "gone", "missing", "locked"),
            *("last_crawl_at", "last_outcome", "last_reason", "next_due"),
        )
    }
    crawled_now = row["lease_until"] is not None and row["lease_until"] > now
    return SourceStatus(
        **held,
        failures=failures,
        healthy=row["failures_in_a_row"] < 3,
        owner=row["owner"] if crawled_now else None,
    )


def _size(path: Path) -> int:
    together = (path, path.with_name(path.name + "-wal"))
    return sum(part.stat().st_size for part in together if part.exists())
