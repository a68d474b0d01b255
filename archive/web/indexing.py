"""The full text kept up to date while the archive is served, whoever writes to it."""

import threading
from contextlib import closing
from pathlib import Path

from archive.connection import connect, told
from archive.errors import ArchiveError
from archive.search_index import index, pending

EVERY = 5.0
"""After so many seconds it is looked whether there is something new."""


def keep_indexed(path: Path) -> threading.Event:
    """Index what crawls write from now on, in the background; the event ends it when it is set.

    A crawl indexes what it found when it ends, unless it is interrupted or killed.
    """
    end = threading.Event()
    threading.Thread(target=_keep, args=(path, end), name="index", daemon=True).start()
    return end


def _keep(path: Path, end: threading.Event) -> None:
    while not end.wait(EVERY):
        try:
            index_new(path)
        except ArchiveError:
            # Read-only, or in use for long: the search page says what is not searched yet.
            continue


def index_new(path: Path) -> None:
    """Index what is not indexed yet; raises ArchiveError where the archive cannot be written."""
    with closing(connect(path)) as reading, told(path):
        if not pending(reading):
            return
    with closing(connect(path, write=True)) as writing, told(path):
        index(writing)
