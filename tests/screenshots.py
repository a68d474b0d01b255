"""Makes the pictures of docs/screenshots from the archive of the sample site."""

import sqlite3
import tempfile
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.command import dateline
from tests.served import chromium, served

FOLDER = Path(__file__).parents[1] / "docs" / "screenshots"
DESK = {"width": 960, "height": 600}
PHONE = {"width": 390, "height": 700}
PAGES = {
    "start": ("/", DESK, "light"),
    "article": ("{article}", DESK, "light"),
    "difference": ("{difference}", DESK, "dark"),
    "search": ("/dateline/-/search?q=Rudakovskaya", DESK, "light"),
    "phone": ("/", PHONE, "dark"),
}


_EDITED = """
select article_id, old_revision_id, revision_id from edits
where title like 'Glassworks to relight%'"""


def edited(path: Path) -> dict[str, str]:
    """Return the paths of an article of the sample site that was edited, and of what changed."""
    with closing(sqlite3.connect(path)) as db:
        article_id, old, new = db.execute(_EDITED).fetchone()
    article = f"/dateline/-/article/{article_id}"
    difference = f"{article}/difference?old={old}&new={new}"
    return {"article": article, "difference": difference, "row": f"/dateline/articles/{article_id}"}


def take(browser: Any, address: str, folder: Path, paths: Mapping[str, str]) -> None:
    """Write a picture of each page into a folder."""
    for name, (path, size, scheme) in PAGES.items():
        context = browser.new_context(viewport=size, color_scheme=scheme)
        page = context.new_page()
        page.goto(address + path.format_map(paths))
        page.screenshot(path=folder / f"{name}.png")
        context.close()


def demo(folder: Path) -> Path:
    """Crawl both editions of the sample site, and return the archive."""
    for _ in range(2):
        done = dateline("demo", cwd=folder)
        assert done.returncode == 0, done.stderr
    return folder / "dateline.db"


def main() -> None:
    """Make every picture anew."""
    FOLDER.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        served(archive := demo(Path(folder))) as address,
        chromium() as browser,
    ):
        take(browser, address, FOLDER, edited(archive))


if __name__ == "__main__":
    main()
