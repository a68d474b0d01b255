"""Times told by how long ago they were: "35 min ago", "vor 2 Stunden", "3 часа назад"."""

import re
from datetime import datetime, timedelta

_MINUTE, _HOUR, _DAY, _WEEK = 1, 60, 1440, 10080
# A beginning is enough of a word that is inflected; the longest that fits counts.
_UNITS = {
    _MINUTE: "min мин хв хвіл λεπτ דק دقیق دقيق دقائق मिनट นาที 分 분 phút dakika perc dk",
    _HOUR: "h hour hr std stund heure hora ora ore ore uur tim time godz hodin val sat tun óra "
    "saat jam час год гадз ώρ שע ساع घंट ชั่วโมง 小时 小時 時間 시간 giờ",
    _DAY: "d day tag jour día dia giorn dag dzień dni dien den dní dan päiv nap gün zi zile hari "
    "дн ден день дзён дзень сут μέρ ημέρ ימ يوم أيام روز दिन วัน 天 日 일 ngày",
    _WEEK: "week woche semaine seman settiman vecka uke uge tydzień tygodn týd недел тиж тыд "
    "hafta 周 週 주 tuần",
}
_WORDS = sorted(
    ((word, unit) for unit, words in _UNITS.items() for word in words.split()),
    key=lambda pair: -len(pair[0]),
)
_BEFORE = (
    r"vor|il y a|hace|há|fa|prieš|pirms|před|pred|πριν(?: από)?|לפני|منذ|قبل|acum|för|for|cách đây"
)
_AFTER = (
    r"ago|назад|тому|таму|temu|fa|atrás|siden|sedan|sitten|geleden|önce|evvel|पहले|पूर्व|ที่แล้ว|前|전|"
    r"ezelőtt|yang lalu|lalu|trước|پیش|قبل|qabaq|бұрын"
)
_AGO = re.compile(
    rf"\b(?:{_BEFORE})\s+(\d{{1,3}})\s*([^\W\d]+)|(\d{{1,3}})\s*([^\W\d\s]+?)\.?\s*(?:{_AFTER})(?!\w)",
    re.IGNORECASE,
)


def time_ago(text: str, fetched_at: datetime) -> tuple[datetime, str] | None:
    """Return the time that lies so long before the fetch, and the words that say it, or None."""
    match = _AGO.search(text)
    if not match:
        return None
    count, word = match[1] or match[3], (match[2] or match[4]).casefold()
    unit = next((unit for start, unit in _WORDS if word.startswith(start)), None)
    if unit is None:
        return None
    return fetched_at - timedelta(minutes=int(count) * unit), match[0].strip()
