"""What a run asks for, in which order. Decisions only: no network; the archive is asked."""

import heapq
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Protocol
from urllib.parse import urljoin

from archive.again import Claim, Says
from archive.items import Entry, LeadKind
from archive.leads import Lead
from archive.store import Found
from crawler import leads as rules
from crawler.markup import end_of

BATCH = 200
"""How many addresses are handed out at once; what they lead to goes before the rest."""
GUESS = "guess"
"""Where a lead was found that nothing named."""


@dataclass(frozen=True, slots=True)
class Ask:
    """An address to ask for; ``kind`` is None for an article.

    ``told`` is the time that an index gives for it. ``is_named`` means that robots.txt names
    it, or what did: it may be on another site. Of a witness it is asked only whether it answers.
    """

    url: str
    kind: LeadKind | None = None
    depth: int = 1
    found_on: str | None = None
    told: str | None = None
    is_named: bool = False
    tries: int = 0
    is_witness: bool = False

    @property
    def is_guess(self) -> bool:
        """Whether nothing named the address."""
        return self.found_on == GUESS


class Memory(Protocol):
    """What a run needs to know of earlier ones, and of what was written in this one."""

    now: datetime

    def plan(self, urls: Collection[str]) -> Collection[str]:
        """Return those of the addresses that are to be asked: new ones, and failed ones."""

    def read(self) -> Collection[tuple[str, bool]]:
        """Return addresses that earlier runs read, each with whether it was an article."""

    def leads(self) -> Sequence[Lead]:
        """Return the leads that are known."""

    def listed_by(self, lead: Lead) -> Sequence[Entry]:
        """Return what a lead listed at its last look."""

    def tried(self, urls: Collection[str]) -> Collection[str]:
        """Return those of the addresses that were guessed lately, and for nothing."""

    def unfinished(self) -> Sequence[Found]:
        """Return what an earlier run found and did not reach."""

    def claims(self) -> Sequence[Claim]:
        """Return what feeds and sitemaps say of known articles and no look has answered."""

    def judge(self, asked: Collection[Claim]) -> dict[tuple[int, Says], tuple[int, int]]:
        """Note which claims proved right; return how often their leads were right and wrong."""

    def missing(self) -> Collection[str]:
        """Return the missing articles that it is time to look for."""

    def rotation(self) -> Collection[str]:
        """Return the articles whose turn it is to be looked at again."""


class Agenda:
    """What is still to be asked for in a run.

    ``batches`` hands it out, each batch when what the one before led to was added: leads, new
    articles, those that a lead says changed or vanished, those that are missing, and a share
    of the rest. ``wants`` says whether an address may be asked at all, and was not yet.
    """

    def __init__(self, memory: Memory, since: str | None = None) -> None:
        self._memory = memory
        self._since = since
        self._leads: list[tuple[int, int, int, Ask]] = []
        self._articles: list[tuple[int, int, Ask]] = []
        self._guesses: list[deque[Ask]] = []
        self._added = 0
        self._sitemaps = 0
        self.max_sitemaps = rules.MAX_SITEMAPS
        self.known = {lead.url: lead for lead in memory.leads()}

    def add_lead(self, ask: Ask) -> None:
        """Take up a feed, a sitemap or a list, if its nesting and their number allow it."""
        if rules.is_sitemap(ask.kind):
            self._sitemaps += 1
            if self._sitemaps > self.max_sitemaps:
                return
        order = list(LeadKind).index(ask.kind or LeadKind.LIST)
        newest = ask.told or rules.date_in(ask.url)
        self._added += 1
        heapq.heappush(self._leads, (order, -rules.priority(newest), self._added, ask))

    def add_article(self, ask: Ask, priority: int) -> None:
        """Take up an article; the highest priority goes first."""
        self._added += 1
        heapq.heappush(self._articles, (-priority, self._added, ask))

    def children(self, ask: Ask, entries: Sequence[Entry]) -> list[Ask]:
        """Return the sitemaps to look at of those that an index names."""
        if ask.depth >= rules.MAX_NESTING:
            return []
        now = self._memory.now
        return [
            Ask(entry.url, LeadKind.SITEMAP, ask.depth + 1, ask.url, entry.updated, ask.is_named)
            for entry in entries
            if not self.is_too_old(entry.updated or rules.date_in(entry.url))
            and rules.child_is_due(self.known.get(entry.url), entry, now, len(entries))
        ]

    def news_of(self, url: str, entries: Sequence[Entry]) -> list[Entry]:
        """Return the entries of a lead that may be new: all at the first look at it.

        With ``since`` all that are as new as that count each time.
        """
        lead = self.known.get(url)
        fresh = [entry for entry in entries if not self.is_too_old(date_of(entry))]
        if lead is None or lead.looked_at is None or self._since:
            return fresh
        before = {entry.url for entry in self._memory.listed_by(lead)}
        return [entry for entry in fresh if entry.url not in before]

    def is_too_old(self, stamped: str) -> bool:
        """Return whether a time is before the one that the run goes back to."""
        return bool(
            self._since and stamped and end_of(stamped) < self._since[: len(end_of(stamped))]
        )

    def guess(self, roots: Iterable[str]) -> None:
        """Take up the usual places of feeds and sitemaps, for where nothing names one."""
        for origin in dict.fromkeys(urljoin(root, "/") for root in roots):
            for places, kind in (
                (rules.SITEMAP_PLACES, LeadKind.SITEMAP),
                (rules.FEED_PLACES, LeadKind.FEED),
            ):
                urls = [urljoin(origin, place) for place in places]
                tried = set(self._memory.tried(urls))
                asks = [Ask(url, kind, 1, GUESS) for url in urls if url not in tried]
                self._guesses.append(deque(asks))

    def stop_guessing(self, kind: LeadKind | None) -> None:
        """Let the other places of that kind be: one was the right one."""
        for guesses in self._guesses:
            if guesses and rules.is_sitemap(guesses[0].kind) == rules.is_sitemap(kind):
                guesses.clear()

    def lead_batches(self) -> Iterator[list[Ask]]:
        """Yield feeds and sitemaps, then lists, until no lead leads to a further one."""
        while self._leads or any(self._guesses):
            if self._leads:
                order = self._leads[0][0]
                batch: list[Ask] = []
                while self._leads and self._leads[0][0] == order and len(batch) < BATCH:
                    batch.append(heapq.heappop(self._leads)[-1])
                yield batch
            else:
                guesses = [waiting.popleft() for waiting in self._guesses if waiting]
                yield [ask for ask in guesses if ask.url not in self.known]

    def batches(self) -> Iterator[list[Ask]]:
        """Yield what to ask for, a batch at a time."""
        yield from self.news_batches()
        for batch in self._tested(self._memory.claims()):
            yield batch
            yield from self.news_batches()
        for urls in (self._memory.missing, self._memory.rotation):
            yield [Ask(url) for url in urls()]
            yield from self.news_batches()

    def news_batches(self) -> Iterator[list[Ask]]:
        """Yield leads and new articles, until neither leads to anything further."""
        while self._leads or self._articles or any(self._guesses):
            yield from self.lead_batches()
            batch = islice(iter(self._next_article, None), BATCH)
            yield [ask for ask in batch if ask is not None]

    def _next_article(self) -> Ask | None:
        return heapq.heappop(self._articles)[-1] if self._articles else None

    def _tested(self, claims: Sequence[Claim]) -> Iterator[list[Ask]]:
        """Yield the claims of every lead in growing batches, as long as they prove right."""
        waiting: dict[tuple[int, Says], deque[Claim]] = {}
        for claim in claims:
            waiting.setdefault((claim.lead_id, claim.says), deque()).append(claim)
        trust = {lead.id: {Says.MOVED: lead.moved, Says.VANISHED: lead.vanished}
                 for lead in self.known.values()}  # fmt: skip
        sizes = {
            key: rules.FIRST_BATCH
            if rules.believed(*trust.get(key[0], {}).get(key[1], (0, 0)))
            else rules.PROBE
            for key in waiting
        }
        while waiting:
            asked = [
                claim
                for key, left in waiting.items()
                for claim in [left.popleft() for _ in range(min(sizes[key], len(left)))]
            ]
            yield [Ask(claim.url) for claim in {claim.url: claim for claim in asked}.values()]
            told = self._memory.judge(asked)
            sizes = {key: 2 * size for key, size in sizes.items()}
            waiting = {
                key: left
                for key, left in waiting.items()
                if left and rules.believed(*told.get(key, (0, 0)))
            }


def date_of(entry: Entry) -> str:
    """Return when an entry was new: as it says, else as its address does."""
    day = rules.date_in(entry.url)
    return entry.newest or (day if len(day) > 4 else "")
