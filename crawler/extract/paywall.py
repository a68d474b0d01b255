"""Whether an article's text is there to be read, and whether its page says so."""

from archive.items import Access, Block
from crawler.document import Document
from crawler.extract.reading import Reading
from crawler.extract.structured_data import article_objects


def extract_access(
    document: Document, blocks: tuple[Block, ...], *, notice: str | None = None
) -> list[Reading[Access]]:
    """Return what is really there: locked where the page shows a notice or no text of its own."""
    if notice and notice in document.html:
        return [Reading(Access.LOCKED, "notice", 0.9)]
    declared = extract_declared_access(document)
    if not blocks:
        return [reading for reading in declared if reading.value is Access.LOCKED]
    return [Reading(Access.OPEN, "body", 0.6)]


def extract_declared_access(document: Document) -> list[Reading[Access]]:
    """Return what the page says of its access, best first; metered is locked."""
    found = []
    for data in article_objects(document)[:1]:
        free = str(data.get("isAccessibleForFree", "")).rpartition("/")[2].lower()
        if free in ("true", "false"):
            access = Access.OPEN if free == "true" else Access.LOCKED
            found.append(Reading(access, "json-ld isAccessibleForFree", 0.9))
    for tier in document.meta.get("article:content_tier", ())[:1]:
        access = Access.OPEN if tier.lower() == "free" else Access.LOCKED
        found.append(Reading(access, "article:content_tier", 0.8))
    return found
