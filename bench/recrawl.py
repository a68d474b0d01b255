"""What a second crawl costs and finds: ``python -m bench.recrawl --articles 2000``.

A scripted site is crawled, crawled again unchanged, changed, and crawled until the silent
edits are found too. Requests, bytes and CPU of each crawl are printed, and what it found.
"""

import argparse
import sqlite3
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from bench.measure import cost
from bench.paper import Paper, Story

MAX_ROTATION = 26
"""After so many crawls every silent edit is to be found."""
_TEXT = """
select a.body from article_urls u join articles a on a.id = u.article_id where u.url = ?"""
_STATE = """
select a.state from article_urls u join articles a on a.id = u.article_id where u.url = ?"""


@contextmanager
def serving(articles: int, lastmod: str = "honest") -> Iterator[Paper]:
    """Serve a scripted site on loopback for as long as the block lasts."""
    paper = Paper.of("", articles, lastmod)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            reply = paper.answer(self.path, headers)
            self.send_response(reply.status)
            self.send_header("Content-Type", reply.content_type)
            self.send_header("Content-Length", str(len(reply.body)))
            if reply.etag:
                self.send_header("ETag", reply.etag)
            self.end_headers()
            self.wfile.write(reply.body)

        def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
            """Say nothing of each request."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        paper.base = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield paper
        server.shutdown()


def command(paper: Paper, db: Path) -> list[str]:
    """Return the words that crawl the site."""
    words = [sys.executable, "-m", "crawler.cli", "crawl", f"{paper.base}/", "--db", str(db)]
    return [*words, "--allow-private", urlsplit(paper.base).netloc, "--delay", "0"]


def crawl(paper: Paper, db: Path, name: str) -> float:
    """Crawl the site, print what it cost, and return its seconds of CPU."""
    paper.asked.clear()
    paper.sent = 0
    used = cost(command(paper, db)).cpu
    requests, pages = sum(paper.asked.values()), len(paper.asked)
    print(
        f"{name:<24} {requests:>6} requests of {pages:>5} pages ({requests / pages:.3f})"
        f" {paper.sent / 1e6:>7.2f} MB {used:>7.2f} s CPU",
        flush=True,
    )
    return used


def current(paper: Paper, db: Path, stories: list[Story]) -> int:
    """Return how many of the articles the archive has as they are now."""
    with closing(sqlite3.connect(db)) as archive:
        found = [archive.execute(_TEXT, (paper.base + one.path,)).fetchone() for one in stories]
    texts = [f"This is text {one.revision} of report {one.number}," for one in stories]
    return sum(row is not None and text in row[0] for row, text in zip(found, texts, strict=True))


def missing(paper: Paper, db: Path, stories: list[Story]) -> int:
    """Return how many of the articles the archive knows not to be there."""
    with closing(sqlite3.connect(db)) as archive:
        found = [archive.execute(_STATE, (paper.base + one.path,)).fetchone() for one in stories]
    return sum(row is not None and row[0] in ("missing", "gone") for row in found)


def measure(articles: int, lastmod: str, db: Path) -> None:
    """Crawl a site, change it, crawl it again, and print what came of it."""
    with serving(articles, lastmod) as paper:
        crawl(paper, db, "first")
        print(f"  {current(paper, db, paper.open)} of {len(paper.open)} articles")
        closed = [path for path in paper.asked if path.startswith("/internal/")]
        print(f"  {len(closed)} closed addresses asked")
        crawl(paper, db, "second, unchanged")
        changes = paper.change(articles // 20, articles // 50, articles // 20)
        crawl(paper, db, "third, changed")
        for name in ("told", "new", "silent"):
            found, whole = current(paper, db, changes[name]), len(changes[name])
            print(f"  {found} of {whole} {name}")
        print(f"  {missing(paper, db, changes['deleted'])} of {len(changes['deleted'])} deleted")
        for number in range(4, 4 + MAX_ROTATION):
            if current(paper, db, changes["silent"]) == len(changes["silent"]):
                break
            crawl(paper, db, f"crawl {number}")
        print(f"  {current(paper, db, changes['silent'])} of {len(changes['silent'])} silent")


def main() -> None:
    """Measure a first and later crawls of a scripted site."""
    parser = argparse.ArgumentParser(description="Measure crawls of a site that changes.")
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--lastmod", choices=["honest", "now", "never", "none"], default="honest")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure(options.articles, options.lastmod, Path(folder) / "news.db")


if __name__ == "__main__":
    main()
