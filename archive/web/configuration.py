"""What Datasette is told about an archive, from one description, for 0.65 and the 1.0 alphas."""

import json
from importlib.resources import files
from typing import Any

from archive.described import TABLES
from archive.described_views import VIEWS
from archive.describing import Described

# The same stands beside it as datasette.json, which the 1.0 alphas read.
SETTINGS: dict[str, Any] = json.loads(
    files(__package__).joinpath("directory", "settings.json").read_text(encoding="utf-8")
)
PUBLIC = {
    "default_allow_sql": False,
    "allow_download": False,
    "allow_csv_stream": False,
    "sql_time_limit_ms": 2000,
    "facet_time_limit_ms": 500,
}
"""What is other where anyone may ask."""
_SORT_DESC = {
    # That is by time as well, and what a search finds is in this order.
    "articles": "position",
    "crawls": "started_at",
    "fetches": "fetched_at",
    "latest_articles": "published",
    "edits": "seen_at",
    "failures": "fetched_at",
    "gone_articles": "last_seen",
    "related_headlines": "fetched_at",
}
# None of articles: each would count all that a search finds, and the search page has them. None
# of fetches and headlines, of which there are millions.
_FACETS = {"crawls": ["source_id", "outcome"]}


_ABOUT = "News as it was published, with every later change."
_TITLE = "Dateline archive"


def metadata(database: str) -> dict[str, Any]:
    """Return all there is to tell of an archive that Datasette knows under that name."""
    tables = {
        name: configured | {"description": (TABLES | VIEWS)[name].row}
        if name in TABLES | VIEWS
        else configured
        for name, configured in configuration().items()
    }
    about = {"description": _ABOUT, "tables": tables}
    return {"title": _TITLE, "description": _ABOUT, "databases": {database: about}}


def configuration() -> dict[str, dict[str, Any]]:
    """Return how each table of an archive is shown, without the words about it."""
    tables = {name: _table(name, one) for name, one in (TABLES | VIEWS).items()}
    tables["articles"]["fts_table"] = "articles_fts"
    tables["articles"]["fts_pk"] = "position"
    tables["_sqlite_migrations"] = {"hidden": True}
    return tables


async def configure(datasette: Any, database: str) -> None:
    """Tell a Datasette of the 1.0 line about an archive; what its owner set stays as it is."""
    databases = datasette.config.setdefault("databases", {})
    tables = databases.setdefault(database, {}).setdefault("tables", {})
    for name, configured in configuration().items():
        tables[name] = configured | tables.get(name, {})
    for name, described in (TABLES | VIEWS).items():
        said = await datasette.get_resource_metadata(database, name)
        if "description" not in said:
            await datasette.set_resource_metadata(database, name, "description", described.row)


def _table(name: str, described: Described) -> dict[str, Any]:
    # Descriptions of columns would stand above every search box, a screen long.
    table: dict[str, Any] = {}
    if described.label:
        table["label_column"] = described.label
    if described.hidden:
        table["hidden"] = True
    if name in _SORT_DESC:
        table["sort_desc"] = _SORT_DESC[name]
    if name in _FACETS:
        table["facets"] = _FACETS[name]
    return table
