"""One possible value of a field, where it stands on the page, and how sure it is."""

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reading(Generic[T]):
    """A value, its source in words ("json-ld datePublished"), and a confidence from 0 to 1.

    A function that extracts a field returns its readings best first: the first one is the
    field's value, the others are what ``dateline extract --why`` shows as the losers.
    """

    value: T
    source: str
    confidence: float
