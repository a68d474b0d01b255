"""Lists of sources in files: OPML, CSV with a column url, or an address a line. Pure but for
reading them.
"""

import csv
import io
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click

from archive.items import Page
from crawler.charset import decode
from crawler.errors import PageRefusedError
from crawler.markup import elements, root_of, xml_of

MAX_BYTES = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Line:
    """A source that is named; ``where`` is its place in a file, None on the command line."""

    url: str
    where: str | None = None
    name: str | None = None
    feed: str | None = None


def lines_of(word: str) -> list[Line]:
    """Return the sources that a word of the command line names: itself, or those in a file.

    Raises UsageError where a file cannot be read.
    """
    if word == "-":
        return read_lines(sys.stdin.buffer.read(MAX_BYTES), "standard input")
    path = Path(word)
    if "://" in word or not path.is_file():
        return [Line(word)]
    try:
        with path.open("rb") as file:
            return read_lines(file.read(MAX_BYTES), word)
    except OSError as error:
        raise click.UsageError(f"{word} cannot be read: {error.strerror}") from None


def read_lines(body: bytes, name: str) -> list[Line]:
    """Return the sources that a file lists, with their places in it."""
    try:
        xml = xml_of(Page("", body, datetime.now(UTC)))
    except PageRefusedError as error:
        raise click.UsageError(f"{name} cannot be read: {error}") from None
    if xml is not None and root_of(xml) == "opml":
        return list(_outlines(xml, name))
    text = decode(body).lstrip("\ufeff")
    header = next(csv.reader(text.splitlines()[:1]), [])
    columns = [column.strip().lower() for column in header]
    return list(_rows(text, columns, name) if "url" in columns else _plain(text, name))


def _outlines(xml: bytes, name: str) -> Iterator[Line]:
    for number, outline in enumerate(elements(xml, "outline"), 1):
        told = {key.lower(): value.strip() for key, value in outline.attrib.items()}
        feed, page = told.get("xmlurl"), told.get("htmlurl")
        url = page or feed
        if url:
            yield Line(url, f"{name}, outline {number}", feed=feed if page else None)


def _rows(text: str, columns: list[str], name: str) -> Iterator[Line]:
    reader = csv.reader(io.StringIO(text))
    next(reader)
    for row in reader:
        told = dict(zip(columns, (value.strip() for value in row), strict=False))
        if any(told.values()):
            where = f"{name}, line {reader.line_num}"
            yield Line(told.get("url", ""), where, told.get("name") or None)


def _plain(text: str, name: str) -> Iterator[Line]:
    for number, line in enumerate(text.splitlines(), 1):
        url = line.strip()
        if url and not url.startswith("#"):
            yield Line(url, f"{name}, line {number}")
