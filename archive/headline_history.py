"""What lists of headlines showed over time: places, titles, locks, and what was never archived."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

VIEWS = (
    """
create view headline_places as
select f.url as page, l.name as list, h.url, h.title, h.sections, h.access,
    min(f.fetched_at) as first_seen, max(f.fetched_at) as last_seen,
    min(i.position) as highest, max(i.position) as lowest, count(*) as times,
    h.id as headline_id, h.article_id
from headline_sightings s
join fetches f on f.id = s.fetch_id
join headline_lists l on l.id = s.list_id
join headline_list_items i on i.list_id = s.list_id
join headlines h on h.id = i.headline_id
group by f.url, l.name, h.id""",
    """
create view headline_titles as
select h.url, h.title, 'list' as shown_in, min(p.first_seen) as first_seen,
    max(p.last_seen) as last_seen
from headline_places p join headlines h on h.id = p.headline_id
where h.url is not null and h.title is not null
group by h.url, h.title
union all
select r.url, r.title, 'article', min(r.first_seen), max(r.last_seen)
from revisions r group by r.url, r.title""",
    """
create view lock_changes as
with looks as (
    select h.url, 'list' as shown_in, f.fetched_at as seen_at,
        max(coalesce(h.access, 'open') = 'locked') as locked
    from headline_sightings s
    join fetches f on f.id = s.fetch_id
    join headline_list_items i on i.list_id = s.list_id
    join headlines h on h.id = i.headline_id
    where h.url is not null
    group by h.url, f.id
    union all
    select r.url, 'article', r.first_seen, r.access = 'locked'
    from revisions r where r.access is not null
)
select url, shown_in, seen_at, case was when 1 then 'locked' else 'open' end as was,
    case locked when 1 then 'locked' else 'open' end as access
from (
    select *, lag(locked) over (partition by url, shown_in order by seen_at) as was from looks
)
where was is not locked and was is not null""",
    """
create view unarchived_headlines as
select p.url, p.title, p.access, min(p.first_seen) as first_seen, max(p.last_seen) as last_seen,
    coalesce(a.state, 'never fetched') as state
from headline_places p left join articles a on a.id = p.article_id
where a.id is null or a.state in ('missing', 'gone')
group by p.headline_id""",
)

_PLACES = """
select p.page, p.list, p.url, p.title, p.sections, p.access, p.first_seen, p.last_seen,
    p.headline_id, a.published, s.name as source
from headline_places p
join fetches f on f.url = p.page and f.fetched_at = p.last_seen
join crawls c on c.id = f.crawl_id join sources s on s.id = c.source_id
left join articles a on a.id = p.article_id
where (:page is null or p.page = :page) and (:since is null or p.last_seen >= :since)
order by p.last_seen desc, p.page, p.list is null, p.list, p.highest limit :limit"""
_POSITIONS = """
select f.fetched_at, i.position from headline_list_items i
join headline_lists l on l.id = i.list_id and l.name is :list
join headline_sightings s on s.list_id = i.list_id
join fetches f on f.id = s.fetch_id and f.url = :page
where i.headline_id = :headline_id order by f.fetched_at"""
_TITLES = """
select title, shown_in, first_seen, last_seen from headline_titles where url = ?
order by first_seen, shown_in"""
_LOCKS = """
select shown_in, seen_at, was, access from lock_changes where url = ? order by seen_at, shown_in"""


def headline_history(
    db: sqlite3.Connection, *, page: str | None = None, since: str | None = None, limit: int = 20
) -> Iterator[dict[str, Any]]:
    """Yield each headline at each place where it stood, the places last seen first.

    ``positions`` holds a pair of time and position for each change of it, ``titles`` every
    title that led to the address and ``lock_changes`` each change of its lock, with where
    they were seen; ``limit`` 0 means all.
    """
    asked = {"page": page, "since": since, "limit": limit or -1}
    for row in db.execute(_PLACES, asked).fetchall():
        place = dict(row)
        place["sections"] = json.loads(place["sections"] or "[]")
        place["positions"] = _moves(db.execute(_POSITIONS, place))
        del place["headline_id"]
        url = place["url"]
        place["titles"] = [dict(one) for one in db.execute(_TITLES, (url,))] if url else []
        place["lock_changes"] = [dict(one) for one in db.execute(_LOCKS, (url,))] if url else []
        yield place


def _moves(looks: Iterable[sqlite3.Row]) -> list[tuple[str, int]]:
    """Return when an entry came to each position, the looks that found it there left out."""
    runs = groupby(((at, position) for at, position in looks), key=lambda look: look[1])
    return [next(run) for _, run in runs]
