"""One key for a name in any script or spelling."""

import re

_WORD = re.compile(r"\w{3,}")


def name_keys(text: str) -> list[str]:
    """Return the keys of the names in a text, each once, in order."""
    return list(dict.fromkeys(word.lower() for word in _WORD.findall(text) if word[0].isupper()))
