"""A large archive, made up: articles, looks, front pages, edits, disappearances and feeds.

The words of the texts are as frequent as in print (Zipf's law), and the texts are of about 2.5 KB.
A third of the articles are found long after they were published, as where a site's old pages are
crawled. One in seventeen is edited, a few vanish; every source's front page is looked at each day.
One article has hundreds of revisions, one stands in a list of every tenth article and one on
the front page of its source every day. All is written with plain executemany, past the writer,
into a file to be thrown away.
"""

import random
import sqlite3
from collections import deque
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate, count, pairwise
from pathlib import Path
from typing import Any, cast

from archive.address_forms import address_key, form_key
from archive.search_index import index
from archive.store import Archive
from archive.times import moment, printed

DAYS = 10 * 365
SPAN = timedelta(days=DAYS)
# The last of ten years is today, which the start page is about.
START = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) - SPAN
SOURCES, AUTHORS, SECTIONS = 24, 4000, 300
LANGUAGES = ("en", "en", "ru", "be", "be-tarask", "uk", "pl")
NAMES = ("Lukašenka", "Тихановская", "Kyiv", "Hrodna", "Rudakoŭskaja", "Мінск")
VOCABULARY = 60_000
LIVE, EVERYWHERE = 7, 5
"""The number of the article with most revisions, and of the one that most articles list."""
_REVISIONS = 300
_ENTRIES = 20
_PARAGRAPHS, _PARAGRAPH = 40_000, 63
_BATCH = 2000
_KINDS = ("access", "headline wording", "removal", "name", "number wording", "addition", "typo")
_TABLES = {
    "articles": "id source_id url title lead body published published_day language access state"
    " gone_at first_seen last_seen revision_count authors sections digest",
    "article_urls": "url article_id form",
    "address_keys": "key article_id",
    "fetches": "id crawl_id url fetched_at outcome status bytes article_id digest"
    " access_declared reason",
    "versions": "id article_id fetch_id first_seen last_seen title body access digest",
    "changes": "revision_id article_id old_revision_id seen_at kinds removed added",
    "disappearances": "article_id last_seen first_missed gone_at",
    "article_authors": "article_id author_id position",
    "article_sections": "article_id section_id position",
    "headlines": "id url title article_id key",
    "headline_lists": "id name length digest first_seen last_seen",
    "headline_list_items": "list_id position headline_id",
    "headline_sightings": "fetch_id list_id position",
    "announcements": "lead_id url first_seen title published",
}
_INDEXES = "select name, sql from sqlite_master where type = 'index' and sql is not null"


class Words:
    """Sentences of invented words, drawn by Zipf's law."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        same = random.Random(0)
        syllables = [c + v for c in "bcdfghjklmnprstvz" for v in "aeiou"]
        self.stock = ["".join(same.choices(syllables, k=k % 3 + 2)) for k in range(VOCABULARY)]
        self._weights = list(accumulate(1 / (rank + 2.7) for rank in range(VOCABULARY)))
        self._paragraphs: list[str] = []

    def text(self, size: int) -> str:
        """Return so many words as a text with a name in it."""
        words = self._chance.choices(self.stock, cum_weights=self._weights, k=size)
        words.insert(self._chance.randrange(size), self._chance.choice(NAMES))
        return " ".join(words).capitalize() + "."

    def body(self, size: int) -> str:
        """Return about so many words in paragraphs, which are drawn from some thousands."""
        if not self._paragraphs:
            self._paragraphs = [self.text(_PARAGRAPH - 1) for _ in range(_PARAGRAPHS)]
        return "\n\n".join(self._chance.choices(self._paragraphs, k=max(1, size // _PARAGRAPH)))

    def draw(self) -> random.Random:
        """Return what all else is drawn from."""
        return self._chance


def make(path: Path, size: int, length: int = 380) -> None:
    """Write an archive of so many articles of so many words, its full text indexed."""
    with Archive.open(path, create=True) as archive:
        db = archive.db
        for setting in ("synchronous = off", "journal_mode = off", "cache_size = -1000000"):
            db.execute(f"pragma {setting}")
        indexes = [tuple(row) for row in db.execute(_INDEXES)]
        db.execute("begin")
        for name, _ in indexes:
            db.execute(f"drop index {name}")
        _frame(db)
        rows = _Rows(size, length)
        for number in range(1, size + 1):
            rows.add(number)
            if number % _BATCH == 0 or number == size:
                _flush(db, rows)
        for _, statement in indexes:
            db.execute(statement)
        db.execute("commit")
        db.execute("pragma journal_mode = wal")
        index(db)
        db.execute("pragma optimize")


def _frame(db: sqlite3.Connection) -> None:
    at = moment(START)
    last = moment(START + SPAN)
    sources = [(n, f"source{n}.example", at, last, "done") for n in range(1, SOURCES + 1)]
    statement = "insert into sources (id, name, added_at, last_crawl_at, last_outcome)"
    db.executemany(f"{statement} values (?, ?, ?, ?, ?)", sources)
    leads = [(n, n, f"https://{name}/feed", "feed", at, last) for n, name, *_ in sources]
    statement = "insert into leads (id, source_id, url, kind, added_at, looked_at)"
    db.executemany(f"{statement} values (?, ?, ?, ?, ?, ?)", leads)
    statement = "insert into crawls (id, source_id, spider, url, started_at, outcome, new)"
    db.executemany(f"{statement} values (?, ?, 'news', ?, ?, 'done', 1)", _crawls())
    authors = [(n, f"Author Number{n}") for n in range(1, AUTHORS + 1)]
    db.executemany("insert into authors (id, name) values (?, ?)", authors)
    sections = [(n, f"Section {n}") for n in range(1, SECTIONS + 1)]
    db.executemany("insert into sections (id, name) values (?, ?)", sections)


def _crawls() -> Iterator[tuple[int, int, str, str]]:
    for day in range(DAYS + 1):
        for source in range(1, SOURCES + 1):
            at = moment(START + timedelta(days=day))
            yield _crawl(day, source), source, f"https://source{source}.example/", at


def _crawl(day: int, source: int) -> int:
    return min(day, DAYS) * SOURCES + source


def _flush(db: sqlite3.Connection, rows: "_Rows") -> None:
    for table, columns in _TABLES.items():
        names = columns.split()
        marks = ", ".join("?" * len(names))
        statement = f"insert or ignore into {table} ({', '.join(names)}) values ({marks})"
        db.executemany(statement, rows.waiting[table])
        rows.waiting[table].clear()


class _Rows:
    """The rows of every table, article by article in the order of time."""

    def __init__(self, size: int, length: int) -> None:
        self.waiting: dict[str, list[tuple[Any, ...]]] = {table: [] for table in _TABLES}
        self._size, self._length = size, length
        self._words = Words(size)
        self._chance = self._words.draw()
        self._numbers = {table: count(1) for table in _TABLES}
        self._newest = [deque[int](maxlen=_ENTRIES) for _ in range(SOURCES + 1)]
        self._today = 0

    def _put(self, table: str, *values: Any) -> None:
        self.waiting[table].append(values)

    def _next(self, table: str) -> int:
        return next(self._numbers[table])

    def add(self, number: int) -> None:
        """Add an article with all that hangs on it, and the front pages of the days before."""
        found = START + SPAN * (number / self._size)
        while (found - START).days > self._today:
            self._fronts()
            self._today += 1
        self._article(number, found)

    def _article(self, number: int, found: datetime) -> None:
        chance = self._chance
        # Few sources, authors and sections have most articles.
        source = min(int(chance.paretovariate(0.7)), SOURCES)
        late = chance.random() < 1 / 3
        published = START + (found - START) * chance.random() if late else found
        url = f"https://source{source}.example/news/{published:%Y/%m/%d}/{number}"
        title, body = self._words.text(9), self._words.body(self._length)
        access = "locked" if chance.random() < 0.1 else "open"
        fate = chance.random()
        state = "gone" if fate < 0.004 else "missing" if fate < 0.006 else "present"
        edits = _REVISIONS if number == LIVE else int(chance.random() < 0.06)
        looks = [found + timedelta(hours=5 * edit) for edit in range(edits + 1)]
        self._looks(number, url, access, looks, _crawl(self._today, source))
        self._vanish(number, url, state, looks[-1], _crawl(self._today, source))
        self._revisions(number, looks, title, body, access)
        day, printed_at = f"{published:%Y-%m-%d}", cast(str, printed(published))
        gone_at = moment(looks[-1] + timedelta(days=9)) if state == "gone" else None
        seen = (moment(looks[0]), moment(looks[-1]), 1 + edits)
        author, section = self._labels(number)
        about = (number, source, url, title, self._words.text(25), body, printed_at, day)
        language = LANGUAGES[source % len(LANGUAGES)]
        digest = number.to_bytes(16, "big")
        labels = (f'["Author Number{author}"]', f'["Section {section}"]')
        self._put("articles", *about, language, access, state, gone_at, *seen, *labels, digest)
        self._put("article_urls", url, number, form_key(url))
        self._put("address_keys", address_key(url), number)
        self._put("announcements", source, url, moment(found), title, printed_at)
        self._headlines(number, source, url, title, edited=edits > 0)

    def _looks(self, number: int, url: str, access: str, looks: list[datetime], crawl: int) -> None:
        for place, look in enumerate(looks):
            digest = (number * 1000 + place).to_bytes(16, "big")
            self._fetch(crawl, url, look, "ok", article=number, digest=digest, access=access)
        if number % 2:
            again = looks[-1] + timedelta(minutes=9)
            self._fetch(crawl, url, again, "unchanged", article=number, access=access)
        if number % 30 == 0:
            self._fetch(crawl, f"{url}/comments", looks[-1], "timeout", status=None)

    def _fetch(
        self,
        crawl: int,
        url: str,
        at: datetime,
        outcome: str,
        *,
        status: int | None = 200,
        article: int | None = None,
        digest: bytes | None = None,
        access: str | None = None,
    ) -> int:
        number = self._next("fetches")
        reason = None if outcome in ("ok", "unchanged") else f"no page: {outcome}"
        answer = (outcome, status, 60_000, article, digest, access, reason)
        self._put("fetches", number, crawl, url, moment(at), *answer)
        return number

    def _vanish(self, number: int, url: str, state: str, last: datetime, crawl: int) -> None:
        for days in (7, 9)[: ("present", "missing", "gone").index(state)]:
            self._fetch(crawl, url, last + timedelta(days=days), "http_error", status=404)
        if state == "gone":
            missed, gone = (moment(last + timedelta(days=days)) for days in (7, 9))
            self._put("disappearances", number, moment(last), missed, gone)

    def _revisions(
        self, number: int, looks: list[datetime], title: str, body: str, access: str
    ) -> None:
        digest = number.to_bytes(16, "big")
        ids = [self._next("versions") for _ in looks]
        times = [moment(look) for look in looks]
        for revision, at in zip(ids[:-1], times, strict=False):
            old = (title[:20], body.replace(" ", " old ", 3), access, digest)
            self._put("versions", revision, number, None, at, at, *old)
        self._put("versions", ids[-1], number, None, times[-1], *[None] * 5)
        for place, (old_id, new_id) in enumerate(pairwise(ids)):
            kinds = self._chance.choice(_KINDS)
            self._put("changes", new_id, number, old_id, times[place + 1], kinds, 3, 9)

    def _labels(self, number: int) -> tuple[int, int]:
        author = min(int(self._chance.paretovariate(0.4)), AUTHORS)
        section = min(int(self._chance.paretovariate(0.5)), SECTIONS)
        self._put("article_authors", number, author, 0)
        self._put("article_sections", number, section, 0)
        return author, section

    def _headlines(self, number: int, source: int, url: str, title: str, *, edited: bool) -> None:
        # Edited articles have headlines of two titles, the second with a number after all first.
        self._put("headlines", number, url, title, number, address_key(url))
        self._newest[source].append(number)
        if edited:
            other = self._size + number
            self._put("headlines", other, url, title[:20], number, address_key(url))
            self._newest[source].append(other)
        if number % 10 == 0:
            entries = [EVERYWHERE, *range(number - 9, number)]
            self._list("Read also", entries, url, self._today, source)

    def _fronts(self) -> None:
        """Add a look at the front page of each source: what it had latest, and one that stays."""
        for source in range(1, SOURCES + 1):
            if entries := list(self._newest[source])[::-1]:
                url = f"https://source{source}.example/"
                self._list("Latest", [*entries, LIVE], url, self._today, source)

    def _list(self, name: str, entries: list[int], url: str, day: int, source: int) -> None:
        number = self._next("headline_lists")
        look = START + timedelta(days=day, hours=23, seconds=number % 3600)
        digest = number.to_bytes(16, "big")
        fetch = self._fetch(_crawl(day, source), url, look, "ok", digest=digest)
        self._put("headline_lists", number, name, len(entries), digest, *[moment(look)] * 2)
        for place, entry in enumerate(entries):
            self._put("headline_list_items", number, place, entry)
        self._put("headline_sightings", fetch, number, 0)
