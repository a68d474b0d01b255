"""Looks at addresses, with what is worked out of each once."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Self

from archive.address_forms import form_key
from archive.items import Outcome, Visit
from archive.rows import storable
from archive.times import moment

GONE_STATUS = (404, 410)
"""The answers that say a page is not there; any other failure says nothing about the article."""


class Entry(NamedTuple):
    """What the archive holds of an article when a batch begins."""

    id: int
    digest: bytes
    last_seen: str
    state: str
    url: str


class Look(NamedTuple):
    """A visit with what is worked out of it once; the best address comes first."""

    visit: Visit
    url: str
    seen: str
    addresses: tuple[str, ...]
    forms: tuple[str, ...]
    page_sha256: bytes | None

    @classmethod
    def of(cls, visit: Visit, page_sha256: bytes | None) -> Self:
        """Return the look that a visit was."""
        fetch, article = visit.fetch, visit.article
        url = storable(fetch.url)
        best = article.url if article else fetch.url
        if best == fetch.url and fetch.final_url in (None, fetch.url):
            addresses: tuple[str, ...] = (url,)
        else:
            named = (best, fetch.final_url or fetch.url, fetch.url)
            addresses = tuple(dict.fromkeys(map(storable, named)))
        forms = tuple({form_key(address) for address in addresses})
        return cls(visit, url, moment(fetch.fetched_at), addresses, forms, page_sha256)

    @property
    def answered(self) -> str:
        """The address that answered."""
        fetch = self.visit.fetch
        return storable(fetch.final_url or fetch.url)

    @property
    def is_absence(self) -> bool:
        """Whether the site said that the page is not there."""
        fetch = self.visit.fetch
        return fetch.outcome is Outcome.HTTP_ERROR and fetch.status in GONE_STATUS


def by_key(looks: Sequence[Look]) -> dict[tuple[str, str], Look]:
    """Return the looks by what tells them apart: the address asked, and when."""
    return {(look.url, look.seen): look for look in looks}


def without_repeats(looks: Iterable[Look]) -> Iterator[list[Look]]:
    """Yield parts of the batch in which no address comes twice."""
    part: list[Look] = []
    forms: set[str] = set()
    for look in looks:
        if not forms.isdisjoint(look.forms):
            yield part
            part, forms = [], set()
        part.append(look)
        forms.update(look.forms)
    if part:
        yield part
