"""Every kind of hostile page ends soon, in little memory, and its cost grows with its size."""

import multiprocessing
import time
from datetime import UTC, datetime
from multiprocessing.connection import Connection

import pytest

from archive.items import Page
from crawler import limits
from crawler.errors import PageRefusedError
from crawler.limits import CPU_SECONDS
from crawler.look import look_at
from crawler.reader import look_within_limits
from crawler.scan import scan
from tests.hostile import KINDS, REFUSED, baits, page

NOON = datetime(2025, 8, 14, 12, tzinfo=UTC)
MIB = 1024 * 1024
_NEW = multiprocessing.get_context("spawn")
SMALL = 24 * 1024
TIMES = 4
MOST_GROWTH = 12.0
"""How much dearer a page of so many times the size may be: what is quadratic is 16 times so."""
EVERY = 6
"""One in so many kinds is made in full size; the small ones are all made."""
UNMEASURABLE = 0.3
"""Below this many seconds noise outweighs growth, and nobody is held up."""


def page_of(body: bytes) -> Page:
    return Page("https://a.example/2025/08/bridge", body, NOON)


def cost(body: bytes) -> float:
    """Return the CPU seconds of reading a page."""
    start = time.process_time()
    look_at(page_of(body))
    return time.process_time() - start


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_the_cost_of_a_page_grows_with_its_size(kind: str) -> None:
    small, large = (KINDS[kind](times * SMALL) for times in (1, TIMES))
    if cost(large) < UNMEASURABLE:
        return
    # The least of several rounds, as whatever else the machine does only adds.
    rounds = [(cost(small), cost(large)) for _ in range(5)]
    smaller, larger = (min(costs) for costs in zip(*rounds, strict=True))
    assert larger <= MOST_GROWTH * smaller or larger < UNMEASURABLE


@pytest.mark.parametrize("kind", REFUSED)
def test_a_page_that_no_parser_survives_is_refused(kind: str) -> None:
    with pytest.raises(PageRefusedError):
        scan(REFUSED[kind](MIB))


@pytest.mark.slow
def test_no_run_of_characters_in_any_place_is_dear() -> None:
    dear = {name: cost(body) for name, body in baits(16 * 1024)}
    assert {name: spent for name, spent in dear.items() if spent > 1.0} == {}


def _status(key: str) -> int:
    with open("/proc/self/status", encoding="ascii") as lines:  # noqa: PTH123
        return next(int(line.split()[1]) for line in lines if line.startswith(key))


def _read(theirs: Connection, body: bytes, memory: int | None) -> None:
    if memory is not None:
        limits._MEMORY = memory
    look_within_limits(page_of(page("")))
    start, held = time.process_time(), _status("VmRSS")
    look = look_within_limits(page_of(body))
    spent, peak = time.process_time() - start, (_status("VmHWM") - held) / 1024
    theirs.send((spent, peak, f"{look.outcome} {look.reason}"))


def measured(body: bytes, memory: int | None = None) -> tuple[float, float, str]:
    """Return CPU seconds, MiB of memory and the outcome of reading a page as a worker does.

    The process is new and has read one small page: what a longer run has let go of, it could use
    without taking more. Its peak is what it took beyond what it held.
    """
    ours, theirs = _NEW.Pipe()
    child = _NEW.Process(target=_read, args=(theirs, body, memory))
    child.start()
    theirs.close()
    try:
        told: tuple[float, float, str] = ours.recv()
    except EOFError:
        told = CPU_SECONDS + 0.5, 0.0, "ended"
    child.join()
    return told


@pytest.mark.slow
@pytest.mark.parametrize(("size", "most"), [(5, 100), (16, 250)])
def test_no_page_takes_more_than_it_may(size: int, most: int) -> None:
    kinds = sorted(KINDS)[size % EVERY :: EVERY]
    found = {kind: measured(KINDS[kind](size * MIB - 2_000)) for kind in kinds}
    # What reaches the limit of time is ended there, and told so by the crawl.
    over = {
        kind: one for kind, one in found.items() if one[0] > CPU_SECONDS + 1 or one[1] > most * 1.05
    }
    assert over == {}
    assert {kind: one for kind, one in found.items() if "the parser failed" in one[2]} == {}


def test_a_heavy_page_that_takes_too_much_memory_is_told_so() -> None:
    told = measured(KINDS["paragraphs"](MIB), memory=2 * MIB)[2]
    assert told == "unparsed reading the page took too much memory"
