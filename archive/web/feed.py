"""What a search finds, as an Atom feed."""

import re
import sqlite3

from archive.errors import UnknownLabelError
from archive.search import search_page
from archive.web.asking import Answer, Asked, NotHereError
from archive.web.listing import shown, wanted
from archive.web.rendering import page

_ENTRIES = 50
_ATOM = "application/atom+xml; charset=utf-8"
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def feed_of(db: sqlite3.Connection, asked: Asked) -> Answer:
    """Return the newest articles that are asked for as a feed."""
    want = wanted(asked)
    if want.trouble:
        raise NotHereError(want.trouble)
    try:
        found = search_page(db, want.query, filters=want.filters, limit=_ENTRIES)
    except UnknownLabelError as error:
        raise NotHereError(f"{error}.") from None
    entries = [entry | {"published": _atom_time(entry["published"])} for entry in shown(db, found)]
    updated = max((entry["published"] or entry["first_seen"] for entry in entries), default=None)
    made = page(
        asked,
        "feed.xml",
        query=want.query,
        entries=entries,
        updated=updated or asked.now.isoformat(timespec="seconds"),
        search=asked.link("search", **{name: asked.value(name) for name in asked.values}),
        itself=asked.link("feed", **{name: asked.value(name) for name in asked.values}),
    )
    return Answer(_NOT_IN_XML.sub("", made.body), content_type=_ATOM)


def _atom_time(text: str | None) -> str | None:
    return text if text and text.endswith("Z") else None
