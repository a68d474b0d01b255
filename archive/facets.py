"""How many of the articles found are of each source, section, author, language and access."""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from archive.filters import Filters
from archive.search import COUNTED, MOST_VALUES, asked_for, newest_positions

_KINDS = ("source", "section", "author", "language", "access", "month", "state")
_MONTHS = 24
_COUNTS = """
with rows as materialized (
    select a.id, a.source_id, a.language, a.access, substr(a.published, 1, 7) as month,
        a.revision_count > 1 as edited, a.state = 'gone' as gone
    from json_each(:found) found cross join articles a on a.position = found.value)
select * from (select 'source', s.name, count(*) as n from rows
    join sources s on s.id = rows.source_id group by s.id order by n desc limit :values)
union all select * from (select 'section', c.name, count(*) as n from rows
    join article_sections l on l.article_id = rows.id
    join sections c on c.id = l.section_id group by c.id order by n desc limit :values)
union all select * from (select 'author', w.name, count(*) as n from rows
    join article_authors l on l.article_id = rows.id
    join authors w on w.id = l.author_id group by w.id order by n desc limit :values)
union all select * from (select 'language', language, count(*) as n from rows
    where language is not null group by language order by n desc limit :values)
union all select * from (select 'access', access, count(*) as n from rows
    where access is not null group by access order by n desc)
union all select * from (select 'month', month, count(*) as n from rows
    where month is not null group by month order by month desc limit :months)
union all select 'state', 'edited', count(*) from rows where edited having count(*) > 0
union all select 'state', 'gone', count(*) from rows where gone having count(*) > 0"""


@dataclass(frozen=True, slots=True)
class Facets:
    """Counts of what was found, for each kind the values with most first, months the latest first.

    ``total`` and the counts are of the newest COUNTED where ``complete`` is false. Those that
    bear no date are in no month; states are edited and gone.
    """

    total: int
    complete: bool
    counts: Mapping[str, Mapping[str, int]]


def facets(db: sqlite3.Connection, query: str, filters: Filters | None = None) -> Facets:
    """Return how the articles that ``search`` finds divide: by source, section, author,
    language, access, month and state.
    """
    asked = asked_for(db, query, filters or Filters())
    return facets_of(db, newest_positions(db, asked, COUNTED) if asked else [])


def facets_of(db: sqlite3.Connection, found: list[int]) -> Facets:
    """Return how the articles at these positions divide, the newest COUNTED that were found."""
    counts: dict[str, dict[str, int]] = {kind: {} for kind in _KINDS}
    values = {"found": json.dumps(found), "values": MOST_VALUES, "months": _MONTHS}
    for kind, value, articles in db.execute(_COUNTS, values) if found else ():
        counts[kind][value] = articles
    return Facets(len(found), len(found) < COUNTED, counts)
