"""What the pages of an archive cost in the browser's server, in CPU time.

    python -m bench.large make FILE 300000
    python -m bench.web FILE

Each page is asked for in the same process, without a network; the best of several rounds counts.
"""

import asyncio
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

from archive.connection import connect
from archive.web.server import datasette_for
from bench.invented import EVERYWHERE, LIVE

ROUNDS = 5
_FREQUENT = """
select term from words where length(term) between 4 and 12 order by cnt desc limit 1 offset ?"""


def measure(path: Path) -> None:
    """Print what each page takes, in milliseconds of CPU time."""
    for name, milliseconds, size in asyncio.run(_measured(path)):
        print(f"{milliseconds:8.1f} ms  {size / 1000:7.1f} kB  {name}")


async def _measured(path: Path) -> list[tuple[str, float, int]]:
    datasette = datasette_for(path)
    await datasette.invoke_startup()
    measured = []
    for name, address in _pages(path).items():
        best, answer = min([await _timed(datasette, address) for _ in range(ROUNDS)])
        measured.append((f"{name}  {address[:70]}", best, answer))
    return measured


async def _timed(datasette: Any, address: str) -> tuple[float, int]:
    start = time.process_time()
    answer = await datasette.client.get(address)
    taken = 1000 * (time.process_time() - start)
    assert answer.status_code == 200, (address, answer.status_code, answer.text[:400])
    return taken, len(answer.text)


def _pages(path: Path) -> dict[str, str]:
    base = f"/{path.stem}/-"
    said = _found(path)
    edit = f"old={said['old']}&new={said['new']}"
    searched = {
        f"search, {name}": f"{base}/search?q={quote(str(said[name]))}"
        for name in ("frequent", "common", "rare")
    }
    return {
        "start": "/",
        "article": f"{base}/article/{said['article']}",
        "article, most revisions": f"{base}/article/{LIVE}",
        "article, most lists": f"{base}/article/{EVERYWHERE}",
        "difference": f"{base}/article/{said['edited']}/difference?{edit}",
        **searched,
        "search, a name": f"{base}/search?q=Lukašenka",
        "search, all": f"{base}/search",
        "search, author": f"{base}/search?author={quote(str(said['author']))}",
        "search, section": f"{base}/search?section={quote(str(said['section']))}",
        "search, gone": f"{base}/search?gone=1",
        "search, best": f"{base}/search?sort=best&q={quote(str(said['common']))}",
        "feed": f"{base}/feed?q={quote(str(said['common']))}",
        "edits": f"{base}/edits",
        "gone": f"{base}/gone",
        "locks": f"{base}/locks",
        "authors": f"{base}/authors",
        "sections": f"{base}/sections",
        "lists": f"{base}/lists",
        "lists of a page": f"{base}/lists/page?page={quote(str(said['front']), safe='')}",
        "table": f"/{path.stem}/articles",
        "table, searched": f"/{path.stem}/articles?_search={quote(str(said['common']))}",
    }


def _found(path: Path) -> dict[str, Any]:
    """Return words, numbers and names that the archive has."""
    db = connect(path)
    db.execute("create virtual table temp.words using fts5vocab(main, articles_fts, row)")
    ranks = {"frequent": 0, "common": 40, "rare": 20_000}
    words = {name: db.execute(_FREQUENT, (rank,)).fetchone()[0] for name, rank in ranks.items()}
    edited, old, new = db.execute(
        "select article_id, min(id), max(id) from versions group by article_id having count(*) = 2"
    ).fetchone()
    others = {"article": edited, "edited": edited, "old": old, "new": new}
    others["front"] = db.execute("select url from crawls where url is not null").fetchone()[0]
    for name in ("author", "section"):
        others[name] = db.execute(f"select name from {name}s limit 1").fetchone()[0]
    db.close()
    return words | others


if __name__ == "__main__":
    measure(Path(sys.argv[1]))
