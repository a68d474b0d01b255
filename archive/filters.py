"""What found articles must be, besides matching words: as labels in the full-text index.

Each article has its source, sections, authors, language and state as words of the column
``labels``. So a filter is one more term, and costs no more than a word does.
"""

import re
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import get_close_matches
from typing import Literal

from archive.errors import UnknownLabelError

OLDEST = datetime(1697, 10, 17, 11, 3, 28, tzinfo=UTC)
"""Where the count of seconds in ``position`` begins."""
ID_BITS = 28
_LAST_SECOND = (1 << 34) - 1
_END = 1 << 62

_EXACT = {
    "source": "select id from sources where name = ?",
    "section": "select id from sections where name = ?",
    "author": "select id from authors where name = ?",
}
_ALL = {
    "source": "select name, id from sources",
    "section": "select name, id from sections",
    "author": "select name, id from authors",
}
LETTERS = {"source": "s", "section": "c", "author": "a"}
"""What the label of a row of these tables begins with; its number follows."""
_HINTS = {
    "source": "dateline sources lists them",
    "section": "the table sections has them",
    "author": "the table authors has them",
}
_LANGUAGE = re.compile(r"[^\W_]{2,8}(-[^\W_]{1,8})*")


@dataclass(frozen=True, slots=True)
class Filters:
    """What found articles must be: one of the named of each kind, and all else that is set.

    ``languages`` are tags; "be" takes "be-tarask" in. ``since`` and ``until`` are of the time
    of publication; what has none is found only where neither is set.
    """

    sources: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    access: Literal["open", "locked"] | None = None
    since: datetime | None = None
    until: datetime | None = None
    gone: bool = False
    edited: bool = False


def language_labels(tag: str) -> list[str]:
    """Return the labels of a language: of its tag, and of each shorter one that takes it in.

    >>> language_labels("be-tarask")
    ['langbe', 'langbetarask']
    """
    parts = tag.lower().split("-")
    if not _LANGUAGE.fullmatch(tag):
        return []
    return ["lang" + "".join(parts[:end]) for end in range(1, len(parts) + 1)]


def labels_expression(db: sqlite3.Connection, filters: Filters) -> str:
    """Return the filters as an FTS5 expression; "" where every article passes.

    Raises UnknownLabelError where the archive has no source, section or author of a name.
    """
    kinds = (
        _named(db, "source", filters.sources),
        _named(db, "section", filters.sections),
        _named(db, "author", filters.authors),
        [_language(tag) for tag in filters.languages],
        [filters.access] if filters.access else [],
        ["gone"] if filters.gone else [],
        ["edited"] if filters.edited else [],
        ["dated"] if filters.since or filters.until else [],
    )
    terms = ["(" + " OR ".join(f'"{label}"' for label in kind) + ")" for kind in kinds if kind]
    return "{labels} : (" + " AND ".join(terms) + ")" if terms else ""


def positions(filters: Filters) -> tuple[int, int]:
    """Return the least position that passes, and the first after them that does not."""
    low = _seconds(filters.since) << ID_BITS if filters.since else 0
    # The time of publication is to the second.
    high = (_seconds(filters.until) + 1) << ID_BITS if filters.until else _END
    return low, high


def _seconds(time: datetime) -> int:
    return min(max(int((time - OLDEST).total_seconds()), 0), _LAST_SECOND)


def _language(tag: str) -> str:
    labels = language_labels(tag)
    if not labels:
        raise UnknownLabelError(f"{tag}: not a tag of a language, such as be or pt-BR")
    return labels[-1]


def _named(db: sqlite3.Connection, kind: str, names: tuple[str, ...]) -> list[str]:
    return [LETTERS[kind] + str(number) for name in names for number in _ids(db, kind, name)]


def _ids(db: sqlite3.Connection, kind: str, name: str) -> list[int]:
    exact = db.execute(_EXACT[kind], (name,)).fetchone()
    if exact:
        return [exact[0]]
    known = db.execute(_ALL[kind]).fetchall()
    alike = [row[1] for row in known if row[0].casefold() == name.casefold()]
    if not alike:
        raise UnknownLabelError(_unknown(kind, name, [row[0] for row in known]))
    return alike


def _unknown(kind: str, name: str, known: list[str]) -> str:
    close = get_close_matches(name, known[:20_000], n=3)
    hint = f"did you mean {' or '.join(close)}?" if close else _HINTS[kind]
    return f"no {kind} is called {name} ({hint})"
