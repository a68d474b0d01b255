"""Exit codes, and errors as one sentence on stderr."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from typing import NoReturn

import click

from archive.errors import ArchiveBusyError, ArchiveError, UnknownLabelError


class Exit(IntEnum):
    """How a command ends."""

    DONE = 0
    NOTHING = 1
    USAGE = 2
    ARCHIVE = 3
    UNHEALTHY = 4
    VERIFICATION = 5
    BUSY = 6
    INTERRUPTED = 130


def fail(message: str, code: Exit) -> NoReturn:
    """Say why on stderr in one sentence and leave with the code."""
    click.echo(f"Error: {' '.join(message.split())}", err=True)
    sys.exit(code)


def code_of(error: ArchiveError) -> Exit:
    """Return the exit code that an error of the archive means."""
    if isinstance(error, UnknownLabelError):
        return Exit.USAGE
    return Exit.BUSY if isinstance(error, ArchiveBusyError) else Exit.ARCHIVE


@contextmanager
def exits_told() -> Iterator[None]:
    """Leave with the right code and one sentence where the archive cannot be used."""
    try:
        yield
    except ArchiveError as error:
        fail(str(error), code_of(error))
    except BrokenPipeError:
        # The reader of our output has gone; there is nobody to tell.
        sys.stderr.close()
        sys.exit(Exit.DONE)
