"""Work shared out to processes of which any may die without taking a task along."""

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from crawler.limits import TOO_LONG, limited_time

PROCESSES = 2
_CHUNK = 8

_context = get_context()


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    connection: Connection
    waiting: deque[str]


def answers(
    tasks: Iterable[str], answer: Callable[[str], str], lost: Callable[[str, str], str]
) -> Iterator[str]:
    """Yield one answer for each task, in any order.

    A task that takes more than ten seconds of CPU ends its worker; ``lost(task, reason)``
    answers in its place, and another worker goes on.
    """
    left = iter(tasks)
    workers = [_start(chunk, answer) for _ in range(PROCESSES) if (chunk := _chunk(left))]
    try:
        while workers:
            for worker in _ready(workers):
                found = _received(worker)
                task = worker.waiting.popleft()
                yield lost(task, _ending(worker.process)) if found is None else found
                if found is None or not worker.waiting:
                    workers.remove(worker)
                    more = worker.waiting or _chunk(left)
                    workers.extend(_goes_on(worker, found is not None, more, answer))
    finally:
        for worker in workers:
            worker.process.terminate()


def _chunk(left: Iterator[str]) -> deque[str]:
    return deque(islice(left, _CHUNK))


def _ready(workers: list[_Worker]) -> list[_Worker]:
    ready = wait([worker.connection for worker in workers])
    return [worker for worker in workers if worker.connection in ready]


def _received(worker: _Worker) -> str | None:
    """Return the next answer, or None where the worker has ended."""
    try:
        found: str = worker.connection.recv()
    except (EOFError, OSError):
        return None
    return found


def _goes_on(
    worker: _Worker, alive: bool, tasks: deque[str], answer: Callable[[str], str]
) -> list[_Worker]:
    if alive:
        # No tasks means the end: workers started later hold this pipe too, so that closing
        # our end would tell this one nothing.
        worker.connection.send(list(tasks))
        if tasks:
            return [_Worker(worker.process, worker.connection, tasks)]
        worker.process.join()
    worker.connection.close()
    return [_start(tasks, answer)] if tasks else []


def _start(tasks: deque[str], answer: Callable[[str], str]) -> _Worker:
    ours, theirs = _context.Pipe()
    process = _context.Process(target=_serve, args=(theirs, answer), daemon=True)
    process.start()
    theirs.close()
    ours.send(list(tasks))
    return _Worker(process, ours, tasks)


def _ending(process: BaseProcess) -> str:
    process.join(5)
    code = process.exitcode
    if code == -signal.SIGPROF:
        return TOO_LONG
    return f"the page cannot be read: its process ended with {code}"


def _serve(connection: Connection, answer: Callable[[str], str]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while tasks := connection.recv():
        for task in tasks:
            with limited_time():
                found = answer(task)
            connection.send(found)
