"""How much time and memory the reading of one page may take, in a process made for it."""

import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from selectolax.lexbor import SelectolaxError

CPU_SECONDS = 10
"""How long one page may be read, in seconds of CPU."""
TOO_LONG = "reading the page took more than 10 s"
TOO_MUCH = "reading the page took too much memory"
OUT_OF_MEMORY = (MemoryError, SelectolaxError)
"""What a limit on memory raises: the parser has an error of its own, and no other cause for it."""

_MIB = 1024 * 1024
_LARGE = 5 * _MIB
# A little below 100 and 250 MiB, for what the limit does not count.
_MEMORY, _MEMORY_IF_LARGE = 94 * _MIB, 240 * _MIB


@contextmanager
def limited_time(seconds: float = CPU_SECONDS) -> Iterator[None]:
    """End this process, by SIGPROF, if what runs within takes more CPU than that."""
    # Its default action ends the process even where a C library never returns to Python.
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


@contextmanager
def limited_memory(size: int) -> Iterator[None]:
    """Refuse this process more memory than a page of so many bytes may take beyond what it has.

    What runs within meets a MemoryError, or ends the process where a C library cannot tell.
    """
    more = _MEMORY_IF_LARGE if size > _LARGE else _MEMORY
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    most = _held() + more
    if _is_more(most, soft) or _is_more(most, hard):
        yield
        return
    resource.setrlimit(resource.RLIMIT_DATA, (most, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def _is_more(most: int, limit: int) -> bool:
    return limit != resource.RLIM_INFINITY and most > limit


def _held() -> int:
    """Return the bytes that the limit counts now, or none where the system does not tell."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 1024 * _MIB
    kib = next((line.split()[1] for line in status.splitlines() if line.startswith("VmData")), "0")
    return int(kib) * 1024
