"""Lists of headlines, kept by content: a list seen again costs one row."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from operator import attrgetter

from archive.items import Headline, HeadlineList
from archive.rows import digest_of, json_names, plain, storable

_ARTICLE_IDS = """
select u.url, u.article_id from json_each(?) asked join article_urls u on u.url = asked.value"""
_NEXT_HEADLINE = "select coalesce(max(id), 0) + 1 from headlines"
_ADD_HEADLINE = """
insert into headlines (id, url, title, sections, access, article_id)
values (?, ?, ?, ?, ?, ?)"""
_WITH_URL = """
select h.url, h.title, h.sections, h.access, h.id from json_each(?) asked
join headlines h on h.url = asked.value"""
_WITHOUT_URL = """
select id from headlines where url is null and title is ? and sections is ? and access is ?"""
_LIST_ID = "select id from headline_lists where digest = ?"
_ADD_LIST = "insert into headline_lists (name, length, digest) values (?, ?, ?) returning id"
_ADD_ITEM = """
insert into headline_list_items (list_id, position, headline_id, published)
values (?, ?, ?, ?)"""
_SIGHT = """
insert or ignore into headline_sightings (fetch_id, list_id, position) values (?, ?, ?)"""

# Each is some 10 MB of titles and addresses.
_REMEMBERED = 20_000
_REMEMBERED_LISTS = 1_000
_SHOWN = attrgetter("url", "title", "access", "sections")

Content = tuple[object, ...]
Shown = tuple[str | None, str | None, str | None, str | None]


class HeadlineWriter:
    """Writes lists, remembering the ids of headlines and lists it has met."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._headlines: dict[Shown, int] = {}
        self._lists: dict[Content, int] = {}

    def forget(self) -> None:
        """Forget every remembered id."""
        self._headlines.clear()
        self._lists.clear()

    def write(self, looks: Iterable[tuple[int, Sequence[HeadlineList]]]) -> None:
        """Write the lists that each fetch showed, in page order."""
        if len(self._headlines) > _REMEMBERED or len(self._lists) > _REMEMBERED_LISTS:
            self.forget()
        seen = []
        for fetch_id, lists in looks:
            for position, one in enumerate(lists):
                content = _content(one)
                seen.append((fetch_id, self._lists.get(content), position, content, one))
        self._add_lists({content: one for _, known, _, content, one in seen if known is None})
        self._db.executemany(
            _SIGHT,
            [
                (fetch_id, known or self._lists[content], position)
                for fetch_id, known, position, content, _ in seen
            ],
        )

    def _add_lists(self, lists: dict[Content, HeadlineList]) -> None:
        """Write the lists that are new, and learn the ids of all."""
        new: list[tuple[int, HeadlineList]] = []
        for content, one in lists.items():
            digest = _list_digest(one)
            found = self._db.execute(_LIST_ID, (digest,)).fetchone()
            if found is None:
                row = (storable(one.name) if one.name else None, len(one.headlines), digest)
                found = self._db.execute(_ADD_LIST, row).fetchone()
                new.append((found[0], one))
            self._lists[content] = found[0]
        shown = [[(_shown(headline), headline) for headline in one.headlines] for _, one in new]
        self._add_headlines(dict.fromkeys(row for rows in shown for row, _ in rows))
        items = [
            (list_id, position, self._headlines[row], _printed(headline))
            for (list_id, _), rows in zip(new, shown, strict=True)
            for position, (row, headline) in enumerate(rows)
        ]
        self._db.executemany(_ADD_ITEM, items)

    def _add_headlines(self, shown: Iterable[Shown]) -> None:
        """Write the headlines that are new, each linked to its article if that is there."""
        asked = json.dumps([one[0] for one in shown if one[0] and one not in self._headlines])
        for *row, headline_id in self._db.execute(_WITH_URL, (asked,)):
            self._headlines[row[0], row[1], row[2], row[3]] = headline_id
        new = [one for one in shown if self._unknown(one)]
        if not new:
            return
        articles = dict(self._db.execute(_ARTICLE_IDS, (asked,)).fetchall())
        first = self._db.execute(_NEXT_HEADLINE).fetchone()[0]
        rows = [(number, *row, articles.get(row[0])) for number, row in enumerate(new, first)]
        self._db.executemany(_ADD_HEADLINE, rows)
        self._headlines.update(zip(new, range(first, first + len(new)), strict=True))

    def _unknown(self, shown: Shown) -> bool:
        if shown in self._headlines:
            return False
        if shown[0]:
            return True
        row = self._db.execute(_WITHOUT_URL, shown[1:]).fetchone()
        if row is not None:
            self._headlines[shown] = row[0]
        return row is None


def _shown(headline: Headline) -> Shown:
    """Return what a headline shows, as columns; its printed time is no part of it.

    "5 minutes ago" would make a new headline, and a new list, at each look.
    """
    return (
        storable(headline.url) if headline.url else None,
        storable(headline.title) if headline.title else None,
        json_names(headline.sections),
        plain(headline.access),
    )


def _content(headline_list: HeadlineList) -> Content:
    """Return what tells lists apart, as a key that takes less time than a digest."""
    return (headline_list.name, *map(_SHOWN, headline_list.headlines))


def _list_digest(headline_list: HeadlineList) -> bytes:
    parts: list[str] = [headline_list.name or ""]
    for one in headline_list.headlines:
        parts += (one.url or "", one.title or "", one.access or "", *one.sections, "\x1e")
    return digest_of(parts)


def _printed(headline: Headline) -> str | None:
    return storable(headline.published) if headline.published else None
