"""Where a text quotes someone."""

import re

MOST_WORDS_OF_A_NAME = 2
_PAIRS = {"“": "”", "”": "”", "„": "“”", "«": "»", "»": "«", "「": "」", "『": "』"}
_LONGEST = 2000
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_]+")
_SIGNS_AS_A_WORD = 2
_SPEECH = re.compile(r"(?m)^[ \t]*[–—-][ \t]+(?P<said>[^\n]{1,2000}?)(?=\s[–—-]\s|\n|$)")


def quotations(text: str) -> list[tuple[int, int]]:
    """Return from where to where someone is quoted, in order.

    Two words in quotation marks are the name of something. A paragraph that begins with a dash
    is speech up to the next dash.
    """
    found = [(one.start("said"), one.end("said")) for one in _SPEECH.finditer(text)]
    start = 0
    for paragraph in text.split("\n\n"):
        found += ((start + a, start + b) for a, b in _in_marks(paragraph))
        start += len(paragraph) + 2
    return sorted(span for span in found if _is_speech(text[slice(*span)]))


def _in_marks(paragraph: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    opened: tuple[int, str] | None = None
    for one in re.finditer('[“”„«»「」『』"]', paragraph):
        mark, at = one[0], one.start()
        if opened and at - opened[0] > _LONGEST:
            opened = None
        if opened is None:
            closing = '"' if mark == '"' else _PAIRS.get(mark, "")
            opened = (at + 1, closing) if closing else None
        elif mark in opened[1]:
            found.append((opened[0], at))
            opened = None
    return found


def _is_speech(said: str) -> bool:
    words: list[str] = _WORD.findall(said)
    signs = sum(len(word) == 1 and word > "\u3000" for word in words)
    return len(words) - signs + signs // _SIGNS_AS_A_WORD > MOST_WORDS_OF_A_NAME
