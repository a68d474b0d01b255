"""Which of the databases that Datasette has open are archives."""

import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

from archive.connection import APPLICATION_ID, open_reading


def archives(datasette: Any) -> list[str]:
    """Return the names of the databases that are archives of Dateline's."""
    return [name for name, one in datasette.databases.items() if _is_archive(one.path)]


def alone(datasette: Any) -> str | None:
    """Return the name of the archive if nothing else is open, else None."""
    shown = [name for name in datasette.databases if not name.startswith("_")]
    return shown[0] if len(shown) == 1 and shown == archives(datasette) else None


@cache
def _is_archive(path: str | Path | None) -> bool:
    """Return whether a file is an archive.

    SQLite looks: to open and close the file otherwise would take the locks from the connections
    that Datasette has to it.
    """
    if path is None:
        return False
    try:
        with closing(open_reading(Path(path))) as connection:
            number = connection.execute("pragma application_id").fetchone()[0]
    except sqlite3.Error:
        return False
    return bool(number == APPLICATION_ID)
