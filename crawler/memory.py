"""What a run needs to know of earlier ones, read from the archive."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from archive import again, leads
from archive.again import Claim, Says
from archive.connection import transaction
from archive.gone import APART, GONE_AFTER
from archive.items import Entry, Visit
from archive.leads import Lead
from archive.store import Archive, Crawl, Found
from crawler.leads import GUESS_AGAIN
from crawler.policy import MAX_MISSING, MISSING_REST, SHARE, is_wanted

_PRINTED = """
select published_text from articles
where source_id = ? and published_text glob '*[+-][0-9][0-9]:[0-9][0-9]'
order by published desc limit 200"""


def conditions(etag: str | None, last_modified: str | None) -> dict[str, str]:
    """Return the headers of a request for what has changed since.

    A time goes along only where there is no ETag: some sites believe the time, which a silent
    edit leaves as it was.
    """
    if etag:
        return {"If-None-Match": etag}
    return {"If-Modified-Since": last_modified} if last_modified else {}


class ArchiveMemory:
    """What the archive knows of a source; ``flush`` writes what the run gathered so far."""

    def __init__(
        self,
        archive: Archive,
        crawl: Crawl,
        flush: Callable[[], None],
        part: float,
        gone_after: timedelta = GONE_AFTER,
    ) -> None:
        self._archive = archive
        self._crawl = crawl
        self._flush = flush
        self._part = part
        self._missing_rest = min(MISSING_REST, gone_after / APART)
        self.now = datetime.now(UTC)
        self._asked_since = self.now

    def plan(self, urls: Collection[str]) -> Collection[str]:
        """Return those of the addresses that are to be asked: new ones, and failed ones.

        An article that is known in another form of the address is not new.
        """
        known = self._archive.known(urls)
        own = self._archive.addresses_of([url for url in urls if url not in known])
        return [
            url
            for url in urls
            if (is_wanted(known[url], self.now) if url in known else url not in own)
        ]

    def read(self) -> Collection[tuple[str, bool]]:
        """Return addresses that earlier runs read, each with whether it was an article."""
        return self._archive.read_lately(self._crawl)

    def printed_times(self) -> Collection[str]:
        """Return the times of the newest articles as they were printed with an offset."""
        with self._archive.told():
            rows = self._archive.db.execute(_PRINTED, (self._crawl.source_id,))
            return [text for (text,) in rows]

    def conditions(self, urls: Collection[str]) -> Mapping[str, Mapping[str, str]]:
        """Return the headers with which known articles are asked for only if they changed."""
        return {
            url: conditions(known.etag, known.last_modified)
            for url, known in self._archive.known(urls).items()
            if known.is_article
        }

    def last_visit(self, url: str) -> Visit | None:
        """Return the newest look at an address, with its page where that was kept."""
        return self._archive.last_visit(url)

    def leads(self) -> Sequence[Lead]:
        """Return the leads that are known."""
        with self._archive.told():
            return leads.all_leads(self._archive.db, self._crawl.source_id)

    def listed_by(self, lead: Lead) -> Sequence[Entry]:
        """Return what a lead listed at its last look."""
        with self._archive.told():
            return leads.listed_by(self._archive.db, lead)

    def tried(self, urls: Collection[str]) -> Collection[str]:
        """Return those of the addresses that were guessed lately, and for nothing."""
        known = self._archive.known(urls)
        since = self.now - GUESS_AGAIN
        return [url for url, one in known.items() if one.fetched_at and one.fetched_at > since]

    def unfinished(self) -> Sequence[Found]:
        """Return what an earlier run found and did not reach."""
        return self._archive.frontier(self._crawl)

    def claims(self) -> Sequence[Claim]:
        """Return what feeds and sitemaps say of known articles and no look has answered."""
        self._flush()
        self._asked_since = datetime.now(UTC)
        with self._archive.told():
            return again.claims(self._archive.db, self._crawl.source_id)

    def judge(self, asked: Collection[Claim]) -> dict[tuple[int, Says], tuple[int, int]]:
        """Note which claims proved right; return how often their leads were right and wrong."""
        self._flush()
        since, self._asked_since = self._asked_since, datetime.now(UTC)
        with self._archive.told(), transaction(self._archive.db):
            return again.judge(self._archive.db, asked, since)

    def missing(self) -> Collection[str]:
        """Return the missing articles that it is time to look for."""
        self._flush()
        db, source = self._archive.db, self._crawl.source_id
        with self._archive.told():
            return again.missing(db, source, self.now, self._missing_rest, MAX_MISSING)

    def rotation(self) -> Collection[str]:
        """Return the articles whose turn it is to be looked at again."""
        self._flush()
        share = replace(SHARE, part=self._part)
        with self._archive.told():
            db, source = self._archive.db, self._crawl.source_id
            return again.in_rotation(db, source, share, datetime.now(UTC), self.now)
