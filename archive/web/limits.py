"""What one call may cost, whoever asks: time, memory, and the length of what it makes."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from time import monotonic
from typing import Any

LONGEST_VALUE = 32 * 1024 * 1024
"""No text is longer, in bytes: the largest page that is kept is half of that."""
LONGEST_PATTERN = 500
MOST_MEMORY = 512 * 1024 * 1024
"""What SQLite may take in this process, in bytes; a call that wants more fails."""
SECONDS = 5.0
_WIDE = re.compile(r"[*]|\d{4}")
_TOO_LONG = " " * (LONGEST_VALUE + 1)
"""What SQLite itself refuses for its length."""
_STEPS = 10_000


def limit(connection: sqlite3.Connection) -> None:
    """Bound what one statement can make; the time of statements is bounded by Datasette.

    A function such as ``hex`` or ``instr`` cannot be interrupted, so that its input is bounded.
    """
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, LONGEST_PATTERN)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    connection.execute(f"pragma hard_heap_limit = {MOST_MEMORY:d}")
    # SQLite's own search byte by byte, and take minutes for two long texts.
    connection.create_function("instr", 2, _instr, deterministic=True)
    connection.create_function("replace", 3, _replace, deterministic=True)
    for name in ("printf", "format"):
        connection.create_function(name, -1, _printf, deterministic=True)


def _instr(text: object, part: object) -> int | None:
    if text is None or part is None:
        return None
    if isinstance(text, bytes) and isinstance(part, bytes):
        return text.find(part) + 1
    return _text(text).find(_text(part)) + 1


def _replace(text: object, old: object, new: object) -> str | None:
    if text is None or old is None or new is None:
        return None
    whole, part, other = _text(text), _text(old), _text(new)
    if not part:
        return whole
    if len(whole) + whole.count(part) * (len(other) - len(part)) > LONGEST_VALUE:
        return _TOO_LONG
    return whole.replace(part, other)


def _printf(*values: Any) -> Any:
    form = values[0] if values else None
    if form is None:
        return None
    # SQLite writes the blanks of a wide field one by one.
    if _WIDE.search(_text(form)):
        return _TOO_LONG
    return _plain().execute(f"select printf({', '.join('?' * len(values))})", values).fetchone()[0]


@cache
def _plain() -> sqlite3.Connection:
    """Return a connection with SQLite's own functions."""
    return sqlite3.connect(":memory:", check_same_thread=False)


def _text(value: object) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


@contextmanager
def within(connection: sqlite3.Connection, seconds: float = SECONDS) -> Iterator[None]:
    """Interrupt what runs on a connection when its time is up."""
    end = monotonic() + seconds
    connection.set_progress_handler(lambda: monotonic() > end, _STEPS)
    try:
        yield
    finally:
        connection.set_progress_handler(None, _STEPS)
