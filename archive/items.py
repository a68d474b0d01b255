"""What passes from the crawl to the archive: frozen, without I/O.

``None`` means that the page does not say; an empty tuple, that it has none.
"""

from dataclasses import dataclass
from datetime import date as day
from datetime import datetime
from enum import StrEnum

BY_FETCH = "by the time of fetching"
"""In the source of a time: it was worked out from the time of fetching, as "5 minutes ago" is."""
INLINE = "inline"
"""The name of the list made of a page's "read also" boxes inside its text."""


GUESSED = "a guess:"
"""How the reason begins why nothing was had from an address that nothing named."""


class Access(StrEnum):
    """Whether a text is there to be read."""

    OPEN = "open"
    LOCKED = "locked"


class Outcome(StrEnum):
    """How the visit to an address ended."""

    OK = "ok"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
    ROBOTS = "robots"
    TOO_LARGE = "too_large"
    TRUNCATED = "truncated"
    NOT_HTML = "not_html"
    EMPTY = "empty"
    BLOCKED = "blocked"
    LOGIN = "login"
    CONSENT = "consent"
    SCRIPT_ONLY = "script_only"
    SOFT_404 = "soft_404"
    REDIRECT = "redirect"
    HTTP_ERROR = "http_error"
    TIMEOUT = "timeout"
    NETWORK = "network"
    UNPARSED = "unparsed"


class BlockKind(StrEnum):
    """What a block of a body is."""

    PARAGRAPH = "p"
    HEADING = "h"
    ITEM = "li"
    QUOTE = "q"


@dataclass(frozen=True, slots=True)
class Page:
    """A response as it came: bytes (content encoding undone), address, headers and time.

    ``url`` is the address that answered, after redirects; ``headers`` are in the order
    of the wire, names as sent.
    """

    url: str
    body: bytes
    fetched_at: datetime
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()

    def header(self, name: str) -> str | None:
        """Return the first header of that name, whatever its case, or None."""
        name = name.lower()
        return next((value for key, value in self.headers if key.lower() == name), None)


@dataclass(frozen=True, slots=True)
class Fetch:
    """One attempt at one address, and how it ended; ``reason`` is a sentence or None.

    ``signals`` are what the answer asks of robots and of text and data mining, by name.
    """

    url: str
    fetched_at: datetime
    outcome: Outcome
    reason: str | None = None
    final_url: str | None = None
    status: int | None = None
    size: int | None = None
    elapsed: float | None = None
    signals: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Dateline:
    """The opening of a news report, such as "MINSK, Aug 13 (Reuters) —"; text as printed."""

    text: str
    place: str | None = None
    agency: str | None = None
    date: day | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a body: a paragraph, a subheading, a list item or a quotation."""

    text: str
    kind: BlockKind = BlockKind.PARAGRAPH


@dataclass(frozen=True, slots=True)
class Image:
    """A picture that belongs to the article."""

    url: str
    caption: str | None = None
    credit: str | None = None


@dataclass(frozen=True, slots=True)
class Alternate:
    """The same article in another language; ``language`` is a BCP 47 tag."""

    language: str
    url: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where the value of a field came from, and how sure it is, from 0 to 1."""

    field: str
    source: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Article:
    """One reading of an article.

    ``url`` is its canonical address. ``published`` and ``modified`` are aware, in UTC;
    the printed originals stand beside them. ``body`` is empty where nothing is openly there.
    ``amp_url`` is the address of its AMP copy, where the page names one.
    """

    site: str
    url: str
    title: str
    fetched_at: datetime
    lead: str | None = None
    body: tuple[Block, ...] = ()
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    published_text: str | None = None
    modified: datetime | None = None
    modified_text: str | None = None
    language: str | None = None
    sections: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    dateline: Dateline | None = None
    access: Access | None = None
    access_declared: Access | None = None
    images: tuple[Image, ...] = ()
    alternates: tuple[Alternate, ...] = ()
    provenance: tuple[Provenance, ...] = ()
    amp_url: str | None = None

    @property
    def text(self) -> str:
        """The body's blocks, joined by a blank line; "" where there are none."""
        return "\n\n".join([block.text for block in self.body])


@dataclass(frozen=True, slots=True)
class Headline:
    """One entry of a list of headlines: where it leads, and what it shows.

    A locked entry may have no ``url``; one that shows section labels alone has no ``title``.
    ``published`` is the time as printed.
    """

    title: str | None = None
    url: str | None = None
    sections: tuple[str, ...] = ()
    access: Access | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class HeadlineList:
    """A list of headlines in page order; ``name`` is the heading printed over it."""

    name: str | None
    headlines: tuple[Headline, ...]


class LeadKind(StrEnum):
    """What leads to articles, the cheapest to look at first."""

    NEWS_SITEMAP = "news_sitemap"
    FEED = "feed"
    SITEMAP_INDEX = "sitemap_index"
    SITEMAP = "sitemap"
    FRONT = "front"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Entry:
    """What a feed or a sitemap says of an address.

    Times are ISO 8601, no more exact than they are given: a day stays a day.
    """

    url: str
    title: str | None = None
    published: str | None = None
    updated: str | None = None
    authors: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    language: str | None = None

    @property
    def newest(self) -> str:
        """The later of its times, "" where it has none."""
        return max(self.published or "", self.updated or "")


@dataclass(frozen=True, slots=True)
class Listing:
    """What a feed or a sitemap lists, in its order; the entries of an index are sitemaps."""

    kind: LeadKind
    entries: tuple[Entry, ...] = ()

    @property
    def newest(self) -> str | None:
        """The latest time that it gives."""
        return max((entry.newest for entry in self.entries), default="") or None


@dataclass(frozen=True, slots=True)
class LeadLook:
    """A look at a place that leads to articles.

    ``found_on`` is where its address was found, ``told`` the time that an index gives for it,
    ``new`` how many addresses it gave that nothing before had. ``listing`` is None for a page,
    and where what is listed is the same as at the last look.
    """

    kind: LeadKind
    found_on: str | None = None
    told: str | None = None
    links: int | None = None
    new: int = 0
    newest: str | None = None
    listing: Listing | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """One look at one address and all that came of it: the unit the archive writes.

    ``page`` is None where nothing arrived; ``article`` where the page is not one. A ``guess``
    is an address that nothing named: that it is not there is no failure.
    """

    fetch: Fetch
    page: Page | None = None
    article: Article | None = None
    lists: tuple[HeadlineList, ...] = ()
    lead: LeadLook | None = None
    guess: bool = False
