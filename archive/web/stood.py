"""Where an article stood in lists of headlines, and under which titles."""

import sqlite3
from dataclasses import dataclass

_MOST = 1000
_SHOWN = 25
# Headlines come first ("cross join"): an article has a few, the archive millions of entries.
_LISTED = """
select h.title, l.name, l.first_seen, l.last_seen, i.position,
    (select f.url from headline_sightings s join fetches f on f.id = s.fetch_id
        where s.list_id = l.id limit 1) as page
from headlines h
cross join headline_list_items i on i.headline_id = h.id
cross join headline_lists l on l.id = i.list_id
where h.article_id = ? limit ?"""
_OWN = "select title, first_seen, last_seen from revisions where article_id = ?"


@dataclass(frozen=True, slots=True)
class Place:
    """A list of a page in which an article stood: how high, and from when to when."""

    page: str | None
    name: str | None
    highest: int
    first_seen: str
    last_seen: str


@dataclass(frozen=True, slots=True)
class Title:
    """A title that led to an article, and from when to when it was seen."""

    title: str
    first_seen: str
    last_seen: str


def places(db: sqlite3.Connection, article: int) -> tuple[list[Place], int]:
    """Return the places seen longest, and how many others there are."""
    found: dict[tuple[str | None, str | None], Place] = {}
    for row in db.execute(_LISTED, (article, _MOST)):
        key = (row["page"], row["name"])
        known = found.get(key)
        found[key] = Place(
            *key,
            min(row["position"] + 1, known.highest if known else row["position"] + 1),
            min(filter(None, (row["first_seen"], known and known.first_seen))),
            max(filter(None, (row["last_seen"], known and known.last_seen))),
        )
    order = sorted(found.values(), key=lambda one: (one.first_seen, one.page or ""))
    return order[:_SHOWN], max(0, len(order) - _SHOWN)


def titles(db: sqlite3.Connection, article: int, current: str) -> list[Title]:
    """Return every title that led to an article, the first first; none if there is one alone."""
    found: dict[str, Title] = {}
    rows = [tuple(row) for row in db.execute(_OWN, (article,))]
    listed = db.execute(_LISTED, (article, _MOST))
    rows += [(row["title"], row["first_seen"], row["last_seen"]) for row in listed]
    for title, first, last in rows:
        if title and first and last:
            known = found.get(title, Title(title, first, last))
            found[title] = Title(title, min(first, known.first_seen), max(last, known.last_seen))
    if set(found) <= {current}:
        return []
    return sorted(found.values(), key=lambda one: one.first_seen)
