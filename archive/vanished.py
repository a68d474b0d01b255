"""Articles that vanished: between which looks, and every look for them since."""

import sqlite3
from collections.abc import Iterator
from typing import Any

from archive.gone import crawls_answered, front_answered

_VANISHED = """
select a.id, a.source_id, a.url, a.title, a.published, s.name as source, a.state, d.last_seen,
    d.first_missed, d.gone_at,
    (select min(f.fetched_at) from fetches f where f.article_id = d.article_id
        and (f.digest is not null or f.outcome = 'unchanged') and f.fetched_at > d.gone_at)
        as back_at
from disappearances d join articles a on a.id = d.article_id join sources s on s.id = a.source_id
where d.gone_at >= :since and (:source is null or s.name = :source)
union all
select g.id, a.source_id, g.url, g.title, a.published, g.source, g.state, g.last_seen,
    g.first_missed, null, null
from gone_articles g join articles a on a.id = g.id
where g.state = 'missing' and g.first_missed >= :since
    and (:source is null or g.source = :source)
order by first_missed desc limit :limit"""
_LOOKS = """
select fetched_at, url, status, outcome, reason, state, crawl_id from failed_looks
where article_id = :id and fetched_at > :last_seen
    and (:back_at is null or fetched_at < :back_at) order by fetched_at"""


def vanished(
    db: sqlite3.Connection, *, since: str | None = None, source: str | None = None, limit: int = 20
) -> Iterator[dict[str, Any]]:
    """Yield each disappearance, the latest first, then marked by its state what is missing.

    It vanished after ``last_seen`` and before ``first_missed``. ``looks`` are all that failed
    since, each with whether the front page answered in the same crawl; ``limit`` 0 means all.
    """
    asked = {"since": since or "", "source": source, "limit": limit or -1}
    for row in db.execute(_VANISHED, asked).fetchall():
        one = dict(row)
        answered = crawls_answered(db, one.pop("source_id"), {one["url"]})
        looks = [dict(look) for look in db.execute(_LOOKS, one)]
        for look in looks:
            look["front_answered"] = front_answered(look.pop("crawl_id"), one["url"], answered)
        del one["id"]
        yield one | {"looks": looks}
