"""Datasette on one archive, ready configured."""

import socket
from pathlib import Path

import uvicorn
from datasette import plugins  # type: ignore[import-untyped,unused-ignore]
from datasette.app import Datasette  # type: ignore[import-untyped,unused-ignore]

from archive.web import plugin
from archive.web.configuration import SETTINGS, metadata

_NAME = "dateline"


def datasette_for(path: Path) -> Datasette:
    """Return Datasette on the archive, opened read-only."""
    if not plugins.pm.has_plugin(_NAME):
        plugins.pm.register(plugin, _NAME)
    return Datasette([str(path)], metadata=metadata(path.stem), settings=SETTINGS)


def listen(port: int) -> socket.socket:
    """Return a socket on loopback alone; 0 takes a free port. Raises OSError if it is taken."""
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(("127.0.0.1", port))
    except OSError:
        listening.close()
        raise
    return listening


def serve(path: Path, listening: socket.socket) -> None:
    """Serve the archive until stopped."""
    config = uvicorn.Config(datasette_for(path).app(), log_level="warning")
    uvicorn.Server(config).run(sockets=[listening])
