"""Which of the articles that are known to look at again, and what came of it."""

import json
import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from archive.gone import GONE_AGAIN
from archive.times import moment

_MOVED = """
select l.id, n.url, max(coalesce(n.updated, n.published, ''), '') as at
from leads l join announcements n on n.lead_id = l.id and n.changed_at is not null
join article_urls u on u.url = n.url join articles a on a.id = u.article_id
where l.source_id = ? and l.ended_at is null and n.ended_at is null
    and n.changed_at > a.last_seen and a.state <> 'gone'
order by at desc, n.url"""
_VANISHED = """
select l.id, n.url from leads l
join announcements n on n.lead_id = l.id and n.ended_at is not null
join article_urls u on u.url = n.url join articles a on a.id = u.article_id
where l.source_id = ? and l.kind = 'sitemap' and n.ended_at > a.last_seen
    and a.state in ('present', 'back') and not exists (
        select 1 from announcements c join leads k on k.id = c.lead_id
        where c.url = n.url and c.ended_at is null and k.kind = 'sitemap' and k.ended_at is null)
group by n.url order by n.url"""
_MISSING = """
select a.url from articles a where a.source_id = :source_id and a.state in ('missing', 'gone')
    and a.state <> 'present' and not exists (
        select 1 from fetches f where f.article_id = a.id
        and f.fetched_at > case a.state when 'gone' then :before_gone else :before end)
order by a.last_seen limit :limit"""
_COUNT = "select count(*) from articles where source_id = ?"
_IS_DUE = """
julianday(:now) - julianday(last_seen) >=
    min(:longest, :factor * (julianday(last_seen) - julianday(first_seen)))"""
_OLDEST = f"""
select url from articles where source_id = :source_id and state not in ('missing', 'gone')
    and last_seen < :before and {_IS_DUE} order by last_seen limit :limit"""  # noqa: S608
_YOUNG = """
select url from articles where source_id = :source_id and published >= :since
    and state not in ('missing', 'gone') and last_seen < :before and julianday(:now)
    - julianday(last_seen) >=
        max(:shortest, :factor * (julianday(last_seen) - julianday(published)))
order by last_seen limit :limit"""
_EDITED = """
select u.url from article_urls u where u.url in (select value from json_each(?1)) and exists (
    select 1 from versions v where v.article_id = u.article_id and v.first_seen > ?2)"""
_SEEN = """
select u.url from article_urls u join articles a on a.id = u.article_id
where u.url in (select value from json_each(?1)) and a.last_seen > ?2"""
_ABSENT = """
select u.url from article_urls u join articles a on a.id = u.article_id
where u.url in (select value from json_each(?1)) and a.state in ('missing', 'gone')"""
_TRUST = {
    "moved": "update leads set moved_right = moved_right + ?, moved_wrong = moved_wrong + ? "
    "where id = ? returning moved_right, moved_wrong",
    "vanished": "update leads set vanished_right = vanished_right + ?, "
    "vanished_wrong = vanished_wrong + ? where id = ? returning vanished_right, vanished_wrong",
}
_HALVE = {
    "moved": "update leads set moved_right = moved_right / 2, moved_wrong = moved_wrong / 2 "
    "where id = ? and moved_right + moved_wrong > 200",
    "vanished": "update leads set vanished_right = vanished_right / 2, "
    "vanished_wrong = vanished_wrong / 2 where id = ? and vanished_right + vanished_wrong > 200",
}


class Says(StrEnum):
    """What a feed or a sitemap says of an article that is known."""

    MOVED = "moved"
    VANISHED = "vanished"


@dataclass(frozen=True, slots=True)
class Claim:
    """A lead says that an article changed, or is no longer there."""

    lead_id: int
    says: Says
    url: str


@dataclass(frozen=True, slots=True)
class Share:
    """How much of a source a run looks at again.

    An article is due when it went unseen for ``factor`` times as long as it was known, and
    after ``longest`` in any case. ``least`` and ``most`` bound the ``part`` of all articles;
    a ``part_young`` of these goes to those published within ``youth``, each after ``shortest``.
    """

    part: float
    least: int
    most: int
    factor: float
    longest: timedelta
    part_young: float
    youth: timedelta
    shortest: timedelta


def claims(db: sqlite3.Connection, source_id: int) -> list[Claim]:
    """Return what the leads say that no look has answered yet, the newest change first."""
    moved = [Claim(row[0], Says.MOVED, row[1]) for row in db.execute(_MOVED, (source_id,))]
    gone = [Claim(row[0], Says.VANISHED, row[1]) for row in db.execute(_VANISHED, (source_id,))]
    return [*moved, *gone]


def missing(
    db: sqlite3.Connection, source_id: int, now: datetime, rest: timedelta, limit: int
) -> list[str]:
    """Return the articles that are missing and were not looked for within ``rest``.

    What is gone is looked for as well, every ``GONE_AGAIN``.
    """
    row = {"source_id": source_id, "before": moment(now - rest), "limit": limit}
    row["before_gone"] = moment(now - GONE_AGAIN)
    return [url for (url,) in db.execute(_MISSING, row)]


def in_rotation(
    db: sqlite3.Connection, source_id: int, share: Share, now: datetime, before: datetime
) -> list[str]:
    """Return the share of articles to look at again, not seen since ``before``.

    Young ones that are due come first, then those that were not looked at for longest.
    """
    count = db.execute(_COUNT, (source_id,)).fetchone()[0]
    limit = min(max(share.least, -int(-share.part * count // 1)), share.most)
    row = {
        "source_id": source_id,
        "now": moment(now),
        "before": moment(before),
        "since": moment(now - share.youth),
        "factor": share.factor,
        "longest": share.longest / timedelta(days=1),
        "shortest": share.shortest / timedelta(days=1),
        "limit": int(limit * share.part_young),
    }
    young = [url for (url,) in db.execute(_YOUNG, row)]
    oldest = [url for (url,) in db.execute(_OLDEST, row | {"limit": limit})]
    return list(dict.fromkeys([*young, *oldest]))[:limit]


def judge(
    db: sqlite3.Connection, asked: Collection[Claim], since: datetime
) -> dict[tuple[int, Says], tuple[int, int]]:
    """Note which claims proved right at looks after ``since``; the caller holds the transaction.

    Returns how often each of these leads was right, and how often wrong, so far. What could
    not be looked at counts for neither.
    """
    told = {}
    for lead_id, says in {(claim.lead_id, claim.says) for claim in asked}:
        urls = [claim.url for claim in asked if (claim.lead_id, claim.says) == (lead_id, says)]
        right = _found(db, _EDITED if says is Says.MOVED else _ABSENT, urls, since)
        wrong = _found(db, _SEEN, urls, since) - right
        row = db.execute(_TRUST[says], (len(right), len(wrong), lead_id)).fetchone()
        told[lead_id, says] = (row[0], row[1])
        db.execute(_HALVE[says], (lead_id,))
    return told


def _found(db: sqlite3.Connection, sql: str, urls: Iterable[str], since: datetime) -> set[str]:
    rows = [json.dumps(list(urls)), moment(since)]
    return {url for (url,) in db.execute(sql, rows if "?2" in sql else rows[:1])}
