"""Serves the sample site on this machine alone."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from crawler.demo.site import SampleSite

LOOPBACK = "127.0.0.1"


@contextmanager
def serve(site: SampleSite, port: int = 0) -> Iterator[str]:
    """Serve the site in a thread and give its address, such as "http://127.0.0.1:8000".

    Port 0 takes a free one. An occupied port raises OSError. Nothing listens any more
    once the block is left.
    """
    with ThreadingHTTPServer((LOOPBACK, port), _handler(site)) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield f"http://{LOOPBACK}:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def _handler(site: SampleSite) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        server_version, sys_version = "SampleSite", ""
        # Idle keep-alive connections end by themselves.
        timeout = 10

        def do_GET(self) -> None:
            self._answer(with_body=True)

        def do_HEAD(self) -> None:
            self._answer(with_body=False)

        def _answer(self, *, with_body: bool) -> None:
            response = site.respond(self.path, dict(self.headers))
            self.send_response(response.status)
            for name, value in response.headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(response.body)))
            self.end_headers()
            if with_body:
                self.wfile.write(response.body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Say nothing: the output belongs to the command that serves."""

    return Handler
