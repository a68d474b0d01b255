"""Makes the pictures of docs/screenshots from the archive of the sample site."""

import tempfile
from pathlib import Path
from typing import Any

from tests.command import dateline
from tests.served import chromium, served

FOLDER = Path(__file__).parents[1] / "docs" / "screenshots"
DESK = {"width": 960, "height": 600}
PHONE = {"width": 390, "height": 700}
PAGES = {
    "start": ("/", DESK, "light"),
    "article": ("/dateline/-/article/24", DESK, "light"),
    "difference": ("/dateline/-/article/24/difference?old=24&new=31", DESK, "dark"),
    "search": ("/dateline/-/search?q=Rudakovskaya", DESK, "light"),
    "phone": ("/", PHONE, "dark"),
}


def take(browser: Any, address: str, folder: Path) -> None:
    """Write a picture of each page into a folder."""
    for name, (path, size, scheme) in PAGES.items():
        context = browser.new_context(viewport=size, color_scheme=scheme)
        page = context.new_page()
        page.goto(address + path)
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
        served(demo(Path(folder))) as address,
        chromium() as browser,
    ):
        take(browser, address, FOLDER)


if __name__ == "__main__":
    main()
