"""What a host says of itself in files of its own: robots.txt, and whether mining is reserved.

They are asked for once a day: what an earlier run was answered is in the archive. No network.
"""

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Self
from urllib.parse import unquote, urlsplit

from protego import Protego
from scrapy.http import Response

from archive.items import GUESSED, Fetch, Outcome, Page, Visit
from crawler.charset import decode
from crawler.signals import LONGEST, Signals

ROBOTS = "/robots.txt"
RESERVATIONS = "/.well-known/tdmrep.json"
"""Where a host says whose texts are reserved; see the TDM Reservation Protocol of the W3C."""
FRESH = timedelta(days=1)
"""So long an answer holds; RFC 9309 allows no longer for robots.txt."""
MAX_SIZE = 512 * 1024
"""How much of a file is read, in bytes; RFC 9309 asks for 500 KiB at least."""
_MOST_RULES = 1000


def visit_of(url: str, response: Response) -> Visit:
    """Return the visit that an answer for a host's file was; that there is none is no failure."""
    now = datetime.now(UTC)
    status = response.status
    fetch = Fetch(
        url,
        now,
        *_outcome(response),
        final_url=response.url,
        status=status,
        size=len(response.body),
    )
    if status < 300:
        return Visit(fetch, Page(response.url, response.body[:MAX_SIZE], now, status))
    return absent(fetch) if 400 <= status < 500 else Visit(fetch)


def _outcome(response: Response) -> tuple[Outcome, str | None]:
    if "dataloss" in response.flags:
        return Outcome.TRUNCATED, "the answer was cut off"
    if response.status < 300:
        return Outcome.OK, None
    return Outcome.HTTP_ERROR, f"the site answered {response.status}"


def absent(fetch: Fetch) -> Visit:
    """Return the visit to a file that need not be there: it counts as no failure."""
    return Visit(replace(fetch, reason=f"{GUESSED} {fetch.reason}"), guess=True)


def is_fresh(visit: Visit, now: datetime) -> bool:
    """Return whether the look is less than a day old."""
    return timedelta() <= now - visit.fetch.fetched_at < FRESH


def says_something(visit: Visit) -> bool:
    """Return whether a host answered for its robots.txt: with rules, or that it has none.

    An answer that failed says nothing, and is asked for again.
    """
    fetch = visit.fetch
    if fetch.outcome is Outcome.OK:
        return visit.page is not None
    status = fetch.status or 0
    return fetch.outcome is Outcome.HTTP_ERROR and 300 <= status < 500 and status != 429


def rules_of(visit: Visit) -> Protego | None:
    """Return the rules of a robots.txt; None where the host has none and all may be asked."""
    if visit.page is None:
        return None
    return Protego.parse(decode(visit.page.body[:MAX_SIZE], "charset=utf-8"))


@dataclass(frozen=True, slots=True)
class Reservations:
    """What a host's tdmrep.json says of its paths, in its order."""

    rules: tuple[tuple[str, Signals], ...] = ()

    @classmethod
    def of(cls, visit: Visit) -> Self:
        """Return what the file says; nothing where it is not there or cannot be understood."""
        if visit.page is None or visit.fetch.outcome is not Outcome.OK:
            return cls()
        try:
            listed = json.loads(visit.page.body[:MAX_SIZE])
        except (ValueError, RecursionError):
            return cls()
        rules = listed[:_MOST_RULES] if isinstance(listed, list) else []
        return cls(tuple(rule for one in rules if (rule := _rule(one))))

    def for_url(self, url: str) -> Signals:
        """Return what is said of an address: the first rule that matches its path counts."""
        parts = urlsplit(url)
        path = parts.path or "/"
        if parts.query:
            path = f"{path}?{parts.query}"
        return next((said for pattern, said in self.rules if matches(pattern, path)), ())

    def added_to(self, signals: Signals, url: str) -> Signals:
        """Return an answer's signals with the host's; what the answer itself says goes before."""
        if any(name == "tdm-reservation" for name, _ in signals):
            return signals
        own = {name for name, _ in signals}
        return (*signals, *(one for one in self.for_url(url) if one[0] not in own))


def _rule(listed: Any) -> tuple[str, Signals] | None:
    if not isinstance(listed, dict):
        return None
    pattern, reserved = listed.get("location"), listed.get("tdm-reservation")
    policy = listed.get("tdm-policy")
    if not isinstance(pattern, str) or str(reserved) not in ("0", "1"):
        return None
    said = [("tdm-reservation", str(reserved))]
    if isinstance(policy, str) and policy.strip():
        said.append(("tdm-policy", policy.strip()[:LONGEST]))
    return pattern[:LONGEST], tuple(said)


def matches(pattern: str, path: str) -> bool:
    """Return whether a path begins as a pattern does, in which ``*`` is anything, ``$`` the end.

    >>> matches("/news/*/photos", "/news/2026/photos/7"), matches("/news/$", "/news/2026")
    (True, False)
    """
    is_whole = pattern.endswith("$")
    first, *rest = map(unquote, pattern.removesuffix("$").split("*"))
    path = unquote(path)
    if not path.startswith(first):
        return False
    last = rest.pop() if is_whole and rest else None
    at = len(first)
    for part in rest:
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    if last is not None:
        return path.endswith(last) and len(path) - len(last) >= at
    return not is_whole or at == len(path)
