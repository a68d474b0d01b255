"""The lists of headlines beside an article, and on front and section pages."""

from archive.items import HeadlineList
from crawler.document import Document


def extract_headlines(document: Document) -> tuple[HeadlineList, ...]:
    """Return the page's lists of headlines that lead to other articles, in page order."""
    return ()
