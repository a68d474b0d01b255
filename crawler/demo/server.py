"""Serves the sample site on this machine alone."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from typing import Any

from crawler.demo.site import SampleSite

LOOPBACK = "127.0.0.1"


class LoopbackServer(ThreadingHTTPServer):
    """A server on 127.0.0.1 whose open connections end with it."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port: int, handler: type[BaseHTTPRequestHandler]) -> None:
        self._open: set[socket.socket] = set()
        super().__init__((LOOPBACK, port), handler)

    @property
    def address(self) -> str:
        """Where the server answers, such as "http://127.0.0.1:8000"."""
        return f"http://{LOOPBACK}:{self.server_port}"

    @contextmanager
    def running(self) -> Iterator[None]:
        """Answer in a thread for as long as the block lasts."""
        thread = threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield
        finally:
            self.shutdown()
            thread.join()
            self._hang_up()
            self.server_close()

    def server_bind(self) -> None:
        """Bind, without the look-up of the machine's name that the parent does."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = LOOPBACK, self.socket.getsockname()[1]

    def get_request(self) -> tuple[socket.socket, Any]:
        """Accept a connection, and remember it."""
        connection, client = super().get_request()
        self._open.add(connection)
        return connection, client

    def shutdown_request(self, request: Any) -> None:
        """Close a connection, and forget it."""
        self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing when a client goes away in the middle."""

    def _hang_up(self) -> None:
        # A client that keeps a connection would else be answered after the end.
        for connection in list(self._open):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


@contextmanager
def serve(site: SampleSite, port: int = 0) -> Iterator[str]:
    """Serve the site in a thread and give its address, such as "http://127.0.0.1:8000".

    Port 0 takes a free one; an occupied port raises OSError. Nothing answers any more
    once the block is left.
    """
    server = LoopbackServer(port, _handler(site))
    with server.running():
        yield server.address


class LoopbackHandler(BaseHTTPRequestHandler):
    """Answers GET and HEAD by ``answer``, keeps connections alive and writes no log."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def answer(self, *, with_body: bool) -> None:
        """Answer the request; a HEAD is answered without a body."""
        raise NotImplementedError

    def do_GET(self) -> None:
        """Answer with a body."""
        self.answer(with_body=True)

    def do_HEAD(self) -> None:
        """Answer without one."""
        self.answer(with_body=False)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing: the output belongs to the command that serves."""


def _handler(site: SampleSite) -> type[LoopbackHandler]:
    class Handler(LoopbackHandler):
        server_version, sys_version = "SampleSite", ""

        def answer(self, *, with_body: bool) -> None:
            response = site.respond(self.path, dict(self.headers))
            self.send_response(response.status)
            for name, value in response.headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(response.body)))
            self.end_headers()
            if with_body:
                self.wfile.write(response.body)

    return Handler
