import multiprocessing
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive import sources
from archive.errors import ArchiveBusyError
from archive.store import Archive

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "news.db", create=True) as opened:
        sources.add(opened, "one.example", "https://one.example/", now=NOON)
        yield opened


def test_a_source_is_due_as_soon_as_it_is_added(archive: Archive) -> None:
    assert [source.name for source in sources.due(archive, now=NOON)] == ["one.example"]


def test_a_source_that_is_crawled_is_neither_due_nor_free(archive: Archive) -> None:
    sources.claim(archive, "one.example", owner="a:1", now=NOON)
    assert sources.due(archive, now=NOON) == []
    with pytest.raises(ArchiveBusyError, match="a:1"):
        sources.claim(archive, "one.example", owner="b:2", now=NOON + MINUTE)


def test_the_lease_of_a_crashed_process_expires(archive: Archive) -> None:
    crashed = sources.claim(archive, "one.example", owner="a:1", now=NOON)
    sources.claim(archive, "one.example", owner="b:2", now=NOON + 3 * MINUTE)
    with pytest.raises(ArchiveBusyError):
        sources.renew(archive, crashed, now=NOON + 3 * MINUTE)
    assert not sources.finish(archive, crashed, "finished", now=NOON + 3 * MINUTE)


def test_a_finished_source_is_due_after_its_interval_once(archive: Archive) -> None:
    held = sources.claim(archive, "one.example", now=NOON)
    assert sources.finish(archive, held, "finished", new=2, now=NOON + MINUTE)
    next_due = NOON + MINUTE + timedelta(minutes=42)
    assert sources.due(archive, now=next_due - MINUTE) == []
    assert len(sources.due(archive, now=next_due)) == 1
    assert len(sources.due(archive, now=next_due + timedelta(days=9))) == 1


def test_a_source_that_fails_again_and_again_is_unhealthy(archive: Archive) -> None:
    for day in range(3):
        now = NOON + timedelta(days=day)
        held = sources.claim(archive, "one.example", now=now)
        sources.finish(archive, held, "failed", failed=True, reason="it is silent", now=now)
    [source] = sources.all_sources(archive)
    assert not source.healthy
    assert source.last_reason == "it is silent"


def test_the_interval_stays_within_bounds() -> None:
    interval = timedelta(hours=1)
    for _ in range(50):
        interval = sources.next_interval(interval, new=1, failed=False)
    assert interval == sources.SHORTEST
    for _ in range(50):
        interval = sources.next_interval(interval, new=0, failed=False)
    assert interval == sources.LONGEST


def test_a_source_that_is_not_scheduled_is_never_due(archive: Archive) -> None:
    sources.add(archive, "two.example", None, scheduled=False, now=NOON)
    sources.add(archive, "one.example", None, scheduled=False, now=NOON)
    held = sources.claim(archive, "two.example", now=NOON)
    sources.finish(archive, held, "finished", now=NOON)
    later = NOON + timedelta(days=9)
    assert [source.name for source in sources.due(archive, now=later)] == ["one.example"]


def test_an_interrupted_crawl_leaves_the_source_due(archive: Archive) -> None:
    held = sources.claim(archive, "one.example", now=NOON)
    sources.release(archive, held)
    assert len(sources.due(archive, now=NOON)) == 1


def _claim_all(path: Path, owner: str) -> list[str]:
    claimed = []
    with Archive.open(path) as archive:
        for source in sources.due(archive, now=NOON):
            try:
                sources.claim(archive, source.name, owner=owner, now=NOON)
            except ArchiveBusyError:
                continue
            claimed.append(source.name)
    return claimed


def test_two_processes_never_have_the_same_source(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    names = [f"{number}.example" for number in range(30)]
    with Archive.open(path, create=True) as archive:
        for name in names:
            sources.add(archive, name, None, now=NOON)
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        claimed = pool.starmap(_claim_all, [(path, "a:1"), (path, "b:2")])
    assert sorted(name for part in claimed for name in part) == sorted(names)
