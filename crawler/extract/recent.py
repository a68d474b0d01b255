"""Results kept from page to page: the pages of one site show the same lists again and again."""

from collections.abc import Hashable
from typing import Generic, TypeVar

T = TypeVar("T")


class Recent(Generic[T]):
    """What was last worked out from pieces of markup, ``limit`` characters of them at most.

    When it is full it starts anew, which costs less than to watch over what was used last.

    >>> recent = Recent[int](limit=10)
    >>> recent.keep("key", "<i>x</i>", 1)
    >>> recent.get("key", 0), recent.get("other", 0)
    (1, 0)
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._size = 0
        self._known: dict[Hashable, T] = {}
        self.get = self._known.get

    def keep(self, key: Hashable, markup: str, result: T) -> None:
        """Keep what a piece of markup, which is part of the key, came to."""
        self._size += len(markup)
        if self._size > self._limit:
            self._known.clear()
            self._size = len(markup)
        self._known[key] = result
