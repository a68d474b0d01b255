"""Who is let in: on a private server this machine alone, on a public one not to its workings."""

from typing import Any

from archive.web.policy import App, Message, Send

_HERE = ("localhost", "127.0.0.1", "[::1]")
_OPEN = ("/-/dateline/", "/-/static/", "/-/static-plugins/")


def for_this_machine(app: App) -> App:
    """Answer only what is asked of this machine by its own name.

    Else a site that a reader visits could name itself so that the reader's browser asks here,
    and read the archive through it.
    """

    async def answer(scope: Message, receive: Any, send: Send) -> None:
        if scope["type"] != "http" or _host(scope) in _HERE:
            await app(scope, receive, send)
        else:
            await _refuse(send, 421, b"This archive is for this machine alone.\n")

    return answer


def for_anyone(app: App) -> App:
    """Keep what Datasette tells of itself, such as paths of files, from readers."""

    async def answer(scope: Message, receive: Any, send: Send) -> None:
        path = scope.get("path", "")
        if path.startswith("/-/") and not path.startswith(_OPEN):
            await _refuse(send, 404, b"Not found\n")
        else:
            await app(scope, receive, send)

    return answer


def _host(scope: Message) -> str:
    hosts = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
    host = hosts[0].lower() if len(hosts) == 1 else ""
    name, colon, port = host.rpartition(":")
    return name if colon and port.isdigit() else host


async def _refuse(send: Send, status: int, sentence: bytes) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": sentence})
