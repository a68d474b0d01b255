"""Everything the archive has of one article: its texts, their changes, its addresses and looks."""

import json
import sqlite3
from dataclasses import asdict
from typing import Any

from archive.address_forms import form_key
from archive.differences import differences
from archive.edits import reading_of

_FIND = """
select a.*, s.name as source from article_urls u join articles a on a.id = u.article_id
join sources s on s.id = a.source_id where u.url = ?1 or u.form = ?2
order by u.url = ?1 desc limit 1"""
_REVISIONS = """
select r.first_seen, r.last_seen, r.title, r.lead, r.body, r.authors, r.published, r.modified,
    r.access, c.kinds, c.removed, c.added
from revisions r left join changes c on c.revision_id = r.id
where r.article_id = ? order by r.first_seen"""
_ADDRESSES = "select url from article_urls where article_id = ? order by url"
_FAILED = """
select fetched_at, url, state, outcome, status, reason, final_url from failed_looks
where article_id = ? order by fetched_at"""
_DISAPPEARANCES = """
select d.last_seen, d.first_missed, d.gone_at,
    (select min(f.fetched_at) from fetches f where f.article_id = d.article_id
        and (f.digest is not null or f.outcome = 'unchanged') and f.fetched_at > d.gone_at)
        as back_at
from disappearances d where d.article_id = ? order by d.last_seen"""
_SIGNALS = """
select signals from fetches where article_id = ? and outcome = 'ok'
order by fetched_at desc limit 1"""
_HIDDEN = ("digest", "names_folded", "labels", "position", "indexed_as", "source_id")


def article_record(db: sqlite3.Connection, url: str) -> dict[str, Any] | None:
    """Return the article that an address leads to, in whatever form, with its whole history.

    ``revisions`` have what changed since the one before; ``failed_looks`` are those that did
    not show the article; ``disappearances`` the intervals in which it vanished.
    """
    article = db.execute(_FIND, (url, form_key(url))).fetchone()
    if article is None:
        return None
    about = (article["id"],)
    signals = db.execute(_SIGNALS, about).fetchone()
    return {name: value for name, value in dict(article).items() if name not in _HIDDEN} | {
        "addresses": [row[0] for row in db.execute(_ADDRESSES, about)],
        "signals": json.loads(signals[0]) if signals and signals[0] else {},
        "revisions": _revisions(db.execute(_REVISIONS, about).fetchall()),
        "failed_looks": [dict(row) for row in db.execute(_FAILED, about)],
        "disappearances": [dict(row) for row in db.execute(_DISAPPEARANCES, about)],
    }


def _revisions(rows: list[sqlite3.Row]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for number, row in enumerate(rows):
        revision = dict(row)
        revision["kinds"] = (revision["kinds"] or "").split()
        changed = differences(reading_of(rows[number - 1]), reading_of(row)) if number else []
        revision["differences"] = [asdict(one) for one in changed]
        found.append(revision)
    return found
