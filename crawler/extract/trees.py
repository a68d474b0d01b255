"""Decision trees that were learnt elsewhere, and what they say of a row of numbers.

A tree is a leaf, the number it adds, or a list of four: the place in the row, the bound,
the tree for what is at most the bound, and the tree for what is more. The last number of a
row is a set of bits; the places from there on are those of its bits.
"""

from collections.abc import Callable, Iterable, Sequence
from math import exp
from typing import Any

Row = list[float]


class Forest:
    """Trees whose sum is the log-odds of a yes, in groups, for rows of so many numbers.

    After each group a sum outside the group's bounds is settled: the trees left would not
    turn it.

    >>> forest = Forest([([[0, 5.0, -1.0, [2, 0.5, 0.0, 1.0]]], -2.0, 2.0)], 2)
    >>> round(forest.judge([7.0, 0b10]), 2)
    0.73
    """

    def __init__(self, groups: Iterable[tuple[Sequence[Any], float, float]], width: int) -> None:
        self._sum = _compiled(list(groups), width)

    def judge(self, row: Row) -> float:
        """Return how likely a yes is, from 0 to 1."""
        total = self._sum(*row)
        return 1 / (1 + exp(-max(-30.0, min(30.0, total))))


def _compiled(
    groups: Sequence[tuple[Sequence[Any], float, float]], width: int
) -> Callable[..., float]:
    """Return a function that adds up the trees for the numbers of a row.

    Comparisons of local variables take a fraction of the time of a walk through lists.
    """
    numbers = ", ".join(f"r{place}" for place in range(width - 1))
    lines = [f"def added({numbers}, bits):", " total = 0.0"]
    for trees, low, high in groups:
        lines.append(f" total += {' + '.join(_expression(tree, width) for tree in trees)}")
        lines.append(f" if not {float(low)!r} < total < {float(high)!r}: return total")
    lines.append(" return total")
    names: dict[str, Any] = {}
    exec("\n".join(lines), names)  # noqa: S102 - made of numbers alone
    added: Callable[..., float] = names["added"]
    return added


def _expression(tree: Any, width: int) -> str:
    """Return a tree as an expression; raise for anything but numbers."""
    if not isinstance(tree, list):
        return repr(float(tree))
    place, bound, low, high = tree
    less, more = _expression(low, width), _expression(high, width)
    if (bit := int(place) - width + 1) >= 0:
        return f"({more} if bits & {1 << bit} else {less})"
    return f"({less} if r{int(place)} <= {float(bound)!r} else {more})"
