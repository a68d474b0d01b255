"""Decision trees that were learnt elsewhere, and what they say of a row of numbers.

A tree is a leaf, the number it adds, or a list of four: the place in the row, the bound,
the tree for what is at most the bound, and the tree for what is more.
"""

from collections.abc import Callable, Iterable, Sequence
from math import exp
from typing import Any

Row = Sequence[float]


class Forest:
    """Trees whose sum is the log-odds of a yes, in groups.

    After each group a sum outside the group's bounds is settled: the trees left would not
    turn it.

    >>> forest = Forest([([[0, 5.0, -1.0, 1.0]], -2.0, 2.0)])
    >>> round(forest.judge([7.0]), 2)
    0.73
    """

    def __init__(self, groups: Iterable[tuple[Sequence[Any], float, float]]) -> None:
        self._sum = _compiled(list(groups))

    def judge(self, row: Row) -> float:
        """Return how likely a yes is, from 0 to 1."""
        total = self._sum(*row)
        return 1 / (1 + exp(-max(-30.0, min(30.0, total))))


def _compiled(groups: Sequence[tuple[Sequence[Any], float, float]]) -> Callable[..., float]:
    """Return a function that adds up the trees for the numbers of a row.

    Comparisons of local variables take a fraction of the time of a walk through lists.
    """
    width = 1 + max((_last_place(tree) for trees, _, _ in groups for tree in trees), default=0)
    numbers = ", ".join(f"r{place}" for place in range(width))
    lines = [f"def added({numbers}, *rest):", " total = 0.0"]
    for trees, low, high in groups:
        lines.append(f" total += {' + '.join(map(_expression, trees))}")
        lines.append(f" if not {float(low)!r} < total < {float(high)!r}: return total")
    lines.append(" return total")
    names: dict[str, Any] = {}
    exec("\n".join(lines), names)  # noqa: S102 - made of numbers alone
    added: Callable[..., float] = names["added"]
    return added


def _last_place(tree: Any) -> int:
    """Return the last place in the row that the tree asks for."""
    if not isinstance(tree, list):
        return 0
    place, _, low, high = tree
    return max(int(place), _last_place(low), _last_place(high))


def _expression(tree: Any) -> str:
    """Return a tree as an expression; raise for anything but numbers."""
    if not isinstance(tree, list):
        return repr(float(tree))
    place, bound, low, high = tree
    return f"({_expression(low)} if r{int(place)} <= {float(bound)!r} else {_expression(high)})"
