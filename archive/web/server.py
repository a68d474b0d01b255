"""Datasette on one archive, ready configured."""

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


def serve(path: Path, port: int) -> None:
    """Serve the archive on loopback until stopped."""
    uvicorn.run(datasette_for(path).app(), host="127.0.0.1", port=port, log_level="warning")
