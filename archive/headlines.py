"""Lists of headlines, kept by content: a list seen again costs one row."""

import json
import sqlite3
from collections.abc import Iterable, Sequence

from archive.items import Headline, HeadlineList
from archive.rows import digest_of, storable

_HEADLINE_ID = "select id from headlines where digest = ?"
_ADD_HEADLINE = """
insert into headlines (url, title, sections, access, article_id, digest)
values (?, ?, ?, ?, (select article_id from article_urls where url = ?), ?) returning id"""
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
        self._db.executemany(
            _SIGHT,
            [
                (fetch_id, self._list_id(headline_list), position)
                for fetch_id, lists in looks
                for position, headline_list in enumerate(lists)
            ],
        )

    def _list_id(self, headline_list: HeadlineList) -> int:
        digests = [_digest(headline) for headline in headline_list.headlines]
        whole = digest_of(headline_list.name, b"".join(digests).hex())
        list_id = self._lists.get(whole) or self._found(_LIST_ID, whole)
        if list_id is None:
            list_id = self._add_list(headline_list, digests, whole)
        self._lists[whole] = list_id
        return list_id

    def _add_list(self, headline_list: HeadlineList, digests: list[bytes], whole: bytes) -> int:
        name = storable(headline_list.name) if headline_list.name else None
        row = (name, len(digests), whole)
        list_id = int(self._db.execute(_ADD_LIST, row).fetchone()[0])
        items = [
            (list_id, position, self._headline_id(headline, digest), _printed(headline))
            for position, (headline, digest) in enumerate(
                zip(headline_list.headlines, digests, strict=True)
            )
        ]
        self._db.executemany(_ADD_ITEM, items)
        return list_id

    def _headline_id(self, headline: Headline, digest: bytes) -> int:
        known = self._headlines.get(digest) or self._found(_HEADLINE_ID, digest)
        if known is None:
            known = int(self._db.execute(_ADD_HEADLINE, _row(headline, digest)).fetchone()[0])
        self._headlines[digest] = known
        return known

    def _found(self, statement: str, digest: bytes) -> int | None:
        row = self._db.execute(statement, (digest,)).fetchone()
        return None if row is None else int(row[0])


def _digest(headline: Headline) -> bytes:
    # The printed time is left out: "5 minutes ago" would make a new list at each look.
    return digest_of(headline.url, headline.title, headline.access, *headline.sections)


def _row(headline: Headline, digest: bytes) -> tuple[object, ...]:
    url = storable(headline.url) if headline.url else None
    title = storable(headline.title) if headline.title else None
    sections = list(map(storable, headline.sections))
    labels = json.dumps(sections, ensure_ascii=False) if sections else None
    return (url, title, labels, headline.access, url, digest)


def _printed(headline: Headline) -> str | None:
    return storable(headline.published) if headline.published else None
