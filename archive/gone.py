"""When an article that is not found any more counts as gone."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from operator import itemgetter

from archive.times import moment, parse

DAYS_LOOKED = 3
"""On so many days at least the article was looked for in vain ..."""
SPAN = timedelta(days=14)
"""... and from the first of these looks to the last it was at least so long."""

_ABSENCES = """
select f.article_id, f.fetched_at, f.crawl_id in (
    select h.crawl_id from (select distinct url from crawls where source_id = :source_id) front
    join fetches h on h.url = front.url where h.outcome in ('ok', 'unchanged'))
from articles a join fetches f on f.article_id = a.id and f.fetched_at > a.last_seen
where a.source_id = :source_id and a.state = 'missing' and a.state <> 'present'
    and f.status in (404, 410)
order by f.article_id"""
_GONE = "update articles set state = 'gone', gone_at = ? where id = ? and state = 'missing'"


@dataclass(frozen=True, slots=True)
class Absence:
    """A look since the article was last seen that was answered with 404 or 410.

    ``site_answered`` tells whether the site's front page was there in the same crawl.
    """

    at: datetime
    site_answered: bool


def gone_at(absences: Iterable[Absence]) -> datetime | None:
    """Return the time of the look after which the article counts as gone; None if it does not.

    One answer proves little: pages come back, and sites fail. A look counts if the site itself
    was there, and several on one day count once.

    >>> days = [datetime(2026, 5, day) for day in (1, 8, 15)]
    >>> gone_at(Absence(day, site_answered=True) for day in days)
    datetime.datetime(2026, 5, 15, 0, 0)
    """
    counted = sorted(absence.at for absence in absences if absence.site_answered)
    days = set()
    for at in counted:
        days.add(at.date())
        if len(days) >= DAYS_LOOKED and at - counted[0] >= SPAN:
            return at
    return None


def settle(db: sqlite3.Connection, source_id: int) -> int:
    """Tell which missing articles of a source are gone, and return how many came to be so.

    The caller holds the transaction.
    """
    rows = db.execute(_ABSENCES, {"source_id": source_id}).fetchall()
    judged = [
        (gone_at(Absence(parse(at), bool(answered)) for _, at, answered in looks), article_id)
        for article_id, looks in groupby(rows, key=itemgetter(0))
    ]
    gone = [(moment(at), article_id) for at, article_id in judged if at is not None]
    db.executemany(_GONE, gone)
    return len(gone)
