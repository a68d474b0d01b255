"""A look at a page before any parser sees it.

Parsers are quadratic in the attributes of one tag, in depth, and in formatting tags left
open, so a small page can hold one for minutes. Real pages stay far below these limits.
"""

import re
from collections import Counter
from collections.abc import Iterator

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
_ESCAPE = b"\x1b"
_SHIFT = re.compile(rb"\x1b(?:\([BIJ]|\$[@B])")  # ISO-2022-JP, also within a tag

# A tag with as many attributes is at least this long.
_CROWDED_LENGTH = 2 * MAX_ATTRIBUTES
_OPENING = re.compile(rb"<[a-zA-Z]")
_QUOTES = (b'"', b"'")
_LONGEST_GAP = 16
_TRIES, _MORE_TRIES = 8, 200
_SEPARATORS = (b" ", b"\t", b"\n", b"\f", b"\r", b"/", b'"', b"'")
_ATTRIBUTE = rb"""[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"?|'[^']*+'?|[^\s>]*+))?+"""
_TAG_WITH_ATTRIBUTES = re.compile(
    rb"<[a-zA-Z][^\s/>]*+(?:(?:%s){%d}(?P<too_many>)|(?:%s)*+)"
    % (_ATTRIBUTE, MAX_ATTRIBUTES + 1, _ATTRIBUTE)
)
_MOST_FOLLOWED = 30_000_000
_TAG = re.compile(rb"<[a-zA-Z][^\s/>]*+(?:%s){%d}" % (_ATTRIBUTE, MAX_ATTRIBUTES + 1))
_MOST_LOOKED_AT = 100_000_000
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
    for form in _in_ascii(body):
        _check_tags(form)


def is_heavy(body: bytes) -> bool:
    """Return whether a page may take long to read, so that it is read in a worker process."""
    return len(body) > IN_PROCESS_BYTES or body.count(b"<") > IN_PROCESS_ANGLES


def _in_ascii(body: bytes) -> tuple[bytes, ...]:
    """Return the page with its tags in plain ASCII, in each way that a parser may have them.

    Of the charsets that a page can name, all but these write a tag in ASCII.
    """
    if body.startswith(_WIDE_MARKS):
        return (decode(body).encode("utf-8", "replace"),)
    if _ESCAPE not in body:
        return (body,)
    # A pair of letters may be one sign, which is no quote and ends no tag.
    signs = body.decode("iso2022_jp", "replace").encode("utf-8", "replace")
    return (_SHIFT.sub(b"", body), signs)


def _check_tags(body: bytes) -> None:
    angles = body.count(b"<")
    if angles > MAX_ANGLES:
        raise PageRefusedError(f"the page has {angles:,} tags, more than {MAX_ANGLES:,}")
    check_attributes(body)
    if angles > MAX_DEPTH or _may_reopen(body, angles):
        _check_nesting(body)


def check_attributes(body: bytes) -> None:
    """Raise PageRefusedError if a tag has more attributes than any parser takes in its stride."""
    if _has_crowded_tag(body):
        raise PageRefusedError(f"a tag has more than {MAX_ATTRIBUTES:,} attributes")


def _has_crowded_tag(body: bytes) -> bool:
    return any(map(_holds_crowded_tag, filter(_may_crowd, _long_stretches(body))))


def _holds_crowded_tag(stretch: bytes) -> bool:
    """Return whether a crowded tag may open anywhere in a stretch.

    Each "<" is followed, as the one before it may stand in a comment or a script and open nothing.
    """
    followed = 0
    for opening in _OPENING.finditer(stretch, 0, len(stretch) - _CROWDED_LENGTH):
        tag = _TAG_WITH_ATTRIBUTES.match(stretch, opening.start())
        followed += tag.end() - tag.start() if tag else 0
        if followed > _MOST_FOLLOWED or (tag and tag.lastgroup == "too_many"):
            return True
    return False


def _may_crowd(stretch: bytes) -> bool:
    first = _OPENING.search(stretch, 0, len(stretch) - _CROWDED_LENGTH)
    if first is None:
        return False
    return sum(stretch.count(mark, first.start()) for mark in _SEPARATORS) >= MAX_ATTRIBUTES


def _long_stretches(body: bytes) -> Iterator[bytes]:
    """Yield the parts of a page that are long enough for a crowded tag; no tag leaves its part.

    Nearly all of a page has an end of a tag every few bytes, and is passed over in long strides.
    """
    start = 0
    while (ahead := start + _CROWDED_LENGTH) <= len(body):
        end = _last_end(body, start, ahead)
        if end < 0:
            end = _next_end(body, start, ahead)
            yield body[start:end]
        start = end


def _last_end(body: bytes, start: int, stop: int) -> int:
    """Return the last place up to ``stop`` where surely no tag is open, as at ``start``, or -1."""
    for _ in range(_TRIES):
        stop = body.rfind(b">", start, stop)
        if stop < 0:
            break
        if not any(_may_open(body, body.rfind(quote, start, stop)) for quote in _QUOTES):
            return stop + 1
    return -1


def _next_end(body: bytes, start: int, at: int) -> int:
    """Return the next place from ``at`` where surely no tag is open, as at ``start``."""
    seen = [body.rfind(quote, start, at) for quote in _QUOTES]
    for _ in range(_MORE_TRIES):
        end = body.find(b">", at)
        if end < 0:
            break
        new = [body.rfind(quote, at, end) for quote in _QUOTES]
        seen = list(map(max, seen, new))
        if not any(_may_open(body, quote) for quote in seen):
            return end + 1
        at = end + 1
    return len(body)


def _may_open(body: bytes, quote: int) -> bool:
    """Return whether a quote at that place may open the value of an attribute: a "=" is before it.

    The last quote of its kind before a ">" hides that one only if it does.
    """
    if quote < 0:
        return False
    before = body[max(0, quote - _LONGEST_GAP) : quote].rstrip()
    return not before or before.endswith(b"=")


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
