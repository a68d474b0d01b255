"""The sample site: what it answers at each path. No network, no clock."""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from functools import partial
from http import HTTPStatus

from crawler.demo import feeds, pages
from crawler.demo.content import Language, Story, languages, stories, withdrawn
from crawler.demo.pages import Paper

HTML = "text/html; charset=utf-8"
XML = "application/xml; charset=utf-8"
RSS = "application/rss+xml; charset=utf-8"
TEXT = "text/plain; charset=utf-8"

_HOST = re.compile(r"[\w.:\[\]-]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Response:
    """An answer of the site; a 304 has no body."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


@dataclass(frozen=True, slots=True)
class _Route:
    content_type: str
    modified: datetime
    render: Callable[[str], str]


class SampleSite:
    """One edition of the site: 1 as it is first seen, 2 the way it looks on a later day.

    Between the two, stories are edited, one of them without a word about it, one is
    withdrawn, one is unlocked, and new ones come. ``paths`` are the addresses that answer.
    """

    def __init__(self, edition: int) -> None:
        self.edition = edition
        self.stories = stories(edition)
        self._gone = withdrawn(edition)
        self._routes = dict(self._all_routes())

    @property
    def paths(self) -> tuple[str, ...]:
        """The path of every page, feed and sitemap of this edition."""
        return tuple(self._routes)

    def respond(self, path: str, headers: Mapping[str, str]) -> Response:
        """Answer a GET of the path: 200, 304, 404, or 410 for a story that was withdrawn.

        ``headers`` is what the client sent; ``Host`` gives the addresses on the pages.
        """
        asked = {name.lower(): value for name, value in headers.items()}
        base = _base(asked.get("host", ""))
        path = path.partition("?")[0]
        route = self._routes.get(path)
        if route is None:
            return self._missing(path, base)
        body = route.render(base).encode()
        validators = (
            ("ETag", f'"{hashlib.sha256(body).hexdigest()[:20]}"'),
            ("Last-Modified", format_datetime(route.modified.astimezone(UTC), usegmt=True)),
        )
        if _unchanged(asked, validators[0][1], route.modified):
            return Response(HTTPStatus.NOT_MODIFIED, validators, b"")
        return Response(HTTPStatus.OK, (("Content-Type", route.content_type), *validators), body)

    def _all_routes(self) -> Iterator[tuple[str, _Route]]:
        newest = self._newest(self.stories)
        yield "/robots.txt", _Route(TEXT, newest, feeds.robots)
        yield "/sitemap.xml", _Route(XML, newest, feeds.sitemap_index)
        for language in languages().values():
            yield from self._language_routes(language)

    def _language_routes(self, language: Language) -> Iterator[tuple[str, _Route]]:
        own = self._in(language)
        newest, page = self._newest(own), partial(self._route, language)
        words = language.words
        yield language.home, page(HTML, newest, pages.front)
        yield language.feed, page(RSS, newest, feeds.rss)
        yield language.sitemap, page(XML, newest, feeds.sitemap)
        about = partial(pages.plain, title=words["about"], text=words["about_text"])
        yield language.about, page(HTML, newest, about)
        search = partial(pages.plain, title=words["search"], text=words["motto"])
        yield language.search, page(HTML, newest, search)
        yield from self._list_routes(language, words["all_news"], language.news, own)
        for key, section in language.sections.items():
            shown = pages.in_section(own, key)
            yield from self._list_routes(language, section.name, section.path, shown)
        for story in own:
            yield story.path, page(HTML, story.changed, partial(pages.article, story=story))

    def _list_routes(
        self, language: Language, title: str, path: str, shown: tuple[Story, ...]
    ) -> Iterator[tuple[str, _Route]]:
        for number in range(1, pages.pages_of(shown) + 1):
            render = partial(pages.listing, title=title, path=path, number=number, shown=shown)
            route = self._route(language, HTML, self._newest(shown), render)
            yield pages.page_path(path, number), route

    def _route(
        self,
        language: Language,
        content_type: str,
        modified: datetime,
        render: Callable[[Paper], str],
    ) -> _Route:
        return _Route(content_type, modified, lambda base: render(self._paper(language, base)))

    def _paper(self, language: Language, base: str) -> Paper:
        twins = {s.name: s.path for s in self.stories if s.language != language.code}
        return Paper(language, self._in(language), twins, base)

    def _in(self, language: Language) -> tuple[Story, ...]:
        return tuple(story for story in self.stories if story.language == language.code)

    @staticmethod
    def _newest(shown: Iterable[Story]) -> datetime:
        return max(story.changed for story in shown)

    def _missing(self, path: str, base: str) -> Response:
        gone = path in self._gone
        code = "be" if path.startswith("/be/") else "en"
        paper = self._paper(languages()[code], base)
        words = paper.language.words
        kind = "gone" if gone else "missing"
        body = pages.plain(paper, words[kind], words[f"{kind}_text"]).encode()
        status = HTTPStatus.GONE if gone else HTTPStatus.NOT_FOUND
        return Response(status, (("Content-Type", HTML),), body)


def _base(host: str) -> str:
    # The host stands in every page, so nothing but a host may come from outside.
    return f"http://{host if _HOST.fullmatch(host) else 'localhost'}"


def _unchanged(asked: Mapping[str, str], etag: str, modified: datetime) -> bool:
    if "if-none-match" in asked:
        tags = (tag.strip().removeprefix("W/") for tag in asked["if-none-match"].split(","))
        return any(tag in ("*", etag) for tag in tags)
    try:
        since = parsedate_to_datetime(asked.get("if-modified-since", ""))
    except (ValueError, OverflowError):
        return False
    return since.tzinfo is not None and modified <= since
