"""The start page: what is new, what changed, what vanished, and how the sources are."""

import sqlite3
from datetime import date, timedelta
from typing import Any

from archive.times import moment
from archive.web.asking import Answer, Asked
from archive.web.changes import latest_edits, latest_gone, latest_locks
from archive.web.chart import chart
from archive.web.rendering import page

DAYS = 30
_RECENT = timedelta(days=7)
_FEW = 6
_SOURCES = """
select s.id, s.name, s.url, s.failures_in_a_row, s.next_due,
    coalesce(s.last_reason, s.last_outcome) as last_result, s.last_outcome,
    coalesce(s.last_crawl_at, (select max(started_at) from crawls where source_id = s.id))
        as last_crawl_at,
    (select coalesce(sum(new), 0) from crawls where source_id = s.id and started_at >= :today)
        as new,
    (select coalesce(sum(failed), 0) from crawls where source_id = s.id and started_at >= :today)
        as failed
from sources s order by new desc, s.name limit 200"""
_LATEST = """
select id, title, published, access, state, language, url from articles
where source_id = :source and published <= :now order by published desc, id desc limit :few"""
_UNDATED = """
select id, title, published, access, state, language, url from articles
where source_id = :source order by id desc limit :few"""
_LAST_DAY = "select max(published_day) from articles where published_day <= :today"
_PER_DAY = """
select published_day, s.name, count(*) from articles a indexed by articles_day
join sources s on s.id = a.source_id where published_day between :first and :last
group by published_day, a.source_id order by published_day"""


def page_of(db: sqlite3.Connection, asked: Asked) -> Answer:
    """Return the start page of an archive."""
    since = moment(asked.now - _RECENT)
    return page(
        asked,
        "start.html",
        sources=_sources(db, asked),
        chart=_chart(db, asked.now.date()),
        edits=latest_edits(db, since, _FEW),
        gone=latest_gone(db, _FEW),
        locks=latest_locks(db, since, _FEW),
    )


def _sources(db: sqlite3.Connection, asked: Asked) -> list[dict[str, Any]]:
    today = moment(asked.now.replace(hour=0, minute=0, second=0, microsecond=0))
    found = [dict(row) for row in db.execute(_SOURCES, {"today": today})]
    for number, source in enumerate(found):
        source["healthy"] = source["failures_in_a_row"] < 3
        few = 8 if len(found) == 1 else 5 if number < 6 else 0
        source["latest"] = _latest(db, source["id"], moment(asked.now), few)
    return found


def _latest(db: sqlite3.Connection, source: int, now: str, few: int) -> list[sqlite3.Row]:
    if not few:
        return []
    said = {"source": source, "now": now, "few": few}
    return db.execute(_LATEST, said).fetchall() or db.execute(_UNDATED, said).fetchall()


def _chart(db: sqlite3.Connection, today: date) -> Any:
    """Return the chart of the last days that have articles, or None where no day is known."""
    newest = db.execute(_LAST_DAY, {"today": today.isoformat()}).fetchone()[0]
    if newest is None:
        return None
    last = date.fromisoformat(newest)
    first = last - timedelta(days=DAYS - 1)
    counted = db.execute(_PER_DAY, {"first": first.isoformat(), "last": newest})
    return chart(map(tuple, counted), last, DAYS)
