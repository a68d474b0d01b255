"""The Datasette plugin: pages for reading, a search box that knows names, and safe answers."""

import sqlite3
from collections.abc import Awaitable, Callable
from typing import Any

from datasette import hookimpl  # type: ignore[import-untyped,unused-ignore]
from markupsafe import Markup

from archive.connection import APPLICATION_ID
from archive.query import match_expression
from archive.web import limits, policy
from archive.web.archives import archives
from archive.web.configuration import configure, metadata
from archive.web.routes import routes
from archive.web.views import sparing

# Matches nothing: FTS5 takes an empty expression for an error.
_NOTHING = '""'
_ARTICLES = ("articles", "latest_articles", "gone_articles")
_LONGEST_TITLE = 300


# Last, for Datasette's own plugin registers the function of this name as well.
@hookimpl(trylast=True)  # type: ignore[untyped-decorator,unused-ignore]
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Let the search box of an archive understand what ``dateline search`` does."""
    if conn.execute("pragma application_id").fetchone()[0] == APPLICATION_ID:
        conn.create_function("escape_fts", 1, _escape_fts, deterministic=True)
        limits.limit(conn)


def _escape_fts(query: str | None) -> str:
    return match_expression(query or "") or _NOTHING


@hookimpl  # type: ignore[untyped-decorator,unused-ignore]
def get_metadata(datasette: Any) -> dict[str, Any]:
    """Tell Datasette 0.65 how the tables of each archive are shown."""
    told: dict[str, Any] = {}
    for name in archives(datasette):
        one = metadata(name)
        told |= one | {"databases": told.get("databases", {}) | one["databases"]}
    return told


@hookimpl  # type: ignore[untyped-decorator,unused-ignore]
def startup(datasette: Any) -> Callable[[], Awaitable[None]] | None:
    """Tell the 1.0 line the same, when it starts."""
    if not hasattr(datasette, "config"):
        return None

    async def tell() -> None:
        for name in archives(datasette):
            await configure(datasette, name)

    return tell


@hookimpl  # type: ignore[untyped-decorator,unused-ignore]
def register_routes(datasette: Any) -> list[tuple[str, Any]]:
    """Add the pages of each archive."""
    return routes(datasette)


@hookimpl  # type: ignore[untyped-decorator,unused-ignore]
def render_cell(
    row: Any, value: Any, column: str, table: str | None, database: str, datasette: Any
) -> Markup | None:
    """Let the title of an article in a table lead to its page."""
    if column != "title" or not table or not value or database not in archives(datasette):
        return None
    number = row["id"] if table in _ARTICLES else row["article_id"] if _has_article(row) else None
    number = number.get("value") if isinstance(number, dict) else number
    if not isinstance(number, int):
        return None
    address = f"{datasette.urls.database(database)}/-/article/{number}"
    return Markup('<a href="{}" dir="auto">{}</a>').format(address, str(value)[:_LONGEST_TITLE])


def _has_article(row: Any) -> bool:
    return "article_id" in row.keys()  # noqa: SIM118


@hookimpl  # type: ignore[untyped-decorator,unused-ignore]
def asgi_wrapper(datasette: Any) -> Callable[[policy.App], policy.App]:
    """Send headers that keep pages from being framed, guessed at, or loading anything else.

    Views of large archives are not worked out as a whole.
    """
    return lambda app: policy.with_headers(sparing(datasette, app))
