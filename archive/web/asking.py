"""What a page is asked for and what it answers, without Datasette."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import urlencode

_HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for a page about one archive.

    ``root`` is the address of Datasette, ``base`` that of the archive's pages and ``tables``
    that of its tables; ``values`` are what stands after the question mark, ``parts`` what
    stands in the path.
    """

    database: str
    path: Path | None
    root: str
    base: str
    tables: str
    now: datetime
    origin: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)

    def link(self, page: str, /, **values: object) -> str:
        """Return the address of a page of this archive; values that are None are left out."""
        said = {name: value for name, value in values.items() if value not in (None, "")}
        return f"{self.base}/{page}" + (f"?{urlencode(said)}" if said else "")

    def value(self, name: str) -> str | None:
        """Return what was asked under that name, None where that is nothing."""
        return self.values.get(name, "").strip() or None

    def number(self, name: str) -> int | None:
        """Return a number asked for, that SQLite can hold; None where it is none."""
        text = self.parts.get(name) or self.values.get(name) or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


@dataclass(frozen=True, slots=True)
class Answer:
    """A page ready to be sent."""

    body: str
    status: int = 200
    content_type: str = _HTML
    location: str | None = None


class NotHereError(Exception):
    """There is no such page; the message is a sentence for the reader."""
