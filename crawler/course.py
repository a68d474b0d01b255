"""One run's way through a site: what was met, what it led to, what is next. No network."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from urllib.parse import urlsplit

from archive.address_forms import form_key, form_of
from archive.items import Entry, Fetch, LeadKind, LeadLook, Listing, Outcome, Page
from archive.store import Found
from archive.times import moment
from crawler.agenda import Agenda, Ask, Memory, date_of
from crawler.discovery import first_page_of, headline_links, is_archive, is_front, is_next_page
from crawler.leads import date_in, due_leads, is_sitemap, priority
from crawler.look import Look
from crawler.policy import refusal
from crawler.shapes import Shapes
from crawler.urls import clean_url, site_of

MAX_FEEDS = 4
"""How many feeds of a front page are read."""
MAX_LISTS = 300
"""How many list pages one run reads at most."""
MAX_BARREN = 20
"""After so many list pages in a row that lead to nothing new, no more lists are followed."""
MAX_ARCHIVE_DEPTH = 4
"""How deep lists by day and month are followed when a run goes back in time."""
RETRIES = 3
"""In so many later runs an address is asked again that could not be had."""
ARTICLE = "article"
"""What the frontier calls an address that is no lead."""


class Course:
    """Keeps what a run met and decides what is followed.

    ``found`` holds what is to be written to the frontier together with the visit that led to
    it. ``only_leads`` looks at what leads to articles, and at no article.
    """

    def __init__(
        self,
        roots: Sequence[str],
        memory: Memory,
        *,
        is_whole: bool = True,
        since: str | None = None,
        only_leads: bool = False,
    ) -> None:
        self.roots = tuple(roots)
        self.sites = {site_of(urlsplit(root).netloc) for root in roots}
        self.agenda = Agenda(memory, since)
        self.found: dict[str, Found] = {}
        self._memory = memory
        self._is_whole = is_whole
        self._since = since
        self._only_leads = only_leads
        self._seen: set[str] = set()
        self._handed_out: set[str] = set(self.roots)
        self._copies: dict[str, str] = {}
        self._put_off: set[str] = set()
        self._named: dict[str, Ask] = {}
        self._silent: set[str] = set()
        self._fresh: set[str] = set()
        self._shown: dict[str, set[str]] = {}
        self._lists = 0
        self._barren = 0
        self._shapes = Shapes(memory.read())

    def beginning(self) -> list[Ask]:
        """Return what to ask for first."""
        return [
            Ask(root, LeadKind.FRONT if is_front(root) else None, depth=0)
            for root in self.roots
            if self.claim(root)
        ]

    def batches(self) -> Iterator[list[Ask]]:
        """Yield what to ask for next, each batch when the one before was followed."""
        if len(self._silent) == len(set(self.roots)):
            return  # A site that does not answer is left alone; what is unfinished stays so.
        for batch in self._all_batches():
            fresh = {ask.url: ask for ask in batch if ask.url not in self._handed_out}
            self._handed_out.update(fresh)
            yield list(fresh.values())

    def _all_batches(self) -> Iterator[list[Ask]]:
        self._take_up_known()
        if self._only_leads:
            yield from self.agenda.lead_batches()
            return
        yield from self.agenda.batches()
        # A copy is asked for only where the article itself was never met.
        while self._copies:
            copies, self._copies = self._copies, {}
            unmet = [copy for copy, key in copies.items() if not self._was_met(key)]
            self._take_up_articles(unmet, "")
            yield from self.agenda.news_batches()

    def witness(self, url: str) -> list[Ask]:
        """Return the front page to ask for, if the run did not: whether the site itself is there.

        No link of it is followed.
        """
        parts = urlsplit(url)
        front = f"{parts.scheme}://{parts.netloc}/"
        return [Ask(front, depth=0, is_witness=True)] if self.claim(front) else []

    def hear_of_sitemaps(self, urls: Iterable[str]) -> None:
        """Take note of the sitemaps that a site's robots.txt names."""
        for url in map(clean_url, urls):
            if self._is_whole and not refusal(url):
                self._named[url] = Ask(url, LeadKind.SITEMAP, 1, "robots.txt", is_named=True)

    def claim(self, url: str) -> bool:
        """Return whether an address was not met before, and take note of it."""
        key = form_key(url)
        if key in self._seen:
            return False
        self._seen.add(key)
        return True

    def is_same(self, ask: Ask, body: bytes) -> bool:
        """Return whether a feed or sitemap is what it was at the last look."""
        lead = self.agenda.known.get(ask.url) if ask.kind else None
        if lead is None or lead.kind in (LeadKind.FRONT, LeadKind.LIST):
            return False
        return lead.digest is not None and lead.digest == hashlib.sha256(body).digest()

    def follow(self, ask: Ask, page: Page, look: Look) -> LeadLook | None:
        """Take up what a page leads to; return what it gave, where it is a lead."""
        if ask.is_witness:
            return None
        if ask.kind is None and look.outcome is Outcome.OK:
            self._shapes.note(page.url, is_article=look.article is not None)
        if look.listing is not None:
            return self._from_listing(ask, look.listing)
        lead = self.agenda.known.get(ask.url)
        if look.outcome is Outcome.UNCHANGED or (lead and is_sitemap(ask.kind)):
            return self._unchanged(ask)
        if lead and ask.kind is LeadKind.FEED and not (look.reason or look.article or look.is_list):
            return self._unchanged(ask)  # the same body came again
        if look.is_list:
            return self._from_list(ask, page, look)
        if look.article is not None:
            self._take_up_articles(headline_links(look.lists), date_in(page.url))
            return None
        return LeadLook(ask.kind, ask.found_on) if ask.kind else None

    def done(self, ask: Ask, fetch: Fetch, *, again: bool) -> None:
        """Take an address off the list; one to be asked ``again`` is left to a later run."""
        self.found.pop(ask.url, None)
        if ask.url in self.roots and (again or fetch.outcome is Outcome.REFUSED):
            self._silent.add(ask.url)
        elif again and ask.kind is None and ask.tries < RETRIES:
            self.found[ask.url] = Found(ask.url, ARTICLE, None, -ask.tries - 1)

    def _take_up_known(self) -> None:
        for found in self._memory.unfinished():
            if found.kind == ARTICLE:
                ask = Ask(found.url, tries=max(0, -found.priority))
                if self.is_ours(ask.url) and self.claim(ask.url):
                    self.agenda.add_article(ask, found.priority)
            else:
                self._add_lead(Ask(found.url, LeadKind(found.kind), 2, found.found_on))
        for lead in due_leads(self.agenda.known.values(), self._memory.now):
            if self._is_whole or lead.kind is LeadKind.FEED:
                self._add_lead(Ask(lead.url, lead.kind, 1, lead.found_on, lead.told))
        for ask in self._named.values():
            self._add_lead(ask)
        if self._is_whole:
            self.agenda.guess(self.roots)

    def _add_lead(self, ask: Ask) -> bool:
        if not (ask.is_named or self.is_ours(ask.url)) or not self.claim(ask.url):
            return False
        self.agenda.add_lead(ask)
        return True

    def _from_listing(self, ask: Ask, listing: Listing) -> LeadLook:
        if listing.entries:
            self.agenda.stop_guessing(listing.kind)
        new = 0
        if listing.kind is LeadKind.SITEMAP_INDEX:
            self._take_up_children(ask, listing.entries)
        else:
            new = self._take_up_entries(ask, listing.entries)
        return LeadLook(
            listing.kind,
            ask.found_on,
            ask.told,
            links=len(listing.entries),
            new=new,
            newest=listing.newest,
            listing=listing,
        )

    def _unchanged(self, ask: Ask) -> LeadLook | None:
        lead = self.agenda.known.get(ask.url)
        if lead is None:
            return LeadLook(ask.kind, ask.found_on) if ask.kind else None
        self.agenda.stop_guessing(lead.kind)
        if lead.kind is LeadKind.SITEMAP_INDEX:
            self._take_up_children(ask, self._memory.listed_by(lead))
        elif self._since and is_sitemap(lead.kind):
            self._take_up_entries(ask, self._memory.listed_by(lead))
        return LeadLook(lead.kind, ask.found_on, ask.told)

    def _take_up_children(self, ask: Ask, entries: Sequence[Entry]) -> None:
        for child in self.agenda.children(ask, entries):
            if self._add_lead(child):
                self.found[child.url] = Found(child.url, LeadKind.SITEMAP, ask.url)

    def _take_up_entries(self, ask: Ask, entries: Sequence[Entry]) -> int:
        fresh = {entry.url: entry for entry in self.agenda.news_of(ask.url, entries)}
        self._fresh.difference_update(fresh)
        today = moment(self._memory.now) if ask.kind is LeadKind.FEED else ""
        return sum(
            self._take_up_article(url, ask.url, date_of(fresh[url]) or today)
            for url in self._planned(fresh)
        )

    def _from_list(self, ask: Ask, page: Page, look: Look) -> LeadLook | None:
        links = [url for url in look.links.articles if self._is_new_enough(url)]
        new = self._take_up_articles(links, moment(self._memory.now), ask.url)
        # What another page gave before counts too, if no feed or sitemap has it: it may be the
        # front page that shows what begins here.
        shown = self._shown.setdefault(first_page_of(page.url), set())
        is_fruitful = any(url in self._fresh and url not in shown for url in links)
        is_fruitful = is_fruitful or bool(self._since and not shown.issuperset(links))
        shown.update(links)
        self._barren = 0 if is_fruitful else self._barren + 1
        if ask.depth == 0:
            self._take_up_feeds(look.links.feeds[:MAX_FEEDS], ask)
        for url in look.links.lists:
            if self._wants_list(url, page.url, ask, is_fruitful=is_fruitful):
                self._take_up_list(url, ask)
        if ask.kind not in (LeadKind.FRONT, LeadKind.LIST) and ask.depth:
            return None
        kind = ask.kind or LeadKind.LIST
        # Further pages of a list are not looked at for their own sake.
        is_further = kind is LeadKind.LIST and ask.depth > 1
        count = len(look.links.articles)
        return None if is_further else LeadLook(kind, ask.found_on, links=count, new=new)

    def _take_up_feeds(self, urls: Iterable[str], ask: Ask) -> None:
        for url in urls:
            if self._add_lead(Ask(url, LeadKind.FEED, 1, ask.url)):
                self.found[url] = Found(url, LeadKind.FEED, ask.url)

    def _take_up_list(self, url: str, ask: Ask) -> None:
        if (
            not self._only_leads
            and self._lists < MAX_LISTS
            and self._add_lead(Ask(url, LeadKind.LIST, ask.depth + 1, ask.url))
        ):
            self._lists += 1
            self.found[url] = Found(url, LeadKind.LIST, ask.url)

    def _wants_list(self, url: str, page: str, ask: Ask, *, is_fruitful: bool) -> bool:
        if self._barren >= MAX_BARREN:
            return False
        if is_next_page(url, page):
            # Where feeds or sitemaps gave all that a page lists, they give the next one's too.
            return is_fruitful
        if self._since and is_archive(url):
            return ask.depth < MAX_ARCHIVE_DEPTH and not self.agenda.is_too_old(date_in(url))
        return (ask.depth == 0 or (is_front(page) and ask.depth < 2)) and url not in self._resting

    @cached_property
    def _resting(self) -> set[str]:
        """The lists that are known and not due."""
        known = list(self.agenda.known.values())
        due = {lead.url for lead in due_leads(known, self._memory.now)}
        return {lead.url for lead in known if lead.kind is LeadKind.LIST} - due

    def _take_up_articles(self, urls: Iterable[str], day: str, found_on: str = "") -> int:
        planned = self._planned(self._shapes.sifted(filter(self._is_new_enough, urls)))
        self._fresh.update(planned)
        dated = ((url, date_in(url)) for url in planned)
        return sum(
            self._take_up_article(url, found_on, date if len(date) > 4 else day)
            for url, date in dated
        )

    def _is_new_enough(self, url: str) -> bool:
        day = date_in(url) if self._since else ""
        return len(day) <= len("2024") or not self.agenda.is_too_old(day)

    def _take_up_article(self, url: str, found_on: str, date: str) -> bool:
        rank = priority(date)
        self.found[url] = Found(url, ARTICLE, found_on or None, rank)
        self.agenda.add_article(Ask(url), rank)
        return True

    def _planned(self, urls: Iterable[str]) -> Sequence[str]:
        """Return the addresses to ask for, of those that were not met; copies are set aside."""
        fresh = []
        for url in urls:
            if form_key(url) in self._seen or not self.is_ours(url):
                continue
            original = form_of(url).original
            if original is not None and url not in self._put_off:
                self._put_off.add(url)
                self._copies[url] = original
            elif self.claim(url):
                fresh.append(url)
        return list(self._memory.plan(fresh)) if fresh else []

    def is_ours(self, url: str) -> bool:
        """Return whether an address belongs to the site and may be asked at all."""
        return site_of(urlsplit(url).netloc) in self.sites and not refusal(url)

    def _was_met(self, key: str) -> bool:
        return key in self._seen or not self._memory.plan([f"https://{key}"])
