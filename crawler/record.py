"""The record of one page, as ``dateline extract`` prints it."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from archive.items import Article, Dateline, Headline, HeadlineList, Page
from crawler.errors import CrawlerError
from crawler.extract.dates import BY_FETCH, DAY_ALONE
from crawler.extract.home_zones import in_home_zone
from crawler.extract.printed import in_printed_zone
from crawler.extract.sources import NO_ZONE
from crawler.limits import OUT_OF_MEMORY, TOO_MUCH
from crawler.parsers import parser_for
from crawler.scan import scan

_YEAR = re.compile(r"(?<!\d)(?:19|20|25)\d\d(?!\d)")
# A site set to no zone writes "+00:00", and prints that clock too.
_ZULU = re.compile(r"\d\s?Z$")

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


def record(
    page: Page,
    id: str | None = None,  # noqa: A002
    *,
    fetch_time_known: bool = True,
) -> dict[str, Any]:
    """Return the record of a page; where it is no article, ``error`` says why.

    Where the time of fetching is not known, nothing is worked out from it.
    """
    article: Article | None = None
    lists: list[HeadlineList] = []
    try:
        scan(page.body)
        for item in parser_for(page.url).parse(page):
            if isinstance(item, Article):
                article = item
            else:
                lists.append(item)
    except CrawlerError as error:
        return failed(id, page.url, str(error))
    except OUT_OF_MEMORY:
        return failed(id, page.url, TOO_MUCH)
    if article is None:
        return failed(id, page.url, "the page is no article")
    if not fetch_time_known:
        article = without_fetch_time(article)
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
        "published": _time(article.published, article.published_text, "published", article),
        "modified": _time(article.modified, article.modified_text, "modified", article),
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


def _time(at: datetime | None, text: str | None, field: str, article: Article) -> str | None:
    """Return a time as ISO 8601 in the zone the page prints, or a day where it prints no clock.

    A day in the page's zone may be another than that in UTC, and is the one people cite. What
    is written in UTC, for machines, is told by the clock of the country whose domain it is under.
    """
    if at is None:
        return None
    source = source_of(field, article)
    if source.endswith(DAY_ALONE):
        return at.date().isoformat()
    local = in_printed_zone(at, text or "")
    if not local.utcoffset() and not source.endswith(NO_ZONE) and _ZULU.search(text or ""):
        local = in_home_zone(local, article.url)
    return local.isoformat().replace("+00:00", "Z")


def source_of(field: str, article: Article) -> str:
    """Return where the value of a field came from, or "" where there is none."""
    found = (known.source for known in article.provenance if known.field == field)
    return next(found, "")


def without_fetch_time(article: Article) -> Article:
    """Return the article without what was worked out from the time of fetching."""
    if BY_FETCH in source_of("published", article):
        article = replace(article, published=None)
    if BY_FETCH in source_of("modified", article):
        article = replace(article, modified=None)
    if article.dateline and article.published is None and not _YEAR.search(article.dateline.text):
        article = replace(article, dateline=replace(article.dateline, date=None))
    return article


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
