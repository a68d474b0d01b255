"""The words around what a search found, with what was found marked."""

import re

from archive.names import word_keys
from archive.unspaced import runs

BEGIN, END = "\x02", "\x03"
"""What stands before and after each match in a snippet; no printed text has these characters."""

_LETTERS = re.compile(r"[^\W\d_]{3,}(?:['’ʼ][^\W\d_]+)*")
_MARKED = re.compile(f"{BEGIN}([^{BEGIN}{END}]*){END}")
_LOOKED_THROUGH = 100_000
_AROUND = 80


def marked(snippet: str, begin: str, end: str) -> str:
    """Return a snippet with each match between the two marks, and white space as one space."""
    text = _MARKED.sub(lambda match: begin + match[1] + end, snippet)
    return " ".join(text.replace(BEGIN, "").replace(END, "").split())


def parts(snippet: str) -> list[tuple[str, bool]]:
    """Return a snippet as parts, each with whether it is a match.

    >>> parts("bread and \\x02honey\\x03")
    [('bread and ', False), ('honey', True)]
    """
    pieces = [(piece, place % 2 == 1) for place, piece in enumerate(_MARKED.split(snippet))]
    return [(piece.strip(BEGIN + END), match) for piece, match in pieces if piece]


def around(text: str, query: str) -> str | None:
    """Return the words around what the query means but FTS5 cannot mark; None if it is not there.

    That is a name in another spelling, or letters of a script without spaces.
    """
    text = text[:_LOOKED_THROUGH]
    for run in runs(query):
        start = text.find(run)
        if start >= 0:
            return _around(text, start, start + len(run))
    wanted = {key for word in _LETTERS.findall(query) for key in word_keys(word)}
    for found in _LETTERS.finditer(text):
        if found[0][0].isupper() and not wanted.isdisjoint(word_keys(found[0])):
            return _around(text, found.start(), found.end())
    return None


def _around(text: str, start: int, end: int) -> str:
    return _before(text, start) + BEGIN + text[start:end] + END + _after(text, end)


def _before(text: str, end: int) -> str:
    """Return the whole words before a place, as many as are shown."""
    if end <= _AROUND:
        return text[:end]
    start = end - _AROUND
    return " … " + text[max(start, text.find(" ", start, end) + 1) : end]


def _after(text: str, start: int) -> str:
    """Return the whole words after a place, as many as are shown."""
    end = start + _AROUND
    if end >= len(text):
        return text[start:]
    space = text.rfind(" ", start, end)
    return text[start : space if space > 0 else end] + " … "
