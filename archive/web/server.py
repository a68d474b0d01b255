"""Datasette on one archive, ready configured."""

import signal
import socket
import sys
from pathlib import Path
from typing import Any, NoReturn

import uvicorn
from datasette import plugins  # type: ignore[import-untyped,unused-ignore]
from datasette.app import Datasette  # type: ignore[import-untyped,unused-ignore]

from archive.exits import Exit
from archive.web import plugin
from archive.web.configuration import PUBLIC, SETTINGS
from archive.web.doors import for_anyone, for_this_machine
from archive.web.indexing import keep_indexed

_NAME = "dateline"


def datasette_for(path: Path, *, public: bool = False) -> Datasette:
    """Return Datasette on the archive, opened read-only; public, without SQL of the reader's."""
    if not plugins.pm.has_plugin(_NAME):
        plugins.pm.register(plugin, _NAME)
    return Datasette([str(path)], settings=SETTINGS | (PUBLIC if public else {}))


def listen(host: str, port: int) -> socket.socket:
    """Return a socket, for port 0 on any free port; raises OSError if it cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family)


def serve(path: Path, listening: socket.socket, *, public: bool, here_alone: bool) -> NoReturn:
    """Serve the archive until stopped: exits with 0 on SIGTERM, with 130 on Ctrl-C.

    What crawls write meanwhile is brought into the full-text index.
    """
    # The server puts these handlers back when it has closed its connections, and calls them.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(Exit.DONE))
    signal.signal(signal.SIGINT, lambda *_: sys.exit(Exit.INTERRUPTED))
    app: Any = datasette_for(path, public=public).app()
    if public:
        app = for_anyone(app)
    elif here_alone:
        app = for_this_machine(app)
    keep_indexed(path)
    config = uvicorn.Config(
        app, log_level="warning", timeout_graceful_shutdown=2, server_header=False
    )
    uvicorn.Server(config).run(sockets=[listening])
    sys.exit(Exit.DONE)
