"""Full-text search: any string a person types is answered."""

import re
import sqlite3
from dataclasses import dataclass
from typing import Literal

from archive.names import word_keys

_NEWEST = """
select a.id from articles_fts join articles a on a.id = articles_fts.rowid
where articles_fts match ? order by a.published desc, a.id desc limit ?"""
_SOME = "select rowid from articles_fts where articles_fts match ? limit ?"
_LATEST = "select id from articles order by published desc, id desc limit ?"
_AMONG = "select rowid from articles_fts where articles_fts match ? and rowid between ? and ?"
# A word in the title weighs as much as five in the text.
_BEST = """
select rowid from articles_fts where articles_fts match ?
order by bm25(articles_fts, 5, 1, 1), rowid desc limit ?"""
# Apart from the order, for snippets of all that match would cost much more than finding it.
_HIT = """
select a.id, a.url, a.title, a.published, s.name as source, a.access, a.state,
    snippet(articles_fts, 1, char(2), char(3), ' … ', 24) as snippet, a.body
from articles_fts join articles a on a.id = articles_fts.rowid
join sources s on s.id = a.source_id
where articles_fts.rowid = ? and articles_fts match ?"""
_TOKEN = re.compile(r'-?"[^"]*"?|[^\s"]+')
_WORDS = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")
_NAME = re.compile(r"^[^\W\d_]+(?:['’ʼ][^\W\d_]+)*$")
_LETTERS = re.compile(r"[^\W\d_]{3,}(?:['’ʼ][^\W\d_]+)*")
_LOOKED_THROUGH = 100_000
_AROUND = 80
# A text may have brackets of its own: what FTS5 marks is told from them by these.
_MARKS = str.maketrans({"\x02": "[", "\x03": "]"})
_FEW = 1000
_LOOKED_BACK = 50_000
_OPERATORS = ("AND", "OR", "NOT")
_SHORTEST_NAME = 3
# FTS5 refuses an expression that is nested too deep.
_MOST_TERMS = 60


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

    A capitalised word finds that name in every script; so does any word if nothing has it as
    it is typed. A ``limit`` of 0 returns all. Whatever is typed is answered with rows or none.
    """
    find = _newest if sort == "newest" else _best
    for expression in dict.fromkeys(
        (match_expression(query), match_expression(query, every_word_a_name=True))
    ):
        found = find(db, expression, limit) if expression else []
        if found:
            rows = (db.execute(_HIT, (number, expression)).fetchone() for number in found)
            return [_hit(row, query) for row in rows if row]
    return []


def _best(db: sqlite3.Connection, expression: str, limit: int) -> list[int]:
    return [row[0] for row in db.execute(_BEST, (expression, limit or -1))]


def _newest(db: sqlite3.Connection, expression: str, limit: int) -> list[int]:
    """Return the newest articles that match, without sorting all where there are many.

    Of a frequent word the newest are soon met on the way back through all articles. Those have
    numbers near each other, for they were found at about the same time.
    """
    some = [row[0] for row in db.execute(_SOME, (expression, _FEW))]
    window = limit + 2 * limit * (some[-1] - some[0]) // _FEW if len(some) == _FEW else 0
    while 0 < window < _LOOKED_BACK:
        latest = [row[0] for row in db.execute(_LATEST, (window,))]
        among = db.execute(_AMONG, (expression, min(latest), max(latest)))
        matching = {row[0] for row in among}
        found = [number for number in latest if number in matching][:limit]
        if len(found) == limit or len(latest) < window:
            return found
        window *= 8
    return [row[0] for row in db.execute(_NEWEST, (expression, limit or -1))]


def _hit(row: sqlite3.Row, query: str) -> Hit:
    hit = dict(row)
    body, snippet = hit.pop("body"), hit["snippet"] or ""
    if "\x02" not in snippet and body:
        # The name stands there in another spelling, or the match is in the title alone.
        snippet = _around_name(body, query) or snippet
    return Hit(**(hit | {"snippet": snippet.translate(_MARKS)}))


def _around_name(body: str, query: str) -> str | None:
    """Return the text around the first name that the query means, marked."""
    wanted = {key for word in _LETTERS.findall(query) for key in word_keys(word)}
    for found in _LETTERS.finditer(body[:_LOOKED_THROUGH]):
        if found[0][0].isupper() and not wanted.isdisjoint(word_keys(found[0])):
            return _before(body, found.start()) + f"[{found[0]}]" + _after(body, found.end())
    return None


def _before(body: str, end: int) -> str:
    """Return the whole words before a place, as many as are shown."""
    if end <= _AROUND:
        return body[:end]
    start = end - _AROUND
    return " … " + body[max(start, body.find(" ", start, end) + 1) : end]


def _after(body: str, start: int) -> str:
    """Return the whole words after a place, as many as are shown."""
    end = start + _AROUND
    if end >= len(body):
        return body[start:]
    space = body.rfind(" ", start, end)
    return body[start : space if space > 0 else end] + " … "


def match_expression(query: str, *, every_word_a_name: bool = False) -> str:
    """Return what a person typed as an FTS5 expression; "" where there is nothing to find."""
    wanted: list[str] = []
    unwanted: list[str] = []
    for token in _TOKEN.findall(query)[:_MOST_TERMS]:
        if token in _OPERATORS:
            wanted.append(token)
        elif not _WORDS.search(token):
            continue
        elif token.startswith("-"):
            unwanted.append(_term(token[1:], a_name=every_word_a_name))
        else:
            wanted.append(_term(token, a_name=every_word_a_name))
    expression = _joined(wanted)
    return " NOT ".join([f"({expression})", *unwanted]) if expression else ""


def _joined(parts: list[str]) -> str:
    """Join terms, leaving out operators that stand at an end or beside another."""
    kept: list[str] = []
    for part in parts:
        after_term = bool(kept) and kept[-1] not in _OPERATORS
        if part in _OPERATORS and not after_term:
            continue
        if part not in _OPERATORS and after_term:
            kept.append("AND")
        kept.append(part)
    if kept and kept[-1] in _OPERATORS:
        kept.pop()
    return " ".join(kept)


def _term(token: str, *, a_name: bool) -> str:
    if token.startswith('"'):
        return _in_text(_quoted(token.strip('"')))
    if token.endswith("*"):
        return _in_text(_quoted(token) + "*")
    text = _in_text(_quoted(token))
    name = _NAME.search(token)
    if not name or len(name[0]) < _SHORTEST_NAME or not (a_name or name[0][0].isupper()):
        return text
    keys = " OR ".join(map(_quoted, word_keys(name[0])))
    return f"({text} OR {{names_folded}} : ({keys}))" if keys else text


def _in_text(expression: str) -> str:
    return f"{{title body}} : {expression}"


def _quoted(words: str) -> str:
    """Return the words of a token as one FTS5 phrase, which has no character with a meaning."""
    return '"' + " ".join(_WORDS.findall(words)) + '"'
