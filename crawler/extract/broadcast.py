"""Articles that are a recording: a programme of a radio, a video with a headline."""

from crawler.document import Document
from crawler.extract.structured_data import article_objects, is_article

_PLAYERS = "audio, video"
_RECORDINGS = ("og:video", "og:video:url", "og:audio", "og:audio:url")


def is_broadcast(document: Document) -> bool:
    """Return whether the page says that it is an article, and plays a recording."""
    told = document.meta.get("og:type", [""])[0].lower()
    if told != "article" and not any(map(is_article, article_objects(document))):
        return False
    if not document.meta.keys().isdisjoint(_RECORDINGS):
        return True
    return document.tree.css_first(_PLAYERS) is not None
