"""Times that pages print for people, in the words and numerals of many languages."""

import re
from bisect import bisect
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from operator import attrgetter
from typing import NamedTuple

from crawler.extract.moments import Moment, as_printed, machine_moment, moment, zone_named
from crawler.extract.months import month_of, solar_month_of

_Forms = tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]

# What follows a day of the month, and what may stand between the parts of a date.
_TH = r"(?:(?i:st|nd|rd|th|er|º|ª|°|-?го|-?га|-?е|-?є|-?ga|-?e|a|ος|η)(?!\w))?"
_OF = r"(?:\s*(?i:(?:of|de|del|do|di|da)(?=\s)|d['’]|ta['’]|[,،/–-]))?[\s.]*"
_WORD = r"([^\s\d.,;:|/()\[\]–—•·،-]{2,15})"
_YEAR = r"((?:19|20|25|13|14)\d\d)"
_DAY_MONTH_YEAR = re.compile(
    rf"(?<!\d)(\d\d?)\s?{_TH}\.?{_OF}{_WORD}\.?(?:\s*,|\s*،)?{_OF}{_YEAR}(?!\d)"
)
_MONTH_DAY_YEAR = re.compile(rf"(?<!\w){_WORD}\.?\s+(\d\d?)\s?{_TH}\.?\s*[,،]?\s*{_YEAR}(?!\d)")
_YEAR_MONTH_DAY = re.compile(
    rf"(?<!\d){_YEAR}\s?(?i:m\.|\.\s?gada|\.\s?gads|г\.|оны|\.|,|ж\.|թ\.|e?ko|-?yil|-?жыл\w*|ခုနှစ်)?\s+"
    rf"(?:(\d\d?)[.-]?\s*)?{_WORD}\.?(?:\s+(\d\d?)(?!\d))?"
)
# Months that have a number for their name: "13 tháng 8 năm 2025", "2025 оны 8-р сарын 13".
_NUMBERED = (
    (
        re.compile(rf"(?<!\d)(\d\d?),?\s+tháng\s+(\d\d?),?(?:\s+năm)?\s+{_YEAR}(?!\d)", re.I),
        ("day", "month", "year"),
    ),
    (
        re.compile(rf"(?<!\d){_YEAR}\s+оны\s+(\d\d?)(?:-[рдн]\w*)?\s+сарын\s+(\d\d?)(?!\d)", re.I),
        ("year", "month", "day"),
    ),
)
_THAI: _Forms = (
    (
        re.compile(
            r"(?<!\d)(\d\d?)\s*((?:[\u0e01-\u0e4e]{1,3}\.){2}|[\u0e01-\u0e4e]{5,12})\s*(?:พ\.?ศ\.?\s*)?(\d{4})(?!\d)"
        ),
        ("day", "word", "year"),
    ),
)
_EAST = re.compile(
    r"(?:(令和|平成|昭和|民國|民国)\s*)?(\d{1,4}|元)\s*[年년]\s*(\d\d?)\s*[月월]\s*(\d\d?)\s*[日號号일]?"
)
_YEAR_FIRST = re.compile(
    r"(?<![\d/.-])((?:19|20|13|14|25)\d\d)\s?([-/.])\s?(\d\d?)\s?\2\s?(\d\d?)(?!\d)"
)
_DAY_FIRST = re.compile(
    r"(?<![\d/.,:-])(\d\d?)\s?([-/.])\s?(\d\d?)\s?\2\s?((?:19|20|25)\d\d|\d\d)(?![\d/.]\d|\d)"
)
_NAMED: _Forms = (
    (_DAY_MONTH_YEAR, ("day", "word", "year")),
    (_MONTH_DAY_YEAR, ("word", "day", "year")),
    (_YEAR_MONTH_DAY, ("year", "other", "word", "day")),
)
_ANY_YEAR = re.compile(_YEAR)
_CLOCK = re.compile(
    r"(?<![\d.:])(上午|下午|午前|午後|오전|오후|am|pm)?\s?([01]?\d|2[0-4])\s?(?:[:.h]|[時时點点시]\s?|\s?Uhr\s?)([0-5]\d)"
    r"(?::([0-5]\d))?(?!\d|\.\d)\s*[分분]?\s*([ap]\.?\s?m\b\.?|[صم](?!\w)|مساءً?|صباحا?ً?|π\.?μ|μ\.?μ)?"
    r"[\s,(]*(?:Uhr\b)?[\s,(]*((?:GMT|UTC)\s?[+-]\s?\d\d?(?::?\d\d)?|[+-]\d\d:?\d\d|[A-Z][A-Za-z]{0,4}\b|МСК)?",
    re.IGNORECASE,
)
_HOUR_ALONE = re.compile(
    r"(?<![\d.:])(1[0-2]|[1-9])\s?([ap])\.?m\b\.?[\s,(]*([A-Z]{2,4}\b)?", re.IGNORECASE
)
_YEARLESS = (
    (re.compile(rf"(?<![\d:.,])(\d\d?)\s?{_TH}\.?{_OF}{_WORD}(?!\w)", re.I), ("day", "word")),
    (re.compile(rf"(?<!\w){_WORD}\.?\s+(\d\d?)\s?{_TH}(?![\d:])", re.I), ("word", "day")),
    (re.compile(r"(?<!\d)(\d\d?)\s*[月월]\s*(\d\d?)\s*[日號号일]"), ("word", "day")),
)
_NEAR = 40
_FARTHEST, _STEP = timedelta(hours=14), timedelta(minutes=15)

# Each date has one of these, and most of a text is far from any.
_SPOT = re.compile(r"[0-9元](?:(?<!元)(?:[0-9]{3}|\s?[-/.年년]\s?[0-9])|(?<=元)年)")
_BEFORE, _BEHIND = 60, 50

_DIGIT = re.compile(r"\d")
_DIGITS = re.compile(r"[^\D0-9]")
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}


class Printed(NamedTuple):
    """A day, and where it stands in a text."""

    start: int
    end: int
    day: date


_START = attrgetter("start")


class Yearless(NamedTuple):
    """A day of some year, and where it stands in a text."""

    start: int
    end: int
    month: int
    day: int


class _Clock(NamedTuple):
    start: int
    end: int
    time: time
    zone: tzinfo | None


def printed_moments(
    text: str, *, zone: tzinfo | None = None, language: str | None = None, month_first: bool = False
) -> Iterator[Moment]:
    """Yield the times that a text prints, in its order, each with the clock nearest to its day.

    ``month_first`` says how "03/04/2020" is to be read.
    """
    found = located_moments(text, zone=zone, language=language, month_first=month_first)
    return (moment for _, _, moment in found)


def located_moments(
    text: str, *, zone: tzinfo | None = None, language: str | None = None, month_first: bool = False
) -> Iterator[tuple[int, int, Moment]]:
    """Yield what ``printed_moments`` yields, with the beginning and the end of each."""
    digits = ascii_digits(text)
    last = 0
    for start, end, day in _days(digits, language, month_first):
        clock = _clock_near(digits, start, end, last)
        last = end
        if clock:
            start, end = min(start, clock.start), max(end, clock.end)
            last = end
        printed = " ".join(text[start:end].split()).strip(" ,(-–|")
        found = moment(day, clock and clock.time, printed, clock and clock.zone, zone)
        if found:
            yield start, end, found


def in_printed_zone(at: datetime, text: str) -> datetime:
    """Return a time in the zone of its printed text, or in UTC where that tells of none.

    Where the text names no zone, its clock tells how far from UTC the time was taken to be.

    >>> in_printed_zone(datetime(2025, 5, 3, 21, 25, tzinfo=UTC), "4 May 2025, 00:25").isoformat()
    '2025-05-04T00:25:00+03:00'
    """
    found = machine_moment(text) or next(printed_moments(text), None)
    if found is None or found.zone_known or not found.clock_known:
        return as_printed(at, text)
    ahead = found.at - at.replace(second=found.at.second, microsecond=0)
    if abs(ahead) > _FARTHEST or ahead % _STEP:
        return as_printed(at, text)
    return at.astimezone(timezone(ahead)) if ahead else at


def printed_days(
    text: str, *, language: str | None = None, month_first: bool = False
) -> list[Printed]:
    """Return the days that a text prints with their years, in its order."""
    return list(_days(ascii_digits(text), language, month_first))


def _days(text: str, language: str | None, month_first: bool) -> Iterator[Printed]:
    for start, end in _places(text):
        here: list[Printed] = []
        for reading in (_named, _eastern, _numeric):
            for printed in reading(text, start, end, language, month_first):
                # None here overlaps another, so that the two beside it are all to be asked.
                place = bisect(here, printed.start, key=_START)
                after = here[place].start if place < len(here) else end
                if (place == 0 or here[place - 1].end <= printed.start) and printed.end <= after:
                    here.insert(place, printed)
        yield from here


def _places(text: str) -> Iterator[tuple[int, int]]:
    """Yield where a date may stand: the surroundings of each spot, those that meet as one."""
    start = end = -1
    for spot in _SPOT.finditer(text):
        if spot.start() - _BEFORE > end:
            if end > 0:
                yield start, end
            start = max(0, spot.start() - _BEFORE)
        end = spot.end() + _BEHIND
    if end > 0:
        yield start, end


def yearless_days(text: str, *, language: str | None = None) -> list[Yearless]:
    """Return the days of a text that it prints by the name of their month and with no year."""
    text = ascii_digits(text)
    found: list[Yearless] = []
    for pattern, order in _YEARLESS if _DIGIT.search(text) else ():
        for match in pattern.finditer(text):
            parts = dict(zip(order, match.groups(), strict=True))
            word, number = parts["word"], int(parts["day"])
            month = int(word) if word.isdecimal() else month_of(word, language)
            if (
                month
                and len(word.strip(".")) > 2 - word.isdecimal() * 2
                and _day(2024, month, number)
            ):
                found.append(Yearless(match.start(), match.end(), month, number))
    return found


def clock_beside(text: str, start: int, end: int) -> tuple[time | None, tzinfo | None]:
    """Return the clock nearest to a day in a text, and its zone, each or none."""
    clock = _clock_near(ascii_digits(text), start, end)
    return (clock.time, clock.zone) if clock else (None, None)


def ascii_digits(text: str) -> str:
    """Return the text with the digits of every script as 0 to 9, each letter in its place."""
    return text if text.isascii() else _DIGITS.sub(lambda digit: str(int(digit[0])), text)


def _named(
    text: str, start: int, end: int, language: str | None, month_first: bool
) -> Iterator[Printed]:
    patterns = _NAMED if _ANY_YEAR.search(text, start, end) else ()
    patterns += () if text.isascii() else _THAI
    for pattern, order in patterns:
        for match in pattern.finditer(text, start, end):
            parts = dict(zip(order, match.groups(), strict=True))
            number = parts.get("day") or parts.get("other")
            if number and (day := _day_of(parts["year"], parts["word"], number, language)):
                yield Printed(match.start(), match.end(), day)
    for pattern, order in () if text.isascii() else _NUMBERED:
        for match in pattern.finditer(text, start, end):
            told = dict(zip(order, map(int, match.groups()), strict=True))
            if day := _day(told["year"], told["month"], told["day"]):
                yield Printed(match.start(), match.end(), day)


def _day_of(year: str, word: str, number: str, language: str | None) -> date | None:
    if solar := solar_month_of(word):
        return solar_day(int(year), solar, int(number)) if int(year) < 1500 else None
    month = month_of(word, language)
    return _day(int(year), month, int(number)) if month else None


def _eastern(
    text: str, start: int, end: int, language: str | None, month_first: bool
) -> Iterator[Printed]:
    for match in _EAST.finditer(text, start, end) if "月" in text or "월" in text else ():
        era, year, month, number = match.groups()
        first = 1 if year == "元" else int(year)
        if day := _day(first + _ERAS.get(era, 0), int(month), int(number)):
            yield Printed(match.start(), match.end(), day)


def _numeric(
    text: str, start: int, end: int, language: str | None, month_first: bool
) -> Iterator[Printed]:
    for match in _YEAR_FIRST.finditer(text, start, end):
        year, _, month, number = match.groups()
        solar = 1300 <= int(year) < 1500
        read = solar_day if solar else _day
        if day := read(int(year), int(month), int(number)):
            yield Printed(match.start(), match.end(), day)
    for match in _DAY_FIRST.finditer(text, start, end):
        first, mark, second, year = match.groups()
        one, two = int(first), int(second)
        swapped = two > 12 or (month_first and mark != "." and one <= 12)
        number, month = (two, one) if swapped else (one, two)
        if day := _day(int(year) + (2000 if len(year) == 2 else 0), month, number):
            yield Printed(match.start(), match.end(), day)


def _day(year: int, month: int, number: int) -> date | None:
    # The Buddhist era of Thailand and Laos is 543 years ahead.
    year -= 543 if 2500 <= year < 2600 else 0
    try:
        return date(year, month, number)
    except ValueError:
        return None


def solar_day(year: int, month: int, number: int) -> date | None:
    """Return the day of a date in the Persian solar calendar, or None if there is none.

    >>> solar_day(1404, 5, 22)
    datetime.date(2025, 8, 13)
    """
    if not (1300 <= year < 1500 and 1 <= month <= 12 and 1 <= number <= 31):
        return None
    # The calendar's 33-year cycle has eight leap years; it holds from 1300 to 1500.
    since = year - 1300
    leaps = (since * 8 + 29) // 33
    before = (month - 1) * 31 - max(0, month - 7)
    return date(1921, 3, 21) + timedelta(days=since * 365 + leaps + before + number - 1)


def _clock_near(text: str, start: int, end: int, last: int = 0) -> _Clock | None:
    """Return the clock behind a day, else that before it, but none before ``last``."""
    after = text[end : end + _NEAR]
    for pattern in (_CLOCK, _HOUR_ALONE):
        if match := pattern.search(after):
            return _clock(match, end)
    before = max(last, start - _NEAR)
    matches = list(_CLOCK.finditer(text[before:start]))
    return _clock(matches[-1], before) if matches else None


def _clock(match: re.Match[str], offset: int) -> _Clock | None:
    if match.re is _HOUR_ALONE:
        hour, half, zone = match.groups()
        minute = second = None
    else:
        early, hour, minute, second, late, zone = match.groups()
        half = early or late
    at = time(_hour(int(hour), half or ""), int(minute or 0), int(second or 0))
    return _Clock(offset + match.start(), offset + match.end(), at, zone_named(zone))


def _hour(hour: int, half: str) -> int:
    half = half.casefold()
    if half in ("下午", "午後", "오후", "م", "μ.μ", "μμ") or half.startswith(("p", "مس")):
        return hour % 12 + 12
    if half:
        return hour % 12
    return hour % 24
