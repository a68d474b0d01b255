"""Shapes of addresses, and what the pages of each turned out to be on one site. Pure."""

import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import parse_qsl, urlsplit
from zlib import crc32

ENOUGH = 10
"""So many pages of a shape, none of them an article, make it one that leads to none."""
LIKELY = 3
"""So many articles, and no more other pages than a fifth of them, make a shape an article's."""
STILL_TRIED = 10
"""One in so many addresses of a shape that led to no article is asked for all the same."""
_MOST = 2000

_SLUG = re.compile(r"[^-_.]+(?:[-_][^-_.]+){2,}")
_NUMBER = re.compile(r"\d+")
_ENDING = re.compile(r"\.[a-z]{3,5}$", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{1,20}")


@lru_cache(maxsize=65536)
def shape_of(url: str) -> str:
    """Return the shape of an address: its folders, # for numbers, * for names.

    A number of five digits or more is ##, a name of three words or more **; of a query the
    names of its parameters are left. Folders after the second are * as well, so that no site
    has endlessly many shapes.

    >>> shape_of("https://example.org/news/2026/05/bridge-opens-at-last-10442.html")
    '/news/#/#/**##.html'
    >>> shape_of("https://example.org/tag/minsk")
    '/tag/*'
    """
    try:
        parts = urlsplit(url)
        query = "&".join(sorted({name for name, _ in parse_qsl(parts.query)}))
    except ValueError:
        return ""
    *folders, last = parts.path.strip("/").split("/")
    shaped = [_folder(name, depth) for depth, name in enumerate(folders)]
    path = "/".join(["", *shaped, _name(last)])
    return f"{path}?{query}" if query else path


def _folder(name: str, depth: int) -> str:
    return name if depth < 2 and _WORD.fullmatch(name) else _name(name)


def _name(name: str) -> str:
    if not name:
        return ""
    ending = _ENDING.search(name)
    stem = name[: ending.start()] if ending else name
    numbers = _NUMBER.findall(stem)
    number = "##" if any(len(one) >= 5 for one in numbers) else "#" if numbers else ""
    letters = _NUMBER.sub("", stem).strip("-_.")
    word = "" if not letters else "**" if _SLUG.search(letters) else "*"
    return f"{word}{number}{ending[0] if ending else ''}"


class Shapes:
    """What the pages of each shape of address were on one site."""

    def __init__(self, known: Iterable[tuple[str, bool]] = ()) -> None:
        self._counts: dict[str, list[int]] = {}
        for url, is_article in known:
            self.note(url, is_article=is_article)

    def note(self, url: str, *, is_article: bool) -> None:
        """Learn that the page at an address is an article, or is none."""
        shape = shape_of(url)
        if shape in self._counts or len(self._counts) < _MOST:
            self._counts.setdefault(shape, [0, 0])[0 if is_article else 1] += 1

    def count(self, url: str) -> tuple[int, int]:
        """Return how many pages of the shape of an address were articles, and how many not."""
        articles, others = self._counts.get(shape_of(url), (0, 0))
        return articles, others

    def is_hopeless(self, url: str) -> bool:
        """Return whether pages of this shape were never articles; one in ten is still tried."""
        articles, others = self.count(url)
        if articles or others < ENOUGH:
            return False
        return crc32(url.encode("utf-8", "replace")) % STILL_TRIED != 0

    def is_likely(self, url: str) -> bool:
        """Return whether pages of this shape were articles nearly always."""
        articles, others = self.count(url)
        return articles >= LIKELY and others * 5 <= articles

    def sifted(self, urls: Iterable[str]) -> list[str]:
        """Return the addresses that are worth asking for, those likely to be articles first."""
        worth = [url for url in urls if not self.is_hopeless(url)]
        return sorted(worth, key=self.is_likely, reverse=True)
