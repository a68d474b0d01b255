"""Lists of headlines, kept by content: a list seen again costs one row."""

import json
import sqlite3
from collections.abc import Iterable, Sequence

from archive.items import Headline, HeadlineList
from archive.rows import digest_of, storable

_ARTICLE_IDS = """
select u.url, u.article_id from json_each(?) asked join article_urls u on u.url = asked.value"""
_NEXT_HEADLINE = "select coalesce(max(id), 0) + 1 from headlines"
_ADD_HEADLINE = """
insert into headlines (id, url, title, sections, access, article_id, digest)
values (?, ?, ?, ?, ?, ?, ?)"""
_HEADLINE_ID = "select id from headlines where digest = ?"
_LIST_ID = "select id from headline_lists where digest = ?"
_ADD_LIST = "insert into headline_lists (name, length, digest) values (?, ?, ?) returning id"
_ADD_ITEM = """
insert into headline_list_items (list_id, position, headline_id, published)
values (?, ?, ?, ?)"""
_SIGHT = """
insert or ignore into headline_sightings (fetch_id, list_id, position) values (?, ?, ?)"""

_REMEMBERED = 100_000


class HeadlineWriter:
    """Writes lists, remembering the ids of headlines and lists it has met."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._headlines: dict[bytes, int] = {}
        self._lists: dict[bytes, int] = {}

    def forget(self) -> None:
        """Forget every remembered id."""
        self._headlines.clear()
        self._lists.clear()

    def write(self, looks: Iterable[tuple[int, Sequence[HeadlineList]]]) -> None:
        """Write the lists that each fetch showed, in page order."""
        if len(self._headlines) > _REMEMBERED or len(self._lists) > _REMEMBERED:
            self.forget()
        seen = [
            (fetch_id, _list_digest(one), position, one)
            for fetch_id, lists in looks
            for position, one in enumerate(lists)
        ]
        self._add_lists({digest: one for _, digest, _, one in seen})
        self._db.executemany(
            _SIGHT,
            [(fetch_id, self._lists[digest], position) for fetch_id, digest, position, _ in seen],
        )

    def _add_lists(self, lists: dict[bytes, HeadlineList]) -> None:
        """Write the lists that are new, and learn the ids of all."""
        new: dict[bytes, HeadlineList] = {}
        for digest, one in lists.items():
            if digest not in self._lists and not self._find(digest):
                new[digest] = one
        headlines = [(_digest(h), h) for one in new.values() for h in one.headlines]
        self._add_headlines(dict(headlines))
        items: list[tuple[int, int, int, str | None]] = []
        for digest, one in new.items():
            row = (storable(one.name) if one.name else None, len(one.headlines), digest)
            self._lists[digest] = list_id = int(self._db.execute(_ADD_LIST, row).fetchone()[0])
            items.extend(
                (list_id, position, self._headlines[_digest(headline)], _printed(headline))
                for position, headline in enumerate(one.headlines)
            )
        self._db.executemany(_ADD_ITEM, items)

    def _find(self, digest: bytes) -> bool:
        row = self._db.execute(_LIST_ID, (digest,)).fetchone()
        if row is not None:
            self._lists[digest] = row[0]
        return row is not None

    def _add_headlines(self, headlines: dict[bytes, Headline]) -> None:
        """Write the headlines that are new, each linked to its article if that is there."""
        for digest in list(headlines):
            if digest in self._headlines:
                del headlines[digest]
            elif row := self._db.execute(_HEADLINE_ID, (digest,)).fetchone():
                self._headlines[digest] = row[0]
                del headlines[digest]
        if not headlines:
            return
        asked = json.dumps([storable(one.url) for one in headlines.values() if one.url])
        articles = dict(self._db.execute(_ARTICLE_IDS, (asked,)).fetchall())
        first = self._db.execute(_NEXT_HEADLINE).fetchone()[0]
        rows = [
            _row(headline_id, digest, headline, articles)
            for headline_id, (digest, headline) in enumerate(headlines.items(), first)
        ]
        self._db.executemany(_ADD_HEADLINE, rows)
        self._headlines.update(zip(headlines, range(first, first + len(rows)), strict=True))


# The printed time is no part of a digest: "5 minutes ago" would make a new list at each look.
def _digest(headline: Headline) -> bytes:
    return digest_of((headline.url, headline.title, headline.access, *headline.sections))


def _list_digest(headline_list: HeadlineList) -> bytes:
    parts: list[str | None] = [headline_list.name]
    for headline in headline_list.headlines:
        parts += (headline.url, headline.title, headline.access, *headline.sections, "\x1e")
    return digest_of(parts)


def _row(
    headline_id: int, digest: bytes, headline: Headline, articles: dict[str, int]
) -> tuple[object, ...]:
    url = storable(headline.url) if headline.url else None
    title = storable(headline.title) if headline.title else None
    sections = list(map(storable, headline.sections))
    labels = json.dumps(sections, ensure_ascii=False) if sections else None
    article_id = articles.get(url) if url else None
    return (headline_id, url, title, labels, headline.access, article_id, digest)


def _printed(headline: Headline) -> str | None:
    return storable(headline.published) if headline.published else None
