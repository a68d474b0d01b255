"""An archive asked through Datasette, without a port."""

import asyncio
from pathlib import Path
from typing import Any


def get(path: Path, *addresses: str, public: bool = False) -> list[Any]:
    """Return what Datasette answers for an archive at each address."""
    from archive.web import server

    async def ask() -> list[Any]:
        datasette = server.datasette_for(path, public=public)
        await datasette.invoke_startup()
        return [await datasette.client.get(address) for address in addresses]

    return asyncio.run(ask())
