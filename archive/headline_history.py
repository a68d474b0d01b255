"""What lists of headlines showed over time: places, positions, titles and locks."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby, islice
from operator import itemgetter
from typing import Any

_PAGES = """
select distinct f.url from json_each(:named) asked join fetches f on f.url = asked.value
union
select distinct f.url from json_each(:named) asked join article_urls u on u.url = asked.value
join fetches f on f.article_id = u.article_id"""
_LOOKS = """
select f.id, f.url as page, f.fetched_at, s.name as source
from fetches f join crawls c on c.id = f.crawl_id join sources s on s.id = c.source_id
where f.fetched_at >= :since and exists (
    select 1 from headline_sightings g where g.fetch_id = f.id)
order by f.fetched_at desc, f.id desc"""
_LOOKS_AT = """
select f.id, f.url as page, f.fetched_at, s.name as source
from json_each(:pages) asked join fetches f on f.url = asked.value
join crawls c on c.id = f.crawl_id join sources s on s.id = c.source_id
where f.fetched_at >= :since order by f.fetched_at desc, f.id desc"""
_LISTS = """
select s.list_id, s.position, l.name from headline_sightings s
join headline_lists l on l.id = s.list_id where s.fetch_id = ? order by s.position"""
_ENTRIES = """
select i.position, i.published as printed, h.id as headline_id, h.url, h.title, h.sections,
    h.access, h.article_id, a.published, a.state
from headline_list_items i join headlines h on h.id = i.headline_id
left join articles a on a.id = h.article_id
where i.list_id = ? order by i.position"""
_SIGHTINGS = """
select l.name, s.list_id, f.fetched_at from fetches f
cross join headline_sightings s on s.fetch_id = f.id join headline_lists l on l.id = s.list_id
where f.url = ? order by f.fetched_at, s.position"""
_LAST_LOOK = """
select max(fetched_at) from fetches where url = ? and outcome in ('ok', 'unchanged')"""
_POSITIONS = "select list_id, position from headline_list_items where headline_id = ?"
_SHOWN_AT = """
select id, url as page, fetched_at from fetches
where url = :page and fetched_at <= :at and outcome in ('ok', 'unchanged')
order by fetched_at desc limit 1"""
_OF_ARTICLE = {
    "titles": """
select title, shown_in, first_seen, last_seen, url from headline_titles where article_id = ?
order by first_seen, shown_in""",
    "title_changes": """
select shown_in, page, list, not_before, seen_at, old_title, title from title_changes
where article_id = ? order by seen_at, shown_in, page""",
    "lock_changes": """
select shown_in, page, list, not_before, seen_at, was, access from lock_changes
where article_id = ? order by seen_at, shown_in, page""",
}
_OF_ADDRESS = {
    name: query.replace("article_id = ?", "url = ?") for name, query in _OF_ARTICLE.items()
}

Sightings = dict[str | None, dict[int, list[str]]]
"""When a page showed lists: by the heading over the list, and by the list."""


def headline_history(
    db: sqlite3.Connection, *, page: str | None = None, since: str | None = None, limit: int = 20
) -> Iterator[dict[str, Any]]:
    """Yield each headline at each place where it stood, the places last seen first.

    ``positions`` holds a pair of time and position for each change of it, ``titles`` every
    title that led to the article, ``title_changes`` and ``lock_changes`` each change of its
    title and lock with where it was seen; ``limit`` 0 means all.
    """
    sightings = lru_cache(maxsize=64)(lambda url: _sightings(db, url))
    last_look = lru_cache(maxsize=1024)(lambda url: db.execute(_LAST_LOOK, (url,)).fetchone()[0])
    for place in islice(_places(db, _looks(db, page, since)), limit or None):
        seen = _seen(db, sightings(place["page"])[place["list"]], place["headline_id"])
        place |= {"first_seen": seen[0][0], "positions": _moves(seen)}
        place["still_there"] = place["last_seen"] == last_look(place["page"])
        yield _with_changes(db, place)


def shown_at(db: sqlite3.Connection, page: str, at: str) -> list[dict[str, Any]]:
    """Return the entries that a page showed at a time, as the last look until then found them.

    They are in page order, and none where the page was not looked at or showed no list.
    """
    looks = [db.execute(_SHOWN_AT, {"page": url, "at": at}).fetchone() for url in _pages(db, page)]
    if not any(looks):
        return []
    look = max((one for one in looks if one), key=itemgetter("fetched_at"))
    return [
        {"page": look["page"], "fetched_at": look["fetched_at"], "list": name}
        | {"list_position": list_position}
        | _entry(row)
        for list_id, list_position, name in db.execute(_LISTS, (look["id"],)).fetchall()
        for row in db.execute(_ENTRIES, (list_id,)).fetchall()
    ]


def _pages(db: sqlite3.Connection, page: str) -> list[str]:
    """Return the fetched addresses that a person means by one: of the page, or of the article."""
    rest = page.removeprefix("https://").removeprefix("http://")
    ends = {rest, rest.removesuffix("/"), rest.removesuffix("/") + "/"}
    named = [page, *(f"{scheme}://{end}" for scheme in ("http", "https") for end in ends)]
    return [row[0] for row in db.execute(_PAGES, {"named": json.dumps(named)})]


def _looks(db: sqlite3.Connection, page: str | None, since: str | None) -> Iterator[sqlite3.Row]:
    """Yield the looks that may have shown lists, the newest first."""
    asked = {"since": since or ""}
    if page is None:
        yield from db.execute(_LOOKS, asked)
    else:
        yield from db.execute(_LOOKS_AT, asked | {"pages": json.dumps(_pages(db, page))})


def _places(db: sqlite3.Connection, looks: Iterable[sqlite3.Row]) -> Iterator[dict[str, Any]]:
    """Yield each headline at each place, from the look that last showed it there."""
    lists: set[tuple[str, int]] = set()
    places: set[tuple[str, str | None, int]] = set()
    for look in looks:
        for list_id, _, name in db.execute(_LISTS, (look["id"],)).fetchall():
            if (look["page"], list_id) in lists:
                continue
            lists.add((look["page"], list_id))
            for row in db.execute(_ENTRIES, (list_id,)).fetchall():
                place = (look["page"], name, row["headline_id"])
                if place not in places:
                    places.add(place)
                    at = {"page": look["page"], "list": name, "last_seen": look["fetched_at"]}
                    yield at | _entry(row) | {"source": look["source"]}


def _entry(row: sqlite3.Row) -> dict[str, Any]:
    entry = dict(row)
    return entry | {"sections": json.loads(entry["sections"] or "[]")}


def _sightings(db: sqlite3.Connection, page: str) -> Sightings:
    found: Sightings = defaultdict(lambda: defaultdict(list))
    for name, list_id, at in db.execute(_SIGHTINGS, (page,)):
        found[name][list_id].append(at)
    return found


def _seen(
    db: sqlite3.Connection, lists: dict[int, list[str]], headline_id: int
) -> list[tuple[str, int]]:
    """Return when a headline stood at a place, and at which position, in order of time."""
    stood: dict[str, int] = {}
    for list_id, position in db.execute(_POSITIONS, (headline_id,)):
        for at in lists.get(list_id, ()):
            stood[at] = min(position, stood.get(at, position))
    return sorted(stood.items())


def _moves(seen: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Return when an entry came to each position, the looks that found it there left out."""
    return [next(run) for _, run in groupby(seen, key=itemgetter(1))]


def _with_changes(db: sqlite3.Connection, place: dict[str, Any]) -> dict[str, Any]:
    """Return a place with the titles of its article and the changes of its title and lock."""
    article_id, url = place.pop("article_id"), place["url"]
    del place["headline_id"], place["position"]
    asked = article_id or url
    queries = _OF_ARTICLE if article_id else _OF_ADDRESS
    for name, query in queries.items():
        found = db.execute(query, (asked,)).fetchall() if asked else ()
        place[name] = [dict(row) for row in found]
    return place
