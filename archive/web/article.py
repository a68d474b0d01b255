"""The page of an article, and the page of what differs between two of its revisions."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise, zip_longest
from typing import Any

from archive.web.asking import Answer, Asked, NotHereError
from archive.web.difference import Pair, difference
from archive.web.rendering import page
from archive.web.stood import places, titles

_ARTICLE = """
select a.*, s.name as source from articles a join sources s on s.id = a.source_id
where a.id = ?"""
_REVISIONS = """
select id, first_seen, last_seen, title, access, length(body) as length from revisions
where article_id = ? order by first_seen, id"""
_REVISION = "select * from revisions where article_id = ? and id = ?"
_AUTHORS = """
select n.id, n.name from article_authors x join authors n on n.id = x.author_id
where x.article_id = ? order by x.position"""
_SECTIONS = """
select n.id, n.name from article_sections x join sections n on n.id = x.section_id
where x.article_id = ? order by x.position"""
_KEPT = """
select exists (select 1 from fetches where article_id = ? and page_sha256 is not null)"""
_FEW = 50
"""So many revisions are shown unless all are asked for, the newest: a live report has hundreds."""
_KINDS = {"h": "h2", "li": "li", "q": "blockquote"}
_FIELDS = (
    ("title", "Headline"),
    ("lead", "Summary"),
    ("authors", "Authors"),
    ("published", "Published"),
    ("modified", "Modified"),
    ("access", "Access"),
)


@dataclass(frozen=True, slots=True)
class Part:
    """Blocks of a text that belong together: one paragraph, or the items of a list."""

    element: str
    texts: list[str]


def page_of(db: sqlite3.Connection, asked: Asked) -> Answer:
    """Return the page of an article; raises NotHereError if there is none of that number."""
    article = _article(db, asked)
    number = article["id"]
    revisions = [dict(row) for row in db.execute(_REVISIONS, (number,))]
    for before, after in pairwise(revisions):
        after["before"] = before["id"]
    shown = revisions[::-1]
    if asked.value("revisions") != "all":
        shown = shown[:_FEW]
    return page(
        asked,
        "article.html",
        article=article,
        parts=_parts(article["body"], article["body_kinds"]),
        authors=db.execute(_AUTHORS, (number,)).fetchall(),
        sections=db.execute(_SECTIONS, (number,)).fetchall(),
        tags=_list(article["tags"]),
        alternates=[one for one in _list(article["alternates"]) if isinstance(one, dict)],
        images=[one for one in _list(article["images"]) if isinstance(one, dict)],
        revisions=shown,
        older=len(revisions) - len(shown),
        places=places(db, number),
        titles=titles(db, number, article["title"]),
        kept=db.execute(_KEPT, (number,)).fetchone()[0],
    )


def _article(db: sqlite3.Connection, asked: Asked) -> dict[str, Any]:
    row = db.execute(_ARTICLE, (asked.number("article"),)).fetchone()
    if row is None:
        raise NotHereError("There is no article of that number in the archive.")
    return dict(row)


def _list(text: str | None) -> list[Any]:
    try:
        found = json.loads(text or "[]")
    except ValueError:
        return []
    return found if isinstance(found, list) else []


def _parts(body: str | None, kinds: str | None) -> list[Part]:
    """Return the blocks of a text with the elements they are shown in."""
    texts = (body or "").split("\n\n") if body else []
    said = [_KINDS.get(kind, "p") for kind in (kinds or "").split()]
    if len(said) != len(texts):
        said = []
    return list(_grouped(list(zip_longest(texts, said, fillvalue="p"))))


def _grouped(blocks: list[tuple[str, str]]) -> Iterator[Part]:
    for element, run in groupby(blocks, key=lambda block: block[1]):
        texts = [text for text, _ in run]
        if element == "li":
            yield Part(element, texts)
        else:
            yield from (Part(element, [text]) for text in texts)


def difference_of(db: sqlite3.Connection, asked: Asked) -> Answer:
    """Return the page of what differs between two revisions of an article."""
    article = _article(db, asked)
    old, new = (_revision(db, article["id"], asked.number(name)) for name in ("old", "new"))
    return page(
        asked,
        "difference.html",
        article=article,
        old=old,
        new=new,
        beside=asked.value("view") == "beside",
        fields=_changed_fields(old, new),
        pairs=_around_changes(difference(old["body"] or "", new["body"] or "")),
    )


def _revision(db: sqlite3.Connection, article: int, number: int | None) -> dict[str, Any]:
    row = db.execute(_REVISION, (article, number)).fetchone()
    if row is None:
        raise NotHereError("There is no such revision of this article.")
    return dict(row)


def _changed_fields(old: dict[str, Any], new: dict[str, Any]) -> list[tuple[str, list[Pair]]]:
    return [
        (name, difference(_said(old[field]), _said(new[field])))
        for field, name in _FIELDS
        if old[field] != new[field]
    ]


def _said(value: str | None) -> str:
    names = _list(value) if value and value.startswith("[") else None
    return ", ".join(map(str, names)) if names else (value or "")


def _around_changes(pairs: list[Pair]) -> list[Pair | int]:
    """Return the paragraphs that differ with one on each side; of others, how many there are."""
    near = [
        any(one.changed for one in pairs[max(0, place - 1) : place + 2])
        for place in range(len(pairs))
    ]
    shown: list[Pair | int] = []
    for keep, run in groupby(zip(near, pairs, strict=True), key=lambda one: one[0]):
        found = [pair for _, pair in run]
        shown += found if keep else [len(found)]
    return shown
