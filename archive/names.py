"""One key for a name in any script or spelling.

A name is written by sound in each language: Лукашенко, Лукашэнка, Łukašenka, Lukashenko,
Lukaschenko. What these share is a skeleton of consonants. Where a letter may mean two sounds
a word has two keys, never a guess; two spellings match if they have a key in common.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice, product

from archive.exonyms import EXONYMS

_NAME = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
_MARKS = re.compile("['’ʼ`\u0301ьъ]")
# Of the soft ц, which is т in Belarusian and ц in Ukrainian, a letter of its own is made.
_SOFT_C = "џ"
_SHORTEST = 3
_MOST_KEYS = 8

# A letter, or a group of letters, and the sounds it may stand for. The longest group wins;
# ж = з and ш = с, for many spellings do not tell them apart. "v" is u, w, v, f or ў.
_SOUNDS = {
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "h", "д": "d", "е": "e", "ё": "o", "є": "e",
    "ж": "z", "з": "z", "и": "i", "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m",
    "н": "n", "о": "a", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ў": "v", "ф": "v",
    "х": "h", "ц": "c", "ч": "č", "ш": "s", "щ": "sč", "ы": "i", "э": "a", "ю": "iu", "я": "ia",
    "дз": "dz d", "дж": "dz", "кс": "ks", "тс": "c", "тц": "c",
    "џ": "c t", "цв": "cv tv", "цьв": "cv tv", "ци": "ci ti", "це": "ce te",
    "ці": "ci ti", "ця": "ca ta", "цё": "ca ta", "цю": "cu tu",
    "ł": "l", "ŭ": "v", "w": "v", "f": "v", "j": "i", "y": "i", "x": "ks", "q": "k", "g": "h",
    "š": "s", "ś": "s", "ž": "z", "ź": "z", "ż": "z", "č": "č", "ć": "c č t", "ń": "n",
    "ß": "s", "ø": "o", "đ": "d",
    "schtsch": "sč", "chtch": "sč", "szcz": "sč", "shch": "sč", "šč": "sč", "stsch": "sč",
    "tsch": "č", "tch": "č", "cz": "č", "sch": "s z sč", "schsch": "z s", "sz": "s", "sh": "s",
    "zh": "z", "kh": "h", "gh": "h", "ch": "h č", "ts": "c", "tz": "c", "ph": "v", "th": "t",
    "rz": "r rz rc", "lz": "lz lc", "nz": "nz nc", "mz": "mz mc", "zk": "zk ck", "ck": "k ck",
    "rzh": "rz", "lzh": "lz", "nzh": "nz", "mzh": "mz", "dzk": "dzk dsk", "ds": "dz d ds",
    "dz": "dz d", "dź": "dz d", "dj": "dz d", "cv": "cv tv", "ćv": "cv tv", "tsv": "cv tv",
    "ci": "ci ti", "ce": "ce te", "cy": "ci ti", "tsi": "ci ti", "tse": "ce te",
    "tsia": "cia tia", "cia": "cia tia", "ca": "ca ka ča", "co": "ca ka ča", "cu": "cu ku ču",
    "cl": "cl kl", "cr": "cr kr", "ct": "ct kt",
}  # fmt: skip
# At its beginning a German name has S for З, and Z for Ц.
_INITIAL = {"s": ("s", "z"), "z": ("z", "c"), "sch": ("s", "z", "sč")}
# Belarusian puts a v before an o at the beginning: Орша, Ворша.
_BEFORE_O = re.compile("во|[vw]o")
# After a vowel and before one, or a voiced sound, German has s for з; and z for ц.
_GERMAN = {"s": ("s", "z"), "z": ("z", "c")}
_VOICED = re.compile("[aeiouyjwäöü]+[aeiouyjäöünmlr]")
_MEANT = {group: tuple(sounds.split()) for group, sounds in _SOUNDS.items()}
# Of the groups that begin at a letter the longest is taken; what is in none stands alone.
_GROUP = re.compile("|".join([*sorted(_SOUNDS, key=len, reverse=True), "."]), re.DOTALL)
_NO_VOWELS = str.maketrans("", "", "aeiouv")
_DOUBLED = re.compile(r"(.)\1+")
_OPEN_VOWELS = str.maketrans("eo", "aa")
_U_AFTER_VOWEL = re.compile("(?<=[aeiou])u")
_I_BEFORE_VOWEL = re.compile("i(?=[aiu])")
_U_BEFORE_CONSONANT = re.compile("u[^aeiouv]")
# An i beside another vowel is no vowel of its own.
_SOFTENED = re.compile("i+(?=[aeou])|(?<=[aeou])i+")
# Of v and u beside each other one may be written: Naumov, Навумаў; Kaunas, Коўна.
_V_AND_U = re.compile("(?<=[aeiou])vu|u(?=[aeiouv])")
# As in Станкевич, which is not Станкович.
_SOFT_K = re.compile("ke(?=vi[yh])")
# As in Мстиславль, Мсціслаў.
_SLAVL = re.compile("(?<=sla)vl(?=[aeiou]*$)")
# As in Яновский, which is not Янский.
_OVSKY = re.compile("v(?=sk)")
# What is dropped of names with so many consonants, the last of more.
_DROPPED = [str.maketrans("", "", vowels) for vowels in ("aeo",) * 4 + ("aeiou", "aeiouv")]
_LAST_VOWELS = re.compile("[aiu]+$")

# Минск, Минский and Минская are a town, a man and a woman: what the endings in each language
# can mean. Some cases of them are the same.
_OF_PLACE = re.compile(r"(.{2,}(?:[сцџ]к|[scz]k))([^\W\d_]{0,4})")
_TOWN, _MAN, _WOMAN = "", "i", "e"
_CASES = (
    ((_TOWN,), "е у e u"),
    ((_TOWN, _MAN), "ом ам ас om am as ui o"),
    ((_TOWN, _WOMAN), "а a"),
    ((_MAN,), "ий ый і и ого ага аго ому аму им ім ым ие ія их іх ими імі ис іс"),
    ((_MAN,), "i y ij iy yy yj yi ii iego ego ogo oho aha iemu emu omu amu im ym ich is io ie"),
    ((_WOMAN,), "ая ую юю аю ай ою ої ій aja aya aia ay aj ai uju uyu oju oji iej ej ą ę"),
    ((_MAN, _WOMAN), "ой oj oy oi"),
)
_FORMS = {ending: forms for forms, endings in _CASES for ending in endings.split()}
_FORMS[""] = (_TOWN,)

# Case endings that carry a consonant, those of adjectives, and Lithuanian ones.
_ENDING = re.compile(
    r"(?:(?<=[бвгджзклмнпрстфхцчшщ])(?:ого|ага|ому|аму)"
    r"|ом|ем|ым|ам|ям|им|ім|ами|амі|ах|ях|(?:ас|ис|іс|ыс|ус|юс)(?:ом|ем|[аеуы])?"
    r"|(?<=n)(?:oho|aha|ogo|ego)"
    r"|as|is|us|ys|es|os|ės|em|om|am)$"
)

_ALIKE = str.maketrans("wyjł", "viil")
_SOFTENED_ENDINGS = {"зе": "га", "зі": "га", "цы": "ка", "се": "ха"}
_ENDING_VOWELS = re.compile("[аеёиоуыэюяіїйєaeiouyėąęų]+$")

# As in Могилёв, Mahiloŭ, Mahiljou; the endings of other cases may follow.
_FINAL_V = re.compile("(?:v|[aeo]u)[aeiou]*$")


def name_keys(text: str) -> list[str]:
    """Return the keys of the names in a text, each once, in order.

    >>> name_keys("Лукашенко") == name_keys("Łukašenka")
    True
    """
    keys: dict[str, None] = {}
    # Most words are in lower case throughout; only the others are looked at closely.
    tokens = (token for token in dict.fromkeys(text.split()) if not token.islower())
    for word in dict.fromkeys(_NAME.findall(" ".join(tokens))):
        if len(word) >= _SHORTEST and word[0].isupper():
            keys.update(dict.fromkeys(word_keys(word)))
    return list(keys)


@lru_cache(maxsize=32768)
def word_keys(word: str) -> tuple[str, ...]:
    """Return the keys of one word, whether or not it is written as a name."""
    plain = _plain(word)
    found = _OF_PLACE.fullmatch(plain)
    forms = _FORMS.get(found[2]) if found else None
    if found and forms:
        known = _exonym(found[1]) if _TOWN in forms else None
        keys = [key + form for key in _keys(found[1]) for form in forms]
        return tuple(([known] if known else []) + keys)[:_MOST_KEYS]
    same = _exonym(plain)
    found_keys = dict.fromkeys([*([same] if same else []), *_keys(plain)])
    for stem in _stems(plain):
        known = _exonym(stem)
        longer = [key for key in _keys(stem) if len(stem) > _SHORTEST or key[0] != "q"]
        found_keys.update(dict.fromkeys([known] if known else longer))
    return tuple(found_keys)[:_MOST_KEYS]


def _stems(plain: str) -> Iterator[str]:
    """Yield what a plain word may be a case of."""
    stem = _ENDING.sub("", plain)
    if stem != plain:
        yield stem
    # At Рыга is у Рызе, and at Вілейка у Вілейцы.
    if len(plain) > _SHORTEST and plain[-2:] in _SOFTENED_ENDINGS:
        yield plain[:-2] + _SOFTENED_ENDINGS[plain[-2:]]


def _plain(word: str) -> str:
    """Return the word in lower case, composed, without apostrophes, soft signs and stress."""
    composed = unicodedata.normalize("NFC", word.lower()).replace("ць", _SOFT_C)
    return _MARKS.sub("", composed)


def _keys(word: str) -> list[str]:
    """Return the skeletons of a plain word; a short name keeps its vowels too."""
    sounds = _sounds(word)
    if not sounds:
        return []
    spoken = ("".join(choice) for choice in product(*sounds))
    return list(dict.fromkeys(map(_key, islice(spoken, _MOST_KEYS))))


def _sounds(word: str) -> list[tuple[str, ...]]:
    """Return for each letter or group the sounds it may stand for."""
    groups = _GROUP.findall(word)
    sounds = [_MEANT.get(group) or _without_marks(group) for group in groups]
    for place in range(1, len(groups) - 1):
        if groups[place] in _GERMAN and _VOICED.match(groups[place - 1] + groups[place + 1]):
            sounds[place] = _GERMAN[groups[place]]
    if groups[-2:] == ["e", "z"]:
        sounds[-1] = ("z", "c")
    if groups and groups[0] in _INITIAL:
        sounds[0] = _INITIAL[groups[0]]
    elif _BEFORE_O.match(word):
        sounds[0] = ("v", "")
    return sounds


@lru_cache(maxsize=1024)
def _without_marks(letter: str) -> tuple[str, ...]:
    """Return the letter without its marks, as its one sound: é, ü, ą as e, u, a."""
    return (unicodedata.normalize("NFD", letter)[0].strip(),)


def _key(spoken: str) -> str:
    # Search engines fold č to c, so it is written y, which is no other sound here.
    spoken = _SLAVL.sub("v", spoken.replace("č", "y"))
    skeleton = _undoubled(spoken.translate(_NO_VOWELS))
    if len(skeleton) < _SHORTEST:
        # Too little is left to tell names apart: the vowels stay, roughly.
        vowels = _U_AFTER_VOWEL.sub("v", spoken.translate(_OPEN_VOWELS))
        vowels = _I_BEFORE_VOWEL.sub("", vowels)
        return "q" + _undoubled(_LAST_VOWELS.sub("", vowels) or vowels)
    first = _beginning(spoken)
    if len(skeleton) == _SHORTEST and not first and spoken[1] not in "aeiou":
        first = "u"
    last = "v" if _FINAL_V.search(spoken) else ""
    return first + _inside(spoken, len(skeleton)) + last


def _inside(spoken: str, consonants: int) -> str:
    """Return the consonants of a name; with v, u and i where few would be left without."""
    vowels = _U_AFTER_VOWEL.sub("v", _SOFTENED.sub("", spoken))
    vowels = _V_AND_U.sub("v", _OVSKY.sub("w", _SOFT_K.sub("kj", vowels)))
    dropped = _DROPPED[min(consonants, len(_DROPPED) - 1)]
    return _undoubled(vowels).translate(dropped).strip("iuv")


def _beginning(spoken: str) -> str:
    """Return what a skeleton of few letters keeps of a vowel or v before it."""
    if spoken[0] == "v" or _U_BEFORE_CONSONANT.match(spoken):
        return "v"
    return "a" if spoken[0] in "aeiou" else ""


def _undoubled(text: str) -> str:
    return _DOUBLED.sub(r"\1", text)


def _exonym(word: str) -> str | None:
    """Return the key of a plain word that is in the table, maybe with other vowels at its end."""
    return _exonyms().get(_stem(word))


def _stem(word: str) -> str:
    stem = _ENDING_VOWELS.sub("", word)
    return "".join(map(_unmarked, stem if len(stem) > _SHORTEST else word)).translate(_ALIKE)


def _unmarked(letter: str) -> str:
    return letter if letter in "йї" else unicodedata.normalize("NFD", letter)[0]


@lru_cache(maxsize=1)
def _exonyms() -> dict[str, str]:
    return {
        _stem(_plain(name)): f"same{number}"
        for number, names in enumerate(EXONYMS)
        for name in names.split()
    }
