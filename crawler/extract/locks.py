"""What marks an entry as locked: words in its text, classes, icons and titles."""

import re
from functools import lru_cache

from crawler.extract.list_words import words

_MARKS = words(
    "paid premium paywall paywalled plus lock locked limited abo member members membership"
)
# In running words, "plus", "limited" or "lock" mean other things.
_SPOKEN = frozenset(("premium", "paywall", "members", "membership"))
_STEMS = ("subscri", "suscri", "abonn", "подписчик", "подписк", "падпісчык", "падпіск", "передплат")
# "SZ Plus", "heise+": what a paper calls its part for subscribers.
_BRAND = re.compile(r"[^\W\d]{1,14}(?:[ -]?plus|[ -]?premium|\+)", re.IGNORECASE)
_OTHER_BRANDS = frozenset(("disney", "paramount", "apple", "tv", "discovery", "canal", "google"))
_PHRASES = ("有料", "会員")
_RESERVING = words(
    "only exclusively reserved nur réservé réservée réservés réservées solo soltanto reservado "
    "apenas somente tylko wyłącznie только лише тільки толькі выключна исключительно"
)
# Words of the same stem that ask to subscribe to something else, or say that it was done.
_OTHERWISE = frozenset(("unlocked", "newsletter", "newsletters", "unsubscribe"))


@lru_cache(maxsize=4096)
def is_lock_mark(name: str) -> bool:
    """Return whether a class or the name of an icon says "for subscribers"."""
    return _says(words(name), _MARKS) or any(phrase in name for phrase in _PHRASES)


@lru_cache(maxsize=4096)
def is_lock_notice(text: str) -> bool:
    """Return whether a short text of an entry, or the heading of a list, says so."""
    found = words(text)
    if len(found - {""}) == 1 and not found.isdisjoint(_MARKS):
        return True
    if _BRAND.fullmatch(text) and found.isdisjoint(_OTHER_BRANDS):
        return True
    return _says(found, _SPOKEN) or any(phrase in text for phrase in _PHRASES)


def _says(found: frozenset[str], telling: frozenset[str]) -> bool:
    if not found.isdisjoint(_OTHERWISE):
        return False
    return not found.isdisjoint(telling) or any(word.startswith(_STEMS) for word in found)


def is_reserving(sentence: str) -> bool:
    """Return whether a sentence keeps something for a circle of readers: "only for ..."."""
    return not words(sentence).isdisjoint(_RESERVING)
