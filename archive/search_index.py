"""The full-text index, kept current off the hot path of a crawl."""

import sqlite3
from typing import Any

from archive.connection import transaction
from archive.filters import language_labels
from archive.names import name_keys
from archive.unspaced import pair_keys

# The position is the time to the second, then the number: so the newest has the highest.
_PENDING = """
select id, title, lead, body, names_folded, labels, position, source_id, language, access,
    published, (revision_count > 1) + 2 * (state = 'gone') as indexed_as,
    (min(max(coalesce(cast(strftime('%s', coalesce(published, first_seen)) as integer), 0)
        + (1 << 33), 0), (1 << 34) - 1) << 28) | id as newly_at,
    (select group_concat('c' || section_id, ' ') from article_sections where article_id = id)
        as in_sections,
    (select group_concat('a' || author_id, ' ') from article_authors where article_id = id)
        as by_authors
from articles
where names_folded is null or indexed_as <> (revision_count > 1) + 2 * (state = 'gone')
order by id limit ?"""
_ANY_PENDING = """
select exists (select 1 from articles
where names_folded is null or indexed_as <> (revision_count > 1) + 2 * (state = 'gone'))"""
_HOW_MANY_PENDING = """
select count(*) from (select 1 from articles
where names_folded is null or indexed_as <> (revision_count > 1) + 2 * (state = 'gone')
limit ?)"""
_FOLD = """
update articles set names_folded = :names_folded, labels = :labels, position = :newly_at,
    indexed_as = :indexed_as where id = :id"""
_DELETE = """
insert into articles_fts (articles_fts, rowid, title, lead, body, names_folded, labels)
values ('delete', :position, :title, :lead, :body, :names_folded, :labels)"""
_INDEX = """
insert into articles_fts (rowid, title, lead, body, names_folded, labels)
values (:newly_at, :title, :lead, :body, :names_folded, :labels)"""

# Few enough that a crawl waiting to write waits well under a second.
_AT_ONCE = 200


def pending(db: sqlite3.Connection) -> bool:
    """Return whether there is text that the index does not have yet."""
    return bool(db.execute(_ANY_PENDING).fetchone()[0])


def how_many_pending(db: sqlite3.Connection, most: int = 1000) -> int:
    """Return how many articles have text or a state that the index does not have, up to most."""
    return int(db.execute(_HOW_MANY_PENDING, (most,)).fetchone()[0])


def index(db: sqlite3.Connection) -> int:
    """Index every article whose current text or state is not indexed yet; return how many.

    An article is indexed exactly when its ``names_folded`` is not null.
    """
    done = 0
    while part := _index_part(db):
        done += part
    return done


def unindex(db: sqlite3.Connection, article: sqlite3.Row) -> None:
    """Take an article out of the index; the row has what was indexed of it.

    The caller holds the transaction, and changes the article in it.
    """
    if article["names_folded"] is not None:
        db.execute(_DELETE, dict(article))


def _index_part(db: sqlite3.Connection) -> int:
    with transaction(db):
        rows = db.execute(_PENDING, (_AT_ONCE,)).fetchall()
        for row in rows:
            unindex(db, row)
        entries = [_entry(row) for row in rows]
        db.executemany(_FOLD, entries)
        db.executemany(_INDEX, entries)
    return len(rows)


def _entry(row: sqlite3.Row) -> dict[str, Any]:
    entry = dict(row) | {"labels": " ".join(_labels(row))}
    if entry["names_folded"] is None:
        text = "\n".join(filter(None, (row["title"], row["lead"], row["body"])))
        entry["names_folded"] = " ".join([*name_keys(text), *pair_keys(text)])
    return entry


def _labels(row: sqlite3.Row) -> list[str]:
    labels = [f"s{row['source_id']}"]
    labels += [row[linked] for linked in ("in_sections", "by_authors") if row[linked]]
    labels += language_labels(row["language"] or "")
    labels += [row["access"]] if row["access"] else []
    labels += ["dated"] if row["published"] else []
    labels += [word for bit, word in ((1, "edited"), (2, "gone")) if row["indexed_as"] & bit]
    return labels
