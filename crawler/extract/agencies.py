"""The names of news agencies, from the table beside this file."""

from functools import cache
from pathlib import Path

_TABLE = Path(__file__).with_name("agencies.txt")


@cache
def known_agencies() -> frozenset[str]:
    """Return the names of agencies in folded case."""
    lines = _TABLE.read_text(encoding="utf-8").splitlines()
    return frozenset(line.casefold() for line in lines if line and not line.startswith("#"))


@cache
def agencies_without_spaces() -> frozenset[str]:
    """Return the names in folded case, letters and digits alone."""
    return frozenset("".join(filter(str.isalnum, name)) for name in known_agencies())
