import os
from functools import partial

import pytest

from crawler import workers
from crawler.limits import limited_time
from crawler.workers import answers


def answer(task: str) -> str:
    if task.startswith("spin"):
        while True:
            pass
    if task.startswith("die"):
        os._exit(3)
    return f"{task} done"


def lost(task: str, reason: str) -> str:
    return f"{task} lost: {reason}"


def test_every_task_has_one_answer() -> None:
    tasks = [str(number) for number in range(100)]
    assert sorted(answers(tasks, answer, lost)) == sorted(f"{task} done" for task in tasks)


def test_no_task_is_taken_along_by_one_that_ends_its_worker() -> None:
    tasks = [f"die {n}" if n % 7 == 0 else str(n) for n in range(30)]
    found = sorted(answers(tasks, answer, lost))
    assert len(found) == 30
    assert sum("lost" in line for line in found) == 5


def test_a_task_without_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "limited_time", partial(limited_time, 1))
    found = sorted(answers(["spin", "1", "2"], answer, lost))
    assert found[:2] == ["1 done", "2 done"]
    assert found[2].startswith("spin lost: reading the page took more than")


def test_no_tasks_have_no_answers() -> None:
    assert list(answers([], answer, lost)) == []
