"""Tries where the articles of a source are found, with the spider of a crawl, keeping nothing."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from twisted.python.failure import Failure

from archive.again import Claim, Says
from archive.items import Entry, Fetch, LeadKind, Page, Visit
from archive.leads import Lead
from archive.store import Found
from crawler.agenda import Ask
from crawler.course import Course
from crawler.look import Look
from crawler.responses import ask_of, is_transient
from crawler.spider import NewsSpider

MAX_SITEMAPS = 12
"""How many sitemaps are tried, places that are guessed among them."""


@dataclass(frozen=True, slots=True)
class Tried:
    """A place that was tried, and what it gave, or why nothing."""

    url: str
    kind: LeadKind | None
    found_on: str | None = None
    links: int = 0
    newest: str | None = None
    reason: str | None = None
    is_root: bool = False
    is_silent: bool = False
    is_article: bool = False

    @property
    def sentence(self) -> str:
        """One line for people: the kind, what it gave, the address."""
        if self.is_article:
            return f"{'article':<14} {self.url}"
        kind = self.kind.replace("_", " ") if self.kind else "page"
        if self.reason or not self.links:
            return f"{kind:<14} {self.url}: {self.reason or 'leads to nothing'}"
        what = "sitemaps" if self.kind is LeadKind.SITEMAP_INDEX else "links"
        newest = f", the newest of {self.newest}" if self.newest else ""
        return f"{kind:<14} {self.url}: {self.links} {what}{newest}"


def try_all(urls: Sequence[str], settings: Mapping[str, Any]) -> list[list[Tried]] | None:
    """Return what was tried for each address, in their order, or None where a signal ended it."""
    from crawler.running import Job, run

    tried: list[list[Tried]] = [[] for _ in urls]
    shared = {**settings, "ITEM_PIPELINES": {}, "PROGRESS": False}
    jobs = [
        Job(LeadSpider, {"url": url, "tried": own}, shared)
        for url, own in zip(urls, tried, strict=True)
    ]
    return None if any(result.interrupted for result in run(jobs)) else tried


class LeadSpider(NewsSpider):
    """Looks at what leads to articles, at no article, and keeps what it met for its caller."""

    name = "leads"
    keeps_signals = False

    def __init__(self, url: str, tried: list[Tried], **kwargs: Any) -> None:
        super().__init__(url=url, **kwargs)
        self._tried = tried
        memory = Oblivion()
        self.remember(memory)
        self.course = Course(self.roots, memory, is_whole=self.is_whole, only_leads=True)
        self.course.agenda.max_sitemaps = MAX_SITEMAPS

    def failed(self, failure: Failure) -> Iterator[Visit]:
        """Note why there was no answer."""
        ask = ask_of(failure.request)  # type: ignore[attr-defined]
        for visit in super().failed(failure):
            if visit.fetch.url == ask.url:
                silent = getattr(failure.value, "for_now", False) or is_transient(visit.fetch)
                self._note(ask, visit, silent)
            yield visit

    def _visit(self, ask: Ask, fetch: Fetch, page: Page, look: Look) -> Visit:
        visit = super()._visit(ask, fetch, page, look)
        self._note(ask, visit, is_transient(visit.fetch))
        return visit

    def _note(self, ask: Ask, visit: Visit, silent: bool) -> None:
        lead, is_root = visit.lead, ask.depth == 0
        self._tried.append(
            Tried(
                ask.url,
                lead.kind if lead else ask.kind,
                ask.found_on,
                (lead.links if lead else None) or 0,
                lead.newest if lead else None,
                visit.fetch.reason if visit.fetch.outcome != "ok" else None,
                is_root,
                is_silent=is_root and silent,
                is_article=visit.article is not None,
            )
        )


class Oblivion:
    """The memory of who remembers nothing."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC)

    def plan(self, urls: Collection[str]) -> Collection[str]:
        """Return all the addresses."""
        return urls

    def printed_times(self) -> Collection[str]:
        """Return nothing."""
        return ()

    def conditions(self, urls: Collection[str]) -> Mapping[str, Mapping[str, str]]:
        """Return nothing."""
        return {}

    def last_visit(self, url: str) -> None:
        """Return nothing."""

    def read(self) -> Collection[tuple[str, bool]]:
        """Return nothing."""
        return ()

    def leads(self) -> Sequence[Lead]:
        """Return nothing."""
        return ()

    def listed_by(self, lead: Lead) -> Sequence[Entry]:
        """Return nothing."""
        return ()

    def tried(self, urls: Collection[str]) -> Collection[str]:
        """Return nothing."""
        return ()

    def unfinished(self) -> Sequence[Found]:
        """Return nothing."""
        return ()

    def claims(self) -> Sequence[Claim]:
        """Return nothing."""
        return ()

    def judge(self, asked: Collection[Claim]) -> dict[tuple[int, Says], tuple[int, int]]:
        """Return nothing."""
        return {}

    def missing(self) -> Collection[str]:
        """Return nothing."""
        return ()

    def rotation(self) -> Collection[str]:
        """Return nothing."""
        return ()
