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


def decode(body: bytes, content_type: str | None = None) -> str:
    """Return the text of a page; bytes that its charset lacks become U+FFFD.

    A page that says UTF-8 and is not is read as the charset its ``meta`` or its bytes suggest.
    """
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
    ):
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    for label in _labels(body, content_type):
        text = _decoded(body, label)
        if text is not None:
            return text
    return _guessed(body)


def _labels(body: bytes, content_type: str | None) -> list[str]:
    header = _HEADER.search(content_type or "")
    meta = _META.search(body[:_SNIFFED])
    found = [header.group(1)] if header else []
    return [*found, meta.group(1).decode("ascii", "replace")] if meta else found


def _decoded(body: bytes, label: str) -> str | None:
    """Return the text, or None where the label is none or plainly lies."""
    encoding = webencodings.lookup(label)
    if encoding is None or encoding.name == "replacement":
        return None
    name = "utf-8" if encoding.name.startswith("utf-16") else encoding.codec_info.name
    text = body.decode(name, "replace")
    # A cut or spoilt byte here and there is no lie; a hundredth of the text is.
    return None if name == "utf-8" and text.count("\ufffd") * 100 > len(text) else text


def _guessed(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    text = body.decode("windows-1251", "replace")
    # Cyrillic text is mostly lower-case letters from the upper half; Latin text is not.
    high = sum(byte >= 0x80 for byte in body)
    lower = sum(byte >= 0xE0 for byte in body)
    return (
        text
        if high * 8 > len(body) and lower * 2 > high
        else body.decode("windows-1252", "replace")
    )
