"""Reads heavy pages in a process of its own, with limits, so that no page holds up a crawl."""

import asyncio
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import tzinfo
from multiprocessing import get_context

from archive.items import Outcome, Page
from crawler.limits import TOO_LONG, limited_memory, limited_time
from crawler.look import Look, look_at
from crawler.markup import unpacked
from crawler.scan import IN_PROCESS_BYTES, is_heavy


class Reader:
    """Reads the heavy pages of one crawl, in a process that starts with the first of them."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None

    def is_heavy(self, page: Page) -> bool:
        """Return whether a page is too heavy to be read where the crawl runs."""
        if is_heavy(page.body):
            return True
        return page.body[:2] == b"\x1f\x8b" and (
            len(unpacked(page.body, IN_PROCESS_BYTES + 1)) > IN_PROCESS_BYTES
        )

    async def look_at(self, page: Page, zone: tzinfo | None = None) -> Look:
        """Return what the page shows, or that it took too much to read."""
        if self._pool is None:
            self._pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"))
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._pool, look_within_limits, page, zone)
        except BrokenProcessPool:
            self.close()
            return Look(Outcome.UNPARSED, f"{TOO_LONG} or too much memory")

    def close(self) -> None:
        """End the process, if there is one."""
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None


def look_within_limits(page: Page, zone: tzinfo | None = None) -> Look:
    """Return what the page shows; ends the process if that takes too long."""
    with limited_time(), limited_memory(len(page.body)):
        return look_at(page, zone)
