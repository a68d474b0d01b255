"""The object of the page's JSON-LD that describes its article, and what stands in it."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from crawler.document import Document
from crawler.extract.cleaning import plain
from crawler.extract.once import once_a_document

_ARTICLES = frozenset(
    (
        "advertisercontentarticle",
        "analysisnewsarticle",
        "article",
        "askpublicnewsarticle",
        "backgroundnewsarticle",
        "blogposting",
        "liveblogposting",
        "newsarticle",
        "opinionnewsarticle",
        "report",
        "reportagenewsarticle",
        "reviewnewsarticle",
        "satiricalarticle",
        "scholarlyarticle",
        "socialmediaposting",
        "techarticle",
    )
)
_PERHAPS = frozenset(
    (
        "creativework",
        "discussionforumposting",
        "howto",
        "medicalwebpage",
        "qapage",
        "recipe",
        "review",
    )
)
_PAGES = frozenset(["audioobject", "itempage", "videoobject", "webpage", "podcastepisode"])
_NESTING = ("mainEntity", "mainEntityOfPage", "mainentity")


@once_a_document
def article_objects(document: Document) -> tuple[dict[str, Any], ...]:
    """Return the JSON-LD objects that may describe the page's own article, the likeliest first."""
    found = list(_nested(document.json_ld))
    ranked = [(rank, data) for data in found if (rank := _rank(data, document)) is not None]
    ranked.sort(key=lambda pair: -pair[0])
    return tuple(data for _, data in ranked)


def types(data: dict[str, Any]) -> set[str]:
    """Return the object's types in lower case, without a namespace."""
    named = data.get("@type")
    names = named if isinstance(named, list) else [named]
    return {
        name.rpartition("/")[2].rpartition(":")[2].lower()
        for name in names
        if isinstance(name, str)
    }


def is_article(data: dict[str, Any]) -> bool:
    """Return whether the object is typed as an article."""
    return not _ARTICLES.isdisjoint(types(data))


def is_news(data: dict[str, Any]) -> bool:
    """Return whether the object is typed as a kind of news article."""
    return any("news" in name or "liveblog" in name for name in types(data))


def strings(value: Any, depth: int = 6) -> list[str]:
    """Return the text of a value: a string, a number, a list of these, or objects with a name.

    What is nested deeper than ``depth`` is left out.
    """
    if depth == 0 or isinstance(value, bool) or value is None:
        return []
    if isinstance(value, list):
        return [text for part in value[:200] for text in strings(part, depth - 1)]
    if isinstance(value, dict):
        return strings(value.get("name") or value.get("@value"), depth - 1)
    text = plain(str(value)) if isinstance(value, str | int | float) else None
    return [text] if text else []


def _nested(found: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for data in found:
        yield data
        for key in _NESTING:
            inner = data.get(key)
            parts = inner if isinstance(inner, list) else [inner]
            yield from (part for part in parts[:20] if isinstance(part, dict) and "@type" in part)


def _rank(data: dict[str, Any], document: Document) -> float | None:
    named = types(data)
    if named & _ARTICLES:
        rank = 3.0
    elif named & _PERHAPS:
        rank = 2.0
    elif named & _PAGES:
        rank = 1.0
    else:
        return None
    if not (data.get("headline") or data.get("name")):
        rank -= 0.5
    return rank + (0.7 if _is_about(data, document) else 0.0)


def _is_about(data: dict[str, Any], document: Document) -> bool:
    path = _path(document.page.url)
    return bool(path) and any(_path(url) == path for url in _addresses(data))


def _path(url: str) -> str:
    try:
        return urlsplit(url).path.rstrip("/")
    except ValueError:
        return ""


def _addresses(data: dict[str, Any]) -> Iterator[str]:
    for key in ("url", "@id", "mainEntityOfPage"):
        value = data.get(key)
        if isinstance(value, dict):
            value = value.get("@id") or value.get("url")
        if isinstance(value, str):
            yield value.partition("#")[0]
