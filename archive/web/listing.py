"""The search page: articles by words and by what they are, with counts to narrow them down."""

import sqlite3
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from archive.errors import UnknownLabelError
from archive.facets import facets_of
from archive.filters import Filters
from archive.search import COUNTED, Page, Sort, asked_for, newest_positions
from archive.search import page_of as page_of_found
from archive.search_index import how_many_pending
from archive.snippets import BEGIN, parts
from archive.times import parse, since_when, until_when
from archive.web.asking import Answer, Asked
from archive.web.rendering import page

PAGE = 20
_KINDS = ("source", "section", "author", "language", "access")
_STATES = ("edited", "gone")
_SAID = (*_KINDS, *_STATES, "since", "until")
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
            meant = asked_for(db, want.query, want.filters)
            newest = newest_positions(db, meant, COUNTED) if meant else []
            found = page_of_found(
                db,
                meant,
                want.query,
                sort=sort,
                limit=PAGE,
                after=asked.value("after"),
                newest=newest,
            )
            counts = _counted(db, asked, newest)
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


def _counted(db: sqlite3.Connection, asked: Asked, newest: list[int]) -> dict[str, Any]:
    """Return how many articles are found, and how they divide, with an address for each part."""
    found = facets_of(db, newest)
    divided = {
        kind: [
            Value(name, count, link)
            for name, count in values.items()
            if (link := _narrowed(asked, kind, name))
        ]
        for kind, values in found.counts.items()
        if asked.value(kind) is None
    }
    kinds = {kind: values for kind, values in divided.items() if _tells(values, found.total)}
    return {"total": found.total, "complete": found.complete, "kinds": kinds}


def _narrowed(asked: Asked, kind: str, name: str) -> str | None:
    """Return the address of the articles that have a value too; None where that is said."""
    if kind == "month":
        said = asked.value("since") or asked.value("until")
        return None if said else _month(asked, name)
    if kind == "state":
        return _link(asked, **{name: 1}) if asked.value(name) is None else None
    return _link(asked, **{kind: name})


def _month(asked: Asked, month: str) -> str | None:
    try:
        first = date.fromisoformat(f"{month}-01")
    except ValueError:
        return None
    return _link(asked, since=first, until=_last_day(first))


def _tells(values: list[Value], total: int) -> bool:
    """Return whether a choice among values would make a difference."""
    return len(values) > 1 or any(value.count < total for value in values)


def _last_day(first: date) -> date:
    return first.replace(day=monthrange(first.year, first.month)[1])
