"""A look at a page before any parser sees it.

Parsers are quadratic in the attributes of one tag, in depth, and in formatting tags left
open, so a small page can hold one for minutes. Real pages stay far below these limits.
"""

import re
from collections import Counter

from crawler.charset import decode
from crawler.errors import PageRefusedError

MAX_BYTES = 16 * 1024 * 1024
MAX_ANGLES = 100_000
MAX_ATTRIBUTES = 2_000
MAX_DEPTH = 5_000
MAX_REOPENED = 200_000
IN_PROCESS_BYTES = 1024 * 1024
IN_PROCESS_ANGLES = 20_000
"""Pages up to these sizes are read where they arrive, heavier ones in a worker process."""

_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
_SHIFT = re.compile(rb"\x1b(?:\([BIJ]|\$[@B])")  # ISO-2022-JP, also within a tag

# A tag with as many attributes is at least this long, and has a separator before each. A quoted
# ">" can hide it from this look, but up to that size of page no parser is held for long.
_LONG_TAG = re.compile(rb"<[a-zA-Z][^>]{%d,}+" % (2 * MAX_ATTRIBUTES - 2))
_SEPARATORS = [b" ", b"\t", b"\n", b"\f", b"\r", b"/", b'"', b"'"]
_HARMLESS_BYTES = 256 * 1024
_QUOTED_END = re.compile(rb"""=\s*+(?:"[^">]*+>|'[^'>]*+>)""")
_ATTRIBUTE = rb"""[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+"""
# Each tag is taken whole, so that no byte is looked at for two of them.
_TAG_WITH_ATTRIBUTES = re.compile(
    rb"<[a-zA-Z][^\s/>]*+(?:(?:%s){%d}(?P<too_many>)|(?:%s)*+)"
    % (_ATTRIBUTE, MAX_ATTRIBUTES + 1, _ATTRIBUTE)
)
_TAG = re.compile(rb"<(/?)([a-zA-Z][a-zA-Z0-9]*)(?:[^<>]*+(?<=(/))>)?")
_FORMATTING = frozenset(
    b"b big code em font i nobr s small strike strong tt u".split()  # "a" closes the one before
)
# The first letter is spelt out in either case, which takes half the time.
_FORMATTING_NAME = rb"(?:[bBiIsSuU]|[bcefnstBCEFNST](?i:%s))[\s/>]" % b"|".join(
    sorted({name[1:] for name in _FORMATTING if len(name) > 1})
)
_FORMATTING_TAG = re.compile(rb"<" + _FORMATTING_NAME)
_FORMATTING_END = re.compile(rb"<(/?)(" + _FORMATTING_NAME + rb")")
# Below these stand tags that are flat among themselves, written or supplied by the parser.
_LEVELS = {b"table": 4, b"ul": 2, b"ol": 2, b"dl": 2, b"menu": 2, b"select": 2}
# Tags that hold nothing, and tags that the next of their kind closes: neither deepens.
_FLAT = frozenset(
    b"a area base br col embed hr img input link meta param source track wbr "
    b"p li dd dt option tr td th tbody thead tfoot body html head".split()
)


def scan(body: bytes) -> None:
    """Raise PageRefusedError, with the limit in a sentence, if no parser should see the page."""
    if len(body) > MAX_BYTES:
        raise PageRefusedError(f"the page has {len(body):,} bytes, more than {MAX_BYTES:,}")
    body = _in_ascii(body)
    angles = body.count(b"<")
    if angles > MAX_ANGLES:
        raise PageRefusedError(f"the page has {angles:,} tags, more than {MAX_ANGLES:,}")
    check_attributes(body)
    if angles > MAX_DEPTH or _may_reopen(body, angles):
        _check_nesting(body)


def is_heavy(body: bytes) -> bool:
    """Return whether a page may take long to read, so that it is read in a worker process."""
    return len(body) > IN_PROCESS_BYTES or body.count(b"<") > IN_PROCESS_ANGLES


def _in_ascii(body: bytes) -> bytes:
    """Return the page with its tags in plain ASCII, as the parser will have them.

    Of the charsets that a page can name, all but these write a tag in ASCII.
    """
    if body.startswith(_WIDE_MARKS):
        return decode(body).encode("utf-8", "replace")
    return _SHIFT.sub(b"", body) if b"\x1b" in body else body


def check_attributes(body: bytes) -> None:
    """Raise PageRefusedError if a tag has more attributes than any parser takes in its stride."""
    if _has_crowded_tag(body):
        raise PageRefusedError(f"a tag has more than {MAX_ATTRIBUTES:,} attributes")


def _has_crowded_tag(body: bytes) -> bool:
    is_plain = len(body) <= _HARMLESS_BYTES or _QUOTED_END.search(body) is None
    if is_plain and not any(map(_may_crowd, _LONG_TAG.findall(body))):
        return False
    return any(tag.lastgroup == "too_many" for tag in _TAG_WITH_ATTRIBUTES.finditer(body))


def _may_crowd(tag: bytes) -> bool:
    return sum(map(tag.count, _SEPARATORS)) >= MAX_ATTRIBUTES


def _may_reopen(body: bytes, angles: int) -> bool:
    """Return whether formatting tags left open may open too often in the tags of the page."""
    if len(_FORMATTING_TAG.findall(body)) * angles <= MAX_REOPENED:
        return False
    counts: Counter[bytes] = Counter()
    most = is_open = 0
    for closing, name in _FORMATTING_END.findall(body):
        name = name[:-1].lower()
        if not closing:
            counts[name] += 1
            is_open += 1
            most = max(most, is_open)
        elif counts[name]:
            counts[name] -= 1
            is_open -= 1
    return most * angles > MAX_REOPENED


def _check_nesting(body: bytes) -> None:
    """Follow the tags as a parser would, and raise if they nest too deep or reopen too often."""
    nesting = _Nesting()
    for closing, name, closed in _TAG.findall(body):
        if closing:
            nesting.close(name.lower())
        elif not (closed and nesting.in_drawing()):
            nesting.open(name.lower())


class _Nesting:
    """The tags open at one place of a page."""

    def __init__(self) -> None:
        self.stack: list[bytes] = []
        self.counts: Counter[bytes] = Counter()
        self.depth = 0
        self.formatting = 0
        self.reopened = 0

    def in_drawing(self) -> bool:
        """Return whether tags may close themselves here, and none is flat."""
        return self.counts[b"svg"] > 0 or self.counts[b"math"] > 0

    def open(self, name: bytes) -> None:
        if name in _FORMATTING:
            self.formatting += 1
            self.counts[name] += 1
            self._check_depth()
            return
        # A formatting tag left open opens once more in each block that follows.
        self.reopened += self.formatting
        if self.reopened > MAX_REOPENED:
            raise PageRefusedError("the page leaves too many formatting tags open")
        if name not in _FLAT or self.in_drawing():
            self.stack.append(name)
            self.counts[name] += 1
            self.depth += _LEVELS.get(name, 1)
            self._check_depth()

    def close(self, name: bytes) -> None:
        if not self.counts[name]:
            return
        if name in _FORMATTING:
            self.formatting -= 1
            self.counts[name] -= 1
            return
        while True:
            closed = self.stack.pop()
            self.counts[closed] -= 1
            self.depth -= _LEVELS.get(closed, 1)
            if closed == name:
                return

    def _check_depth(self) -> None:
        if self.depth + self.formatting > MAX_DEPTH:
            raise PageRefusedError(f"the page nests deeper than {MAX_DEPTH:,} tags")
