"""What the looks at an article say of it: present, missing, gone, back, blocked or error.

An article is in the state that its looks since it was last seen give it: missing if one of them
was answered with 404 or 410, else blocked or error as the latest says, present if there is none.
It is gone if its disappearance is established (archive/gone.py), and back once it was.
"""

import json
import sqlite3
from collections.abc import Iterable

FAILED_LOOKS = """
create view failed_looks as
select u.article_id, f.fetched_at, f.url, f.status, f.outcome, f.reason, f.final_url, f.crawl_id,
    case when f.outcome = 'http_error' and f.status in (404, 410) then 'missing'
        when f.outcome in ('blocked', 'login', 'consent', 'robots') then 'blocked'
        when f.outcome = 'http_error' and f.status in (401, 402, 403, 451) then 'blocked'
        else 'error' end as state
from article_urls u join fetches f on f.url = u.url
where f.outcome not in ('unchanged', 'refused')
    and (f.digest is null or f.article_id is not u.article_id)
    and not (f.outcome = 'redirect' and exists (select 1 from article_urls w
        where w.url = f.final_url and w.article_id = u.article_id))"""

_UNFOUNDED = """
delete from disappearances where article_id in (select value from json_each(:ids))
    and exists (select 1 from fetches f where f.article_id = disappearances.article_id
        and (f.digest is not null or f.outcome = 'unchanged')
        and f.fetched_at > disappearances.last_seen and f.fetched_at <= disappearances.gone_at)"""
_JUDGE = """
update articles set
    gone_at = (select d.gone_at from disappearances d
        where d.article_id = articles.id and d.last_seen = articles.last_seen),
    state = case when exists (select 1 from disappearances d
            where d.article_id = articles.id and d.last_seen = articles.last_seen) then 'gone'
        else coalesce(
            (select l.state from failed_looks l
                where l.article_id = articles.id and l.fetched_at > articles.last_seen
                order by l.state = 'missing' desc, l.fetched_at desc limit 1),
            case when exists (select 1 from disappearances d where d.article_id = articles.id)
                then 'back' else 'present' end) end
where id in (select value from json_each(:ids))"""


def judge(db: sqlite3.Connection, article_ids: Iterable[int]) -> None:
    """Give articles the state that their looks say, in whatever order these were written.

    The caller holds the transaction.
    """
    ids = json.dumps(sorted(set(article_ids)))
    if ids != "[]":
        db.execute(_UNFOUNDED, {"ids": ids})
        db.execute(_JUDGE, {"ids": ids})
