"""What feeds and sitemaps have in common: packing, charset, hostile XML, times.

Pure. No entity is expanded, no other file is read, and what follows a mistake is read as far
as it goes.
"""

import re
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html.entities import html5
from io import BytesIO
from typing import Any

import webencodings
from lxml import etree

from archive.items import Page
from archive.times import printed
from crawler.charset import decode
from crawler.extract.moments import AHEAD, EARLIEST, machine_moment
from crawler.scan import check_attributes
from crawler.urls import absolute, clean_url

MAX_UNPACKED = 64 * 1024 * 1024
"""How much of a packed file is read, in bytes; a sitemap has 50 MB at most."""
MAX_ANGLES = 3_000_000
"""How many tags are read of one file; what follows is cut off."""
MAX_PACKINGS = 2
_GZIP = b"\x1f\x8b"
_LONGEST = 1000
"""A title or a name is cut to this many characters."""

_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)["'][^>]{0,200}?\?>""")
_DECLARATION = re.compile(r"<\?xml\s[^>]*\?>")
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r")
_PROLOGUE = rb"(?>(?:\s+|<\?(?>.*?\?>)|<!--(?>.*?-->)|<![A-Z][^\[>]*(?:\[[^\]]*\][^>]*)?>)*+)"
_ROOT = re.compile(_PROLOGUE + rb"<(?:[\w.-]+:)?([A-Za-z]\w*)", re.DOTALL)
# What nothing is to be done to, as nearly all addresses of a sitemap.
_CLEAN = re.compile(r"https?://[a-z0-9.-]+(?::(?!80/|443/)\d{2,5})?/[!$-.0->@-~/]*")
_PARTIAL_DAY = re.compile(r"(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2]))?")


def unpacked(body: bytes, limit: int = MAX_UNPACKED) -> bytes:
    """Return a body without its gzip packing, whatever its type says; at most ``limit`` bytes."""
    for _ in range(MAX_PACKINGS):
        if not body.startswith(_GZIP):
            break
        unpacking = zlib.decompressobj(wbits=31)
        try:
            body = unpacking.decompress(body, limit)
        except zlib.error:
            return b""
    return body


def xml_of(page: Page) -> bytes | None:
    """Return the XML of a page in UTF-8, without its declaration, or None where it is none.

    Raises PageRefusedError where a tag would hold up the parser.
    """
    body = unpacked(page.body)
    if not body[:64].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").startswith(b"<"):
        return None
    text = _decoded(body, page.header("content-type")).lstrip("\ufeff \t\r\n")
    xml = _DECLARATION.sub("", text, count=1).encode("utf-8", "replace")
    xml = _cut(xml.translate(None, _CONTROLS))
    check_attributes(xml)
    return xml


def root_of(xml: bytes) -> str:
    """Return the local name of the outermost element, "" where there is none."""
    found = _ROOT.match(xml[:16384])
    return found[1].decode("ascii").lower() if found else ""


def elements(xml: bytes, *names: str) -> Iterator[Any]:
    """Yield the elements of those local names, in any namespace, each emptied afterwards."""
    wanted = tuple(f"{{*}}{name}" for name in names)
    found = etree.iterparse(
        BytesIO(xml), events=("end",), tag=wanted, resolve_entities=False, no_network=True,
        load_dtd=False, huge_tree=False, recover=True, encoding="utf-8",
    )  # fmt: skip
    try:
        for _, element in found:
            yield element
            element.clear()
            parent = element.getparent()
            while parent is not None and element.getprevious() is not None:
                del parent[0]
    except etree.XMLSyntaxError:
        return


def local_name(element: Any) -> str:
    """Return the name of an element without its namespace; "" for a comment."""
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""


def address(base: str, text: str | None) -> str | None:
    """Return the clean address that a text means in a document at ``base``, or None."""
    if not text:
        return None
    if _CLEAN.fullmatch(text) and "/." not in text:
        return text
    url = absolute(base, text)
    return clean_url(url) if url else None


def text_of(element: Any) -> str | None:
    """Return the text of an element in one line, or None where it has none."""
    if element is None:
        return None
    text = element.text or ""
    return one_line("".join(_pieces(element)) if len(element) else text)


def one_line(text: str) -> str | None:
    """Return a text with every run of white space as one space, or None where nothing is left."""
    return " ".join(text[: 4 * _LONGEST].split())[:_LONGEST] or None


def stamp(text: str | None, fetched_at: datetime) -> str | None:
    """Return a time as ISO 8601, no more exact than it is given, or None where it is none.

    A day stays a day, a month a month; a clock is turned to UTC.

    >>> noon = datetime(2025, 8, 14, 12, tzinfo=UTC)
    >>> stamp("Wed, 13 Aug 2025 08:00:00 +0200", noon), stamp("2025-08-13", noon)
    ('2025-08-13T06:00:00Z', '2025-08-13')
    """
    text = (text or "").strip()
    if _PARTIAL_DAY.fullmatch(text):
        return text if text <= (fetched_at + AHEAD).isoformat() else None
    try:
        found = machine_moment(text) if text else None
        if found is None or not EARLIEST <= found.at <= fetched_at.astimezone(UTC) + AHEAD:
            return None
    except (ValueError, OverflowError):
        return None
    return printed(found.at) if found.clock_known else found.at.date().isoformat()


def end_of(stamped: str) -> str:
    """Return the last day that a stamp may mean, so that stamps compare as text.

    >>> end_of("2025-08"), end_of("2025-08-13"), end_of("2025-08-13T06:00:00Z")
    ('2025-08-31', '2025-08-13', '2025-08-13T06:00:00Z')
    """
    if len(stamped) == 4:
        return f"{stamped}-12-31"
    if len(stamped) != 7:
        return stamped
    year, month = int(stamped[:4]), int(stamped[5:])
    following = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=UTC)
    return (following - timedelta(days=1)).date().isoformat()


def _pieces(element: Any) -> Iterator[str]:
    yield element.text or ""
    for node in element.iterdescendants():
        if isinstance(node.tag, str):
            yield node.text or ""
        elif node.tag is etree.Entity:
            # Those of HTML mean what they always do; what the document declares is not read.
            yield html5.get(f"{node.name};", "")
        yield node.tail or ""


def _decoded(body: bytes, content_type: str | None) -> str:
    if body[:2] in (b"<\0", b"\0<"):
        return body.decode("utf-16-le" if body[:1] == b"<" else "utf-16-be", "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    declared = _DECLARED.search(body[:400])
    label = declared[1].decode("ascii") if declared else ""
    return decode(body, f"charset={label}" if webencodings.lookup(label) else content_type)


def _cut(xml: bytes) -> bytes:
    if xml.count(b"<") <= MAX_ANGLES:
        return xml
    at = -1
    for _ in range(MAX_ANGLES):
        at = xml.index(b"<", at + 1)
    return xml[:at]
