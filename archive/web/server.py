"""Datasette on one archive, ready configured."""

import signal
import socket
import sys
from pathlib import Path
from typing import NoReturn

import uvicorn
from datasette import plugins  # type: ignore[import-untyped,unused-ignore]
from datasette.app import Datasette  # type: ignore[import-untyped,unused-ignore]

from archive.exits import Exit
from archive.web import plugin
from archive.web.configuration import SETTINGS, metadata

_NAME = "dateline"


def datasette_for(path: Path) -> Datasette:
    """Return Datasette on the archive, opened read-only."""
    if not plugins.pm.has_plugin(_NAME):
        plugins.pm.register(plugin, _NAME)
    return Datasette([str(path)], metadata=metadata(path.stem), settings=SETTINGS)


def listen(port: int) -> socket.socket:
    """Return a socket on loopback, for port 0 on any free port; raises OSError if it is taken."""
    return socket.create_server(("127.0.0.1", port))


def serve(path: Path, listening: socket.socket) -> NoReturn:
    """Serve the archive until stopped: exits with 0 on SIGTERM, with 130 on Ctrl-C."""
    # The server puts these handlers back when it has closed its connections, and calls them.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(Exit.DONE))
    signal.signal(signal.SIGINT, lambda *_: sys.exit(Exit.INTERRUPTED))
    config = uvicorn.Config(
        datasette_for(path).app(), log_level="warning", timeout_graceful_shutdown=2
    )
    uvicorn.Server(config).run(sockets=[listening])
    sys.exit(Exit.DONE)
