"""The Datasette plugin: the ordinary search box finds names in any script, and says no more."""

import sqlite3
from collections.abc import Awaitable, Callable
from typing import Any

from datasette import hookimpl  # type: ignore[import-untyped,unused-ignore]

from archive.connection import APPLICATION_ID
from archive.query import match_expression

_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
)
# Matches nothing: FTS5 takes an empty expression for an error.
_NOTHING = '""'

Message = dict[str, Any]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Any, Send], Awaitable[None]]


# Last, for Datasette's own plugin registers the function of this name as well.
@hookimpl(trylast=True)  # type: ignore[untyped-decorator,unused-ignore]
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Let the search box of an archive understand what ``dateline search`` does."""
    if conn.execute("pragma application_id").fetchone()[0] == APPLICATION_ID:
        conn.create_function("escape_fts", 1, _escape_fts, deterministic=True)


def _escape_fts(query: str | None) -> str:
    return match_expression(query or "") or _NOTHING


@hookimpl  # type: ignore[untyped-decorator,unused-ignore]
def asgi_wrapper() -> Callable[[App], App]:
    """Send headers that keep pages from being framed or guessed at."""

    def wrap(app: App) -> App:
        async def with_headers(scope: Message, receive: Any, send: Send) -> None:
            async def send_with_headers(message: Message) -> None:
                if message["type"] == "http.response.start":
                    message = {**message, "headers": [*message.get("headers", []), *_HEADERS]}
                await send(message)

            await app(scope, receive, send_with_headers)

        return with_headers

    return wrap
