"""A scripted news site that changes between two crawls, and counts what it is asked.

It has robots.txt with a part that is closed, an index of packed sitemaps, a news sitemap, RSS
and Atom, sections with further pages, tracking parameters, AMP and print copies. Each article
carries its number in its text, so that an archive can be held against the site.
"""

import gzip
import hashlib
import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

SECTIONS = ("town", "region", "culture", "sport", "science")
PER_PAGE = 40
PER_SITEMAP = 500
LATEST = 30
EPOCH = datetime(2026, 9, 1, 6, tzinfo=UTC)
XMLNS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
HTML = "text/html; charset=utf-8"
XML = "application/xml"
WORDS = tuple(
    re.findall(
        r"\w+",
        """river bridge council lorry winter market school bakery tower meadow harbour letter garden
        engineer member village morning question stone autumn mayor window carpenter ferry orchard
        letter gauge village timber sluice""",
    )
)


@dataclass(frozen=True, slots=True)
class Story:
    """An article of the site; ``revision`` counts all its texts, ``told`` those it tells of."""

    number: int
    title: str
    published: datetime
    revision: int = 1
    told: int = 1
    is_closed: bool = False

    @property
    def section(self) -> str:
        """The section it is in."""
        return SECTIONS[self.number % len(SECTIONS)]

    @property
    def path(self) -> str:
        """Its address on the site."""
        part = "internal" if self.is_closed else self.section
        slug = "-".join(self.title.lower().split()[:5])
        return f"/{part}/{self.published:%Y/%m/%d}/{slug}-{100000 + self.number}"

    @property
    def updated(self) -> datetime:
        """When it was last changed, as the site tells."""
        return self.published + timedelta(minutes=7) * (self.told - 1)


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer of the site."""

    status: int
    body: bytes
    content_type: str = HTML
    etag: str = ""


def stories(first: int, count: int) -> list[Story]:
    """Return so many articles from a number on; one in fifty is closed to crawlers."""
    return [_story(number) for number in range(first, first + count)]


def _story(number: int) -> Story:
    source = random.Random(number)
    title = " ".join(source.choices(WORDS, k=8)).capitalize()
    published = EPOCH + timedelta(minutes=37 * number)
    return Story(number, f"{title} {number}", published, is_closed=number % 50 == 49)


@dataclass(slots=True)
class Paper:
    """The site at one moment, and what was asked of it since ``asked`` was last cleared.

    ``lastmod`` is honest, "now" (always another one), "never" (never another one) or "none".
    """

    base: str
    there: dict[int, Story]
    gone: dict[str, Story] = field(default_factory=dict)
    lastmod: str = "honest"
    asked: Counter[str] = field(default_factory=Counter)
    sent: int = 0

    @classmethod
    def of(cls, base: str, count: int, lastmod: str = "honest") -> "Paper":
        """Return a site of so many articles that crawlers may read, and some they may not."""
        found = [story for story in stories(0, 2 * count) if not story.is_closed][:count]
        last = found[-1].number if found else 0
        closed = [story for story in stories(0, last + 1) if story.is_closed]
        return cls(
            base,
            {one.number: one for one in sorted((*found, *closed), key=_number)},
            lastmod=lastmod,
        )

    @property
    def open(self) -> list[Story]:
        """The articles that may be read, the newest first."""
        return [one for one in reversed(self.there.values()) if not one.is_closed]

    def change(self, edited: int, deleted: int, new: int) -> dict[str, list[Story]]:
        """Edit, delete and publish; a third of the edits is silent. Return what was done."""
        source = random.Random(len(self.there))
        chosen = source.sample(self.open, edited + deleted)
        silent = [_edited(one, 0) for one in chosen[: edited // 3]]
        told = [_edited(one, 1) for one in chosen[edited // 3 : edited]]
        fresh = [one for one in stories(max(self.there) + 1, 2 * new) if not one.is_closed][:new]
        for one in (*silent, *told, *fresh):
            self.there[one.number] = one
        for one in chosen[edited:]:
            del self.there[one.number]
            self.gone[one.path] = one
        return {"silent": silent, "told": told, "deleted": chosen[edited:], "new": fresh}

    def answer(self, target: str, headers: dict[str, str]) -> Reply:
        """Return the answer to a request, and count it."""
        self.asked[target] += 1
        reply = self._reply(target)
        if reply.status == 200 and reply.etag and headers.get("if-none-match") == reply.etag:
            reply = replace(reply, status=304, body=b"")
        self.sent += len(reply.body)
        return reply

    def _reply(self, target: str) -> Reply:
        path, _, query = target.partition("?")
        made = self._for_machines(path) or self._page(path)
        if made is None:
            return Reply(410 if path in self.gone else 404, b"<h1>Not here</h1>")
        body, kind = made
        if query and kind == HTML:
            body += b"<!-- counted -->"
        return Reply(200, body, kind, f'"{hashlib.md5(body).hexdigest()}"')

    def _for_machines(self, path: str) -> tuple[bytes, str] | None:
        newest = self.open[:LATEST]
        if path == "/robots.txt":
            text = f"User-agent: *\nDisallow: /internal/\nSitemap: {self.base}/sitemap.xml\n"
            return f"{text}Sitemap: {self.base}/news.xml\n".encode(), "text/plain"
        if path == "/sitemap.xml":
            return self._index().encode(), XML
        if path == "/news.xml":
            return self._news(newest).encode(), XML
        if path == "/feed.xml":
            return _rss(self.base, newest).encode(), "application/rss+xml"
        if path == "/atom.xml":
            return _atom(self.base, newest).encode("utf-16"), "application/atom+xml"
        if path.startswith("/sitemap-") and path.endswith(".xml.gz"):
            return self._sitemap(int(path[9:-7])), "application/x-gzip"
        return None

    def _parts(self) -> Iterator[tuple[int, list[Story]]]:
        parts: dict[int, list[Story]] = {}
        for one in self.there.values():
            parts.setdefault(one.number // PER_SITEMAP, []).append(one)
        yield from parts.items()

    def _index(self) -> str:
        rows = "".join(
            f"<sitemap><loc>{self.base}/sitemap-{part}.xml.gz</loc></sitemap>"
            for part, _ in self._parts()
        )
        return f"<?xml version='1.0'?><sitemapindex {XMLNS}>{rows}</sitemapindex>"

    def _sitemap(self, part: int) -> bytes:
        own = dict(self._parts()).get(part, [])
        rows = "".join(
            f"<url><loc>{self.base}{one.path}</loc>{self._lastmod(one)}</url>" for one in own
        )
        text = f"<?xml version='1.0' encoding='utf-8'?><urlset {XMLNS}>{rows}</urlset>"
        return gzip.compress(text.encode(), mtime=0)

    def _lastmod(self, story: Story) -> str:
        if self.lastmod == "none":
            return ""
        at = {"honest": story.updated, "never": story.published}.get(self.lastmod)
        if at is None:
            at = datetime.now(UTC)
        return f"<lastmod>{at.isoformat()}</lastmod>"

    def _news(self, newest: list[Story]) -> str:
        rows = "".join(
            f"<url><loc>{self.base}{one.path}</loc><news:news><news:publication><news:name>The"
            f" paper</news:name><news:language>en</news:language></news:publication>"
            f"<news:publication_date>{one.published.isoformat()}</news:publication_date>"
            f"<news:title>{one.title}</news:title></news:news></url>"
            for one in newest
        )
        return f"<?xml version='1.0'?><urlset {XMLNS} {NEWS}>{rows}</urlset>"

    def _page(self, path: str) -> tuple[bytes, str] | None:
        if path == "/":
            return self._front().encode(), HTML
        parts = path.strip("/").split("/")
        if parts[0] in SECTIONS and len(parts) in (1, 3):
            number = int(parts[2]) if len(parts) == 3 else 1
            page = self._section(parts[0], number)
            return (page.encode(), HTML) if page else None
        number = _number_in(path.removesuffix("/amp").removesuffix("/print"))
        story = self.there.get(number)
        if story is None or not path.startswith(story.path):
            return None
        return _article(self.base, story, self._near(number)).encode(), HTML

    def _front(self) -> str:
        menu = "".join(f'<li><a href="/{name}/">{name.title()}</a></li>' for name in SECTIONS)
        feeds = "".join(
            f'<link rel="alternate" type="application/{kind}+xml" href="/{name}.xml">'
            for kind, name in (("rss", "feed"), ("atom", "atom"))
        )
        return _html("The paper", f"<ul>{menu}</ul>{_list(self.open[:LATEST])}", feeds)

    def _section(self, name: str, number: int) -> str:
        own = [one for one in self.open if one.section == name]
        shown = own[(number - 1) * PER_PAGE : number * PER_PAGE]
        following = f'<a rel="next" href="/{name}/page/{number + 1}">Older</a>'
        more = following if len(own) > number * PER_PAGE else ""
        return _html(name.title(), f"<h1>{name.title()}</h1>{_list(shown)}{more}") if shown else ""

    def _near(self, number: int) -> list[Story]:
        near = (self.there.get(number + step) for step in (-3, -2, -1, 1, 2, 3))
        return [one for one in near if one is not None]


def _number(story: Story) -> int:
    return story.number


def _number_in(path: str) -> int:
    tail = path.rpartition("-")[2]
    return int(tail) - 100000 if tail.isdigit() else -1


def _edited(story: Story, told: int) -> Story:
    return replace(story, revision=story.revision + 1, told=story.told + told)


def _html(title: str, main: str, head: str = "") -> str:
    return (
        f"<!doctype html><html lang=en><head><title>{title}</title>{head}</head><body>"
        f"<main>{main}</main></body></html>"
    )


def _list(shown: list[Story]) -> str:
    rows = "".join(
        f'<li><a href="{one.path}?utm_source=list&utm_medium={at}">{one.title}</a></li>'
        for at, one in enumerate(shown)
    )
    return f"<section><h2>Latest</h2><ul>{rows}</ul></section>"


def _article(base: str, story: Story, near: list[Story]) -> str:
    source = random.Random(story.number)
    paragraphs = "".join(
        f"<p>{' '.join(source.choices(WORDS, k=60)).capitalize()}.</p>" for _ in range(12)
    )
    copies = f'<a href="{story.path}/amp">AMP</a> <a href="{story.path}/print">Print</a>'
    head = (
        f'<link rel="canonical" href="{base}{story.path}"><meta property="og:type" '
        f'content="article"><meta property="article:published_time" '
        f'content="{story.published.isoformat()}">'
    )
    main = (
        f"<article><h1>{story.title}</h1><p class=byline>By Ann Miller</p>{paragraphs}"
        f"<p>This is text {story.revision} of report {story.number}, and there may be more.</p>"
        f"</article>{copies}<aside><h2>Read also</h2>{_list(near)}</aside>"
    )
    return _html(story.title, main, head)


def _rss(base: str, newest: list[Story]) -> str:
    rows = "".join(
        f"<item><title>{one.title}</title><link>{base}{one.path}?utm_source=rss</link>"
        f"<pubDate>{format_datetime(one.published)}</pubDate><category>{one.section}</category>"
        "</item>"
        for one in newest
    )
    return f"<?xml version='1.0'?><rss version='2.0'><channel>{rows}</channel></rss>"


def _atom(base: str, newest: list[Story]) -> str:
    rows = "".join(
        f"<entry><title>{one.title}</title><link href='{base}{one.path}'/>"
        f"<updated>{one.updated.isoformat()}</updated></entry>"
        for one in newest
    )
    return (
        "<?xml version='1.0' encoding='utf-16'?>"
        f"<feed xmlns='http://www.w3.org/2005/Atom'>{rows}</feed>"
    )
