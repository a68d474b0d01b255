"""Revisions: one for each run of looks that showed the same text, in whatever order they come."""

import sqlite3
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from archive.rows import same_content
from archive.search_index import unindex

_CURRENT = """
select a.title, a.lead, a.body, a.authors, a.published, a.modified, a.access, a.digest,
    a.names_folded, a.labels, a.position, a.last_seen, v.id as version_id
from articles a join versions v on v.article_id = a.id and v.last_seen is null
where a.id = ?"""
_SUPERSEDE = """
update versions set last_seen = :last_seen, title = :title, lead = :lead, body = :body,
    authors = :authors, published = :published, modified = :modified, access = :access,
    digest = :digest
where id = :version_id"""
_INSERT_CURRENT = "insert into versions (article_id, fetch_id, first_seen) values (?, ?, ?)"
_REPLACE = """
update articles set title = :title, lead = :lead, body = :body, body_kinds = :body_kinds,
    dateline = :dateline, dateline_place = :dateline_place, dateline_agency = :dateline_agency,
    dateline_date = :dateline_date, published = :published, published_text = :published_text,
    published_day = :published_day, modified = :modified, modified_text = :modified_text,
    language = :language, access = :access, access_declared = :access_declared,
    authors = :authors, sections = :sections, tags = :tags, images = :images,
    alternates = :alternates, provenance = :provenance, digest = :digest,
    names_folded = null
where id = :id"""
_SPAN = """
update articles set first_seen = :first_seen, last_seen = max(last_seen, :last_seen),
    revision_count = :revision_count,
    access_declared = (select access_declared from fetches
        where article_id = :id and digest is not null order by fetched_at desc limit 1),
    state = case when :missed or :last_seen <= last_seen then state
        when state = 'missing' then 'present' when state = 'gone' then 'back' else state end,
    gone_at = case when :missed or :last_seen <= last_seen then gone_at end
where id = :id"""
_MISSED = """
select exists (select 1 from fetches
    where article_id = ? and fetched_at > ? and status in (404, 410))"""
_LOOKS = """
select id, fetched_at, digest from fetches
where article_id = ? and (digest is not null or outcome = 'unchanged') order by fetched_at, id"""
_VERSIONS = """
select id, first_seen, last_seen, title, lead, body, authors, published, modified, access, digest
from versions where article_id = ?"""
_SAME_DIGEST = "update fetches set digest = ? where id = ?"
_TAKE_TEXT = (
    """
update articles set (title, lead, body, body_kinds, dateline, dateline_place, dateline_agency,
    dateline_date, published, published_text, published_day, modified, modified_text, language,
    access, access_declared, authors, sections, tags, images, alternates, provenance, digest)
= (select title, lead, body, body_kinds, dateline, dateline_place, dateline_agency,
    dateline_date, published, published_text, published_day, modified, modified_text, language,
    access, access_declared, authors, sections, tags, images, alternates, provenance, digest
    from articles where id = :other)
where id = :kept""",
    "delete from article_authors where article_id = :kept",
    "delete from article_sections where article_id = :kept",
    "update article_authors set article_id = :kept where article_id = :other",
    "update article_sections set article_id = :kept where article_id = :other",
)
_DROP_LABELS = (
    "delete from article_authors where article_id = :other",
    "delete from article_sections where article_id = :other",
)
_JOIN = (
    "update articles set names_folded = null where id = :kept",
    "update fetches set article_id = :kept where article_id = :other",
    "update headlines set article_id = :kept where article_id = :other",
    "update article_urls set article_id = :kept where article_id = :other",
    "update address_keys set article_id = :kept where article_id = :other",
    "delete from versions where article_id in (:kept, :other)",
    "delete from articles where id = :other",
)
_CLEAR = "delete from versions where article_id = ?"
_INSERT = """
insert into versions (id, article_id, fetch_id, first_seen, last_seen, title, lead, body, authors,
    published, modified, access, digest)
values (:id, :article_id, :fetch_id, :first_seen, :last_seen, :title, :lead, :body, :authors,
    :published, :modified, :access, :digest)"""
_CONTENT = ("title", "lead", "body", "authors", "published", "modified", "access", "digest")


@dataclass(frozen=True, slots=True)
class Change:
    """What a reading did: whether it is now the current text, and whether a revision came."""

    current: bool
    edited: bool


class History:
    """Adds readings that differ from the current text, or that came late."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def add(self, row: dict[str, Any]) -> Change:
        """Add a reading, whose fetch is written, to the revisions of its article."""
        current = self._db.execute(_CURRENT, (row["id"],)).fetchone()
        if row["seen"] <= current["last_seen"]:
            return self._rebuild(row, current)
        if same_content(row, current):
            self._see_again(row, current)
            return Change(current=False, edited=False)
        return self._supersede(row, current)

    def _see_again(self, row: dict[str, Any], current: sqlite3.Row) -> None:
        self._db.execute(_SAME_DIGEST, (current["digest"], row["fetch_id"]))
        self._span(row["id"])

    def _before(self, row: dict[str, Any], current: sqlite3.Row) -> list[dict[str, Any]]:
        """Return the revisions there are; the reading takes the digest of one with its content.

        So all readings of an article that differ in nothing that counts have one digest.
        """
        before = [_filled(v, current) for v in self._db.execute(_VERSIONS, (row["id"],))]
        for version in before:
            if same_content(row, version):
                row["digest"] = version["digest"]
                self._db.execute(_SAME_DIGEST, (row["digest"], row["fetch_id"]))
                break
        return before

    def _supersede(self, row: dict[str, Any], current: sqlite3.Row) -> Change:
        self._before(row, current)
        self._db.execute(_SUPERSEDE, dict(current))
        self._db.execute(_INSERT_CURRENT, (row["id"], row["fetch_id"], row["seen"]))
        self._replace(row, current)
        self._span(row["id"])
        return Change(current=True, edited=True)

    def _rebuild(self, row: dict[str, Any], current: sqlite3.Row) -> Change:
        """Work out every revision again from the looks: the rare way, for late readings."""
        article_id = row["id"]
        before = self._before(row, current)
        after = self._after(article_id, row, before)
        becomes_current = after[-1]["from_row"]
        if becomes_current:
            self._replace(row, current)
        self._write(article_id, after)
        return Change(current=becomes_current, edited=len(after) > len(before))

    def _after(
        self, article_id: int, row: dict[str, Any] | None, before: list[dict[str, Any]]
    ) -> list[dict[str, Any]]:
        """Return what the looks come to as revisions, in order."""
        runs = _runs(self._db.execute(_LOOKS, (article_id,)).fetchall())
        return [_version(article_id, run, row, before) for run in runs]

    def _write(self, article_id: int, after: list[dict[str, Any]]) -> None:
        after[-1] |= dict.fromkeys(("last_seen", *_CONTENT))
        self._db.execute(_CLEAR, (article_id,))
        # Those that keep their id go first, so that none is given away.
        after.sort(key=lambda version: version["id"] is None)
        self._db.executemany(_INSERT, after)
        self._span(article_id)

    def join(self, kept: int, other: int) -> None:
        """Make one article of two that turned out to be the same; no text is lost."""
        before: list[dict[str, Any]] = []
        latest: dict[int, str] = {}
        for article_id in (kept, other):
            current = self._db.execute(_CURRENT, (article_id,)).fetchone()
            stored = self._db.execute(_VERSIONS, (article_id,)).fetchall()
            before += [_filled(version, current) for version in stored]
            latest[article_id] = current["last_seen"]
            unindex(self._db, current)
        both = {"kept": kept, "other": other}
        for statement in _TAKE_TEXT if latest[other] > latest[kept] else _DROP_LABELS:
            self._db.execute(statement, both)
        for statement in _JOIN:
            self._db.execute(statement, both)
        self._write(kept, self._after(kept, None, before))

    def _replace(self, row: dict[str, Any], current: sqlite3.Row) -> None:
        """Write the article's current text; what was indexed of the old one leaves the index."""
        unindex(self._db, current)
        self._db.execute(_REPLACE, row)

    def _span(self, article_id: int) -> None:
        looks = self._db.execute(_LOOKS, (article_id,)).fetchall()
        count = self._db.execute(
            "select count(*) from versions where article_id = ?", (article_id,)
        ).fetchone()[0]
        last_seen = looks[-1]["fetched_at"]
        self._db.execute(
            _SPAN,
            {
                "id": article_id,
                "first_seen": _runs(looks)[0][0]["fetched_at"],
                "last_seen": last_seen,
                "missed": self._db.execute(_MISSED, (article_id, last_seen)).fetchone()[0],
                "revision_count": count,
            },
        )


def _runs(looks: list[sqlite3.Row]) -> list[list[sqlite3.Row]]:
    """Return the looks in runs of the same text; "unchanged" belongs to the text before it."""
    marked: list[tuple[bytes | None, sqlite3.Row]] = []
    digest: bytes | None = None
    for look in looks:
        digest = look["digest"] or digest
        marked.append((digest, look))
    return [
        [look for _, look in run]
        for of, run in groupby(marked, key=itemgetter(0))
        if of is not None
    ]


def _version(
    article_id: int,
    run: list[sqlite3.Row],
    row: dict[str, Any] | None,
    before: list[dict[str, Any]],
) -> dict[str, Any]:
    """Return the revision of a run, its text from the earliest look that still has it."""
    first, digest = run[0], run[0]["digest"]
    same = [version for version in before if version["digest"] == digest]
    at_start = [version for version in same if version["first_seen"] == first["fetched_at"]]
    from_row = row is not None and (first["fetched_at"] == row["seen"] or not same)
    content = row if row is not None and from_row else (at_start or same)[0]
    return {key: content[key] for key in _CONTENT} | {
        "id": at_start[0]["id"] if at_start else None,
        "article_id": article_id,
        "fetch_id": first["id"],
        "first_seen": first["fetched_at"],
        "last_seen": run[-1]["fetched_at"],
        "from_row": from_row,
    }


def _filled(version: sqlite3.Row, current: sqlite3.Row) -> dict[str, Any]:
    """Return a revision with its content, which articles alone has of the current one."""
    if version["last_seen"] is not None:
        return dict(version)
    return dict(version) | {key: current[key] for key in _CONTENT}
