"""Memory of a long crawl over time: ``python -m bench.memory --articles 5000``."""

import argparse
import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from bench.crawl import dateline
from bench.measure import resident_mib
from bench.site import running

PERIOD = 0.5


def sampled(command: Sequence[str]) -> tuple[list[float], float]:
    """Run a program; return the MiB it held every half second, and its peak."""
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    samples: list[float] = []
    while True:
        ended, code, usage = os.wait4(process.pid, os.WNOHANG)
        if ended:
            process.returncode = os.waitstatus_to_exitcode(code)
            return samples, usage.ru_maxrss / 1024
        samples.append(resident_mib(process.pid))
        time.sleep(PERIOD)


def quarters(samples: Sequence[float]) -> list[float]:
    """Return the median of each quarter of the samples."""
    step = len(samples) / 4
    parts = [samples[int(n * step) : int((n + 1) * step)] for n in range(4)]
    return [statistics.median(part or [0.0]) for part in parts]


def main() -> None:
    """Crawl the generated site and print how memory went."""
    parser = argparse.ArgumentParser(description="Watch the memory of a crawl.")
    parser.add_argument("--articles", type=int, default=5000)
    articles = parser.parse_args().articles
    with tempfile.TemporaryDirectory() as folder, running(articles) as address:
        samples, peak = sampled(dateline(address + "/", Path(folder)))
    parts = quarters(samples)
    print(f"{articles} articles, {len(samples)} samples {PERIOD} s apart")
    print("median MiB of each quarter:", ", ".join(f"{part:.0f}" for part in parts))
    print(
        f"peak {peak:.0f} MiB; from the second quarter to the last {parts[3] - parts[1]:+.1f} MiB"
    )


if __name__ == "__main__":
    main()
