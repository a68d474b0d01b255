"""``dateline serve`` as a person runs it, and a browser that looks at it."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.command import environment

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@contextmanager
def running(*words: str, cwd: Path) -> Iterator[subprocess.Popen[str]]:
    """Run ``dateline`` with words for as long as the block lasts."""
    process = subprocess.Popen(
        [sys.executable, "-m", "crawler.cli", *words],
        cwd=cwd,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def address_of(process: subprocess.Popen[str]) -> str:
    """Return the address that ``dateline serve`` says it serves at."""
    assert process.stderr is not None
    line = process.stderr.readline()
    assert " is served at http://127.0.0.1:" in line, line
    return line.split()[4]


@contextmanager
def served(archive: Path) -> Iterator[str]:
    """Serve an archive and yield its address, without a slash at the end."""
    with running("serve", "--port", "0", "--db", archive.name, cwd=archive.parent) as process:
        yield address_of(process).rstrip("/")


@contextmanager
def chromium() -> Iterator[Any]:
    """Yield a headless Chromium of the system; skip where there is none."""
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.skip("no Chromium here (on Debian: apt install chromium)")
    with playwright.sync_playwright() as started:
        # Without a sandbox of its own, for machines on which tests run as root.
        browser = started.chromium.launch(executable_path=path, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()
