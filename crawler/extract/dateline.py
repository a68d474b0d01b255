"""The opening of a news report: its place, day and agency.

A dateline is read part by part, in whatever order its agency prints them. It is believed only when
the parts together are what no ordinary sentence opens with: an agency with a place, a day or a
mark of its own; a place in capitals with a dash; a place and a day set off from the sentence.
"""

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from archive.items import Dateline
from crawler.extract.agencies import known_agencies
from crawler.extract.eastern_dateline import eastern_dateline
from crawler.extract.months import month_of

_CITIES = Path(__file__).with_name("cities.txt")
_LONGEST = 160
_MOST_PARTS = 5

# The capitals of the scripts that have them: Latin, Greek, Cyrillic, Armenian.
_CAPITALS = "".join(
    chr(code) for code in (*range(0x41, 0x590), *range(0x1E00, 0x2000)) if chr(code).isupper()
)
_UPPER = f"[{_CAPITALS}]"
_CAPS_WORD = (
    r"(?:S[Tt]\.|[DN]\.\s?[CYJDHM]\.|[US]\.\s?[SNK]\.|"
    rf"{_UPPER}{{2,}}(?:['’]{_UPPER}+)?(?:-{_UPPER}+)*|{_UPPER}['’]{_UPPER}+)"
)
_CAPS = rf"{_CAPS_WORD}(?:[ /](?:{_CAPS_WORD}|de|da|am|la|el|sur|di|del|and)){{0,3}}"
_TITLE_WORD = rf"{_UPPER}[\w'’`ʼ-]*\w"
_SMALL = "de|da|do|am|an|la|el|sur|di|del|na|nad|над|на|der|den"
_TITLE = rf"{_TITLE_WORD}(?:[ /](?:{_TITLE_WORD}|{_SMALL})){{0,3}}"
# A state or a country, whole or abbreviated: "Ukraine", "D.C.", "Calif.", "N.Y.".
_REGION = (
    rf"(?:,[ ](?:[A-Z]\.[ ]?[A-Z]\.(?:[A-Z]\.)?|{_TITLE_WORD}(?:[ ]{_TITLE_WORD}){{0,2}}\.?))?"
)
_PLACE_CAPS = re.compile(rf"({_CAPS}{_REGION})(?![\w'’])")
_PLACE_TITLE = re.compile(rf"({_TITLE}{_REGION})(?![\w'’])")
# In scripts without capitals a place is what stands before a mark or a number.
_PLACE_ARABIC = re.compile(
    r"((?:[\u0621-\u064a\u066e-\u06d3\u05d0-\u05ea]+[ ]?){1,4}"
    r"(?:،[ ][\u0621-\u064a\u066e-\u06d3]+)?)(?=\s*[(\-–—/\d])"
)
_PLACE_INDIC = re.compile(
    r"([\u0900-\u0963\u0971-\u0dff]+(?:[ ][\u0900-\u0963\u0971-\u0dff]+){0,2})(?=\s*[,(\-–—/])"
)
_WORD = r"([^\s\d.,;:/()\[\]–—-]{2,15})"
_DAY_MONTH = re.compile(
    rf"(\d\d?)(?:\.|-?го|-?га|er|st|nd|rd|th|º)?\s+(?:de\s+|of\s+|d['’])?{_WORD}\.?(?:,?\s+(?:de\s+|del\s+)?(\d{{4}})(?:\s*(?:г\.|года|р\.|року|г))?)?(?!\w)"
)
_MONTH_DAY = re.compile(rf"{_WORD}\.?\s+(\d\d?)(?:st|nd|rd|th|\.?\s?d\.)?(?:,?\s+(\d{{4}}))?(?!\w)")
_YEAR_MONTH_DAY = re.compile(
    rf"(\d{{4}})\.?\s+(?:m\.\s+)?{_WORD}\s+(\d\d?)(?:\.?\s?d)?\.?(?:,\s+[^\W\d]{{4,12}}(?=\s*[(]))?(?!\w)"
)
_NUMBERS = re.compile(r"(\d\d?)([./]|\s-\s)(\d\d?)(?:\2(\d{4}|\d\d))?\.?(?!\w)")
_WEEKDAY = re.compile(
    r"(?:mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?,\s+|(?:montag|dienstag|mittwoch|donnerstag|freitag"
    r"|samstag|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche),?\s+",
    re.IGNORECASE,
)
# Three words, two, and one: the name of an agency that nothing sets off.
_WORDS = tuple(
    re.compile(rf"(?:[^\s,;:()]+\s+){{{before}}}[^\s,;:()]+?(?=[.,:-]?(?:\s|$)|[–—])")
    for before in (2, 1, 0)
)
_FIRST_WORD = re.compile(r"[^\s,;:()–—]+")
_DIGIT = re.compile(r"\d")
# A site names itself by its address: "JAKARTA, KOMPAS.com -".
_DOMAIN = re.compile(r"[\w-]{2,24}\.[A-Za-z]{2,4}(?=\s*[–—-])")
_ENDING = re.compile(r"\.[A-Za-z]{2,4}\s*[–—-]")
_NAMED = re.compile(r"[^\W\d_][\w.’'-]*(?:\s[^\W\d_][\w.’'-]*){0,2}")
_CAPITAL_INSIDE = re.compile(rf"[^\W\d_][\w.-]*{_UPPER}|[^\W\d_][\w-]*\.[a-z]{{2,3}}$")
_MARKED = re.compile(
    r"[(\[（]\s*([^()\[\]（）]{2,45}?)\s*[)\]）]|/\s*([^/\n]{2,40}?)\s*/|«([^»]{2,30})»"
)
_BETWEEN = re.compile(r"[\s,.;:،|–—‒―\-]*")
_END = re.compile(r"\s*(?:\.\s?[-–—]+|[-–—‒―]+|:|\.)\s*")
_SHORT_NAME = re.compile(r"[a-z]{3,5}")
# Of a place with its state nothing but a dash need follow: "New York, NY –".
_WITH_STATE = re.compile(r"[^,]+, [A-Z]{2}")
_ENDS_SO = re.compile(r"\s*(?:[-–—]|\.\s)")
_DASH = re.compile(r"[-–—‒―]")
_OPENS = re.compile(rf"[\"'“”„«‘’(\[¿¡]*[{_CAPITALS}\d]")
_CASELESS = re.compile(r"[\u0590-\u1c7f\u2e80-\ud7ff]")
_REPORTER = re.compile(r"^(?:корр?\.?|кор\.|кар\.|corr?\.|από|da|de|por)\s+", re.IGNORECASE)
_WORD_END = re.compile(r"[\s,:'’-]")
_NAME_BREAK = re.compile(r"[\s'’-]+")
_AGENCIES_APART = re.compile(r"\s*[/,–-]\s*|\s+(?:and|und|et|y|и)\s+")
_ACRONYM = re.compile(rf"{_UPPER}{{2,8}}")
# Words in capitals before a dash that name no place.
_NO_PLACE = re.compile(
    r"breaking|exclusive|updated?|watch|live|opinion|analysis|note|correction|corrected|"
    r"listen|video|photos?|fotos?|gallery|editor|review|interview|explainer|comment|"
    r"advertisement|sponsored|nasa|nato|fifa|uefa|covid|unesco|unicef|opec|asean|"
    r"эксклюзив|срочно|молния|обновлено|видео|фото|мнение|аналитика|абноўлена|эксклюзіў|"
    r"оновлено|ексклюзив|відео|pilne|wideo|eilmeldung|exklusiv|kommentar|urgent|exclusif|"
    r"vidéo|último|urgente|q&a|faq|pdf|usa|usd|eur|gdp|ceo"
)


@dataclass(slots=True)
class _Parts:
    """What was read so far; ``end`` is where the last part ends."""

    end: int = 0
    place: str | None = None
    in_capitals: bool = False
    place_first: bool = False
    agency: str | None = None
    marked: bool = False
    day: tuple[int, int, int | None] | None = None
    day_apart: bool = False


def extract_dateline(
    paragraph: str, *, published: date | None, fetched: date, agencies: tuple[str, ...] = ()
) -> Dateline | None:
    """Return the dateline that opens the paragraph, or None where it opens with none.

    ``agencies`` are further names, such as that of the site. A day without a year is the latest
    such day up to the page's own date, else up to the day of fetching in the site's zone.
    """
    if not paragraph:
        return None
    start = len(paragraph) - len(paragraph.lstrip())
    text = paragraph[start : start + _LONGEST]
    # A page's own date may be a day early, where its zone is not known.
    not_after = published + timedelta(days=1) if published else fetched
    if eastern := eastern_dateline(text, not_after=not_after):
        return eastern
    parts = _read(text, tuple(name.casefold() for name in agencies if name))
    ending = _END.match(text, parts.end)
    end = ending.end() if ending else parts.end
    if not _is_believed(parts, ending[0].strip() if ending else "", text[end:]):
        return None
    return Dateline(text[:end].strip(), parts.place, parts.agency, _date(parts.day, not_after))


def named_in_opening(paragraph: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return the names that stand where a dateline could: only these can be its agency."""
    opening = paragraph.lstrip()[:_LONGEST].casefold()
    return tuple(name for name in names if name.casefold() in opening)


def latest_day(month: int, day: int, *, not_after: date) -> date | None:
    """Return the last such day up to not_after, or None if no year has it.

    >>> latest_day(12, 31, not_after=date(2025, 1, 2))
    datetime.date(2024, 12, 31)
    """
    # Eight years back always meet a 29 February.
    for year in range(not_after.year, not_after.year - 9, -1):
        if 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]:
            found = date(year, month, day)
            if found <= not_after:
                return found
    return None


def _read(text: str, own: tuple[str, ...]) -> _Parts:
    parts = _Parts()
    for _ in range(_MOST_PARTS):
        between = _BETWEEN.match(text, parts.end if parts.end else 0)
        start = between.end() if between and parts.end else parts.end
        if parts.agency and parts.end and _DASH.search(text[parts.end : start]) and parts.place:
            break
        if not (
            _take_day(text, start, parts)
            or _take_agency(text, start, parts, own)
            or _take_place(text, start, parts)
        ):
            break
    return parts


def _take_day(text: str, start: int, parts: _Parts) -> bool:
    if parts.day or not _DIGIT.search(text, start):
        return False
    weekday = _WEEKDAY.match(text, start)
    start = weekday.end() if weekday else start
    if match := _DAY_MONTH.match(text, start):
        number, word, year = match.groups()
    elif match := _MONTH_DAY.match(text, start):
        word, number, year = match.groups()
    elif match := _YEAR_MONTH_DAY.match(text, start):
        year, word, number = match.groups()
    elif match := _NUMBERS.match(text, start):
        return _take(parts, match, int(match[3]), int(match[1]), match[4])
    else:
        return False
    month = month_of(word)
    return month is not None and _take(parts, match, month, int(number), year)


def _take(parts: _Parts, match: re.Match[str], month: int, day: int, year: str | None) -> bool:
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return False
    full = int(year) + (2000 if len(year) == 2 else 0) if year else None
    if full and not 1990 <= full < 2100:
        return False
    # "des 10." may be a word and a number, and "Posted: 21 April." a label and its day.
    parts.day_apart = match.string[parts.end : match.start()].lstrip()[:1] in (",", ".", ";")
    parts.day, parts.end = (month, day, full), match.end()
    return True


def _take_agency(text: str, start: int, parts: _Parts, own: tuple[str, ...]) -> bool:
    if parts.agency:
        return False
    if match := _MARKED.match(text, start):
        name = _REPORTER.sub("", match[1] or match[2] or match[3])
        if _is_agency(name, own) or _is_marked_so(name, text[match.end() :], parts):
            parts.agency, parts.marked, parts.end = name, True, match.end()
            return True
        return False
    for words in (*_WORDS, _DOMAIN) if _opens_name(text, start, own) else (_DOMAIN,):
        match = words.match(text, start)
        if match and (
            _is_name(match[0].strip(" .").casefold(), own) or (words is _DOMAIN and parts.place)
        ):
            parts.agency, parts.end = match[0], match.end()
            return True
    return False


def _opens_name(text: str, start: int, own: tuple[str, ...]) -> bool:
    """Return whether the next word is the first one in the name of an agency."""
    opening = _opening(text, start)
    return opening in _openings() or (bool(own) and opening in map(_opening, own))


@cache
def _openings() -> frozenset[str]:
    return frozenset(map(_opening, known_agencies()))


def _opening(text: str, start: int = 0) -> str:
    first = _FIRST_WORD.match(text, start)
    return first[0].strip(".-").casefold() if first else ""


def _is_marked_so(name: str, rest: str, parts: _Parts) -> bool:
    """Return whether an unknown name between marks is an agency's, by what it stands behind.

    Behind a place and a day any name is; behind a place alone one of capitals, or one that is
    spelled as no word is, such as "UzDaily.uz".
    """
    if parts.place and (parts.day or _is_desk(name)):
        return _NAMED.fullmatch(name) is not None
    if _ACRONYM.fullmatch(name):
        # A company is followed by its ticker, and a politician by a party.
        is_title = parts.place is not None and not parts.in_capitals
        return _ENDS_SO.match(rest) is not None if is_title else bool(parts.place or parts.day)
    if parts.place and _SHORT_NAME.fullmatch(name):
        return _DASH.match(rest.lstrip()) is not None
    is_spelled = parts.place is not None and _CAPITAL_INSIDE.match(name) is not None
    return is_spelled and _NAMED.fullmatch(name) is not None and bool(_ENDS_SO.match(rest))


def _take_place(text: str, start: int, parts: _Parts) -> bool:
    if parts.place:
        return False
    for pattern, in_capitals in (
        (_PLACE_CAPS, True),
        (_PLACE_TITLE, False),
        (_PLACE_ARABIC, False),
        (_PLACE_INDIC, False),
    ):
        # After its agency a sentence begins, and a place only where it is in capitals.
        if parts.agency and not in_capitals:
            break
        match = pattern.match(text, start)
        if match and _is_place(match[1]):
            place = _without_day(match[1])
            if _ENDING.match(text, match.end()):
                place = place.rpartition(", ")[0] or place
            parts.place, parts.in_capitals = place.strip(), in_capitals
            parts.place_first = parts.day is None
            parts.end = start + len(place.rstrip())
            return True
    return False


def _without_day(place: str) -> str:
    """Cut a month that was taken for a region: "MINSK, Aug" of "MINSK, Aug 13"."""
    head, comma, region = place.rpartition(", ")
    return head if comma and (month_of(region) or _is_agency(region, ())) else place


def _is_place(name: str) -> bool:
    first = _WORD_END.split(name, maxsplit=1)[0].casefold()
    return not _NO_PLACE.fullmatch(first) and month_of(first) is None and len(name) > 2


def _is_agency(name: str, own: tuple[str, ...]) -> bool:
    folded = name.strip(" .").casefold()
    if _is_name(folded, own):
        return True
    parts = _AGENCIES_APART.split(folded)
    return len(parts) > 1 and parts[0] in known_agencies()


def _is_desk(name: str) -> bool:
    """Return whether a name is that of an agency and a desk of its own: "CNN Business"."""
    agency, _, desk = name.partition(" ")
    return desk.istitle() and " " not in desk and agency.casefold() in known_agencies()


def _is_name(folded: str, own: tuple[str, ...]) -> bool:
    return folded in known_agencies() or folded in own


def _is_believed(parts: _Parts, ending: str, rest: str) -> bool:
    """Return whether the parts, with what ends them and what follows, are a dateline."""
    if not rest.strip() or (parts.end and rest[:1].isalnum() and not ending and not parts.marked):
        return False
    dash = bool(_DASH.search(ending))
    opens = bool(_OPENS.match(rest.lstrip())) or _CASELESS.match(rest.lstrip()) is not None
    if parts.agency and (parts.place or parts.day):
        if parts.place and _is_short_for(parts.agency, parts.place):
            return False
        return bool(ending) or (parts.marked and opens)
    if parts.agency:
        return (parts.marked and (dash or opens)) or (dash and opens)
    if parts.place and parts.day:
        return opens and (dash or (bool(ending) and parts.place_first and parts.day_apart))
    if not parts.place or not opens:
        return False
    if ending == ":":
        return parts.in_capitals and parts.place.casefold() in _cities()
    return dash and (
        (parts.in_capitals and ending != "-") or _WITH_STATE.fullmatch(parts.place) is not None
    )


@cache
def _cities() -> frozenset[str]:
    """Return the cities that a colon sets off, in folded case."""
    lines = _CITIES.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))


def _is_short_for(agency: str, name: str) -> bool:
    """Return whether one is the initials of the other: "World Health Organization (WHO)"."""
    initials = "".join(word[0] for word in _NAME_BREAK.split(name) if word)
    return len(agency) > 1 and initials.upper().endswith(agency)


def _date(day: tuple[int, int, int | None] | None, not_after: date) -> date | None:
    if day is None:
        return None
    month, number, year = day
    if year is None:
        return latest_day(month, number, not_after=not_after)
    return date(year, month, number) if number <= monthrange(year, month)[1] else None
