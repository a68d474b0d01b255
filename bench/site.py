"""A generated news site to measure crawls on: ``python -m bench.site --articles 600``.

Pages are as heavy as a real paper's, about 75 KB of markup (20 KB as gzip) and 100 links,
the same ones for the same seed. Every answer is ready before the first request, so what
the server costs stays small, and it runs in a process of its own. The address is printed
on the first line; the server ends on SIGTERM, or when its standard input is a pipe and
closes. ``/-/served`` tells what was served since it was last asked.
"""

import argparse
import asyncio
import gzip
import hashlib
import json
import os
import random
import signal
import stat
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from pathlib import Path

SEED = 20260813
SECTIONS = ("politics", "economy", "society", "culture", "sport", "science", "regions", "world")
STATIC = ("about", "contact", "terms", "privacy", "jobs-with-us", "archive", "newsletter", "rss")
PER_PAGE = 50
VOCABULARY = 12000
SYLLABLES = tuple(first + second for first in "bcdfglmnprstvz" for second in "aeiou")


@dataclass(frozen=True, slots=True)
class Entry:
    """What any page may know of an article."""

    path: str
    title: str
    section: str
    published: str


class Words:
    """Invented words in the mix of common and rare that text has."""

    def __init__(self, seed: int) -> None:
        source = random.Random(seed)
        self._words = [
            "".join(source.choices(SYLLABLES, k=source.randint(1, 4))) for _ in range(VOCABULARY)
        ]
        self._weights = list(accumulate(1 / (rank + 60) for rank in range(VOCABULARY)))

    def sentence(self, source: random.Random, low: int, high: int) -> str:
        """Return some words with a capital at the start."""
        chosen = source.choices(self._words, cum_weights=self._weights, k=source.randint(low, high))
        return " ".join(chosen).capitalize()

    def paragraph(self, source: random.Random) -> str:
        """Return a few sentences."""
        return " ".join(self.sentence(source, 9, 22) + "." for _ in range(source.randint(2, 5)))


def entries(count: int, words: Words) -> list[Entry]:
    """Return the articles of a site of that size."""
    return [_entry(number, words) for number in range(count)]


def _entry(number: int, words: Words) -> Entry:
    source = random.Random(SEED + number)
    title = words.sentence(source, 6, 12)
    section = SECTIONS[number % len(SECTIONS)]
    day = f"2026-{number % 8 + 1:02}-{number % 28 + 1:02}"
    slug = "-".join(title.lower().split()[:6])
    path = f"/{section}/{day.replace('-', '/')}/{slug}-{100000 + number}"
    return Entry(path, title, section, f"{day}T{number % 24:02}:{number % 60:02}:00+00:00")


def build(count: int) -> dict[str, bytes]:
    """Return the HTML of every page by path."""
    words = Words(SEED)
    site = entries(count, words)
    frame = _frame(words)
    pages = {"/robots.txt": b"User-agent: *\nDisallow: /-/\n"}
    pages["/"] = _page(frame, "The generated paper", _cards(site[:PER_PAGE]))
    for section in SECTIONS:
        own = [entry for entry in site if entry.section == section]
        pages |= _section(frame, section, own)
    for name in STATIC:
        pages[f"/{name}/"] = _page(frame, name, "<p>Nothing new here.</p>")
    for number, entry in enumerate(site):
        pages[entry.path] = _article(frame, entry, number, site, words)
    return pages


def _section(frame: tuple[str, str], section: str, own: Sequence[Entry]) -> dict[str, bytes]:
    count = max(1, -(-len(own) // PER_PAGE))
    paths = [f"/{section}/" + (f"page/{n}/" if n > 1 else "") for n in range(1, count + 1)]
    pager = " ".join(f'<a class="page-numbers" href="{path}">{path}</a>' for path in paths)
    shown = [own[n * PER_PAGE : (n + 1) * PER_PAGE] for n in range(count)]
    return {
        path: _page(frame, section, _cards(part) + pager)
        for path, part in zip(paths, shown, strict=True)
    }


def _frame(words: Words) -> tuple[str, str]:
    """Return what stands above and below every page: styles, scripts, menus, footer."""
    source = random.Random(SEED)
    rules = "\n".join(
        f".{words.sentence(source, 1, 1).lower()}-{n}__item{{margin:{source.randint(0, 40)}px "
        f"{source.randint(0, 40)}px;color:#{source.randrange(16**6):06x};display:flex}}"
        for n in range(80)
    )
    script = ";".join(
        f"window.cfg_{n}={json.dumps(words.sentence(source, 2, 5))}" for n in range(60)
    )
    menu = "".join(_menu_item(section) for section in SECTIONS)
    footer = "".join(
        f'<li class="footer__item"><a href="/{name}/">{name}</a></li>' for name in STATIC
    )
    top = (
        f"<style>{rules}</style><script>{script}</script></head><body>"
        f'<header class="site-header"><a class="site-header__logo" href="/">The paper</a>'
        f'<nav class="site-nav"><ul class="site-nav__list">{menu}</ul></nav></header>'
    )
    bottom = (
        f'<footer class="site-footer"><ul class="footer__list">{footer}</ul>'
        f'<ul class="footer__list footer__list--sections">{menu}</ul></footer></body></html>'
    )
    return top, bottom


def _menu_item(section: str) -> str:
    return (
        f'<li class="site-nav__item site-nav__item--{section}"><a class="site-nav__link" '
        f'href="/{section}/"><span class="site-nav__label">{section.title()}</span></a></li>'
    )


def _page(frame: tuple[str, str], title: str, main: str, head: str = "") -> bytes:
    top, bottom = frame
    start = f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
    return f'{start}{head}{top}<main class="site-main">{main}</main>{bottom}'.encode()


def _cards(shown: Sequence[Entry], kind: str = "card") -> str:
    return f'<ul class="{kind}-list">{"".join(_card(entry, kind) for entry in shown)}</ul>'


def _card(entry: Entry, kind: str) -> str:
    picture = hashlib.sha256(entry.path.encode()).hexdigest()
    return (
        f'<li class="{kind}-list__item"><article class="{kind} {kind}--{entry.section}">'
        f'<div class="{kind}__media"><img class="{kind}__image" loading="lazy" alt="" '
        f'src="/media/{picture}.jpg" width="320" height="180"></div>'
        f'<div class="{kind}__content"><span class="{kind}__label">{entry.section.title()}</span>'
        f'<h3 class="{kind}__title"><a class="{kind}__link" href="{entry.path}">{entry.title}</a>'
        f'</h3><time class="{kind}__time" datetime="{entry.published}">{entry.published[:10]}'
        f"</time></div></article></li>"
    )


def _article(
    frame: tuple[str, str], entry: Entry, number: int, site: Sequence[Entry], words: Words
) -> bytes:
    source = random.Random(SEED - 1 - number)
    near = [site[(number + step) % len(site)] for step in range(1, 26)]
    drawn = [source.choice(site) for _ in range(25)]
    text = "".join(f'<p class="article__p">{words.paragraph(source)}</p>' for _ in range(54))
    author = words.sentence(source, 2, 2).title()
    main = (
        f'<article class="article"><header><p class="article__label">{entry.section.title()}</p>'
        f'<h1 class="article__title">{entry.title}</h1><p class="article__byline">By {author}</p>'
        f'<time datetime="{entry.published}">{entry.published[:10]}</time></header>'
        f'<div class="article__body">{text}</div></article>'
        f'<section class="related"><h2>Related news</h2>{_cards(near, "teaser")}</section>'
        f'<aside class="sidebar"><h2>Most read</h2>{_cards(drawn, "ranked")}'
        f"<h2>Latest</h2>{_cards(site[:22], 'latest')}</aside>"
    )
    return _page(frame, entry.title, main, _head(entry, author))


def _head(entry: Entry, author: str) -> str:
    record = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": entry.title,
        "datePublished": entry.published,
        "author": {"@type": "Person", "name": author},
        "articleSection": entry.section,
    }
    return (
        f'<meta property="og:title" content="{entry.title}"><meta property="og:type" '
        f'content="article"><meta property="article:published_time" content="{entry.published}">'
        f'<script type="application/ld+json">{json.dumps(record)}</script>'
    )


@dataclass(frozen=True, slots=True)
class Answer:
    """A response ready to be sent, and the short one for who has it already."""

    whole: bytes
    unchanged: bytes
    etag: bytes
    is_page: bool


def answer(path: str, body: bytes) -> Answer:
    """Return the gzip response for a page, or the plain one for robots.txt."""
    is_page = not path.endswith(".txt")
    etag = b'"%s"' % hashlib.md5(body).hexdigest().encode()
    kind = b"text/html; charset=utf-8\r\nContent-Encoding: gzip" if is_page else b"text/plain"
    data = gzip.compress(body, 6, mtime=0) if is_page else body
    head = b"HTTP/1.1 200 OK\r\nContent-Type: %s\r\nETag: %s\r\nContent-Length: %d\r\n\r\n"
    unchanged = b"HTTP/1.1 304 Not Modified\r\nETag: %s\r\n\r\n" % etag
    return Answer(head % (kind, etag, len(data)) + data, unchanged, etag, is_page)


class Served:
    """How many answers of each kind went out since it was last asked."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def count(self, kind: str) -> None:
        """Count one answer."""
        self._counts[kind] += 1

    def tell(self) -> bytes:
        """Return the counts as a response, and start anew."""
        body = json.dumps(self._counts).encode()
        self._counts.clear()
        return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)


MISSING = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\nContent-Length: 0\r\n\r\n"


class Connection(asyncio.Protocol):
    """One client; requests have no body, and may come in pieces or several at once."""

    def __init__(self, answers: dict[bytes, Answer], served: Served) -> None:
        self._answers, self._served = answers, served
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember where to answer."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer every request that is complete."""
        *requests, self._buffer = (self._buffer + data).split(b"\r\n\r\n")
        for request in requests:
            self._transport.write(self._answer(request))

    def _answer(self, request: bytes) -> bytes:
        path = request.split(b" ", 2)[1]
        if path == b"/-/served":
            return self._served.tell()
        found = self._answers.get(path)
        if found is None:
            self._served.count("missing")
            return MISSING
        if found.etag in request:
            self._served.count("unchanged")
            return found.unchanged
        self._served.count("pages" if found.is_page else "others")
        return found.whole


async def serve(answers: dict[bytes, Answer], port: int) -> None:
    """Answer until told to stop."""
    loop, stopped = asyncio.get_running_loop(), asyncio.Event()
    served = Served()
    server = await loop.create_server(partial(Connection, answers, served), "127.0.0.1", port)
    loop.add_signal_handler(signal.SIGTERM, stopped.set)
    loop.add_signal_handler(signal.SIGINT, stopped.set)
    if stat.S_ISFIFO(os.fstat(0).st_mode):
        threading.Thread(target=_watch_stdin, args=(loop, stopped), daemon=True).start()
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
    await stopped.wait()


def _watch_stdin(loop: asyncio.AbstractEventLoop, stopped: asyncio.Event) -> None:
    while os.read(0, 4096):
        pass
    loop.call_soon_threadsafe(stopped.set)


@contextmanager
def running(articles: int) -> Iterator[str]:
    """Run the site in a process of its own for as long as the block lasts; its address."""
    command = [sys.executable, "-m", "bench.site", "--articles", str(articles)]
    pipe = subprocess.PIPE
    root = Path(__file__).parents[1]
    with subprocess.Popen(command, cwd=root, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdout
        yield process.stdout.readline().strip()
        process.communicate()


def main() -> None:
    """Build the site and serve it."""
    parser = argparse.ArgumentParser(description="Serve a generated news site on loopback.")
    parser.add_argument("--articles", type=int, default=600)
    parser.add_argument("--port", type=int, default=0)
    options = parser.parse_args()
    pages = build(options.articles)
    answers = {path.encode(): answer(path, body) for path, body in pages.items()}
    asyncio.run(serve(answers, options.port))


if __name__ == "__main__":
    main()
