"""What several readers of a page need is worked out once for it."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import WeakKeyDictionary

from crawler.document import Document

T = TypeVar("T")


def once_a_document(read: Callable[[Document], T]) -> Callable[[Document], T]:
    """Return the function with its result kept for as long as the document lives."""
    known: WeakKeyDictionary[Document, T] = WeakKeyDictionary()

    @wraps(read)
    def reading(document: Document) -> T:
        try:
            return known[document]
        except KeyError:
            found = known[document] = read(document)
            return found

    return reading
