"""The forms of one article's address: tracked, mobile, for print, AMP, with and without www."""

import re
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urlsplit

# Parameters that say where a click came from, and never which article is meant.
_TRACKING = re.compile(
    r"utm_\w*|at_(?:medium|campaign|custom\d|link\w*|ptr\w*|bbc\w*|format)|fb(?:clid|_\w+)|"
    r"[gwm]clid|dclid|gbraid|wbraid|gad_\w+|srsltid|ysclid|yclid|_openstat|ttclid|twclid|"
    r"li_fat_id|epik|msclkid|mc_[ce]id|mkt_tok|igshi?d?|igsh|_ga|_gl|_hs\w+|hsa_\w+|pk_\w+|"
    r"mtm_\w+|matomo_\w+|oly_\w+|vero_\w+|guce_\w+|guccounter|ref_?src|cmpid|s?cmp|int_?cmp|xtor|"
    r"itid|iref|icid|ncid|ocid|smid|smtyp|tpcc|dicbo|traffic_source|taboola\w*|tblci|"
    r"ns_(?:campaign|source|mchannel|linkname|fee)|jw_start|wt[._]?\w*mc\w*|wt_zmc|campaign_id|"
    r"piano\w*|trk|_branch_match_id|spm|wpisrc|rb_clickid",
    re.IGNORECASE,
)
# These may carry the name of an article too, so that their value decides.
_ORIGIN = re.compile(r"ref|referr?er|from|source|src|via|share", re.IGNORECASE)
_ORIGINS = re.compile(
    r"rss|feed|atom|tw(?:itter)?|x|f(?:b|acebook)|tg|telegram|vk|ok|viber|whatsapp|instagram|"
    r"newsletter|e?mail|push|home(?:page)?|front(?:page)?|main|index|top|related|social|app|"
    r"google\w*|yandex\w*|bing|link|copy|true|1",
    re.IGNORECASE,
)
# Names of sessions, which are another at each visit; "sid" may name a story too.
_SESSION = re.compile(
    r"phpsessid|jsessionid|aspsessionid\w*|sess(?:ion)?_?id|oscsid|zenid|cfid|cftoken",
    re.IGNORECASE,
)
_SESSION_TOKEN = re.compile(r"(?=[a-z]*\d)(?=\d*[a-z])[a-z0-9]{16,}", re.IGNORECASE)
_SESSION_IN_PATH = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/;?#]*", re.IGNORECASE)
# What asks for the same article in another dress.
_DRESS = re.compile(
    r"amp(?:=.*)?|(?:output_?type|output|format|view|type|mode|layout|version)=(?:amp|print|mobile)|"
    r"(?:print|printable|printview|print_?version|mobile|m)(?:=(?:1|y|yes|true|on|amp)?)?",
    re.IGNORECASE,
)
_HOST = re.compile(r"^(?:(?:www\d?|m|mobi|mobile|wap|touch|amp|print)\.)+(?=[^.]+\.[^.])")
_PLAIN_HOST = re.compile(r"^(?:www\d?\.)?(?!(?:m|mobi|mobile|wap|touch|amp|print)\.[^.]+\.)")
_INDEX = re.compile(r"/(?:index|default)\.(?:s?html?|php|aspx?)$", re.IGNORECASE)
_AT_END = re.compile(r"(?:/(?:amp|amphtml|print|printable|mobile)(?:\.html?)?)+$", re.IGNORECASE)
_AT_START = re.compile(r"^/(?:amp|amphtml|print|mobile|m)(?=/)", re.IGNORECASE)
_ENDING = re.compile(r"[.,_-](?:amp|print)(?=\.[a-z]{3,5}$)|\.amp$", re.IGNORECASE)
# Only what names one article can be the rest of an address of another dress.
_NAMES_ONE = re.compile(r"\d{3}|[^/]*(?:[-_][^/]*){2}|\.s?html?$|\.php$|\.aspx?$")


class Form(NamedTuple):
    """What all addresses of an article share, and whether an address is the plain one.

    ``original`` is the key of the article of which the address may be an AMP or a print copy;
    of a section called "print" or "amp" it is the folder above, so that it proves nothing.
    """

    key: str
    is_plain: bool
    original: str | None = None


def is_tracking(name: str, value: str) -> bool:
    """Return whether a parameter says only where a click came from, or whose session it was in.

    >>> is_tracking("utm_source", "x"), is_tracking("from", "rss"), is_tracking("from", "7001")
    (True, True, False)
    """
    if _TRACKING.fullmatch(name) or _SESSION.fullmatch(name):
        return True
    if name.lower() == "sid" and _SESSION_TOKEN.fullmatch(value):
        return True
    return bool(_ORIGIN.fullmatch(name) and _ORIGINS.fullmatch(value))


def without_session(path: str) -> str:
    """Return a path without the session that some servers write into it.

    >>> without_session("/news/bridge-opens.html;jsessionid=7F3A")
    '/news/bridge-opens.html'
    """
    return _SESSION_IN_PATH.sub("", path) if ";" in path else path


def form_key(url: str) -> str:
    """Return what all addresses have in common that lead to the same page for certain.

    >>> form_key("http://m.example.org/2026/05/bridge-opens-again/amp/?utm_source=x")
    'example.org/2026/05/bridge-opens-again'
    >>> form_key("https://example.org/story.php?id=7&fbclid=x") == "example.org/story.php?id=7"
    True
    """
    return form_of(url).key


def address_key(url: str) -> int:
    """Return a number that is the same for addresses of one form."""
    digest = blake2b(form_key(url).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


@lru_cache(maxsize=65536)
def form_of(url: str) -> Form:
    """Return the form of an address; what is no address is its own key."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return Form(url, is_plain=True)
    if parts.scheme not in ("http", "https"):
        return Form(url, is_plain=True)
    host, plain_host = _host(parts)
    query, plain_query = _query(parts.query)
    path, undressed = _path(parts.path)
    is_dressed = undressed != path
    own = undressed if is_dressed and _NAMES_ONE.search(undressed) else path
    end = f"?{query}" if query else ""
    original = f"{host}{undressed}{end}" if is_dressed or not plain_query else None
    return Form(host + own + end, plain_host and plain_query and own == path, original)


def _host(parts: SplitResult) -> tuple[str, bool]:
    host = parts.netloc.lower().rpartition("@")[2]
    for default in (":80", ":443"):
        host = host.removesuffix(default)
    return _HOST.sub("", host), _PLAIN_HOST.match(host) is not None


def _query(query: str) -> tuple[str, bool]:
    if not query:
        return "", True
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = [pair for pair in pairs if not is_tracking(*pair)]
    plain = [pair for pair in kept if not _DRESS.fullmatch(f"{pair[0]}={pair[1]}".rstrip("="))]
    return urlencode(sorted(plain)), len(plain) == len(kept)


def _path(path: str) -> tuple[str, str]:
    """Return a path as it is compared, and without what asks for another dress."""
    if "%" in path:
        path = unquote(path)
    path = _INDEX.sub("", without_session(path)).rstrip("/")
    return path, _ENDING.sub("", _AT_START.sub("", _AT_END.sub("", path)))
