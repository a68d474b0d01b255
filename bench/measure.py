"""CPU time and memory of other programs."""

import json
import os
import subprocess
import tempfile
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


class FailedError(Exception):
    """A measured program ended with an error; the message is the end of what it said."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a program used, its own children included: seconds of CPU, and peak memory."""

    cpu: float
    peak_mib: float


def cost(command: Sequence[str]) -> Cost:
    """Run a program to its end and return what it used."""
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=said
        )
        _, code, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(code)
        if process.returncode:
            said.seek(0)
            raise FailedError(f"{' '.join(command)}: {said.read()[-500:].decode(errors='replace')}")
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def resident_mib(process: int) -> float:
    """Return the memory a running process holds now, or 0 when it has ended."""
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    except OSError:
        return 0.0
    kib = next((line.split()[1] for line in status.splitlines() if line.startswith("VmRSS")), "0")
    return int(kib) / 1024


def served(address: str) -> dict[str, int]:
    """Return what the generated site has served since it was last asked."""
    with urllib.request.urlopen(f"{address}/-/served", timeout=30) as answer:
        counts: dict[str, int] = json.load(answer)
        return counts
