"""Edits: what changed from one revision to the next, kept beside the revisions."""

import json
import sqlite3
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from archive.edit_kinds import Reading, edit_of

_REVISIONS = """
select id, first_seen, title, lead, body, authors, published, modified, access
from revisions where article_id = ? order by first_seen"""
_LAST_TWO = """
select id, first_seen, title, lead, body, authors, published, modified, access
from revisions where id in (?, ?) order by first_seen"""
_FORGET = "delete from changes where article_id = ?"
_KEEP = """
insert into changes
    (revision_id, article_id, old_revision_id, seen_at, kinds, removed, added)
values (?, ?, ?, ?, ?, ?, ?)"""
_EDITS = """
select a.url, a.title, a.published, s.name as source, c.seen_at, o.last_seen as not_before,
    c.kinds, c.removed, c.added, coalesce(n.title, a.title) as new_title, o.title as old_title,
    c.old_revision_id, c.revision_id
from changes c join articles a on a.id = c.article_id join sources s on s.id = a.source_id
join versions n on n.id = c.revision_id join versions o on o.id = c.old_revision_id
where c.seen_at >= :since and (:source is null or s.name = :source)
    and (:kind is null or instr(' ' || c.kinds || ' ', ' ' || :kind || ' '))
order by c.seen_at desc, c.revision_id desc limit :limit"""

VIEW = """
create view edits as
select c.article_id, a.url, s.name as source, o.last_seen as not_before, c.seen_at,
    substr(c.kinds, 1, instr(c.kinds || ' ', ' ') - 1) as kind, c.kinds, c.removed, c.added,
    o.title as old_title, n.title as title, o.access as old_access, n.access as access,
    c.old_revision_id, c.revision_id
from changes c
join revisions n on n.id = c.revision_id
join versions o on o.id = c.old_revision_id
join articles a on a.id = c.article_id
join sources s on s.id = a.source_id"""


def reading_of(row: sqlite3.Row) -> Reading:
    """Return what counts of a revision as the edit kinds take it."""
    return Reading(
        title=row["title"] or "",
        lead=row["lead"] or "",
        body=row["body"] or "",
        authors=tuple(json.loads(row["authors"] or "[]")),
        published=row["published"],
        modified=row["modified"],
        access=row["access"],
    )


def measure_last(db: sqlite3.Connection, article_id: int, old: int, new: int) -> None:
    """Keep what changed from one revision of an article to the one that followed it now."""
    _keep(db, article_id, db.execute(_LAST_TWO, (old, new)).fetchall())


def measure(db: sqlite3.Connection, article_id: int) -> None:
    """Work out every edit of an article again, for its revisions are others now."""
    db.execute(_FORGET, (article_id,))
    _keep(db, article_id, db.execute(_REVISIONS, (article_id,)).fetchall())


def _keep(db: sqlite3.Connection, article_id: int, revisions: list[sqlite3.Row]) -> None:
    for old, new in pairwise(revisions):
        edit = edit_of(reading_of(old), reading_of(new))
        # A time that the page told by its own clock before is all that can differ otherwise.
        kinds = " ".join(edit.kinds) or "time"
        row = (new["id"], article_id, old["id"], new["first_seen"], kinds)
        db.execute(_KEEP, (*row, edit.removed, edit.added))


def edits(
    db: sqlite3.Connection,
    *,
    since: str | None = None,
    source: str | None = None,
    kind: str | None = None,
    limit: int = 20,
) -> Iterator[dict[str, Any]]:
    """Yield the edits, the newest first; ``limit`` 0 means all."""
    asked = {"since": since or "", "source": source, "kind": kind, "limit": limit or -1}
    for row in db.execute(_EDITS, asked):
        edit = dict(row)
        edit["title"] = edit.pop("new_title")
        edit["kinds"] = edit["kinds"].split()
        edit["kind"] = edit["kinds"][0] if edit["kinds"] else None
        yield edit
