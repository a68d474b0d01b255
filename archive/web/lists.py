"""Lists of headlines over time: what a page showed at each look."""

import sqlite3
from itertools import groupby
from typing import Any

from archive.headline_history import shown_at
from archive.times import until_when
from archive.web.asking import Answer, Asked, NotHereError
from archive.web.rendering import page

_FRONT = """
select s.name as source, c.url, max(c.started_at) as looked_at
from sources s join crawls c on c.source_id = s.id where c.url is not null
group by s.id, c.url order by s.name, c.url limit 200"""
_LOOKS = """
select fetched_at from fetches
where url = :page and fetched_at < :at and outcome in ('ok', 'unchanged')
order by fetched_at desc limit 20"""
_LATER = """
select fetched_at from fetches
where url = :page and fetched_at > :at and outcome in ('ok', 'unchanged')
order by fetched_at limit 1"""


def page_of(db: sqlite3.Connection, asked: Asked) -> Answer:
    """Return the page that leads to the pages whose lists are kept."""
    return page(asked, "lists.html", fronts=db.execute(_FRONT).fetchall())


def over_time(db: sqlite3.Connection, asked: Asked) -> Answer:
    """Return what a page showed at a time, at its newest look if none is asked for."""
    wanted = asked.value("page")
    if wanted is None:
        raise NotHereError("Say which page: its address goes into the box.")
    shown = shown_at(db, wanted, _time(asked))
    if not shown:
        raise NotHereError(f"No lists of {wanted} were seen by then.")
    said = {"page": shown[0]["page"], "at": shown[0]["fetched_at"]}
    later = db.execute(_LATER, said).fetchone()
    return page(
        asked,
        "list_page.html",
        page=said["page"],
        at=said["at"],
        lists=_lists(shown),
        earlier=[row[0] for row in db.execute(_LOOKS, said)],
        later=later[0] if later else None,
    )


def _time(asked: Asked) -> str:
    text = asked.value("at")
    try:
        return until_when(text, asked.now) if text else "~"
    except (ValueError, OverflowError):
        raise NotHereError(f"{text} is no time (try 2026-05-01 or 2d).") from None


def _lists(shown: list[dict[str, Any]]) -> list[tuple[str | None, list[dict[str, Any]]]]:
    places = groupby(shown, key=lambda entry: (entry["list_position"], entry["list"]))
    return [(name, list(entries)) for (_, name), entries in places]
