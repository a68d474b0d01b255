"""Datasette's settings for an archive, from one description, for 0.65 and the 1.0 alphas."""

from typing import Any

from archive.described import TABLES
from archive.described_views import VIEWS
from archive.describing import Described

SETTINGS = {
    "suggest_facets": False,
    "facet_time_limit_ms": 2000,
    "sql_time_limit_ms": 5000,
    "truncate_cells_html": 200,
    "default_page_size": 50,
}
_SORT_DESC = {
    "articles": "published",
    "crawls": "started_at",
    "fetches": "fetched_at",
    "latest_articles": "published",
    "edits": "seen_at",
    "failures": "fetched_at",
    "gone_articles": "last_seen",
    "related_headlines": "fetched_at",
}
_FACETS = {
    "articles": ["source_id", "language", "access", "state"],
    "crawls": ["source_id", "outcome"],
    "fetches": ["outcome"],
    "headlines": ["access"],
}


def metadata(database: str) -> dict[str, Any]:
    """Return the metadata for an archive that Datasette knows under that name."""
    tables = {name: _table(name, one) for name, one in (TABLES | VIEWS).items()}
    tables["articles"]["fts_table"] = "articles_fts"
    tables["articles"]["fts_pk"] = "position"
    tables["_sqlite_migrations"] = {"hidden": True}
    about = "News as it was published, with every later change."
    return {
        "title": "Dateline archive",
        "description": about,
        "databases": {database: {"description": about, "tables": tables}},
    }


def _table(name: str, described: Described) -> dict[str, Any]:
    # Descriptions of columns would stand above every search box, a screen long.
    table: dict[str, Any] = {"description": described.row}
    if described.label:
        table["label_column"] = described.label
    if described.hidden:
        table["hidden"] = True
    if name in _SORT_DESC:
        table["sort_desc"] = _SORT_DESC[name]
    if name in _FACETS:
        table["facets"] = _FACETS[name]
    return table
