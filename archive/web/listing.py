"""The search page: articles by words and by what they are, with counts to narrow them down."""

import sqlite3
from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import islice
from operator import neg
from typing import Any

from archive.errors import UnknownLabelError
from archive.facets import facets
from archive.filters import ID_BITS, OLDEST, Filters
from archive.search import COUNTED, Page, Sort, asked_for, newest_positions, search_page
from archive.search_index import how_many_pending
from archive.snippets import BEGIN, parts
from archive.times import parse, since_when, until_when
from archive.web.asking import Answer, Asked
from archive.web.rendering import page

PAGE = 20
_KINDS = ("source", "section", "author", "language", "access")
_STATES = ("edited", "gone")
_SAID = (*_KINDS, *_STATES, "since", "until")
_MONTHS = 24
_BEGINNING = 160
"""How many characters of a text are shown where no words were asked for."""
_MORE = "select id, language, first_seen from articles where id in (select value from json_each(?))"


@dataclass(frozen=True, slots=True)
class Value:
    """Something that articles found have in common, how many, and where those are listed."""

    name: str
    count: int
    link: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of the search page; ``trouble`` is a sentence where it makes no sense."""

    query: str
    filters: Filters
    trouble: str | None = None


def wanted(asked: Asked) -> Wanted:
    """Return what is asked for, with no filters where they cannot be understood."""
    query = asked.value("q") or ""
    try:
        return Wanted(query, _filters(asked))
    except (ValueError, OverflowError) as error:
        return Wanted(query, Filters(), str(error))


def _filters(asked: Asked) -> Filters:
    named = {kind: (value,) if (value := asked.value(kind)) else () for kind in _KINDS[:4]}
    access = asked.value("access")
    return Filters(
        sources=named["source"],
        sections=named["section"],
        authors=named["author"],
        languages=named["language"],
        access=access if access in ("open", "locked") else None,  # type: ignore[arg-type]
        since=_time(asked, "since"),
        until=_time(asked, "until"),
        gone=asked.value("gone") is not None,
        edited=asked.value("edited") is not None,
    )


def _time(asked: Asked, name: str) -> datetime | None:
    typed = asked.value(name)
    if typed is None:
        return None
    read = since_when if name == "since" else until_when
    try:
        return parse(read(typed, asked.now))
    except (ValueError, OverflowError):
        raise ValueError(f"“{typed}” is no day (try 2026-05-01 or 7d).") from None


def page_of(db: sqlite3.Connection, asked: Asked) -> Answer:
    """Return the page of the articles that are asked for."""
    want = wanted(asked)
    sort: Sort = "best" if asked.value("sort") == "best" else "newest"
    found, counts, trouble = Page((), None), {}, want.trouble
    if trouble is None:
        try:
            after = asked.value("after")
            found = search_page(
                db, want.query, filters=want.filters, sort=sort, limit=PAGE, after=after
            )
            counts = _counted(db, asked, want)
        except UnknownLabelError as error:
            trouble = f"{str(error)[:1].upper()}{str(error)[1:]}."
    return page(
        asked,
        "search.html",
        query=want.query,
        sort=sort,
        trouble=trouble,
        unsearched=how_many_pending(db),
        hits=shown(db, found),
        counts=counts,
        chosen=_chosen(asked),
        said=_said(asked),
        older=_link(asked, sort=asked.value("sort"), after=found.next) if found.next else None,
        feed=asked.link("feed", **_said(asked)),
    )


def shown(db: sqlite3.Connection, found: Page) -> list[dict[str, Any]]:
    """Return the articles found, each with its snippet in parts, and its language."""
    ids = "[" + ",".join(str(hit.id) for hit in found.hits) + "]"
    more = {row["id"]: dict(row) for row in db.execute(_MORE, (ids,))}
    return [
        more[hit.id]
        | {name: getattr(hit, name) for name in ("url", "title", "published", "source")}
        | {"access": hit.access, "state": hit.state, "parts": _whole_words(hit.snippet)}
        for hit in found.hits
        if hit.id in more
    ]


def _whole_words(snippet: str) -> list[tuple[str, bool]]:
    """Return a snippet in parts, without the half word that the beginning of a text ends with."""
    if BEGIN in snippet or len(snippet) < _BEGINNING:
        return parts(snippet)
    kept, _, rest = snippet.rpartition(" ")
    return [((kept or rest) + " …", False)]


def _said(asked: Asked) -> dict[str, str]:
    values = {name: asked.value(name) for name in ("q", *_SAID)}
    return {name: value for name, value in values.items() if value is not None}


def _link(asked: Asked, **changed: Any) -> str:
    return asked.link("search", **(_said(asked) | changed))


def _chosen(asked: Asked) -> list[tuple[str, str, str]]:
    """Return each filter that is set: its kind, its value, and the address without it."""
    said = {name: value for name, value in _said(asked).items() if name != "q"}
    return [(name, value, _link(asked, **{name: None})) for name, value in said.items()]


def _counted(db: sqlite3.Connection, asked: Asked, want: Wanted) -> dict[str, Any]:
    """Return how many articles are found, and how they divide, with an address for each part."""
    found = facets(db, want.query, want.filters)
    divided: dict[str, list[Value]] = {
        kind: [
            Value(name, count, _link(asked, **{kind: name}))
            for name, count in found.counts[kind].items()
        ]
        for kind in _KINDS
        if asked.value(kind) is None
    }
    divided["month"] = _months(db, asked, want)
    divided["state"] = [
        Value(state, count, _link(asked, **{state: 1}))
        for state in _STATES
        if asked.value(state) is None and (count := _how_many(db, want, state))
    ]
    kinds = {kind: values for kind, values in divided.items() if _tells(values, found.total)}
    return {"total": found.total, "complete": found.complete, "kinds": kinds}


def _tells(values: list[Value], total: int) -> bool:
    """Return whether a choice among values would make a difference."""
    return len(values) > 1 or any(value.count < total for value in values)


def _how_many(db: sqlite3.Connection, want: Wanted, state: str) -> int:
    filters = replace(want.filters, edited=want.filters.edited or state == "edited")
    asked = asked_for(db, want.query, replace(filters, gone=filters.gone or state == "gone"))
    if asked is None:
        return 0
    return len(newest_positions(db, asked, COUNTED))


def _months(db: sqlite3.Connection, asked: Asked, want: Wanted) -> list[Value]:
    """Return the latest months with articles; those that bear no date are in none."""
    if asked.value("since") or asked.value("until"):
        return []
    dated = asked_for(db, want.query, replace(want.filters, since=OLDEST))
    if dated is None:
        return []
    positions = newest_positions(db, dated, COUNTED)
    return [
        Value(f"{first:%Y-%m}", count, _link(asked, since=first, until=_last_day(first)))
        for first, count in islice(_by_month(positions), _MONTHS)
    ]


def _by_month(positions: Sequence[int]) -> Iterator[tuple[date, int]]:
    """Yield the first day of each month and how many positions, the highest first, are in it."""
    start = 0
    while start < len(positions):
        time = OLDEST + timedelta(seconds=positions[start] >> ID_BITS)
        first = time.replace(day=1, hour=0, minute=0, second=0)
        lowest = int((first - OLDEST).total_seconds()) << ID_BITS
        end = bisect_right(positions, -lowest, lo=start, key=neg)
        yield first.date(), end - start
        start = end


def _last_day(first: date) -> date:
    return first.replace(day=monthrange(first.year, first.month)[1])
