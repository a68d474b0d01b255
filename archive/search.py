"""Full-text search: any string a person types is answered, here and on the web alike.

The index is in the order of time, so the newest that match are read from its end and no match
is sorted. What would take a time that grows with the archive is bounded: the best are chosen
among the newest that match, and so are counts.
"""

import re
import sqlite3
from dataclasses import dataclass
from typing import Any, Literal

from archive.filters import Filters, labels_expression, positions
from archive.query import match_expression
from archive.snippets import BEGIN, END, around

Sort = Literal["newest", "best"]

RANKED = 10_000
"""The best are chosen among so many: the newest that match, and as many with it in the title."""
COUNTED = 10_000
"""Counts are of so many of the newest that match."""
MOST_VALUES = 30
"""How many values of each kind are counted, the most frequent."""

_NEWEST = """
select rowid from articles_fts where articles_fts match :match
and rowid >= :low and rowid < :high order by rowid desc limit :limit"""
_LATEST = """
select position from articles where position >= :low and position < :high
order by position desc limit :limit"""
_AFTER_SOME = """
select rowid from articles_fts where articles_fts match :match
and rowid >= :low and rowid < :high order by rowid desc limit 1 offset :limit"""
# A word in the title weighs as much as five in the text.
_BEST = """
select rowid, bm25(articles_fts, 5, 2, 1, 1, 0) as badness from articles_fts
where articles_fts match :match and rowid >= :low and rowid < :high
order by badness, rowid desc limit :limit"""
# Apart from the order, for snippets of all that match would cost much more than finding it.
_HIT = """
select a.id, a.url, a.title, a.published, s.name as source, a.access, a.state,
    snippet(articles_fts, 2, ?, ?, ' … ', 24) as snippet, a.lead, a.body
from articles_fts join articles a on a.position = articles_fts.rowid
join sources s on s.id = a.source_id
where articles_fts.rowid = ? and articles_fts match ?"""
_PLAIN_HIT = """
select a.id, a.url, a.title, a.published, s.name as source, a.access, a.state,
    substr(coalesce(a.lead, a.body, ''), 1, 160) as snippet, a.lead, a.body
from articles a join sources s on s.id = a.source_id where a.position = ?"""


@dataclass(frozen=True, slots=True)
class Hit:
    """An article found, with the words around the match.

    In ``snippet`` each match stands between ``snippets.BEGIN`` and ``snippets.END``.
    """

    id: int
    url: str
    title: str
    published: str | None
    source: str
    access: str | None
    state: str
    snippet: str


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the articles found, in order; ``next`` is where the others begin, None at the end."""

    hits: tuple[Hit, ...]
    next: str | None


def search(
    db: sqlite3.Connection,
    query: str,
    *,
    filters: Filters | None = None,
    sort: Sort = "newest",
    limit: int = 20,
) -> list[Hit]:
    """Return the articles that match words, "phrases", prefix*, AND, OR, NOT and -word.

    A capitalised word finds that name in every script; so does any word if nothing has it as
    it is typed. An empty query finds all that pass the filters. A ``limit`` of 0 returns all.
    Whatever is typed is answered with rows or none; raises UnknownLabelError where a filter
    names what the archive does not have.
    """
    return list(search_page(db, query, filters=filters, sort=sort, limit=limit).hits)


def search_page(
    db: sqlite3.Connection,
    query: str,
    *,
    filters: Filters | None = None,
    sort: Sort = "newest",
    limit: int = 20,
    after: str | None = None,
) -> Page:
    """Return what ``search`` finds, page by page: ``after`` is the ``next`` of the page before.

    One that is no such thing is taken for the first page.
    """
    asked = asked_for(db, query, filters or Filters())
    return page_of(db, asked, query, sort=sort, limit=limit, after=after)


def page_of(
    db: sqlite3.Connection,
    asked: "Asked | None",
    query: str,
    *,
    sort: Sort = "newest",
    limit: int = 20,
    after: str | None = None,
    newest: list[int] | None = None,
) -> Page:
    """Return a page of what is asked for; ``newest`` are positions of it already known."""
    if asked is None:
        return Page((), None)
    start = int(after) if after and re.fullmatch("[0-9]{1,19}", after) else None
    if sort == "best" and asked.words:
        found, following = _best(db, asked, limit, start)
    elif newest is not None and start is None and limit < len(newest):
        found, following = newest[:limit], str(newest[limit - 1])
    else:
        found, following = _newest(db, asked, limit, start)
    hits = (_hit(db, position, asked.words, query) for position in found)
    return Page(tuple(hit for hit in hits if hit), following)


@dataclass(frozen=True, slots=True)
class Asked:
    """A query and its filters, as SQLite takes them.

    ``words`` is the expression for the query alone, ``match`` that with the filters; they are
    "" where every article matches.
    """

    words: str
    match: str
    low: int
    high: int

    def bounds(self, limit: int) -> dict[str, Any]:
        """Return the parameters of a statement that finds what is asked for."""
        return {"match": self.match, "low": self.low, "high": self.high, "limit": limit or -1}


def asked_for(db: sqlite3.Connection, query: str, filters: Filters) -> Asked | None:
    """Return what is asked for, or None where nothing can match.

    Where nothing has the words as they are typed, each word is taken for a name.
    """
    labels = labels_expression(db, filters)
    low, high = positions(filters)
    if not query.strip():
        return Asked("", labels, low, high)
    names = match_expression(query, every_word_a_name=True)
    for words in dict.fromkeys((match_expression(query), names)):
        asked = Asked(words, f"({words}) AND {labels}" if labels else words, low, high)
        if words and db.execute(_NEWEST, asked.bounds(1)).fetchone():
            return asked
    return None


def newest_positions(
    db: sqlite3.Connection, asked: Asked, limit: int, start: int | None = None
) -> list[int]:
    """Return the positions of what is asked for, the newest first, before ``start`` if given."""
    bounds = asked.bounds(limit)
    if start is not None:
        bounds["high"] = min(asked.high, start)
    return [row[0] for row in db.execute(_NEWEST if asked.match else _LATEST, bounds)]


def _newest(
    db: sqlite3.Connection, asked: Asked, limit: int, start: int | None
) -> tuple[list[int], str | None]:
    found = newest_positions(db, asked, limit + 1 if limit else 0, start)
    if not limit or len(found) <= limit:
        return found, None
    return found[:limit], str(found[limit - 1])


def _best(
    db: sqlite3.Connection, asked: Asked, limit: int, start: int | None
) -> tuple[list[int], str | None]:
    """Return the best, of which ``start`` are left out: their order is not one of positions."""
    first = start or 0
    wanted = min(first + limit + 1, 2 * RANKED) if limit else -1
    badness = dict(_ranked(db, asked.bounds(RANKED), wanted))
    if oldest := db.execute(_AFTER_SOME, asked.bounds(RANKED)).fetchone():
        in_title = asked.bounds(RANKED) | {"match": f"{{title}} : ({asked.match})"}
        badness |= _ranked(db, in_title | {"high": oldest[0] + 1}, wanted)
    ordered = sorted(badness, key=lambda position: (badness[position], -position))
    if not limit:
        return ordered[first:], None
    more = len(ordered) > first + limit
    return ordered[first : first + limit], str(first + limit) if more else None


def _ranked(db: sqlite3.Connection, bounds: dict[str, Any], wanted: int) -> dict[int, float]:
    """Return the best among the newest that match, with how bad each is."""
    if oldest := db.execute(_AFTER_SOME, bounds).fetchone():
        bounds = bounds | {"low": oldest[0] + 1}
    rows = db.execute(_BEST, bounds | {"limit": wanted})
    return dict(rows.fetchall())


def _hit(db: sqlite3.Connection, position: int, words: str, query: str) -> Hit | None:
    if words:
        row = db.execute(_HIT, (BEGIN, END, position, words)).fetchone()
    else:
        row = db.execute(_PLAIN_HIT, (position,)).fetchone()
    if row is None:
        return None
    hit = dict(row)
    texts = [text for text in (hit.pop("body"), hit.pop("lead")) if text]
    snippet = hit["snippet"] or ""
    if words and BEGIN not in snippet:
        # A name in another spelling, or the match is in the title or the lead.
        snippet = next((found for text in texts if (found := around(text, query))), snippet)
    return Hit(**(hit | {"snippet": snippet}))
