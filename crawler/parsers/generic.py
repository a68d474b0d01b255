"""Any site that has no parser of its own; the site is named for its registrable domain."""

from crawler.parsers.base import ArticleParser


class GenericParser(ArticleParser):
    """Reads what pages of news sites have in common."""
