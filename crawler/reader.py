"""Has pages read: small ones here, large ones in a process with limits."""

from archive.items import Page
from crawler.look import Look, look_at

LARGE = 1024 * 1024
"""Pages above this many bytes are read in a process of their own."""


class Reader:
    """Reads pages for one crawl."""

    def look_at(self, page: Page) -> Look:
        """Return what the page shows."""
        return look_at(page)
