"""When an article that is not found any more counts as gone."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from operator import itemgetter
from urllib.parse import urlsplit

from archive.states import judge
from archive.times import moment, parse

LOOKS = 3
"""An article was looked for in vain at least so often ..."""
GONE_AFTER = timedelta(days=14)
"""... and from the first of these looks to the last it was at least so long."""
APART = 14
"""Looks closer together than this part of the time count once: by default, one a day."""
GONE_AGAIN = timedelta(days=30)
"""So often what is gone is looked for still: some things come back."""

_ABSENCES = """
select a.id, a.last_seen, a.url, l.fetched_at, l.crawl_id
from articles a join failed_looks l on l.article_id = a.id and l.fetched_at > a.last_seen
where a.source_id = ? and a.state = 'missing' and a.state <> 'present' and l.state = 'missing'
order by a.id, l.fetched_at"""
_BEGINNINGS = """
select url from sources where id = :source_id and url is not null
union select url from crawls where source_id = :source_id and url is not null"""
_ARTICLES = "select url from article_urls where url in (select value from json_each(?))"
_ANSWERED = """
select f.crawl_id, f.url from fetches f
where f.url in (select value from json_each(?)) and f.outcome in ('ok', 'unchanged')"""
_GONE = """
insert or ignore into disappearances (article_id, last_seen, first_missed, gone_at)
values (?, ?, ?, ?)"""


@dataclass(frozen=True, slots=True)
class Absence:
    """A look since the article was last seen that was answered with 404 or 410.

    ``site_answered`` tells whether the site's front page was there in the same crawl.
    """

    at: datetime
    site_answered: bool


def gone_at(absences: Iterable[Absence], gone_after: timedelta = GONE_AFTER) -> datetime | None:
    """Return the time of the look after which the article counts as gone; None if it does not.

    One answer proves little: pages come back, and sites fail. A look counts if the site itself
    was there, and several close together count once.

    >>> days = [datetime(2026, 5, day) for day in (1, 8, 15)]
    >>> gone_at(Absence(day, site_answered=True) for day in days)
    datetime.datetime(2026, 5, 15, 0, 0)
    """
    counted: list[datetime] = []
    for at in sorted(absence.at for absence in absences if absence.site_answered):
        if not counted or at - counted[-1] >= gone_after / APART:
            counted.append(at)
        if len(counted) >= LOOKS and at - counted[0] >= gone_after:
            return at
    return None


def settle(db: sqlite3.Connection, source_id: int, gone_after: timedelta = GONE_AFTER) -> int:
    """Tell which missing articles of a source are gone, and return how many came to be so.

    The caller holds the transaction.
    """
    rows = db.execute(_ABSENCES, (source_id,)).fetchall()
    answered = crawls_answered(db, source_id, {row["url"] for row in rows})
    found = list(_disappeared(rows, answered, gone_after))
    db.executemany(_GONE, found)
    judge(db, [one[0] for one in found])
    return len(found)


def _disappeared(
    rows: list[sqlite3.Row], answered: set[tuple[int, str]], gone_after: timedelta
) -> Iterator[tuple[int, str, str, str]]:
    for article_id, looks in groupby(rows, key=itemgetter(0)):
        missed = list(looks)
        at = gone_at(
            (
                Absence(
                    parse(look["fetched_at"]),
                    front_answered(look["crawl_id"], look["url"], answered),
                )
                for look in missed
            ),
            gone_after,
        )
        if at is not None:
            first = missed[0]
            yield article_id, first["last_seen"], first["fetched_at"], moment(at)


def front_answered(crawl_id: int, url: str, answered: set[tuple[int, str]]) -> bool:
    """Return whether a front page above an address answered in a crawl; see crawls_answered."""
    return any((crawl_id, front) in answered for front in ("", *_fronts(url)))


def crawls_answered(
    db: sqlite3.Connection, source_id: int, articles: set[str]
) -> set[tuple[int, str]]:
    """Return the crawls in which a front page answered, with its address.

    Where the source begins, its address is "": that stands for all its articles, unless it is
    an article itself.
    """
    begins = {row[0] for row in db.execute(_BEGINNINGS, {"source_id": source_id})}
    begins -= {row[0] for row in db.execute(_ARTICLES, (json.dumps(sorted(begins)),))}
    asked = begins | {front for url in articles for front in _fronts(url)}
    rows = db.execute(_ANSWERED, (json.dumps(sorted(asked)),)).fetchall()
    return {(crawl, "" if url in begins else url) for crawl, url in rows}


def _fronts(url: str) -> tuple[str, ...]:
    """Return how the front page of an address's host may have been asked for."""
    host = urlsplit(url).netloc.removeprefix("www.")
    hosts = (host, f"www.{host}")
    return tuple(f"{scheme}://{one}/" for scheme in ("https", "http") for one in hosts)
