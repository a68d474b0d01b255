"""What an answer asks of robots and of text and data mining, by header and by meta."""

from archive.items import Page
from crawler.document import Document

_HEADERS = ("x-robots-tag", "tdm-reservation", "tdm-policy")
_METAS = ("robots", "tdm-reservation", "tdm-policy", "googlebot", "googlebot-news")
LONGEST = 500
"""How much of one signal is kept, in characters."""

Signals = tuple[tuple[str, str], ...]


def signals_of(page: Page, document: Document | None = None) -> Signals:
    """Return what the answer asks, by name in lower case; a header counts before a meta.

    Several headers or metas of one name are joined by ", ". Where nothing was read of the page,
    its headers alone are looked at.
    """
    found: dict[str, str] = {}
    for name in _HEADERS:
        values = [value.strip() for key, value in page.headers if key.lower() == name]
        if values:
            found[name] = ", ".join(values)[:LONGEST]
    if document is not None:
        for name in _METAS:
            if name in document.meta:
                found.setdefault(name, ", ".join(document.meta[name])[:LONGEST])
    return tuple(found.items())
