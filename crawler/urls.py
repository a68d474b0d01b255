"""Addresses: cleaned, compared, and told apart by site."""

import ipaddress
import re
from functools import lru_cache
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

from tldextract import TLDExtract

from archive.address_forms import is_tracking, without_session

# The list that the package ships; no download, no folder in the user's home.
_suffixes = TLDExtract(suffix_list_urls=(), cache_dir=None)


# Most addresses are plain, and mean themselves; most of these have nothing to be cleaned of.
_PLAIN = re.compile(
    r"https?://[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?:/[!-\"$->@-~]*)?(?:\?[!-\"$-~]+)?"
)
_CLEAN = re.compile(r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+/[!-\"$-:<->@-~]*")

# What a browser drops from an address, and what it writes in per cent.
_CUT = re.compile("[\t\r\n]")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def _in_per_cent(match: re.Match[str]) -> str:
    return quote(match[0], safe="", errors="replace")


def absolute(base: str, href: str) -> str | None:
    """Return the http(s) address that ``href`` means on the page at ``base``, or None.

    The fragment is dropped; anything but http and https, and what is no address, is None.
    Control characters are written as a browser writes them, in per cent; no host has any.
    """
    if _PLAIN.fullmatch(href):
        return href
    try:
        href = _CONTROL.sub(_in_per_cent, _CUT.sub("", href.strip()))
        parts = urlsplit(href if href.startswith(("https://", "http://")) else urljoin(base, href))
        if parts.scheme not in ("http", "https") or not parts.hostname or "%" in parts.netloc:
            return None
        _ = parts.port
    except ValueError:
        return None
    return urlunsplit(parts._replace(fragment=""))


@lru_cache(maxsize=65536)
def clean_url(url: str) -> str:
    """Return the address with its host in lower case, and without fragment, tracking
    parameters, session and default port; every other part stays as it is, and so does what is
    no address.
    """
    if _CLEAN.fullmatch(url):
        return url
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    query = parts.query
    if query:
        kept = [
            (k, v) for k, v in parse_qsl(query, keep_blank_values=True) if not is_tracking(k, v)
        ]
        if len(kept) != query.count("&") + 1:
            query = urlencode(kept)
    host = parts.netloc.lower()
    default = ":80" if parts.scheme == "http" else ":443"
    path = without_session(parts.path) or "/"
    return urlunsplit((parts.scheme, host.removesuffix(default), path, query, ""))


def origin_of(url: str) -> str:
    """Return the scheme, host and port of an address, as they are written."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


@lru_cache(maxsize=4096)
def site_of(netloc: str) -> str:
    """Return what "the same site" means for this host and port: the registrable domain.

    An IP address, or a name without a public suffix, stands for itself with its port.
    """
    host = urlsplit("//" + netloc).hostname or ""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return _suffixes(host).top_domain_under_public_suffix or netloc.lower()
    return netloc.lower()


def same_site(url: str, other: str) -> bool:
    """Return whether both addresses belong to one site."""
    return site_of(urlsplit(url).netloc) == site_of(urlsplit(other).netloc)


def site_name(url: str) -> str:
    """Return what a source at this address is called: its site, without a bare "www"."""
    return site_of(urlsplit(url).netloc)
