"""The verb that opens the archive in a browser."""

import errno
import ipaddress
import os
from pathlib import Path
from typing import NoReturn

import click

from archive.cli import db_option, index_pending
from archive.exits import Exit, exits_told, fail

_LOOPBACK = "127.0.0.1"


@click.command()
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8001,
    show_default=True,
    help="Where to listen; 0: any free port.",
)
@click.option(
    "--host",
    default=_LOOPBACK,
    show_default=True,
    help="The address to listen on; 0.0.0.0: every one of this machine.",
)
@click.option("--public", is_flag=True, help="For readers anywhere: no SQL of their own.")
@db_option
def serve(port: int, host: str, public: bool, db: Path) -> None:
    """Open the archive in Datasette, read-only, on this machine alone unless told otherwise."""
    with exits_told():
        index_pending(db)
    try:
        from archive.web.server import listen
        from archive.web.server import serve as serve_on
    except ImportError:
        fail("serve needs the extra web: pip install 'dateline[web]'", Exit.USAGE)
    try:
        listening = listen(host, port)
    except OSError as error:
        _cannot_listen(host, port, error)
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{listening.getsockname()[1]}/"
    click.echo(f"{db} is served at {address} (stop with Ctrl-C)", err=True)
    here_alone = _is_loopback(host)
    if not here_alone and not public:
        click.echo(
            "Whoever reaches that address reads the archive and may run SQL on it "
            "(--public allows no SQL).",
            err=True,
        )
    serve_on(db, listening, public=public, here_alone=here_alone)


def _cannot_listen(host: str, port: int, error: OSError) -> NoReturn:
    # A name that leads nowhere has a number of its own kind, below zero.
    if (error.errno or 0) < 0 or error.errno == errno.EADDRNOTAVAIL:
        fail(f"{host} is no address of this machine", Exit.USAGE)
    taken = error.errno == errno.EADDRINUSE
    reason = "is in use" if taken else f"cannot be used: {os.strerror(error.errno or 0)}"
    fail(f"port {port} {reason} (--port 0 takes any free one)", Exit.USAGE)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
