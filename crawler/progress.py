"""What a person sees while a crawl runs: a line that moves on a terminal, plain lines elsewhere."""

import asyncio
import sys
from time import monotonic
from typing import Any

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.http import Request, Response
from scrapy.logformatter import LogFormatter

from crawler.pipelines import ArchivePipeline

TERMINAL_INTERVAL = 0.25
"""How often the line on a terminal is drawn, in seconds."""
PLAIN_INTERVAL = 10.0
"""How often a plain line is written, in seconds."""


class QuietFormatter(LogFormatter):
    """Says nothing of each page: the archive has a row for every address."""

    def crawled(self, request: Request, response: Response, spider: Any) -> None:  # type: ignore[override]
        """Return None, which logs nothing."""

    def scraped(self, item: Any, response: Any, spider: Any) -> None:  # type: ignore[override]
        """Return None, which logs nothing."""


class Progress:
    """Shows how a crawl goes, where the setting ``PROGRESS`` asks for it."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._started = monotonic()
        self._visits = 0
        self._task: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Progress":
        """Return the extension, at work from the moment that the spider opens."""
        progress = cls(crawler)
        if crawler.settings.getbool("PROGRESS"):
            crawler.signals.connect(progress._open, signal=signals.spider_opened)
            crawler.signals.connect(progress._close, signal=signals.spider_closed)
            crawler.signals.connect(progress._count, signal=signals.item_scraped)
        return progress

    def line(self) -> str:
        """Return the state of the crawl in one line."""
        pipeline = self._crawler.get_item_pipeline(ArchivePipeline)
        counts = pipeline.counts if pipeline else None
        rate = 60 * self._visits / max(1.0, monotonic() - self._started)
        current = getattr(self._crawler.spider, "current", "")
        return f"{counts} · {rate:.0f} pages a minute · {current}"

    def _open(self) -> None:
        show = self._on_terminal if sys.stderr.isatty() else self._plainly
        self._task = asyncio.ensure_future(show())

    def _close(self) -> None:
        if self._task is not None:
            self._task.cancel()
        if self._crawler.settings.getbool("CLOSING_SENTENCE"):
            # The pipelines are closed before this: the numbers are the last ones.
            pipeline = self._crawler.get_item_pipeline(ArchivePipeline)
            print(pipeline.counts if pipeline else "", file=sys.stderr, flush=True)  # noqa: T201

    def _count(self) -> None:
        self._visits += 1

    async def _on_terminal(self) -> None:
        # Imported here: only a person at a terminal pays for it.
        from rich.console import Console
        from rich.live import Live
        from rich.text import Text

        console = Console(stderr=True)
        with Live(console=console, transient=True, auto_refresh=False) as live:
            while True:
                text = Text(self.line(), overflow="ellipsis", no_wrap=True)
                live.update(text, refresh=True)
                await asyncio.sleep(TERMINAL_INTERVAL)

    async def _plainly(self) -> None:
        while True:
            await asyncio.sleep(PLAIN_INTERVAL)
            print(self.line(), file=sys.stderr, flush=True)  # noqa: T201
