"""The months by name, in the languages of the table beside this file."""

from functools import cache
from pathlib import Path
from unicodedata import normalize

_TABLE = Path(__file__).with_name("months.txt")
_SOLAR = "fa-solar"
_MARKS = " .,;:'’׳॰\u200e\u200f\u200c"


def month_of(word: str, language: str | None = None) -> int | None:
    """Return the month that a word names, or None; the Croatian ones need their language.

    >>> month_of("жніўня"), month_of("Sept."), month_of("listopada"), month_of("listopada", "hr")
    (8, 9, 11, 10)
    """
    known = months()
    spelled = normalize("NFC", word.casefold().strip(_MARKS).replace("\u200c", ""))
    own = known[language].get(spelled) if language in known else None
    return own or _every().get(spelled) or _every().get(spelled.removeprefix("ב"))


def solar_month_of(word: str) -> int | None:
    """Return the month of the Persian solar year that a word names, or None."""
    return months()[_SOLAR].get(word.strip(_MARKS))


@cache
def months() -> dict[str, dict[str, int]]:
    """Return each language's month words and their numbers."""
    found: dict[str, dict[str, int]] = {}
    for line in normalize("NFC", _TABLE.read_text(encoding="utf-8")).splitlines():
        if line and not line.startswith("#"):
            language, _, names = line.partition(" ")
            found[language] = {
                word.replace("_", " "): number
                for number, words in enumerate(names.split("|"), 1)
                for word in words.split()
            }
    return found


@cache
def _every() -> dict[str, int]:
    found: dict[str, int] = {}
    for language, words in months().items():
        if language != _SOLAR:
            for word, number in words.items():
                found.setdefault(word, number)
    return found
