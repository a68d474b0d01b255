"""Stored pages of real sites, served as sites and crawled as a person crawls them."""

import sqlite3
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.command import dateline, quickly
from tests.servers import corpus_site

CORPORA = Path(__file__).parents[2] / "shared" / "corpora"
SAMPLE = 20
"""How many pages of each corpus, at most, the fast suite crawls."""
LEAST_ARTICLES = 0.8
"""Of pages known to be articles, at least this share ends up as one."""

_ARTICLES = """
select u.url, a.title, a.body, a.access
from article_urls u join articles a on a.id = u.article_id"""
_FETCHES = "select url, outcome, reason from fetches order by id"


@pytest.mark.parametrize("corpus", ["aeb", "fundus", "np4k"])
def test_stored_pages_are_crawled(corpus: str, tmp_path: Path) -> None:
    ends = crawled(corpus, tmp_path, SAMPLE)
    assert sum(end is None for end in ends.values()) >= LEAST_ARTICLES * len(ends), reasons(ends)


@pytest.mark.slow
@pytest.mark.parametrize(
    "corpus", ["aeb", "fundeval", "fundus", "mcdates", "np4k", "readability", "traf", "wcxb"]
)
def test_all_stored_pages_are_crawled(corpus: str, tmp_path: Path) -> None:
    ends = crawled(corpus, tmp_path, None)
    print(f"{corpus}: {len(ends)} pages, {reasons(ends)}")  # noqa: T201
    assert sum(end is None for end in ends.values()) >= LEAST_ARTICLES * len(ends), reasons(ends)


def crawled(corpus: str, folder: Path, limit: int | None) -> Mapping[str, str | None]:
    """Return, for each page of a corpus, why it is no article, or None where it is one.

    Fails where a page is neither, or an article lacks a title; or where more than one in fifty
    lack a text without being locked, as a recording may.
    """
    with corpus_site(CORPORA / corpus, limit) as site:
        crawl("crawl", site, *quickly(site), cwd=folder)
        paths = site.paths
        # A front page's links to what is seldom news (/about/, /terms/) are not followed.
        left = [site + path for path in paths if not site.asked(path)]
        if left:
            crawl("crawl", *left, *quickly(site), "--db", "left.db", cwd=folder)
    articles = rows(folder, _ARTICLES)
    fetches = rows(folder, _FETCHES)
    assert all(title for title, _, _ in articles.values())
    bare = sum(not body and access != "locked" for _, body, access in articles.values())
    assert bare * 50 <= max(50, len(articles))
    return {
        name: None if path in articles else _reason(path, fetches) for path, name in paths.items()
    }


def rows(folder: Path, sql: str) -> dict[str, list[str | None]]:
    """Return the rows of a folder's archives by the path that stands first in them."""
    found: dict[str, list[str | None]] = {}
    for archive in sorted(folder.glob("*.db")):
        if not archive.stem.endswith("-pages"):
            with closing(sqlite3.connect(archive)) as db:
                found |= {_path(url): rest for url, *rest in db.execute(sql)}
    return found


def crawl(*words: str, cwd: Path) -> None:
    done = dateline(*words, cwd=cwd, timeout=1800)
    assert done.returncode in (0, 1), done.stderr
    assert "Traceback" not in done.stderr, done.stderr


def reasons(ends: Mapping[str, str | None]) -> dict[str, int]:
    """Return how often each end came, the most frequent first."""
    return dict(Counter(end or "article" for end in ends.values()).most_common())


def _reason(path: str, fetches: Mapping[str, list[str | None]]) -> str:
    assert path in fetches, f"{path} was never asked for"
    outcome, reason = fetches[path]
    assert reason, f"{path}: {outcome} without a reason"
    return f"{outcome}: {reason.rpartition(': ')[2] if outcome == 'unparsed' else reason}"


def _path(url: str) -> str:
    parts = urlsplit(url)
    return parts.path + (f"?{parts.query}" if parts.query else "")
