"""The pictures that belong to an article."""

from archive.items import Image
from crawler.document import Document
from crawler.urls import clean_url


def extract_images(document: Document) -> tuple[Image, ...]:
    """Return the article's pictures, the one it shows when shared first."""
    found: dict[str, Image] = {}
    for content in document.meta.get("og:image", ())[:5]:
        if url := document.link(content):
            found.setdefault(url, Image(clean_url(url)))
    return tuple(found.values())
