"""A chart of articles per day and source, as SVG that needs no script and no style sheet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

WIDTH, HEIGHT = 720, 160
_LEFT, _BOTTOM, _TOP = 34, 22, 8
_SHOWN = 6
_REST = "other sources"


@dataclass(frozen=True, slots=True)
class Bar:
    """The articles of one source on one day, where they stand in the chart."""

    source: str
    day: date
    count: int
    place: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Chart:
    """Days, the sources with most articles first, the bars, and the lines behind them."""

    days: Sequence[date]
    sources: Sequence[str]
    bars: Sequence[Bar]
    counts: Sequence[tuple[date, Sequence[int]]]
    lines: Sequence[tuple[float, int]]
    labels: Sequence[tuple[float, date]]
    total: int
    width: int = WIDTH
    height: int = HEIGHT


def chart(counted: Iterable[tuple[str, str, int]], last: date, days: int) -> Chart:
    """Return the chart of ``days`` days up to the last, from (day, source, count).

    Beside the six sources with most articles stand all others together.
    """
    shown = [last - timedelta(days=back) for back in reversed(range(days))]
    found: dict[str, dict[date, int]] = {}
    for day, source, count in counted:
        found.setdefault(source, {})[date.fromisoformat(day)] = count
    sources = _largest(found)
    rows = [(day, [sources[name].get(day, 0) for name in sources]) for day in shown]
    most = max((sum(counts) for _, counts in rows), default=0)
    top = _round_up(most)
    step = (WIDTH - _LEFT) / days
    return Chart(
        days=shown,
        sources=list(sources),
        bars=[bar for n, row in enumerate(rows) for bar in _bars(list(sources), row, n, step, top)],
        counts=rows,
        lines=[(_y(count, top), count) for count in sorted({0, top // 2, top})],
        labels=[(_LEFT + step * (n + 0.5), day) for n, day in enumerate(shown) if n % 7 == 3],
        total=sum(sum(counts) for _, counts in rows),
    )


def _largest(found: dict[str, dict[date, int]]) -> dict[str, dict[date, int]]:
    """Return the days of the largest sources, and of the rest as one."""
    order = sorted(found, key=lambda name: (-sum(found[name].values()), name))
    if len(order) <= _SHOWN:
        return {name: found[name] for name in order}
    rest: dict[date, int] = {}
    for name in order[_SHOWN:]:
        for day, count in found[name].items():
            rest[day] = rest.get(day, 0) + count
    return {name: found[name] for name in order[:_SHOWN]} | {_REST: rest}


def _bars(
    sources: Sequence[str], row: tuple[date, Sequence[int]], number: int, step: float, top: int
) -> Iterable[Bar]:
    """Yield the bars of a day, one upon the other."""
    day, counts = row
    below = 0
    for place, (source, count) in enumerate(zip(sources, counts, strict=True)):
        if count:
            y, foot = _y(below + count, top), _y(below, top)
            x = round(_LEFT + step * number + step * 0.12, 1)
            yield Bar(source, day, count, place, x, y, round(step * 0.76, 1), round(foot - y, 1))
        below += count


def _y(count: int, top: int) -> float:
    return round(HEIGHT - _BOTTOM - (HEIGHT - _BOTTOM - _TOP) * count / top, 1)


def _round_up(most: int) -> int:
    """Return a round number that is not smaller.

    >>> [_round_up(n) for n in (0, 3, 7, 23, 180)]
    [2, 4, 8, 40, 200]
    """
    size = 1
    while True:
        for part in (2, 4, 8):
            if most <= part * size:
                return part * size
        size *= 10
