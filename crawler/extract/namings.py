"""What the tag and the names of an element say, worked out once for all that share them."""

from collections.abc import Callable
from dataclasses import dataclass

from crawler.extract.vocabulary import flags_of, tokens

UNKNOWN = -1.4
"""What a name says that was never met: the log-odds of any block being article text."""
OTHER_TAG = 13
_TAGS = {
    "p": 0,
    "div": 1,
    "section": 1,
    "article": 1,
    "main": 1,
    "body": 1,
    "li": 2,
    "h1": 3,
    "h2": 4,
    "h3": 5,
    "h4": 6,
    "h5": 6,
    "h6": 6,
    "blockquote": 7,
    "td": 8,
    "th": 8,
    "dd": 9,
    "dt": 9,
    "pre": 10,
    "figcaption": 11,
    "header": 12,
    "footer": 12,
    "aside": 12,
}
_MOST_KNOWN = 20_000


# Not frozen: fifty are made for a page of a new site, and a frozen one takes twice as long.
@dataclass(slots=True, eq=False)
class Naming:
    """A tag, the names that an element has, and what was learnt of them.

    ``low``, ``high`` and ``mean`` are the least, the greatest and the mean score of the names;
    below an element whose names are barren there is no article text.
    """

    tag: str
    names: str
    tag_number: int
    flags: int
    is_barren: bool
    low: float
    high: float
    mean: float


class Namings(dict[tuple[str, str], Naming]):
    """The namings met so far, by tag and names; those not met yet are worked out."""

    def __init__(
        self, score: Callable[[str], float | None], barren: frozenset[str] = frozenset()
    ) -> None:
        super().__init__()
        self._score = score
        self._barren = barren

    def __missing__(self, key: tuple[str, str]) -> Naming:
        tag, names = key
        words = tokens(tag, names)
        known = self._score
        scores = [score for word in words if (score := known(word)) is not None] or [UNKNOWN]
        naming = self[key] = Naming(
            tag,
            names,
            _TAGS.get(tag, OTHER_TAG),
            flags_of(tag, words),
            not self._barren.isdisjoint(words),
            min(scores),
            max(scores),
            sum(scores) / len(scores),
        )
        return naming

    def forget_many(self) -> None:
        """Forget all where there are so many that most were met on one page alone."""
        if len(self) > _MOST_KNOWN:
            self.clear()
