"""Views of what lists of headlines showed over time, made anew when one of them changes."""

PLACES = """
create view headline_places as
select f.url as page, l.name as list, h.url, h.title, h.sections, h.access,
    min(f.fetched_at) as first_seen, max(f.fetched_at) as last_seen,
    min(i.position) as highest, max(i.position) as lowest, count(distinct f.id) as times,
    h.id as headline_id, h.article_id
from fetches f
join headline_sightings s on s.fetch_id = f.id
join headline_lists l on l.id = s.list_id
join headline_list_items i on i.list_id = s.list_id
join headlines h on h.id = i.headline_id
group by f.url, l.name, h.id"""

TITLES = """
create view headline_titles as
select h.article_id, h.url, h.title, 'list' as shown_in, min(l.first_seen) as first_seen,
    max(l.last_seen) as last_seen
from headlines h
join headline_list_items i on i.headline_id = h.id
join headline_lists l on l.id = i.list_id
where h.url is not null and h.title is not null
group by h.article_id, h.url, h.title
union all
select a.id, a.url, case when v.last_seen is null then a.title else v.title end as title,
    'article', min(v.first_seen), max(coalesce(v.last_seen, a.last_seen))
from articles a join versions v on v.article_id = a.id
group by a.id, a.url, case when v.last_seen is null then a.title else v.title end"""

# Headlines come first in the joins ("cross join"): only the few that changed need be looked up.
# Of a list that shows an address twice, as two boxes without a heading may, the first counts.
TITLE_CHANGES = """
create view title_changes as
with looks as (
    select h.article_id, h.url, 'list' as shown_in, f.url as page, l.name as list,
        f.fetched_at as first_seen, f.fetched_at as last_seen, h.title,
        min(s.position * 10000 + i.position)
    from headlines h
    cross join headline_list_items i on i.headline_id = h.id
    join headline_lists l on l.id = i.list_id
    join headline_sightings s on s.list_id = i.list_id
    join fetches f on f.id = s.fetch_id
    where h.title is not null
        and exists (select 1 from headlines o where o.url = h.url and o.title <> h.title)
    group by h.article_id, h.url, f.url, l.name, f.id
    union all
    select a.id, a.url, 'article', a.url, null, v.first_seen,
        coalesce(v.last_seen, a.last_seen),
        case when v.last_seen is null then a.title else v.title end, 0
    from articles a join versions v on v.article_id = a.id where a.revision_count > 1
)
select article_id, url, shown_in, page, list, not_before, first_seen as seen_at,
    old_title, title
from (
    select *, lag(title) over place as old_title, lag(last_seen) over place as not_before
    from looks
    window place as (
        partition by article_id, url, shown_in, page, list order by first_seen)
)
where old_title <> title"""

LOCK_CHANGES = """
create view lock_changes as
with looks as (
    select h.article_id, h.url, 'list' as shown_in, f.url as page, l.name as list,
        f.fetched_at as first_seen, f.fetched_at as last_seen,
        max(coalesce(h.access, 'open') = 'locked') as locked
    from headlines h
    cross join headline_list_items i on i.headline_id = h.id
    join headline_lists l on l.id = i.list_id
    join headline_sightings s on s.list_id = i.list_id
    join fetches f on f.id = s.fetch_id
    where exists (select 1 from headlines o where o.url = h.url
        and coalesce(o.access, 'open') <> coalesce(h.access, 'open'))
    group by h.article_id, h.url, f.url, l.name, f.id
    union all
    select a.id, a.url, 'article', a.url, null, v.first_seen,
        coalesce(v.last_seen, a.last_seen),
        case when v.last_seen is null then a.access else v.access end = 'locked'
    from articles a join versions v on v.article_id = a.id
    where a.revision_count > 1
        and case when v.last_seen is null then a.access else v.access end is not null
    union all
    select f.article_id, a.url, 'declared', f.url, null, f.fetched_at, f.fetched_at,
        f.access_declared = 'locked'
    from fetches f join articles a on a.id = f.article_id
    where f.access_declared is not null
)
select article_id, url, shown_in, page, list, not_before, first_seen as seen_at,
    case was when 1 then 'locked' else 'open' end as was,
    case locked when 1 then 'locked' else 'open' end as access
from (
    select *, lag(locked) over place as was, lag(last_seen) over place as not_before
    from looks
    window place as (
        partition by article_id, url, shown_in, page, list order by first_seen)
)
where was <> locked"""

UNARCHIVED = """
create view unarchived_headlines as
select h.url, h.title, h.sections, h.access, min(l.first_seen) as first_seen,
    max(l.last_seen) as last_seen,
    case when a.state is not null then a.state when h.url is null then 'no address'
        else 'never fetched' end as state, h.article_id
from headlines h
left join articles a on a.id = h.article_id
cross join headline_list_items i on i.headline_id = h.id
join headline_lists l on l.id = i.list_id
where a.id is null or a.state in ('missing', 'gone')
group by h.id"""

VIEWS = (PLACES, TITLES, TITLE_CHANGES, LOCK_CHANGES, UNARCHIVED)
DROP_VIEWS = (
    "drop view if exists headline_places",
    "drop view if exists headline_titles",
    "drop view if exists lock_changes",
    "drop view if exists unarchived_headlines",
)
