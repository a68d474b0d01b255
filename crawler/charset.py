"""The text of a page's bytes, its charset found as a browser finds it.

The order is the one of the HTML standard's encoding sniffing algorithm: byte order mark,
Content-Type header, a ``meta`` in the first kilobyte, then a guess. Labels are the WHATWG
ones, so no codec of Python's that is not a charset ("zlib", "rot13") can be named by a page.
"""

import codecs
import re

import webencodings

_META = re.compile(rb"""<meta[^>]{0,500}?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_HEADER = re.compile(r"""charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_SNIFFED = 4096
_HIGH = bytes(range(0x80, 0x100))
# A few letters of a Chinese charset may happen to be UTF-8 as well.
_NO_CHANCE = 20
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


def decode(body: bytes, content_type: str | None = None) -> str:
    """Return the text of a page; bytes that its charset lacks become U+FFFD.

    A page that says UTF-8 and is not is read as the charset its ``meta`` or its bytes suggest.
    """
    return read(body, content_type)[0]


def read(body: bytes, content_type: str | None = None) -> tuple[str, bytes]:
    """Return the text of a page as ``decode`` does, and the same in UTF-8.

    Bytes that are UTF-8 already, as those of nearly every page, are not written anew.
    """
    for mark, name in _MARKS:
        if body.startswith(mark):
            return _read(body[len(mark) :], name)
    for label in _labels(body, content_type):
        codec = _codec(label)
        found = _read(body, codec) if codec else None
        if found and not (codec == "utf-8" and _is_lie(found, body)):
            return found
    return _guessed(body)


def _read(body: bytes, name: str) -> tuple[str, bytes]:
    if name == "utf-8":
        try:
            return body.decode(name), body
        except UnicodeDecodeError:
            pass
    text = body.decode(name, "replace")
    return text, text.encode("utf-8", "replace")


def _labels(body: bytes, content_type: str | None) -> list[str]:
    header = _HEADER.search(content_type or "")
    meta = _META.search(body[:_SNIFFED])
    found = [header.group(1)] if header else []
    if meta:
        label = meta.group(1).decode("ascii", "replace")
        found.append("utf-8" if _codec(label) != "utf-8" and _is_plainly_utf8(body) else label)
    return found


def _is_plainly_utf8(body: bytes) -> bool:
    """Return whether bytes are UTF-8, and so many of them that it is no chance.

    A site's servers say so in a header, which outdoes a ``meta`` left over from other days,
    and which a stored file has lost.
    """
    if len(body) - len(body.translate(None, _HIGH)) < _NO_CHANCE:
        return False
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _codec(label: str) -> str | None:
    """Return the name of the codec a label means, or None where it means none."""
    encoding = webencodings.lookup(label)
    if encoding is None or encoding.name == "replacement":
        return None
    if encoding.name == "x-user-defined":
        return "windows-1252"
    return "utf-8" if encoding.name.startswith("utf-16") else str(encoding.codec_info.name)


def _is_lie(found: tuple[str, bytes], body: bytes) -> bool:
    """Return whether bytes that were read as UTF-8 are plainly something else."""
    text, encoded = found
    # A cut or spoilt byte here and there is no lie; a hundredth of the text is.
    return encoded is not body and text.count("\ufffd") * 100 > len(text)


def _guessed(body: bytes) -> tuple[str, bytes]:
    try:
        return body.decode("utf-8"), body
    except UnicodeDecodeError:
        pass
    # Cyrillic text is mostly lower-case letters from the upper half; Latin text is not.
    high = sum(byte >= 0x80 for byte in body)
    lower = sum(byte >= 0xE0 for byte in body)
    is_cyrillic = high * 8 > len(body) and lower * 2 > high
    return _read(body, "windows-1251" if is_cyrillic else "windows-1252")
