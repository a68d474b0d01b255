"""Text as it is kept: valid Unicode, one space between words, no markup."""

import html
import re
import unicodedata
from functools import lru_cache

from selectolax.lexbor import LexborNode

# Control characters, surrogates, noncharacters, and marks that show nothing in any script.
# The joiners U+200C and U+200D stay: Persian and Indic words are spelled with them.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069"
    "\ufdd0-\ufdef\ufeff\ufff9-\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
)
# Marks that no letter bears so many of; composed, they would cost the square of their number.
_PILE = re.compile(r"([^\w\s\x00-\u02ff]{31,}+)")
_SHORT = 200
_TAG = re.compile(r"<[a-zA-Z/!][^<>]{0,2000}>")
_LETTER = re.compile(r"[^\W_]")
_SPACED_MARK = re.compile(r" (?<=\w )(?=[,.;!?…](?:\s|$))")
_WORD = re.compile(r"\w+")


def clean(text: str | None) -> str | None:
    """Return the text in NFC with single spaces and no unseen characters, or None if none is left.

    >>> clean(" Two\\u00a0\\u200bwords\\n")
    'Two words'
    """
    if not text:
        return None
    if text.isascii() and text.isprintable():
        return " ".join(text.split()) or None
    return composed(" ".join(_UNSEEN.sub("", text).split())) or None


def composed(text: str) -> str:
    """Return the text in NFC, but for long runs of marks, which stay as they are."""
    if len(text) <= _SHORT or unicodedata.is_normalized("NFC", text):
        return unicodedata.normalize("NFC", text)
    parts = _PILE.split(text)
    parts[::2] = [unicodedata.normalize("NFC", part) for part in parts[::2]]
    return "".join(parts)


def plain(markup: str | None) -> str | None:
    """Return the text of a value that may hold entities or tags, as those of JSON-LD and meta do.

    >>> plain("Q&amp;amp;A: <em>why</em> now")
    'Q&A: why now'
    """
    if markup and "&" in markup:
        markup = html.unescape(html.unescape(markup))
    if markup and "<" in markup:
        markup = _TAG.sub("", markup)
    return clean(markup)


def text_of(node: LexborNode) -> str | None:
    """Return the text of a node, a space between its parts, or None if it shows none."""
    text = clean(node.text(separator=" "))
    return _SPACED_MARK.sub("", text) if text else None


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Return what two spellings of a text have in common: no case, marks of punctuation or spaces.

    >>> fold("“Peace” — now!") == fold('"Peace" - NOW')
    True
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return " ".join(_WORD.findall(text.casefold()))


def has_letter(text: str) -> bool:
    """Return whether any letter or digit stands in the text."""
    return _LETTER.search(text) is not None
