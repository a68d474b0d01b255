"""What can go wrong in finding, fetching and reading; each message is one sentence."""


class CrawlerError(Exception):
    """Anything the crawler raises on purpose."""


class ParseError(CrawlerError):
    """A page lacks a field that an article must have."""

    def __init__(self, url: str, field: str, reason: str) -> None:
        super().__init__(f"{url}: no {field}: {reason}")
        self.url = url
        self.field = field
        self.reason = reason


class PageRefusedError(CrawlerError):
    """A page is too large or too deep for any parser; the message says which limit it passed."""


class FetchError(CrawlerError):
    """A page could not be fetched."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"{url}: {reason}")
        self.url = url
        self.reason = reason
