"""Sites for tests, on loopback: whole ones, and ones that misbehave on purpose.

    with serving({"/": "<p>Hello</p>", "/slow": Silent()}) as site:
        ...  # site is the address; site.log holds the requests that came

Nothing here sleeps: whoever waits, waits for an event, at the latest for the site's end.
"""

import gzip
import json
import re
import socket
import struct
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest

from crawler.demo.server import LoopbackHandler, LoopbackServer
from crawler.urls import clean_url

HTML = "text/html; charset=utf-8"
HOST_FILES = ("/robots.txt", "/.well-known/tdmrep.json")
"""What is asked of a host for its own sake, once a day."""
MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it came; header names in lower case, ``at`` from the monotonic clock."""

    method: str
    path: str
    headers: dict[str, str]
    at: float


class Site(str):
    """The address of a served site, without a slash at its end, and what was asked of it."""

    log: list[Request]
    paths: dict[str, str]

    def asked(self, path: str | None = None) -> list[Request]:
        """Return the requests for a path, or all of them, in the order they came."""
        return [request for request in self.log if path in (None, request.path)]


class Wire:
    """The connection to one client, for answers that are not plain HTTP."""

    def __init__(self, handler: BaseHTTPRequestHandler, closing: threading.Event) -> None:
        self._handler = handler
        self.closing = closing

    def send(self, data: bytes) -> None:
        """Send bytes at once."""
        self._handler.wfile.write(data)
        self._handler.wfile.flush()

    def head(self, status: int, headers: tuple[tuple[str, str], ...]) -> None:
        """Send the status line and the headers."""
        self._handler.send_response(status)
        for name, value in headers:
            self._handler.send_header(name, value)
        self._handler.end_headers()
        self._handler.wfile.flush()

    def hang_up(self) -> None:
        """Let this be the last answer on the connection."""
        self._handler.close_connection = True

    def reset(self) -> None:
        """End the connection with a reset instead of a proper end."""
        linger = struct.pack("ii", 1, 0)
        connection = self._handler.connection
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        connection.close()
        self.hang_up()


@dataclass(frozen=True)
class Reply:
    """An answer in good order."""

    body: bytes = b""
    status: int = 200
    content_type: str | None = HTML
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def all_headers(self) -> tuple[tuple[str, str], ...]:
        """The headers with the content type among them."""
        kind = (("Content-Type", self.content_type),) if self.content_type else ()
        return (*kind, *self.headers)

    def write(self, wire: Wire, *, with_body: bool = True) -> None:
        """Send the answer."""
        wire.head(self.status, (*self.all_headers, ("Content-Length", str(len(self.body)))))
        if with_body:
            wire.send(self.body)


@dataclass(frozen=True)
class Cut(Reply):
    """A body that ends ``missing`` bytes before its Content-Length."""

    missing: int = 1000

    def write(self, wire: Wire, *, with_body: bool = True) -> None:
        """Send the headers and what there is of the body, and hang up."""
        length = str(len(self.body) + self.missing)
        wire.head(self.status, (*self.all_headers, ("Content-Length", length)))
        wire.send(self.body)
        wire.hang_up()


@dataclass(frozen=True)
class Reset(Reply):
    """A connection reset in the middle of the answer."""

    def write(self, wire: Wire, *, with_body: bool = True) -> None:
        """Send the headers and the body, promise more, and reset."""
        wire.head(self.status, (*self.all_headers, ("Content-Length", str(len(self.body) + 1))))
        wire.send(self.body)
        wire.reset()


@dataclass(frozen=True)
class Silent(Reply):
    """No byte until ``released``, then the answer; without release, none at all."""

    released: threading.Event = field(default_factory=threading.Event)

    def write(self, wire: Wire, *, with_body: bool = True) -> None:
        """Wait for the release or the end of the site."""
        while not wire.closing.is_set():
            if self.released.wait(0.05):
                super().write(wire, with_body=with_body)
                return
        wire.hang_up()


@dataclass(frozen=True)
class Drip(Reply):
    """A body that comes a byte at a time, ``pause`` seconds apart, until ``released``."""

    pause: float = 0.2
    released: threading.Event = field(default_factory=threading.Event)

    def write(self, wire: Wire, *, with_body: bool = True) -> None:
        """Send the headers at once and the body slowly."""
        wire.head(self.status, (*self.all_headers, ("Content-Length", str(len(self.body)))))
        for at in range(len(self.body)):
            if wire.closing.is_set():
                wire.hang_up()
                return
            if self.released.wait(self.pause):
                wire.send(self.body[at:])
                return
            wire.send(self.body[at : at + 1])


@dataclass(frozen=True)
class Endless(Reply):
    """A body in chunks without an end, but for ``limit`` bytes in case nobody hangs up."""

    body: bytes = b"<p>and so on</p>" * 4096
    limit: int = 256 * MIB

    def write(self, wire: Wire, *, with_body: bool = True) -> None:
        """Send chunks for as long as the client takes them."""
        wire.head(self.status, (*self.all_headers, ("Transfer-Encoding", "chunked")))
        chunk = b"%x\r\n%s\r\n" % (len(self.body), self.body)
        for _ in range(self.limit // len(self.body)):
            if wire.closing.is_set():
                break
            wire.send(chunk)
        wire.hang_up()


@dataclass(frozen=True)
class Raw(Reply):
    """Bytes as they are, status line and all; then the connection ends."""

    def write(self, wire: Wire, *, with_body: bool = True) -> None:
        """Send the bytes and hang up."""
        wire.send(self.body)
        wire.hang_up()


Answer = Reply | str | bytes
Handler = Callable[[Request], Answer | None]


def page(text: str, *, encoding: str = "utf-8", declared: str | None = "utf-8") -> Reply:
    """Return a page in one encoding whose header declares another, or none at all."""
    kind = "text/html" + (f"; charset={declared}" if declared else "")
    return Reply(text.encode(encoding), content_type=kind)


def status(code: int, *, retry_after: str | None = None) -> Reply:
    """Return an error page of that status."""
    headers = (("Retry-After", retry_after),) if retry_after is not None else ()
    return Reply(f"<h1>{code}</h1>".encode(), code, headers=headers)


def redirect(location: str, code: int = 302) -> Reply:
    """Return a redirect to the location, which is sent as it is."""
    return Reply(status=code, headers=(("Location", location),))


def bomb(size: int = 256 * MIB) -> Reply:
    """Return a page of that many bytes, a thousandth of it on the wire as gzip."""
    return Reply(_bomb(size // MIB), headers=(("Content-Encoding", "gzip"),))


def cut_gzip(text: str) -> Reply:
    """Return a page whose gzip stops half way, though its Content-Length is right."""
    data = gzip.compress(text.encode())
    return Reply(data[: len(data) // 2], headers=(("Content-Encoding", "gzip"),))


def large(size: int = 5_000_000) -> Reply:
    """Return an article page of about that many bytes."""
    paragraph = "<p>The river rose by another hand's breadth overnight, the gauge says.</p>\n"
    text = paragraph * (size // len(paragraph))
    title = "The longest report of the year"
    return page(f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{text}</body>")


def many_headers(count: int = 200_000) -> Reply:
    """Return a page that comes with that many headers."""
    lines = b"".join(b"X-H%d: v\r\n" % number for number in range(count))
    return Raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + lines + b"\r\n<p>Here</p>")


def not_html(content_type: str = "application/pdf") -> Reply:
    """Return bytes that are no page, under any label."""
    return Reply(b"%PDF-1.7\n" + bytes(range(256)) * 40, content_type=content_type)


def in_turn(*answers: Answer) -> Handler:
    """Return a handler that gives one answer after the other, and then the last one again."""
    waiting = list(answers)
    lock = threading.Lock()

    def next_answer(request: Request) -> Answer:
        with lock:
            return waiting.pop(0) if len(waiting) > 1 else waiting[0]

    return next_answer


@contextmanager
def serving(site: Mapping[str, Answer | Handler] | Handler) -> Iterator[Site]:
    """Serve answers by path on a free port of 127.0.0.1 and give the address.

    A key may hold a query; without one it stands for every query. What has no answer,
    or None for one, is a 404.
    """
    log: list[Request] = []
    closing = threading.Event()
    server = LoopbackServer(0, _handler(site, log, closing))
    with server.running():
        address = Site(server.address)
        address.log, address.paths = log, {}
        try:
            yield address
        finally:
            closing.set()


@contextmanager
def corpus_site(folder: Path, limit: int | None = None) -> Iterator[Site]:
    """Serve the stored pages of a corpus as a site, byte for byte, with a front page.

    Each page stands at the path and query of its own address (without tracking parameters)
    where no other page does, else at "/<id>.html"; ``paths`` of the site maps them to the
    ids. No charset is declared. A test skips where the folder is missing.
    """
    if not (folder / "pages.jsonl").exists():
        pytest.skip(f"no stored pages at {folder}")
    lines = (folder / "pages.jsonl").read_text(encoding="utf-8").splitlines()[:limit]
    pages: dict[str, Answer | Handler] = {}
    paths: dict[str, str] = {}
    for record in map(json.loads, lines):
        path = _own_path(record, pages)
        pages[path] = Reply(_stored(folder, record["html_file"]), content_type="text/html")
        paths[path] = record["id"]
    pages["/"] = page(_front_page(paths))
    with serving(pages) as site:
        site.paths = paths
        yield site


def _handler(
    site: Mapping[str, Answer | Handler] | Handler, log: list[Request], closing: threading.Event
) -> type[LoopbackHandler]:
    class HttpHandler(LoopbackHandler):
        def answer(self, *, with_body: bool) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            request = Request(self.command, self.path, headers, time.monotonic())
            log.append(request)
            _reply(_find(site, request)).write(Wire(self, closing), with_body=with_body)

    return HttpHandler


def _find(site: Mapping[str, Answer | Handler] | Handler, request: Request) -> Answer | None:
    if callable(site):
        return site(request)
    found = site.get(request.path, site.get(request.path.partition("?")[0]))
    return found(request) if callable(found) else found


def _reply(answer: Answer | None) -> Reply:
    if answer is None:
        return status(404)
    if isinstance(answer, str):
        answer = answer.encode()
    return Reply(answer) if isinstance(answer, bytes) else answer


def _bomb(mebibytes: int) -> bytes:
    # A block that ends in a full flush may be repeated as it is.
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = deflate.compress(b" " * MIB) + deflate.flush(zlib.Z_FULL_FLUSH)
    checksum = 0
    for _ in range(mebibytes):
        checksum = zlib.crc32(b" " * MIB, checksum)
    tail = struct.pack("<II", checksum, mebibytes * MIB & 0xFFFFFFFF)
    return b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + block * mebibytes + b"\x03\0" + tail


def _own_path(record: dict[str, str], taken: Mapping[str, Any]) -> str:
    parts = urlsplit(clean_url(record["url"] or ""))
    path = quote(parts.path, safe="/%:@!$&'()*+,;=~") + ("?" + parts.query if parts.query else "")
    plain = re.fullmatch(r"/[!-.0-~][!-~]*", path) is not None
    return path if plain and path not in taken else f"/{record['id']}.html"


def _stored(folder: Path, html_file: str) -> bytes:
    beside = folder.parent / html_file
    data = (beside if beside.exists() else folder / html_file).read_bytes()
    return gzip.decompress(data) if html_file.endswith(".gz") else data


def _front_page(paths: Mapping[str, str]) -> str:
    links = "\n".join(
        f'<li><a href="{path.replace("&", "&amp;")}">A report kept under the name of {name}</a>'
        for path, name in paths.items()
    )
    return f"<html><head><title>Kept reports</title></head><body><ul>\n{links}\n</ul></body></html>"
