"""What marks an entry as locked: words in its text, classes, icons and titles."""

import re
from functools import lru_cache

_WORDS = frozenset(
    [
        "paid",
        "premium",
        "paywall",
        "paywalled",
        "plus",
        "lock",
        "locked",
        "limited",
        "member",
        "members",
        "membership",
        "abo",
    ]
)
_STEMS = ("subscri", "abonn", "подписчик", "падпісчык", "передплат", "подписк")
_PHRASES = ("有料", "会員")
_SPLIT = re.compile(r"[\W_]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
# Words of the same stem that ask to subscribe to something else, or say that it was done.
_OTHERWISE = frozenset(("unlocked", "newsletter", "unsubscribe"))


@lru_cache(maxsize=65536)
def is_lock(text: str) -> bool:
    """Return whether a class, an icon's name or a short text says "for subscribers"."""
    words = set(_SPLIT.split(_CAMEL.sub(" ", text).casefold()))
    if words & _OTHERWISE:
        return False
    return (
        not _WORDS.isdisjoint(words)
        or any(word.startswith(_STEMS) for word in words)
        or any(phrase in text for phrase in _PHRASES)
    )
