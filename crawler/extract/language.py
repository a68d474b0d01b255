"""The language of an article: what the page says, unless its text plainly says otherwise.

A text is told by its script, and where several languages share one, by their small words and by
letters that the others lack. That takes a tenth of a millisecond and no library.
"""

import re
from collections import Counter
from functools import cache, lru_cache
from pathlib import Path
from string import ascii_letters

from crawler.document import Document
from crawler.extract.reading import Reading

_WORDS = Path(__file__).with_name("function_words.txt")
_TAG = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9]{2,8})*", re.IGNORECASE)
_SAMPLE = 900
_FEWEST_WORDS = 6
_FEWEST_LETTERS = 12
_NEAREST = 6
_EVERY = 4
_ASCII_LETTERS = ascii_letters.encode()
_TOKEN = re.compile(r"[^\W\d_][\w'’‘\u0300-\u036f\u0900-\u0dff\u200c]*")

# Scripts by the ranges of their letters; those of one language name it.
_SCRIPTS = (
    ("latin", "A-Za-z\u00c0-\u024f\u1e00-\u1eff"),
    ("cyrillic", "\u0400-\u052f"),
    ("arabic", "\u0600-\u06ff\u0750-\u077f"),
    ("devanagari", "\u0900-\u097f"),
    ("ja", "\u3041-\u30ff"),
    ("han", "\u3400-\u4dbf\u4e00-\u9fff"),
    ("ko", "\uac00-\ud7a3\u1100-\u11ff"),
    ("el", "\u0370-\u03ff\u1f00-\u1fff"),
    ("he", "\u0590-\u05ff"),
    ("hy", "\u0530-\u058f"),
    ("ka", "\u10a0-\u10ff"),
    ("th", "\u0e00-\u0e7f"),
    ("lo", "\u0e80-\u0eff"),
    ("my", "\u1000-\u109f"),
    ("km", "\u1780-\u17ff"),
    ("bn", "\u0980-\u09ff"),
    ("pa", "\u0a00-\u0a7f"),
    ("gu", "\u0a80-\u0aff"),
    ("or", "\u0b00-\u0b7f"),
    ("ta", "\u0b80-\u0bff"),
    ("te", "\u0c00-\u0c7f"),
    ("kn", "\u0c80-\u0cff"),
    ("ml", "\u0d00-\u0d7f"),
    ("si", "\u0d80-\u0dff"),
    ("am", "\u1200-\u137f"),
    ("bo", "\u0f00-\u0fff"),
)
_SHARED = ("latin", "cyrillic", "arabic", "devanagari")
_SCRIPT_NAMES = [name for name, _ in _SCRIPTS]
_LETTERS = [(name, re.compile(f"[{letters}]")) for name, letters in _SCRIPTS]
# Letters by which neighbours are told apart; each counts like a word.
_OWN_LETTERS = {
    "be": "ў",
    "uk": "їєґ",
    "ru": "ыэъё",
    "bg": "ъ",
    "sr": "ђћџљњј",
    "mk": "ѓќѕ",
    "kk": "қғұһ",
    "ky": "ңөү",
    "tg": "ҷӣӯ",
    "mn": "өү",
    "be-latn": "ŭ",
    "pl": "ąęł",
    "cs": "řěů",
    "sk": "ľĺŕô",
    "lt": "ėįųū",
    "lv": "āēģķļņ",
    "hu": "őű",
    "ro": "țșă",
    "tr": "ğış",
    "az": "əğı",
    "vi": "ạảấầẩậắằẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹđ",
    "is": "þð",
    "da": "æø",
    "nb": "æø",
    "sv": "äö",
    "de": "ßäöü",
    "pt": "ãõç",
    "es": "ñ¿",
    "fa": "گچپژ",
    "ur": "ےہںٹڈ",
    "ps": "ښځړ",
    "ckb": "ەێڵ",
}
_SAME = {"no": "nb", "iw": "he", "in": "id", "tl": "fil", "mo": "ro", "sh": "sr", "bs": "hr"}


def extract_language(document: Document, text: str = "") -> list[Reading[str]]:
    """Return what may be the language of the article, best first, as an ISO 639 code."""
    said = _said(document)
    told = tell_language(text)
    if told is None:
        return said
    language, sureness = told
    if said and _agree(said[0].value, language):
        return [Reading(said[0].value, f"{said[0].source} and text", 0.98), *said[1:]]
    found = Reading(language.partition("-")[0], "text", sureness)
    # A page that says nothing else has the language of its text; a short text proves little.
    return sorted([found, *said], key=lambda reading: -reading.confidence)


def tell_language(text: str) -> tuple[str, float] | None:
    """Return the language of a text and how sure that is, or None for too little text.

    "be-latn" is Belarusian in Latin letters.

    >>> tell_language("Суд вынес рашэнне, што гэта не так, і ён паедзе ў Мінск да сям'і.")
    ('be', 0.9)
    """
    sample = text[:_SAMPLE]
    letters = sample[:: _EVERY if len(sample) > _EVERY * 100 else 1]
    script = "latin" if _is_plain(letters) else _script_in(letters)
    if script == "han":
        return "zh", 0.9
    if script is None:
        return None
    return _by_words(sample, script) if script in _SHARED else (script, 0.95)


def _is_plain(text: str) -> bool:
    """Return whether the letters of ASCII are most of a text."""
    plain = text.encode("ascii", "ignore")
    letters = len(plain) - len(plain.translate(None, _ASCII_LETTERS))
    return letters >= _FEWEST_LETTERS and letters * 2 > len(text)


def _script_in(text: str) -> str | None:
    """Return the script that most letters of a text are of, or None for too few letters."""
    counts = dict.fromkeys(_SCRIPT_NAMES, 0)
    for letter, times in Counter(text).items():
        if script := _script_of(letter):
            counts[script] += times
    script = max(counts, key=counts.__getitem__)
    if counts["ja"] * 10 > counts["han"] > 0 and script in ("han", "ja"):
        script = "ja"
    return script if counts[script] >= _FEWEST_LETTERS else None


def _by_words(sample: str, script: str) -> tuple[str, float] | None:
    sample = sample.casefold()
    tokens = _TOKEN.findall(sample)
    scores = _scores(tokens, _languages_of()[script])
    if not scores or len(tokens) < _FEWEST_WORDS:
        return None
    nearest = sorted((-score, language) for language, score in scores.items())[:_NEAREST]
    if not sample.isascii():
        nearest = sorted((score - _own_letters(sample, one), one) for score, one in nearest)
    (lost, best), *others = nearest[:2]
    score = -lost
    lead = (score + others[0][0]) / score if others else 1.0
    if score < 4:
        return None
    return best, 0.9 if lead > 0.12 and score >= 10 else 0.6


def _scores(tokens: list[str], known: dict[str, tuple[str, ...]]) -> dict[str, float]:
    """Return how much the words of a text speak for each language that has some of them."""
    scores: dict[str, float] = {}
    for word, times in Counter(tokens).items():
        if languages := known.get(word):
            weight = times * (1.0 + 2.0 / len(languages))
            for language in languages:
                scores[language] = scores.get(language, 0.0) + weight
    return scores


def _own_letters(sample: str, language: str) -> int:
    """Return how often the letters by which a language is told from its neighbours stand here.

    They settle what is near; a language far behind needs no counting.
    """
    return min(sum(map(sample.count, _OWN_LETTERS.get(language, ""))), 20)


@cache
def _languages_of() -> dict[str, dict[str, tuple[str, ...]]]:
    """Return the languages of each function word, by the script it is written in."""
    found: dict[str, dict[str, tuple[str, ...]]] = {script: {} for script in _SHARED}
    for line in _WORDS.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            language, *words = line.split()
            for word in set(words):
                alike = found.setdefault(_script_of(word), {})
                alike[word] = (*alike.get(word, ()), language)
    return found


@lru_cache(maxsize=16384)
def _script_of(word: str) -> str:
    return next((name for name, letters in _LETTERS if letters.search(word)), "")


def _agree(said: str, told: str) -> bool:
    one, other = said.partition("-")[0], told.partition("-")[0]
    return _SAME.get(one, one) == _SAME.get(other, other)


def _said(document: Document) -> list[Reading[str]]:
    root = document.tree.root
    attributes = root.attributes if root else {}
    found = [
        (attributes.get("lang") or attributes.get("xml:lang"), "html lang", 0.8),
        *((content, "og:locale", 0.7) for content in document.meta.get("og:locale", ())[:1]),
        *((content, "content-language", 0.6) for content in document.meta.get("language", ())[:1]),
    ]
    return [
        Reading(tag[1].lower(), source, confidence)
        for value, source, confidence in found
        if value and (tag := _TAG.fullmatch(value.strip()))
    ]
