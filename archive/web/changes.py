"""Pages of what was altered, what vanished, and what was locked or opened."""

import sqlite3
from typing import Any

from archive.web.asking import Answer, Asked
from archive.web.rendering import page

_PAGE = 50
_EDITS = """
select e.*, a.language from edits e join articles a on a.id = e.article_id
where e.seen_at >= :since and (e.seen_at, e.revision_id) < (:before, :number)
order by e.seen_at desc, e.revision_id desc limit :limit"""
_LOCKS = """
select e.*, a.language from edits e join articles a on a.id = e.article_id
where instr(' ' || e.kinds || ' ', ' access ') and e.seen_at >= :since
    and (e.seen_at, e.revision_id) < (:before, :number)
order by e.seen_at desc, e.revision_id desc limit :limit"""
_GONE = """
select a.id as article_id, s.name as source, a.title, a.state, a.last_seen, a.gone_at, a.url,
    a.language, a.last_seen as seen_at, a.id as revision_id
from articles a indexed by articles_vanished join sources s on s.id = a.source_id
where a.state in ('missing', 'gone') and (a.last_seen, a.id) < (:before, :number)
order by a.last_seen desc, a.id desc limit :limit"""
_EVER = {"since": "", "before": "~", "number": 0}


def latest_edits(db: sqlite3.Connection, since: str, limit: int) -> list[sqlite3.Row]:
    """Return the latest edits since a time."""
    return db.execute(_EDITS, _EVER | {"since": since, "limit": limit}).fetchall()


def latest_locks(db: sqlite3.Connection, since: str, limit: int) -> list[sqlite3.Row]:
    """Return the latest articles whose text was locked or opened since a time."""
    return db.execute(_LOCKS, _EVER | {"since": since, "limit": limit}).fetchall()


def latest_gone(db: sqlite3.Connection, limit: int) -> list[sqlite3.Row]:
    """Return the articles that were last to vanish."""
    return db.execute(_GONE, _EVER | {"limit": limit}).fetchall()


def edits(db: sqlite3.Connection, asked: Asked) -> Answer:
    """Return the page of edits, the newest first."""
    return _listed(db, asked, "edits", _EDITS)


def gone(db: sqlite3.Connection, asked: Asked) -> Answer:
    """Return the page of articles that are missing or gone, those last seen latest first."""
    return _listed(db, asked, "gone", _GONE)


def locks(db: sqlite3.Connection, asked: Asked) -> Answer:
    """Return the page of articles that were locked or opened."""
    return _listed(db, asked, "locks", _LOCKS)


def _listed(db: sqlite3.Connection, asked: Asked, kind: str, query: str) -> Answer:
    said = _EVER | {"limit": _PAGE + 1} | _place(asked)
    rows = db.execute(query, said).fetchall()
    more = _after(rows[_PAGE - 1]) if len(rows) > _PAGE else None
    older = asked.link(kind, **more) if more else None
    return page(asked, "changes.html", kind=kind, rows=rows[:_PAGE], older=older)


def _place(asked: Asked) -> dict[str, Any]:
    """Return after which row a page begins: after none if that is not said."""
    before, number = asked.value("before"), asked.number("number")
    return {"before": before, "number": number} if before and number is not None else {}


def _after(row: sqlite3.Row) -> dict[str, Any]:
    return {"before": row["seen_at"], "number": row["revision_id"]}
