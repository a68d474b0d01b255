"""Whether a reader may see an archive, asked in the way of either line of Datasette."""

from importlib import import_module
from typing import Any

_TABLE = "articles"


async def may_read(datasette: Any, actor: Any, database: str) -> bool:
    """Return whether an actor, None for anyone, may see the articles of a database."""
    if hasattr(datasette, "allowed"):
        articles = import_module("datasette.resources").TableResource(database, _TABLE)
        return bool(await datasette.allowed(action="view-table", resource=articles, actor=actor))
    wanted = [("view-table", (database, _TABLE)), ("view-database", database), "view-instance"]
    visible, _ = await datasette.check_visibility(actor, permissions=wanted)
    return bool(visible)
