"""Authors and sections of articles: each name once, and which article has it."""

import sqlite3
from collections.abc import Sequence

from archive.items import Article
from archive.rows import names

_KINDS = ("author", "section")
_ADD = {
    "author": "insert or ignore into authors (name) values (?)",
    "section": "insert or ignore into sections (name) values (?)",
}
_ID = {
    "author": "select id from authors where name = ?",
    "section": "select id from sections where name = ?",
}
_LINK = {
    "author": "insert into article_authors (article_id, author_id, position) values (?, ?, ?)",
    "section": "insert into article_sections (article_id, section_id, position) values (?, ?, ?)",
}
_UNLINK = (
    "delete from article_authors where article_id = ?",
    "delete from article_sections where article_id = ?",
)
_REMEMBERED = 50_000


class LabelWriter:
    """Links articles with their labels, remembering the ids of labels it has met."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._ids: dict[tuple[str, str], int] = {}

    def forget(self) -> None:
        """Forget every remembered id."""
        self._ids.clear()

    def add(self, articles: Sequence[tuple[int, Article]]) -> None:
        """Link new articles with their labels."""
        for kind in _KINDS:
            self._db.executemany(
                _LINK[kind],
                [
                    (article_id, self._id(kind, name), position)
                    for article_id, article in articles
                    for position, name in enumerate(_labels(article, kind))
                ],
            )

    def replace(self, article_id: int, article: Article) -> None:
        """Link an article with the labels of its current text alone."""
        for unlink in _UNLINK:
            self._db.execute(unlink, (article_id,))
        self.add([(article_id, article)])

    def _id(self, kind: str, name: str) -> int:
        known = self._ids.get((kind, name))
        if known is not None:
            return known
        self._db.execute(_ADD[kind], (name,))
        label_id = int(self._db.execute(_ID[kind], (name,)).fetchone()[0])
        if len(self._ids) >= _REMEMBERED:
            self._ids.clear()
        self._ids[kind, name] = label_id
        return label_id


def _labels(article: Article, kind: str) -> tuple[str, ...]:
    return names(article.authors if kind == "author" else article.sections)
