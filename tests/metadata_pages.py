"""Small invented pages for the tests of single fields."""

from datetime import UTC, datetime

from archive.items import Page
from crawler.document import Document

NOON = datetime(2025, 8, 14, 12, tzinfo=UTC)
URL = "https://www.valleypost.example/news/bridge-reopens"


def document(
    body: str = "", head: str = "", url: str = URL, lang: str = "en", fetched_at: datetime = NOON
) -> Document:
    html = f'<!doctype html><html lang="{lang}"><head>{head}</head><body>{body}</body></html>'
    return Document(Page(url, html.encode(), fetched_at))


def json_ld(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'
