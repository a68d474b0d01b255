"""Views that are worked out as a whole when they are asked for: in a large archive, of something.

What changed in lists of headlines is worked out from every look at them. Of one article or page
that takes no time; of millions of looks it would take longer than a page may.
"""

import sqlite3
from typing import Any
from urllib.parse import parse_qsl, urlencode

from datasette.utils import tilde_decode  # type: ignore[import-untyped,unused-ignore]

from archive.described_views import VIEWS
from archive.web.archives import archives
from archive.web.asking import Answer, Asked, NotHereError
from archive.web.policy import App, Message, Send
from archive.web.rendering import page

WHOLE = {
    "related_headlines": ("article_id", "url", "page"),
    "headline_places": ("page",),
    "headline_titles": ("article_id", "url"),
    "title_changes": ("article_id", "url"),
    "lock_changes": ("article_id", "url"),
}
"""The views that take a time in proportion to all looks, unless one of these is asked for."""
_FROM = 20_000
"""An archive with so many looks is large."""
_LOOKS = "select max(id) from fetches"
_BY = {"article_id": "Number of the article", "url": "Address", "page": "Page it stood on"}


def page_of(db: sqlite3.Connection, asked: Asked) -> Answer:
    """Return the page that asks of what a view is wanted, or lead to that part of the view."""
    view = asked.parts.get("view", "")
    if view not in WHOLE:
        raise NotHereError("There is no such view.")
    known = {name: _BY[name] for name in WHOLE[view]}
    wanted = {name: value for name in known if (value := asked.value(name))}
    if wanted:
        return Answer("", 302, location=f"{asked.tables}/{view}?{urlencode(wanted)}")
    return page(asked, "view.html", view=view, row=VIEWS[view].row, known=known)


def sparing(datasette: Any, app: App) -> App:
    """Return Datasette with views of large archives that neither count nor begin at nothing."""

    async def answer(scope: Message, receive: Any, send: Send) -> None:
        database, view = _view_asked_for(datasette, scope)
        if view is None or not await _is_large(datasette.databases[database]):
            await app(scope, receive, send)
        elif not _narrowed(view, scope["query_string"]):
            await _redirect(send, f"{datasette.urls.database(database)}/-/view/{view}")
        else:
            query = scope["query_string"] + b"&" * bool(scope["query_string"]) + b"_nocount=1"
            await app({**scope, "query_string": query}, receive, send)

    return answer


def _view_asked_for(datasette: Any, scope: Message) -> tuple[str, str | None]:
    """Return the name of an archive and of a view of it whose page is asked for."""
    base = datasette.setting("base_url")
    if scope["type"] != "http" or not scope["path"].startswith(base):
        return "", None
    database, _, view = scope["path"].removeprefix(base).partition("/")
    name = tilde_decode(database)
    if view not in VIEWS or name not in archives(datasette):
        return "", None
    return name, view


async def _is_large(database: Any) -> bool:
    rows = await database.execute(_LOOKS)
    return (rows.rows[0][0] or 0) >= _FROM


def _narrowed(view: str, query: bytes) -> bool:
    """Return whether no more of a view is asked for than can be worked out."""
    said = (name for name, _ in parse_qsl(query.decode("latin-1")))
    names = {name.removesuffix("__exact").removesuffix("__in") for name in said}
    return view not in WHOLE or not names.isdisjoint(WHOLE[view])


async def _redirect(send: Send, address: str) -> None:
    headers = [(b"location", address.encode("ascii")), (b"content-type", b"text/plain")]
    await send({"type": "http.response.start", "status": 302, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
