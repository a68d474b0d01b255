"""Full-text search: any string a person types is answered."""

import re
import sqlite3
from dataclasses import dataclass
from typing import Literal

_NEWEST = """
select a.id, a.url, a.title, a.published, s.name as source, a.access, a.state,
    snippet(articles_fts, -1, '[', ']', ' … ', 24) as snippet
from articles_fts join articles a on a.id = articles_fts.rowid
join sources s on s.id = a.source_id
where articles_fts match ? order by a.published desc, a.id desc limit ?"""
_BEST = _NEWEST.replace("a.published desc, a.id desc", "rank")
_TOKEN = re.compile(r'-?"[^"]*"?|\S+')
_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Hit:
    """An article found, with the words around the match."""

    id: int
    url: str
    title: str
    published: str | None
    source: str
    access: str | None
    state: str
    snippet: str


def search(
    db: sqlite3.Connection,
    query: str,
    *,
    limit: int = 20,
    sort: Literal["newest", "best"] = "newest",
) -> list[Hit]:
    """Return the articles that match words, "phrases", prefix*, AND, OR, NOT and -word.

    A ``limit`` of 0 returns all. What cannot be read as a query is read as plain words.
    """
    statement = _NEWEST if sort == "newest" else _BEST
    for expression in (match_expression(query), plain_expression(query)):
        if not expression:
            continue
        try:
            rows = db.execute(statement, (expression, limit or -1)).fetchall()
        except sqlite3.OperationalError as error:
            if "fts5" not in str(error):
                raise
            continue
        return [Hit(*row) for row in rows]
    return []


def plain_expression(query: str) -> str:
    """Return the query's words as an FTS5 expression without any operator."""
    return " ".join(_quoted(word) for word in re.findall(r"\w+", query))


def match_expression(query: str) -> str:
    """Return what a person typed as an FTS5 expression; "" where there is nothing to find."""
    wanted: list[str] = []
    unwanted: list[str] = []
    for token in _TOKEN.findall(query):
        if token in ("AND", "OR", "NOT"):
            wanted.append(token)
        elif not _WORD.search(token):
            continue
        elif token.startswith("-"):
            unwanted.append(_term(token[1:]))
        else:
            wanted.append(_term(token))
    expression = _joined(wanted)
    if not expression:
        return ""
    return " NOT ".join([f"({expression})", *unwanted]) if unwanted else expression


def _joined(parts: list[str]) -> str:
    """Join terms, leaving out operators that stand at an end or beside another."""
    kept: list[str] = []
    for part in parts:
        operator = part in ("AND", "OR", "NOT")
        if operator and (not kept or kept[-1] in ("AND", "OR", "NOT")):
            continue
        if not operator and kept and kept[-1] not in ("AND", "OR", "NOT"):
            kept.append("AND")
        kept.append(part)
    while kept and kept[-1] in ("AND", "OR", "NOT"):
        kept.pop()
    return " ".join(kept)


def _term(token: str) -> str:
    if token.startswith('"'):
        return _quoted(token.strip('"'))
    if token.endswith("*") and _WORD.search(token):
        return _quoted(token.rstrip("*")) + "*"
    return _quoted(token)


def _quoted(words: str) -> str:
    return '"' + words.replace('"', '""').replace("\x00", "") + '"'
