"""The truth of a stored page: what a parser must find on it, as the JSON file beside it holds."""

import json
from contextlib import suppress
from dataclasses import asdict
from typing import Any

from archive.items import Article, HeadlineList, Page
from crawler.errors import ParseError
from crawler.parsers import parser_for

_NOT_OF_THE_PAGE = ("fetched_at", "provenance")


def truth_of(page: Page) -> dict[str, Any]:
    """Return what the parser finds on a page today: ``url, fetched_at, article, lists``.

    ``article`` holds every field of an Article that the page speaks of, ``lists`` every list
    of headlines in page order. Where the parser finds no article, ``article`` has a title of
    null: the one that the page has is to be written there.
    """
    items: list[Article | HeadlineList] = []
    # The lists come first, so that they are there also where no article is found.
    with suppress(ParseError):
        items.extend(parser_for(page.url).parse(page))
    article = next((plain(item) for item in items if isinstance(item, Article)), {"title": None})
    for field in _NOT_OF_THE_PAGE:
        article.pop(field, None)
    return {
        "url": page.url,
        "fetched_at": page.fetched_at.isoformat(),
        "article": article,
        "lists": [plain(item) for item in items if isinstance(item, HeadlineList)],
    }


def plain(item: Article | HeadlineList) -> dict[str, Any]:
    """Return an item as JSON would hold it."""
    result: dict[str, Any] = json.loads(json.dumps(asdict(item), default=str))
    return result
