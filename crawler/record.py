"""The record of one page, as ``dateline extract`` prints it."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from archive.items import Article, Dateline, Headline, HeadlineList, Page
from crawler.errors import CrawlerError
from crawler.parsers import parser_for

FIELDS = (
    "id",
    "url",
    "title",
    "lead",
    "body",
    "authors",
    "published",
    "modified",
    "language",
    "sections",
    "tags",
    "dateline",
    "access",
    "related",
    "error",
)


def record(page: Page, id: str | None = None) -> dict[str, Any]:  # noqa: A002
    """Return the record of a page; where it is no article, ``error`` says why."""
    article: Article | None = None
    lists: list[HeadlineList] = []
    try:
        for item in parser_for(page.url).parse(page):
            if isinstance(item, Article):
                article = item
            else:
                lists.append(item)
    except CrawlerError as error:
        return failed(id, page.url, str(error))
    if article is None:
        return failed(id, page.url, "the page is no article")
    return of_article(article, lists, id)


def failed(id: str | None, url: str | None, reason: str) -> dict[str, Any]:  # noqa: A002
    """Return the record of a page that could not be read: every field null but these."""
    return {**dict.fromkeys(FIELDS), "id": id, "url": url or None, "error": reason}


def of_article(
    article: Article,
    lists: Iterable[HeadlineList],
    id: str | None = None,  # noqa: A002
) -> dict[str, Any]:
    """Return the record of an article and of the lists that stand on its page."""
    return {
        "id": id,
        "url": article.url or None,
        "title": article.title,
        "lead": article.lead,
        "body": article.text or None,
        "authors": list(article.authors),
        "published": iso(article.published),
        "modified": iso(article.modified),
        "language": article.language,
        "sections": list(article.sections),
        "tags": list(article.tags),
        "dateline": _dateline(article.dateline),
        "access": article.access,
        "related": [
            _entry(headline, position, printed.name)
            for printed in lists
            for position, headline in enumerate(printed.headlines, 1)
        ],
        "error": None,
    }


def iso(at: datetime | None) -> str | None:
    """Return a time in UTC as ISO 8601 with a Z."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z") if at else None


def _dateline(found: Dateline | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "text": found.text,
        "place": found.place,
        "agency": found.agency,
        "date": found.date.isoformat() if found.date else None,
    }


def _entry(headline: Headline, position: int, name: str | None) -> dict[str, Any]:
    return {
        "title": headline.title,
        "url": headline.url,
        "sections": list(headline.sections),
        "access": headline.access,
        "published": headline.published,
        "list": name,
        "position": position,
    }
