"""The command line, run as a person runs it: in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

LONGEST = 120
"""No command of a test takes longer, in seconds."""


def dateline(
    *words: str, cwd: Path, timeout: float = LONGEST, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run ``dateline`` in a folder and return how it ended, what it printed as text."""
    return subprocess.run(
        [sys.executable, "-m", "crawler.cli", *words],
        cwd=cwd,
        env=environment() | (env or {}),
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


def environment() -> dict[str, str]:
    """Return the environment of a command: this checkout, and no archive of the user's."""
    root = str(Path(__file__).parents[1])
    kept = {key: value for key, value in os.environ.items() if not key.startswith("DATELINE_")}
    return kept | {"PYTHONPATH": root}


def quickly(site: str) -> tuple[str, ...]:
    """Return the options for crawling a site on loopback without a rest between requests."""
    return ("--allow-private", urlsplit(site).netloc, "--delay", "0")
