"""Datelines as Chinese, Japanese and Korean agencies print them: without spaces, in brackets."""

import re
from datetime import date

from archive.items import Dateline

_CHINESE = re.compile(
    r"[（(【]?(?P<agency>新华社|新華社|中新社|中新网|中央社|人民网|央视网|法新社|路透社|美联社|美聯社|共同社|俄新社|塔斯社|本报|本報)"
    r"(?P<reporter>记者|記者)?(?P<place>[^\d\s（）()，,。]{0,12}?)(?:(?P<month>\d{1,2})月)?(?P<day>\d{1,2})日"
    r"(?:综合)?(?P<wire>专?[电電讯訊]|消息)[】）)]?\s?(?:[（(][^（）()]{0,30}[）)])?"
)
_JAPANESE = re.compile(
    r"【(?:(?P<month>\d{1,2})月(?P<day>\d{1,2})日\s*)?(?P<place>[^】＝=\d]{0,15}?)\s*"
    r"(?P<agency>共同通信|共同|時事通信|時事|AFP|AFP時事|ロイター|ＡＦＰ時事|ＡＦＰ|CNN|ＡＰ|AP|聯合ニュース|新華社)?"
    r"(?:\s*[＝=]\s*[^】]{1,20})?】\s*"
)
_KOREAN = re.compile(
    r"\((?P<place>[가-힣]{2,10})=(?P<agency>연합뉴스|뉴시스|뉴스1|[가-힣\w]{2,12})\)\s*(?:[가-힣]{2,5}\s?(?:특파원|기자)\s*=\s*)?"
    r"|\[(?P<site>[가-힣]{2,10})=(?P<other>연합뉴스|뉴시스|뉴스1|[가-힣\w]{2,12})\]\s*(?:[가-힣]{2,5}\s?(?:특파원|기자)\s*=\s*)?"
)


def eastern_dateline(text: str, *, not_after: date) -> Dateline | None:
    """Return the dateline of an East Asian agency that opens the text, or None."""
    if text[:1].isascii() and text[:1] not in "([":
        return None
    if match := _CHINESE.match(text):
        # Between the agency and the day stands a place, or a reporter's name with one.
        place = None if match["reporter"] else match["place"] or None
        day = _day(match["month"], match["day"], not_after)
        return Dateline(match[0].strip(), place, match["agency"], day)
    if (match := _JAPANESE.match(text)) and (match["agency"] or "＝" in match[0]):
        day = _day(match["month"], match["day"], not_after)
        return Dateline(match[0].strip(), match["place"] or None, match["agency"], day)
    if match := _KOREAN.match(text):
        place, agency = match["place"] or match["site"], match["agency"] or match["other"]
        return Dateline(match[0].strip(), place, agency)
    return None


def _day(month: str | None, day: str | None, not_after: date) -> date | None:
    """Return the latest such day; a day without a month is one of the last weeks."""
    if day is None:
        return None
    year, number = not_after.year, int(month) if month else not_after.month
    for _ in range(24):
        try:
            found = date(year, number, int(day))
        except ValueError:
            found = None
        if found and found <= not_after:
            return found
        if month:
            year -= 1
        else:
            year, number = (year - 1, 12) if number == 1 else (year, number - 1)
    return None
