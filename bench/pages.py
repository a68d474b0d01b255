"""What the page store needs for pages of the same site, against gzip -6.

    python bench/pages.py [corpus folder]

``fundeval`` has five pages of each of seven sites from about the same time, as a crawl meets
them. ``fundus`` has two to four of each of 33 sites, months or years and a redesign apart.
The first page of a host cannot share anything with an earlier one, so it is counted apart.
"""

import gzip
import json
import sys
import tempfile
import time
import zlib
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from archive.items import Page
from archive.pages import PageStore

START = datetime(2026, 1, 1, tzinfo=UTC)
PACKED = "select sum(length(packed)) from bodies"


def pages_by_host(corpus: Path) -> dict[str, list[Page]]:
    """Return the pages of each host that has several, in the corpus' order."""
    hosts: dict[str, list[Page]] = defaultdict(list)
    for number, line in enumerate((corpus / "pages.jsonl").read_text("utf-8").splitlines()):
        record = json.loads(line)
        path = corpus.parent / record["html_file"]
        body = path.read_bytes()
        if path.suffix == ".gz":
            body = gzip.decompress(body)
        url, at = record["url"], START + timedelta(seconds=number)
        hosts[urlsplit(url).netloc].append(Page(url, body, at))
    return {host: pages for host, pages in hosts.items() if len(pages) > 1}


def measured(store: PageStore, kind: str, pages: list[Page]) -> None:
    """Print bytes and CPU of both ways of packing the pages."""
    before = store._db.execute(PACKED).fetchone()[0] or 0
    zipped, gzip_cpu, store_cpu = 0, 0.0, 0.0
    for page in pages:
        start = time.process_time()
        zipped += len(zlib.compress(page.body, 6, wbits=31))
        middle = time.process_time()
        store.write([(page.url, page)])
        store_cpu += time.process_time() - middle
        gzip_cpu += middle - start
    packed = store._db.execute(PACKED).fetchone()[0] - before
    raw = sum(len(page.body) for page in pages)
    start = time.process_time()
    for page in pages:
        assert store.read(page.url) is not None
    read = time.process_time() - start
    count = len(pages)
    print(
        f"  {count} {kind} pages of {raw / count / 1024:.0f} KiB:"
        f" {packed / zipped:.2f} of gzip's bytes ({packed / count / 1024:.1f} KiB),"
        f" {store_cpu / gzip_cpu:.2f} of its CPU"
        f" ({store_cpu / count * 1000:.2f} ms); read {read / count * 1000:.2f} ms"
    )


def main() -> None:
    """Measure first pages and later ones of both corpora."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared")
    for name in ("fundeval", "fundus"):
        hosts = pages_by_host(folder / "corpora" / name)
        print(f"{name}, {len(hosts)} hosts")
        with tempfile.TemporaryDirectory() as scratch:
            store = PageStore(Path(scratch) / "bench-pages.db")
            measured(store, "first", [pages[0] for pages in hosts.values()])
            measured(store, "later", [page for pages in hosts.values() for page in pages[1:]])
            store.close()


if __name__ == "__main__":
    main()
