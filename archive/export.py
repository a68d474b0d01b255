"""The archive as a data set: JSON lines or CSV, streamed from one consistent view."""

import csv
import io
import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

FIELDS = (
    *("id", "source", "url", "title", "lead", "body", "body_kinds", "authors", "sections", "tags"),
    *("dateline", "dateline_place", "dateline_agency", "dateline_date", "published"),
    *("published_text", "modified", "modified_text", "language", "access", "access_declared"),
    *("state", "gone_at", "first_seen", "last_seen", "revision_count", "images", "alternates"),
    *("provenance",),
)
"""The fields of a record, in the order of the columns."""

_ROWS = """
select a.id, s.name as source, a.url, a.title, a.lead, a.body, a.body_kinds, a.authors,
    a.sections, a.tags, a.dateline, a.dateline_place, a.dateline_agency, a.dateline_date,
    a.published, a.published_text, a.modified, a.modified_text, a.language, a.access,
    a.access_declared, a.state, a.gone_at, a.first_seen, a.last_seen, a.revision_count,
    a.images, a.alternates, a.provenance
from articles a join sources s on s.id = a.source_id order by a.id"""

# SQLite writes JSON in half the time that Python takes.
_JSON_ROWS = """
select json_object(
    'id', a.id, 'source', s.name, 'url', a.url, 'title', a.title, 'lead', a.lead,
    'body', a.body, 'body_kinds', a.body_kinds, 'authors', json(coalesce(a.authors, '[]')),
    'sections', json(coalesce(a.sections, '[]')), 'tags', json(coalesce(a.tags, '[]')),
    'dateline', a.dateline, 'dateline_place', a.dateline_place,
    'dateline_agency', a.dateline_agency, 'dateline_date', a.dateline_date,
    'published', a.published, 'published_text', a.published_text, 'modified', a.modified,
    'modified_text', a.modified_text, 'language', a.language, 'access', a.access,
    'access_declared', a.access_declared, 'state', a.state, 'gone_at', a.gone_at,
    'first_seen', a.first_seen, 'last_seen', a.last_seen, 'revision_count', a.revision_count,
    'images', json(coalesce(a.images, '[]')), 'alternates', json(coalesce(a.alternates, '[]')),
    'provenance', json(coalesce(a.provenance, '[]')))
from articles a join sources s on s.id = a.source_id order by a.id"""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


class ExportError(Exception):
    """The target cannot be used; the message is one sentence."""


def export(db: sqlite3.Connection, target: str) -> int:
    """Write every article to ``target``, by its ending, and return how many there were.

    "-" writes JSON lines to stdout. A file is written under another name first, so what has
    the target's name is whole. Raises ExportError where the ending is unknown or the target
    exists.
    """
    if target == "-":
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8")
        return _write_jsonl(sys.stdout, db)
    path = Path(target)
    write = {".jsonl": _write_jsonl, ".csv": _write_csv}.get(path.suffix.lower())
    if write is None:
        raise ExportError(f"{target}: the ending must be .jsonl or .csv")
    if path.exists():
        raise ExportError(f"{target}: is there already; choose another name or move it")
    with _written_whole(path) as file:
        return write(file, db)


@contextmanager
def _written_whole(path: Path) -> Iterator[IO[str]]:
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with beside.open("x", encoding="utf-8", newline="") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        beside.rename(path)
    finally:
        beside.unlink(missing_ok=True)


# One statement is one read transaction: a crawl may write meanwhile and is not seen.
def _write_jsonl(file: IO[str], db: sqlite3.Connection) -> int:
    count = 0
    for [line] in db.execute(_JSON_ROWS):
        file.write(line + "\n")
        count += 1
    return count


def _write_csv(file: IO[str], db: sqlite3.Connection) -> int:
    count = 0
    writer = csv.writer(file)
    writer.writerow(FIELDS)
    for row in db.execute(_ROWS):
        count += 1
        writer.writerow([_cell(value) for value in row])
    return count


def _cell(value: object) -> object:
    """Return a cell that no spreadsheet takes for a formula."""
    if isinstance(value, str) and value.lstrip(" \u00a0\u3000\n\v\f").startswith(_FORMULA):
        return "'" + value
    return value
