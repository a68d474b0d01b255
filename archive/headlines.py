"""Lists of headlines, kept by content: a list seen again costs one row."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from operator import attrgetter

from archive.address_forms import address_key
from archive.items import Headline, HeadlineList
from archive.rows import digest_of, json_names, plain, storable

_ARTICLE_IDS = """
select u.url, u.article_id from json_each(?) asked join article_urls u on u.url = asked.value"""
_ARTICLE_IDS_ALIKE = """
select k.key, k.article_id from json_each(?) asked join address_keys k on k.key = asked.value"""
_ADD_KEY = "insert or ignore into address_keys (key, article_id) values (?, ?)"
_LINK = """
update headlines set article_id = (
    select u.article_id from article_urls u where u.url = headlines.url)
where url in (select value from json_each(?))"""
_LINK_ALIKE = """
update headlines set article_id = (
    select k.article_id from address_keys k where k.key = headlines.key)
where key in (select value from json_each(?)) and +article_id is null"""
_NEXT_HEADLINE = "select coalesce(max(id), 0) + 1 from headlines"
_ADD_HEADLINE = """
insert into headlines (id, url, title, sections, access, article_id, key)
values (?, ?, ?, ?, ?, ?, ?)"""
_WITH_URL = """
select h.url, h.title, h.sections, h.access, h.id from json_each(?) asked
join headlines h on h.url = asked.value"""
_WITHOUT_URL = """
select id from headlines where url is null and title is ? and sections is ? and access is ?"""
_LIST_ID = "select id from headline_lists where digest = ?"
_ADD_LIST = """
insert into headline_lists (name, length, digest, first_seen, last_seen)
values (?, ?, ?, ?, ?) returning id"""
_SPAN = """
update headline_lists set first_seen = min(first_seen, ?1), last_seen = max(last_seen, ?2)
where id = ?3 and (first_seen > ?1 or last_seen < ?2)"""
_ADD_ITEM = """
insert into headline_list_items (list_id, position, headline_id, published)
values (?, ?, ?, ?)"""
_SIGHT = """
insert or ignore into headline_sightings (fetch_id, list_id, position) values (?, ?, ?)"""
_LATER = """
select f.id from json_each(?) asked
join fetches f on f.url = asked.value ->> 0 and f.fetched_at > asked.value ->> 1
where f.outcome = 'unchanged'"""
_TAKE_BACK = """
delete from headline_sightings where fetch_id in (select value from json_each(?))
returning list_id"""
_BEFORE = """
select f.id, p.id, p.access_declared from json_each(?) asked
join fetches f on f.id = asked.value
join fetches p on p.id = (
    select id from fetches where url = f.url and fetched_at < f.fetched_at and outcome = 'ok'
    order by fetched_at desc limit 1)"""
_REPEAT = """
insert into headline_sightings (fetch_id, list_id, position)
select one.value ->> 0, s.list_id, s.position from json_each(?) one
join headline_sightings s on s.fetch_id = one.value ->> 1"""
_DECLARE = "update fetches set access_declared = ? where id = ?"
_SPAN_OF_LISTS = """
update headline_lists set first_seen = min(first_seen, seen.first),
    last_seen = max(last_seen, seen.last)
from (
    select s.list_id, min(f.fetched_at) as first, max(f.fetched_at) as last
    from json_each(?) asked join headline_sightings s on s.fetch_id = asked.value
    join fetches f on f.id = s.fetch_id group by s.list_id
) seen where seen.list_id = headline_lists.id"""
_SPAN_AGAIN = """
update headline_lists set (first_seen, last_seen) = (
    select min(f.fetched_at), max(f.fetched_at) from headline_sightings s
    join fetches f on f.id = s.fetch_id where s.list_id = headline_lists.id)
where id in (select value from json_each(?))"""

# Each is some 10 MB of titles and addresses.
_REMEMBERED = 20_000
_REMEMBERED_LISTS = 1_000
_SHOWN = attrgetter("url", "title", "access", "sections")

Content = tuple[object, ...]
Shown = tuple[str | None, str | None, str | None, str | None]
Sights = tuple[HeadlineList, str, str]
"""A list with the first and the last time that it was seen."""


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

    def write(self, looks: Iterable[tuple[int, str, Sequence[HeadlineList]]]) -> None:
        """Write the lists that each fetch showed, in page order, with the time of the fetch."""
        if len(self._headlines) > _REMEMBERED or len(self._lists) > _REMEMBERED_LISTS:
            self.forget()
        seen: list[tuple[int, int, Content]] = []
        sights: dict[Content, Sights] = {}
        for fetch_id, at, lists in looks:
            for position, one in enumerate(lists):
                content = _content(one)
                seen.append((fetch_id, position, content))
                known = sights.get(content)
                first, last = (min(known[1], at), max(known[2], at)) if known else (at, at)
                sights[content] = (one, first, last)
        self._add_lists({content: s for content, s in sights.items() if content not in self._lists})
        ids = self._lists
        self._db.executemany(_SIGHT, [(fetch, ids[content], at) for fetch, at, content in seen])
        spans = [(first, last, ids[content]) for content, (_, first, last) in sights.items()]
        self._db.executemany(_SPAN, spans)

    def _add_lists(self, lists: dict[Content, Sights]) -> None:
        """Write the lists that are new, and learn the ids of all."""
        new: list[tuple[int, HeadlineList]] = []
        for content, (one, first, last) in lists.items():
            digest = _list_digest(one)
            found = self._db.execute(_LIST_ID, (digest,)).fetchone()
            if found is None:
                name = storable(one.name) if one.name else None
                row = (name, len(one.headlines), digest, first, last)
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
        articles: dict[str | None, int] = dict(self._db.execute(_ARTICLE_IDS, (asked,)).fetchall())
        keys: dict[str | None, int] = {
            one: address_key(one) for one, *_ in new if one and one not in articles
        }
        articles |= self._alike(keys)
        first = self._db.execute(_NEXT_HEADLINE).fetchone()[0]
        rows = [
            (number, *row, articles.get(row[0]), keys.get(row[0]))
            for number, row in enumerate(new, first)
        ]
        self._db.executemany(_ADD_HEADLINE, rows)
        self._headlines.update(zip(new, range(first, first + len(new)), strict=True))

    def _alike(self, keys: dict[str | None, int]) -> dict[str | None, int]:
        """Return the articles at addresses that differ from these in form alone."""
        asked = json.dumps(list(keys.values()))
        articles = dict(self._db.execute(_ARTICLE_IDS_ALIKE, (asked,)).fetchall())
        return {url: articles[key] for url, key in keys.items() if key in articles}

    def _unknown(self, shown: Shown) -> bool:
        if shown in self._headlines:
            return False
        if shown[0]:
            return True
        row = self._db.execute(_WITHOUT_URL, shown[1:]).fetchone()
        if row is not None:
            self._headlines[shown] = row[0]
        return row is None


def link_headlines(db: sqlite3.Connection, addresses: Sequence[tuple[str, int]]) -> None:
    """Link the headlines that lead to new addresses of articles, given with their articles."""
    if not addresses:
        return
    keys = [(address_key(url), article_id) for url, article_id in addresses]
    db.executemany(_ADD_KEY, keys)
    db.execute(_LINK, (json.dumps([url for url, _ in addresses]),))
    db.execute(_LINK_ALIKE, (json.dumps([key for key, _ in keys]),))


def repeat_unchanged(
    db: sqlite3.Connection, unchanged: Iterable[int], late: Sequence[tuple[str, str]]
) -> None:
    """Let each answer "unchanged" show what the look before it showed, lists and lock.

    ``late`` are the looks, addresses with times, after which others are written already: one
    may stand between such an answer and the look that it repeated until now.
    """
    ids = set(unchanged)
    shown_before: set[int] = set()
    if late:
        ids.update(row[0] for row in db.execute(_LATER, (json.dumps(late),)))
        taken = db.execute(_TAKE_BACK, (json.dumps(list(ids)),)).fetchall()
        shown_before.update(row[0] for row in taken)
    if not ids:
        return
    asked = json.dumps(list(ids))
    before = db.execute(_BEFORE, (asked,)).fetchall()
    db.execute(_REPEAT, (json.dumps([tuple(row) for row in before]),))
    said = [(one, fetch_id) for fetch_id, _, one in before if late or one is not None]
    db.executemany(_DECLARE, said)
    db.execute(_SPAN_OF_LISTS, (asked,))
    if shown_before:
        db.execute(_SPAN_AGAIN, (json.dumps(list(shown_before)),))


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
