"""Words of languages that put no spaces between them: their letters in pairs.

SQLite's tokenizer takes a sentence in Chinese, Japanese or Thai for one word. Every pair of
neighbouring letters is a key; a phrase of the keys of some letters finds those letters wherever
they stand side by side.
"""

import re
from itertools import pairwise

_RUN = re.compile(
    "[\u0e01-\u0e4f\u0e81-\u0ecd\u0edc-\u0edf\u1000-\u1049\u1050-\u109d\u1780-\u17d3"
    "\u3005-\u3007\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff]+"
)


def runs(text: str) -> list[str]:
    """Return the stretches of a text that are in a script without spaces."""
    return _RUN.findall(text)


def pair_keys(text: str) -> list[str]:
    """Return the keys of all such stretches: each letter with the next, the last one alone.

    >>> pair_keys("in 東京都 now")
    ['東京', '京都', '都']
    """
    keys = []
    for run in runs(text):
        letters = _letters(run)
        keys += [one + other for one, other in pairwise(letters)]
        keys += letters[-1:]
    return keys


def pairs_expression(run: str) -> str:
    """Return what finds a stretch among such keys, as an FTS5 expression; "" for none.

    >>> pairs_expression("東京都")
    '"東京 京都"'
    """
    letters = _letters(run)
    if len(letters) < 2:
        return f'"{letters}" *' if letters else ""
    return '"' + " ".join(one + other for one, other in pairwise(letters)) + '"'


def _letters(run: str) -> str:
    """Return a stretch without the signs over and under letters, which end a word for SQLite."""
    return "".join(filter(str.isalnum, run))
