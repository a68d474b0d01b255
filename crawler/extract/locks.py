"""What marks an entry as locked: words in its text, classes, icons and titles."""

from functools import lru_cache

from crawler.extract.list_words import words

_WORDS = frozenset(
    ("paid", "premium", "paywall", "paywalled", "plus", "lock", "locked", "limited", "abo")
    + ("member", "members", "membership")
)
_STEMS = ("subscri", "abonn", "подписчик", "падпісчык", "передплат", "подписк")
_PHRASES = ("有料", "会員")
# Words of the same stem that ask to subscribe to something else, or say that it was done.
_OTHERWISE = frozenset(("unlocked", "newsletter", "unsubscribe"))


@lru_cache(maxsize=65536)
def is_lock(text: str) -> bool:
    """Return whether a class, an icon's name or a short text says "for subscribers"."""
    found = words(text)
    if found & _OTHERWISE:
        return False
    return (
        not _WORDS.isdisjoint(found)
        or any(word.startswith(_STEMS) for word in found)
        or any(phrase in text for phrase in _PHRASES)
    )
