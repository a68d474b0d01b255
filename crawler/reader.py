"""Reads large pages in a process of its own, with limits, so that no page holds up a crawl."""

import asyncio
import resource
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

from archive.items import Outcome, Page
from crawler.look import Look, look_at
from crawler.markup import unpacked
from crawler.scan import IN_PROCESS_BYTES

CPU_SECONDS = 10
"""How long one page may be read, in seconds of CPU."""
MEMORY = 1024 * 1024 * 1024
"""How much address space the process has, in bytes."""


class Reader:
    """Reads the large pages of one crawl, in a process that starts with the first of them."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None

    def is_large(self, page: Page) -> bool:
        """Return whether a page is too large to be read where the crawl runs."""
        if len(page.body) > IN_PROCESS_BYTES:
            return True
        return page.body[:2] == b"\x1f\x8b" and (
            len(unpacked(page.body, IN_PROCESS_BYTES + 1)) > IN_PROCESS_BYTES
        )

    async def look_at(self, page: Page) -> Look:
        """Return what the page shows, or that it took too much to read."""
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                1, mp_context=get_context("spawn"), initializer=_limit_memory
            )
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._pool, _look_within_limits, page)
        except BrokenProcessPool:
            self.close()
            return Look(Outcome.UNPARSED, "reading the page took too much time or memory")

    def close(self) -> None:
        """End the process, if there is one."""
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None


def _limit_memory() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _look_within_limits(page: Page) -> Look:
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(used.ru_utime + used.ru_stime)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (spent + CPU_SECONDS + 1, hard))
    try:
        return look_at(page)
    except MemoryError:
        return Look(Outcome.UNPARSED, "reading the page took too much memory")
