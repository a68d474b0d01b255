"""Authors and sections by name, each with how many articles there are."""

import sqlite3

from archive.web.asking import Answer, Asked
from archive.web.rendering import page

_PAGE = 100
_AUTHORS = """
select n.id, n.name, (select count(*) from article_authors where author_id = n.id) as articles
from authors n where n.name > :after and n.name >= :first and n.name < :last
order by n.name limit :limit"""
_SECTIONS = """
select n.id, n.name, (select count(*) from article_sections where section_id = n.id) as articles
from sections n where n.name > :after and n.name >= :first and n.name < :last
order by n.name limit :limit"""
_LAST = "\U0010ffff"


def authors(db: sqlite3.Connection, asked: Asked) -> Answer:
    """Return the page of authors."""
    return _listed(db, asked, "authors", _AUTHORS)


def sections(db: sqlite3.Connection, asked: Asked) -> Answer:
    """Return the page of sections."""
    return _listed(db, asked, "sections", _SECTIONS)


def _listed(db: sqlite3.Connection, asked: Asked, kind: str, query: str) -> Answer:
    first = asked.value("begins") or ""
    said = {"after": asked.value("after") or "", "first": first, "last": first + _LAST}
    rows = db.execute(query, said | {"limit": _PAGE + 1}).fetchall()
    more = None
    if len(rows) > _PAGE:
        more = asked.link(kind, begins=first, after=rows[_PAGE - 1]["name"])
    return page(asked, "labels.html", kind=kind, rows=rows[:_PAGE], begins=first, more=more)
