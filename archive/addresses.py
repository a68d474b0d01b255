"""Which addresses are taken for one and the same article."""

import re
from hashlib import blake2b

_EDITION = re.compile(r"(?:www\d?|m|mobile|amp|touch|wap)\.(?=[^.]+\.[^.])")
_AMP = re.compile(r"(?:amp(?:=.*)?|output(?:type)?=amp)", re.IGNORECASE)
_ENDINGS = ("/index.html", "/index.htm", "/index.php", "/amp", ".amp")


def address_key(url: str) -> int:
    """Return a number that is the same for addresses which differ in their form alone.

    That is in http or https, ``www.``, a mobile or AMP host, parameter or ending, an index
    page, a slash at the end, the order of parameters, or the fragment.
    """
    digest = blake2b(bare(url).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def bare(url: str) -> str:
    """Return the address without what says nothing of the article.

    >>> bare("http://m.example.org/a/story/amp/?b=2&a=1#top")
    'example.org/a/story?a=1&b=2'
    """
    address, _, query = url.partition("#")[0].partition("?")
    host, slash, path = address.rpartition("://")[2].partition("/")
    host = _EDITION.sub("", host.lower(), count=1)
    path = (slash + path).rstrip("/")
    for ending in _ENDINGS:
        path = path.removesuffix(ending)
    if path.endswith(".amp.html"):
        path = path.removesuffix(".amp.html") + ".html"
    if not query:
        return host + path
    kept = sorted(one for one in query.split("&") if one and not _AMP.fullmatch(one))
    return "?".join([host + path, *(["&".join(kept)] if kept else [])])
