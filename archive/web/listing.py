"""The search page, and the same as a feed."""

import sqlite3

from archive.search import search
from archive.web.asking import Answer, Asked
from archive.web.rendering import page


def page_of(db: sqlite3.Connection, asked: Asked) -> Answer:
    """Return the page of articles found."""
    query = asked.value("q") or ""
    return page(asked, "search.html", query=query, hits=search(db, query))


def feed_of(db: sqlite3.Connection, asked: Asked) -> Answer:
    """Return the articles found as an Atom feed."""
    return page(asked, "search.html", query="", hits=[])
