"""The language of an article."""

import re

from crawler.document import Document
from crawler.extract.reading import Reading

_TAG = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9]{2,8})*", re.IGNORECASE)


def extract_language(document: Document, text: str = "") -> list[Reading[str]]:
    """Return what may be the language of the article, best first, as an ISO 639 code."""
    root = document.tree.css_first("html")
    tag = _TAG.fullmatch((root.attributes.get("lang") or "").strip()) if root else None
    return [Reading(tag.group(1).lower(), "html lang", 0.7)] if tag else []
