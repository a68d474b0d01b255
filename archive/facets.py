"""How many of the articles found are of each source, section, author, language and access."""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from archive.filters import Filters
from archive.search import COUNTED, MOST_VALUES, asked_for, newest_positions

_COUNTS = """
with rows as materialized (
    select a.id, a.source_id, a.language, a.access from json_each(:found) found
    cross join articles a on a.position = found.value)
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
    where access is not null group by access order by n desc)"""


@dataclass(frozen=True, slots=True)
class Facets:
    """Counts of what was found, for each kind the values with most first.

    ``total`` and the counts are of the newest COUNTED where ``complete`` is false.
    """

    total: int
    complete: bool
    counts: Mapping[str, Mapping[str, int]]


def facets(db: sqlite3.Connection, query: str, filters: Filters | None = None) -> Facets:
    """Return how the articles that ``search`` finds divide: by source, section, author,
    language and access.
    """
    counts: dict[str, dict[str, int]] = {
        kind: {} for kind in ("source", "section", "author", "language", "access")
    }
    asked = asked_for(db, query, filters or Filters())
    if asked is None:
        return Facets(0, True, counts)
    found = newest_positions(db, asked, COUNTED)
    values = {"found": json.dumps(found), "values": MOST_VALUES}
    for kind, value, articles in db.execute(_COUNTS, values):
        counts[kind][value] = articles
    return Facets(len(found), len(found) < COUNTED, counts)
