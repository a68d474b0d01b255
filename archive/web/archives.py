"""Which of the databases that Datasette has open are archives."""

from functools import cache
from pathlib import Path
from typing import Any

from archive.connection import APPLICATION_ID

_HEADER_SIZE = 100


def archives(datasette: Any) -> list[str]:
    """Return the names of the databases that are archives of Dateline's."""
    return [name for name, one in datasette.databases.items() if _is_archive(one.path)]


def alone(datasette: Any) -> str | None:
    """Return the name of the archive if nothing else is open, else None."""
    shown = [name for name in datasette.databases if not name.startswith("_")]
    return shown[0] if len(shown) == 1 and shown == archives(datasette) else None


@cache
def _is_archive(path: str | Path | None) -> bool:
    """Return whether the header of a file is that of an archive, which needs no connection."""
    if path is None:
        return False
    try:
        with Path(path).open("rb") as file:
            header = file.read(_HEADER_SIZE)
    except OSError:
        return False
    return int.from_bytes(header[68:72], "big") == APPLICATION_ID
