"""The full-text index, kept current off the hot path of a crawl."""

import sqlite3

from archive.connection import transaction
from archive.names import name_keys

_PENDING = """
select id, title, lead, body from articles where names_folded is null order by id limit ?"""
_ANY_PENDING = "select exists (select 1 from articles where names_folded is null)"
_FOLD = "update articles set names_folded = ? where id = ? and names_folded is null"
_INDEX = """
insert into articles_fts (rowid, title, body, names_folded)
select id, title, body, names_folded from articles where id = ?"""

# Few enough that a crawl waiting to write waits well under a second.
_AT_ONCE = 200


def pending(db: sqlite3.Connection) -> bool:
    """Return whether there is text that the index does not have yet."""
    return bool(db.execute(_ANY_PENDING).fetchone()[0])


def index(db: sqlite3.Connection) -> int:
    """Index every article whose current text is not indexed yet; return how many.

    An article is indexed exactly when its ``names_folded`` is not null.
    """
    done = 0
    while part := _index_part(db):
        done += part
    return done


def _index_part(db: sqlite3.Connection) -> int:
    with transaction(db):
        rows = db.execute(_PENDING, (_AT_ONCE,)).fetchall()
        folded = [(_keys(row), row["id"]) for row in rows]
        db.executemany(_FOLD, folded)
        db.executemany(_INDEX, [(row["id"],) for row in rows])
    return len(rows)


def _keys(row: sqlite3.Row) -> str:
    return " ".join(name_keys("\n".join(filter(None, (row["title"], row["lead"], row["body"])))))
