"""Which address leads to which page, and how Datasette comes by its answer."""

import sqlite3
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from datasette import Response  # type: ignore[import-untyped,unused-ignore]
from datasette.utils import tilde_decode  # type: ignore[import-untyped,unused-ignore]

from archive.connection import APPLICATION_ID, SCHEMA_VERSION
from archive.errors import ArchiveError
from archive.web import article, changes, feed, kept, labels, listing, lists, start, views
from archive.web.archives import alone
from archive.web.asking import Answer, Asked, NotHereError
from archive.web.limits import within
from archive.web.permissions import may_read
from archive.web.policy import OURS
from archive.web.rendering import ICON, STYLE, page

Page = Callable[[sqlite3.Connection, Asked], Answer]
View = Callable[[Any, Any], Awaitable[Response]]

PAGES: dict[str, Page] = {
    "news": start.page_of,
    r"article/(?P<article>\d+)": article.page_of,
    r"article/(?P<article>\d+)/difference": article.difference_of,
    r"article/(?P<article>\d+)/kept": kept.page_of,
    "search": listing.page_of,
    "feed": feed.feed_of,
    "edits": changes.edits,
    "gone": changes.gone,
    "locks": changes.locks,
    "lists": lists.page_of,
    "lists/page": lists.over_time,
    "authors": labels.authors,
    "sections": labels.sections,
    r"view/(?P<view>[a-z_]+)": views.page_of,
}
_ROBOTS = "User-agent: *\nDisallow: /\n"
_YEAR = "public, max-age=31536000, immutable"


def routes(datasette: Any) -> list[tuple[str, View]]:
    """Return the routes of every archive's pages, and of the start page if there is one archive."""
    ours = [(rf"^/(?P<database>[^/]+)/-/{path}$", _view(view)) for path, view in PAGES.items()]
    ours += [
        (r"^/-/dateline/style\.css$", _file(STYLE, "text/css; charset=utf-8")),
        (r"^/-/dateline/icon\.svg$", _file(ICON, "image/svg+xml")),
        (r"^/robots\.txt$", _file(_ROBOTS, "text/plain; charset=utf-8")),
    ]
    only = alone(datasette)
    return [*ours, (r"^/$", _view(start.page_of, only))] if only else ours


def _view(view: Page, named: str | None = None) -> View:
    """Return what Datasette calls for a page of an archive."""

    async def answer(datasette: Any, request: Any) -> Response:
        name = named or tilde_decode(request.url_vars["database"])
        database = datasette.databases.get(name)
        if database is None or not await may_read(datasette, request.actor, name):
            return Response.text("Not found", status=404)
        asked = _asked(datasette, request, name, database)
        return _sent(await database.execute_fn(lambda found: _answered(view, found, asked)))

    return answer


def _asked(datasette: Any, request: Any, name: str, database: Any) -> Asked:
    tables = datasette.urls.database(name)
    return Asked(
        database=name,
        path=Path(database.path) if database.path else None,
        root=str(datasette.urls.instance()),
        base=f"{tables}/-",
        tables=str(tables),
        now=datetime.now(UTC),
        origin=f"{request.scheme}://{request.host}",
        values={key: request.args.get(key) for key in request.args},
        parts=dict(request.url_vars),
    )


def _answered(view: Page, connection: sqlite3.Connection, asked: Asked) -> Answer:
    try:
        _check(connection)
        with within(connection):
            return view(connection, asked)
    except NotHereError as error:
        return _told(asked, str(error), 404)
    except ArchiveError as error:
        return _told(asked, str(error), 500)
    except (sqlite3.OperationalError, MemoryError) as error:
        if isinstance(error, sqlite3.OperationalError) and "interrupted" not in str(error):
            raise
        return _told(asked, "This would take too long. Ask for less.", 503)


def _check(connection: sqlite3.Connection) -> None:
    if connection.execute("pragma application_id").fetchone()[0] != APPLICATION_ID:
        raise NotHereError("This database is not an archive of Dateline's.")
    version = connection.execute("pragma user_version").fetchone()[0]
    if version != SCHEMA_VERSION:
        age = "an older" if version < SCHEMA_VERSION else "a newer"
        raise NotHereError(f"This archive was made by {age} version of Dateline.")


def _told(asked: Asked, sentence: str, status: int) -> Answer:
    return page(asked, "told.html", status=status, sentence=sentence)


def _sent(answer: Answer) -> Response:
    headers = {"content-security-policy": OURS}
    if answer.location:
        headers["location"] = answer.location
    return Response(
        answer.body, status=answer.status, headers=headers, content_type=answer.content_type
    )


def _file(body: str, content_type: str) -> View:
    """Return what sends a file of the package; its address changes with what it holds."""

    async def answer(datasette: Any, request: Any) -> Response:
        headers = {"content-security-policy": OURS, "cache-control": _YEAR}
        return Response(body, headers=headers, content_type=content_type)

    return answer
