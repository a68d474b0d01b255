"""Times told by how far they are from now: "35 min ago", "vor 2 Stunden", "вчера, 14:30"."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo

from crawler.extract.date_labels import called
from crawler.extract.moments import Moment, moment
from crawler.extract.printed import ascii_digits

_MINUTE, _HOUR, _DAY, _WEEK = 1, 60, 1440, 10080
# A beginning is enough of a word that is inflected; the longest that fits counts.
_UNITS = {
    _MINUTE: (
        "min menit мин хв хвіл λεπτ דק دقیق دقيق دقائق منٹ मिनट मिनिट মিনিট நிமிட นาที 分 分钟 "
        "분 phút dakika dəq daqiqa perc dk րոպե წუთ"
    ),
    _HOUR: (
        "hour hr std stund heure hora hore ordu ora ore oră orë uur tim time tund "
        "tunt tunn tunni godz hodin val sat ur óra saat soat jam час год гадз сат "
        "сағат саат ώρ שע ساع گھنٹ घंट घण्ट तास ঘণ্ট ঘন্ট மணி ชั่วโมง 小时 小時 時間 시간 giờ "
        "klukk klst ժամ საათ saa цаг órá"
    ),
    _DAY: (
        "day tag jour día dia giorn dag dzień dni dien den dní dan päiv päev nap gün "
        "zi zile hari egun дн ден день дзён дзень сут дан күн μέρ ημέρ ימ يوم أيام "
        "ايام روز دن दिन দিন நாள் วัน 天 日 일 ngày օր დღ өдр siku"
    ),
    _WEEK: (
        "week woche semaine seman settiman setman vecka veck uke uge tydzień tygodn "
        "týd týž недел тиж тыд седмиц nädal viik nedēļ savait teden tjedan hafta "
        "həftə εβδομ שבוע أسبوع اسبوع أسابيع هفت हफ्त सप्ताह সপ্তাহ สัปดาห์ 周 週 주 "
        "tuần minggu het wiki"
    ),
}
_WORDS = sorted(
    ((word, unit) for unit, words in _UNITS.items() for word in words.split()),
    key=lambda pair: -len(pair[0]),
)
_LETTERS = {"m": _MINUTE, "h": _HOUR, "d": _DAY, "w": _WEEK, "t": _HOUR, "g": _DAY, "j": _DAY}
_TWO = {
    "دقيقتين": _MINUTE, "ساعتين": _HOUR, "يومين": _DAY, "أسبوعين": _WEEK,
    "שעתיים": _HOUR, "יומיים": _DAY, "שבועיים": _WEEK,
}  # fmt: skip
_ONE = (
    "an|a|one|ein|eine|einer|einem|un|une|una|uno|um|uma|unei|een|en|ett|et|jedną|jeden|jednu|jedne"
    "|один|одну|одна|адну|адзін|една|един|bir|μία|μια"
)
_UNIT = r"[^\d\s.,;:|()]{1,18}?"
_BEFORE = (
    "vor|il y a|hace|há|hai|fa|duela|prieš|pirms|před|pred|prije|pre|преди|пред|пре|πριν(?: από)?"
    "|לפני|منذ|قبل|acum|fyrir|cách đây"
)
_AFTER = (
    "ago|назад|тому|таму|temu|fa|atrás|siden|sedan|síðan|sitten|tagasi|geleden|önce|evvel|əvvəl|qabaq"
    "|oldin|avval|бұрын|мурун|өмнө|நேரம் முன்பு|நேரத்திற்கு முன்"
    "|पहले|पूर्वी|पूर्व|আগে|முன்|முன்பு|ที่แล้ว|ก่อน|前|전|ezelőtt|yang lalu|lalu"
    "|trước|پیش|قبل|پہلے|առաջ|წინ|më parë|yn ôl"
)
_AGO = re.compile(
    rf"(?<!\w)(?:(?:{_BEFORE})\s+(?:(\d{{1,3}})\s*|(?:{_ONE})\s+)?({_UNIT})(?![^\W\d])"
    rf"|(?:(\d{{1,3}})\s*|(?:{_ONE})\s+)?({_UNIT})\.?\s*(?:{_AFTER})(?!\w))",
    re.IGNORECASE,
)
# Where the unit itself says "ago", or stands before its number: "5 perce", "saa 2 zilizopita".
_IN_OTHER_ORDER = re.compile(
    r"(?<!\w)(?:(\d{1,3})\s+(perc|órá|nap|het)(?:e|ja)(?!\w)"
    r"|(?=\w+\s+(\d{1,3})\s)(dakika|saa|siku|wiki)\s+\d{1,3}\s+(?:iliyopita|zilizopita)(?!\w))",
    re.IGNORECASE,
)
_ALONE = ("ago", "назад", "тому", "таму", "temu", "منذ", "قبل", "לפני")
"""What says that one word before or after it is a time: "час назад", "منذ ساعتين"."""

_DAYS_BACK = {
    0: (
        "today heute aujourd'hui aujourd’hui hoy oggi hoje vandaag idag i_dag tänään "
        "täna šodien šiandien dzisiaj dziś dnes ma astăzi azi danas danes сегодня "
        "сёння сьогодні днес денес данас bugün bu_gün bugun бүгін бүгүн σήμερα היום "
        "اليوم امروز آج आज আজ இன்று วันนี้ 今天 今日 오늘 hôm_nay hari_ini avui gaur hoxe "
        "í_dag sot այսօր დღეს өнөөдөр leo"
    ),
    1: (
        "yesterday gestern hier ayer ieri ontem gisteren igår i_går eilen eile vakar "
        "wczoraj včera tegnap jučer juče včeraj вчера учора ўчора вчора јуче јучер "
        "dün dünən kecha кеше кечээ χθες χτες אתמול أمس امس دیروز कल গতকাল நேற்று "
        "เมื่อวาน เมื่อวานนี้ 昨天 昨日 어제 hôm_qua kemarin semalam ahir atzo onte í_gær "
        "dje երեկ გუშინ өчигдөр jana گزشتہ_روز کل"
    ),
}
_BACK = {
    word.replace("_", " ").casefold(): days
    for days, words in _DAYS_BACK.items()
    for word in words.split()
}
_CLOCK = (
    r"\s*[,،.|·–-]?\s*(?:at|um|à|a las|a la|alle|alle ore|às|om|kl|klo|kell|o|o godz|v|ve|u|ob"
    r"|в|у|а|о|saat|στις|ore|la ora|ora|klukkan|lúc|pukul|ժամը|في|في الساعة|ساعت|בשעה)?\.?\s*"
    r"([01]?\d|2[0-3])[:.h時时点시]\s?([0-5]\d)(?!\d)"
)
_NEAR_DAY = re.compile(
    rf"(?<!\w)({'|'.join(sorted(map(re.escape, _BACK), key=len, reverse=True))})"
    rf"(?:{_CLOCK}|\s*$)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Ago:
    """A time told by its distance, and how it is to be marked beside the time of fetching."""

    moment: Moment
    to_the_hour: bool = False


def time_ago(text: str, fetched_at: datetime, zone: tzinfo | None = None) -> Ago | None:
    """Return the time that a text tells by its distance from the fetch, or None.

    What is told in days is a day alone. A day is one of ``zone``, or of UTC where that is not
    known; days count from the day of the fetch.
    """
    text = ascii_digits(text)
    found = _NEAR_DAY.search(text)
    if found and (found[2] or not text[: found.start()].strip(" :") or _says(text, found)):
        return _on_day(found, fetched_at, zone)
    for match in (*_AGO.finditer(text), *_IN_OTHER_ORDER.finditer(text)):
        if minutes := _minutes(match):
            return _before(match[0].strip(), minutes, fetched_at, zone)
    return None


def _says(text: str, found: re.Match[str]) -> bool:
    # "USA Today" is no time, "Published: today" is.
    return called(text[: found.start()]) is not None


def _on_day(found: re.Match[str], fetched_at: datetime, zone: tzinfo | None) -> Ago | None:
    word, hour, minute = found.groups()
    day = fetched_at.astimezone(zone or UTC).date() - timedelta(days=_BACK[word.casefold()])
    clock = time(int(hour), int(minute)) if hour else None
    at = moment(day, clock, found[0].strip(), None, zone)
    # What is still to come was told of another day, or is no time of this page.
    return Ago(at) if at and at.at <= fetched_at + timedelta(hours=14) else None


def _minutes(match: re.Match[str]) -> tuple[int, int] | None:
    """Return how many of which unit, in minutes, lie between, or None where it is no time."""
    count, word = match[1] or match[3], (match[2] or match[4]).casefold()
    if word in _TWO:
        return 2, _TWO[word]
    said = match[0].casefold().split()
    if count is None and len(said) < 3 and not {said[0], said[-1]} & set(_ALONE):
        return None
    unit = _LETTERS.get(word) or next((u for start, u in _WORDS if word.startswith(start)), None)
    return (int(count or 1), unit) if unit else None


def _before(
    text: str, minutes: tuple[int, int], fetched_at: datetime, zone: tzinfo | None
) -> Ago | None:
    count, unit = minutes
    at = fetched_at - timedelta(minutes=count * unit)
    if unit < _DAY:
        return Ago(Moment(at.astimezone(UTC), text, True, True), unit == _HOUR)
    day = moment(at.astimezone(zone or UTC).date(), None, text, None, None)
    return Ago(day) if day else None
