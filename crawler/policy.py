"""Which addresses may be asked, and how fast: decisions only, no network and no clock."""

import ipaddress
from collections import Counter
from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import SplitResult, urlsplit

from archive.again import Share
from archive.items import Outcome
from archive.store import Known

DEFAULT_DELAY = 2.0
"""Seconds between two requests to a host, where neither it nor the user says otherwise."""
MAX_FETCH_DELAY = 30.0
"""How far a slow host can slow the crawl down by itself, in seconds."""
FETCH_FACTOR = 5
"""The delay is this many times the last fetch, as in the Heritrix crawler."""
MAX_CRAWL_DELAY = 120.0
"""The longest Crawl-delay that is obeyed within a run, in seconds (as Common Crawl's is)."""
MAX_RETRY_AFTER = 3600.0
"""The longest a run waits for a host that asks for patience, in seconds."""

_FOR_NOW = frozenset((Outcome.TIMEOUT, Outcome.NETWORK, Outcome.TRUNCATED, Outcome.BLOCKED))
MAX_PATH_DEPTH = 20
MAX_SEGMENT_REPEATS = 2
MAX_URL_LENGTH = 2083


SHARE = Share(
    part=0.05,
    least=20,
    most=1000,
    factor=0.5,
    longest=timedelta(days=30),
    part_young=0.2,
    youth=timedelta(days=3),
    shortest=timedelta(minutes=30),
)
"""What a run looks at again without being told of a change: a twentieth of the articles, those
unseen for longest first, so that all come round within 25 runs."""
MISSING_REST = timedelta(hours=20)
"""An article that is missing is looked for in each run, once a day at most."""
MAX_MISSING = 200
"""How many missing articles one run looks for at most."""
ROBOTS_REST = timedelta(days=1)
"""What robots.txt did not allow is not tried again within this time."""
FAILED_REST = timedelta(days=7)
"""What was no article is not asked for again as one within this time."""


def is_wanted(known: Known, now: datetime) -> bool:
    """Return whether an address that is known is asked for because a page or a feed names it.

    An article that is there is not: what is told of it, and its turn, decide.
    """
    if known.is_article and known.state not in ("missing", "gone"):
        return False
    if known.fetched_at is None:
        return True
    return now - known.fetched_at >= _rest(known)


def _rest(known: Known) -> timedelta:
    if known.is_article:
        return MISSING_REST
    if known.outcome is Outcome.ROBOTS:
        return ROBOTS_REST
    served = known.status is None or known.status == 429 or known.status >= 500
    if known.outcome in _FOR_NOW or (known.outcome is Outcome.HTTP_ERROR and served):
        return timedelta()
    return FAILED_REST


def refusal(url: str) -> str | None:
    """Return why an address is never asked, whatever its host, or None."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return "the address is not valid"
    if parts.scheme not in ("http", "https"):
        return f"only http and https are fetched, not {parts.scheme or 'this'}"
    if not parts.hostname:
        return "the address names no host"
    if "@" in parts.netloc:
        return "the address carries a user name"
    if len(url) > MAX_URL_LENGTH:
        return "the address is too long"
    return _trap(parts)


def _trap(parts: SplitResult) -> str | None:
    """Return why an address looks like one of endlessly many, or None.

    The limits are those of Heritrix's rules against crawler traps.
    """
    segments = [segment for segment in parts.path.split("/") if segment]
    if len(segments) > MAX_PATH_DEPTH:
        return "the path is too deep"
    if segments and max(Counter(segments).values()) > MAX_SEGMENT_REPEATS:
        return "the path repeats itself"
    return None


def is_public(address: str) -> bool:
    """Return whether an IP address belongs to the public internet.

    An IPv4 address inside an IPv6 one (mapped, 6to4, Teredo, NAT64) is judged itself.
    """
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = _embedded(ip)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast


def _embedded(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if ip in ipaddress.ip_network("64:ff9b::/96"):
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    teredo = ip.teredo
    return ip.ipv4_mapped or ip.sixtofour or (teredo[1] if teredo else None)


def may_connect(host: str, port: int, address: str, allowed: Collection[str]) -> bool:
    """Return whether ``host``, resolved to ``address``, may be connected to.

    ``allowed`` holds the ``host:port`` pairs that the user named, as written in addresses.
    """
    name = f"[{host}]" if ":" in host and not host.startswith("[") else host
    return is_public(address) or f"{name.lower()}:{port}" in allowed


def literal_refusal(url: str) -> str | None:
    """Return why an address whose host is an IP literal is refused behind a proxy, or None.

    Behind a proxy no name is resolved here, so that literals are all that can be judged.
    """
    host = urlsplit(url).hostname or ""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return "localhost is a private address" if host == "localhost" else None
    return None if is_public(host) else f"{host} is a private address"


def next_delay(base: float, crawl_delay: float | None, fetch_time: float | None) -> float:
    """Return the seconds to leave before the next request to a host.

    ``fetch_time`` is None where the user set the delay: that replaces the rule of the fetch
    time, and never the host's own Crawl-delay.
    """
    by_time = min(MAX_FETCH_DELAY, FETCH_FACTOR * fetch_time) if fetch_time else 0.0
    by_host = min(MAX_CRAWL_DELAY, max(0.0, crawl_delay or 0.0))
    return max(base, by_time, by_host)


def retry_after(value: str | None, now: datetime) -> float | None:
    """Return the seconds that a Retry-After header asks for, or None where it says nothing.

    Both forms of RFC 9110 count, seconds and a date; one in the past asks for nothing.
    """
    if not value:
        return None
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, IndexError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())
