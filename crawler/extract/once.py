"""What several readers of a page need is worked out once for it."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from crawler.document import Document

T = TypeVar("T")


def once_a_document(read: Callable[[Document], T]) -> Callable[[Document], T]:
    """Return the function with its result kept for as long as the document lives."""

    @wraps(read)
    def reading(document: Document) -> T:
        known = document.known
        if read not in known:
            known[read] = read(document)
        found: T = known[read]
        return found

    return reading
