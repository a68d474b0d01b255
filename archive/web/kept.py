"""A kept page as it came, shown as text: never as a page that a browser would bring to life."""

import sqlite3

from webencodings import decode

from archive.connection import pages_path
from archive.items import Page
from archive.pages import PageStore
from archive.web.asking import Answer, Asked, NotHereError

_FETCH = """
select url, fetched_at from fetches
where article_id = :article and page_sha256 is not null and fetched_at <= :at
order by fetched_at desc limit 1"""


def page_of(db: sqlite3.Connection, asked: Asked) -> Answer:
    """Return the newest kept page of an article, or the one of a time that is asked for."""
    said = {"article": asked.number("article"), "at": asked.value("at") or "~"}
    row = db.execute(_FETCH, said).fetchone()
    pages = pages_path(asked.path) if asked.path else None
    if row is None or pages is None or not pages.exists():
        raise NotHereError("No page of this article is kept here.")
    store = PageStore(pages, write=False)
    try:
        page = store.read(row["url"], row["fetched_at"])
    finally:
        store.close()
    if page is None:
        raise NotHereError("This page is not kept here.")
    return Answer(_text(page), content_type="text/plain; charset=utf-8")


def _text(page: Page) -> str:
    said = page.header("content-type") or ""
    label = said.partition("charset=")[2].strip(" \"'") or "utf-8"
    try:
        return decode(page.body, label)[0]
    except LookupError:
        return page.body.decode("utf-8", "replace")
