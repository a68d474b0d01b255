from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.ago import time_ago
from crawler.extract.moments import as_printed, machine_moment
from crawler.extract.months import month_of
from crawler.extract.printed import printed_days, printed_moments, solar_day

THE_DAY = date(2025, 8, 13)
DAYS = (
    "13 жніўня 2025",
    "13 žniŭnia 2025",
    "13 августа 2025 г.",
    "13 серпня 2025 року",
    "13 sierpnia 2025",
    "2025 m. rugpjūčio 13 d.",
    "2025. gada 13. augusts",
    "13. august 2025",
    "13. August 2025",
    "13 août 2025",
    "13 de agosto de 2025",
    "13 agosto 2025",
    "13 d’agost de 2025",
    "13 augustus 2025",
    "13 augusti 2025",
    "13. elokuuta 2025",
    "13. ágúst 2025",
    "13. srpna 2025",
    "13. augusta 2025",
    "13. avgusta 2025",
    "13. kolovoza 2025.",
    "13. август 2025",
    "13 август 2025",
    "2025. augusztus 13.",
    "13 Ağustos 2025",
    "13 avqust 2025",
    "13 Αυγούστου 2025",
    "13 თებერვალი 2025",
    "13 օգոստոսի 2025",
    "١٣ أغسطس ٢٠٢٥",
    "13 آب 2025",
    "۲۲ مرداد ۱۴۰۴",
    "13 באוגוסט 2025",
    "१३ अगस्त २०२५",
    "১৩ আগস্ট ২০২৫",
    "13 ஆகஸ்ட் 2025",
    "13 สิงหาคม 2568",
    "13 ส.ค. 2568",
    "2025年8月13日",
    "令和7年8月13日",
    "2025년 8월 13일",
    "13/8/2025",
    "13.08.2025",
    "2025-08-13",
    "2025/08/13",
    "August 13, 2025",
    "Aug. 13th, 2025",
    "13 Agustus 2025",
    "13 Agosti 2025",
)


@pytest.mark.parametrize("printed", DAYS)
def test_days_are_read_in_the_languages_of_the_press(printed: str) -> None:
    expected = date(2025, 2, 13) if "თებერვალი" in printed else THE_DAY
    assert [found.day for found in printed_days(f"— {printed} —")] == [expected]


@pytest.mark.parametrize(
    ("printed", "at"),
    [
        ("13 жніўня 2025, 10:35", "2025-08-13T10:35"),
        ("August 13, 2025 10:35 PM EDT", "2025-08-14T02:35"),
        ("13. August 2025, 10.35 Uhr", "2025-08-13T10:35"),
        ("13 août 2025 à 10h35", "2025-08-13T10:35"),
        ("13 августа 2025, 10:35 МСК", "2025-08-13T07:35"),
        ("2025年08月13日 下午3:05", "2025-08-13T15:05"),
        ("2025. 8. 13. 오전 10:35", "2025-08-13T10:35"),
        ("08/13/2025 3pm ET", "2025-08-13T19:00"),
        ("10:35, 13 August 2025", "2025-08-13T10:35"),
        ("13 Aug 2025 10:35 +05:30", "2025-08-13T05:05"),
    ],
)
def test_the_clock_beside_a_day_belongs_to_it(printed: str, at: str) -> None:
    [found] = printed_moments(printed)
    assert found.at == datetime.fromisoformat(at).replace(tzinfo=UTC)
    assert found.clock_known


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2020-09-21T10:00:00+0300", "2020-09-21T07:00"),
        ("2020-09-21T10:00:00.000Z", "2020-09-21T10:00"),
        ("2020-09-21 10:00 +03:00", "2020-09-21T07:00"),
        ("Mon, 21 Sep 2020 10:00:00 GMT", "2020-09-21T10:00"),
        ("1600682400", "2020-09-21T10:00"),
        ("1600682400000", "2020-09-21T10:00"),
        ("20200921", "2020-09-21T00:00"),
        ("2020-09-21", "2020-09-21T00:00"),
    ],
)
def test_times_for_machines_are_read(text: str, at: str) -> None:
    found = machine_moment(text)
    assert found is not None
    assert found.at == datetime.fromisoformat(at).replace(tzinfo=UTC)


@pytest.mark.parametrize("text", ["2020-13-45", "0001-01-01T00:00:00+05:00", "soon", "", "12"])
def test_what_is_no_time_is_none(text: str) -> None:
    assert machine_moment(text) is None


def test_the_month_may_stand_first_in_numbers() -> None:
    assert [found.day for found in printed_days("03/04/2020")] == [date(2020, 4, 3)]
    found = printed_days("03/04/2020", month_first=True)
    assert [printed.day for printed in found] == [date(2020, 3, 4)]


def test_croatian_months_need_their_language() -> None:
    assert month_of("listopada") == 11
    assert month_of("listopada", "hr") == 10


@pytest.mark.parametrize(
    ("solar", "day"),
    [
        ((1404, 1, 1), date(2025, 3, 21)),
        ((1403, 12, 30), date(2025, 3, 20)),
        ((1400, 7, 1), date(2021, 9, 23)),
        ((1399, 12, 30), date(2021, 3, 20)),
    ],
)
def test_persian_days_are_converted(solar: tuple[int, int, int], day: date) -> None:
    assert solar_day(*solar) == day


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("35 min ago", 35),
        ("2 hours ago", 120),
        ("vor 2 Stunden", 120),
        ("il y a 3 heures", 180),
        ("hace 5 minutos", 5),
        ("3 часа назад", 180),
        ("5 хвилин тому", 5),
        ("5 хвілін таму", 5),
        ("2 godziny temu", 120),
        ("3小时前", 180),
        ("3시간 전", 180),
        ("3時間前", 180),
        ("3 timmar sedan", 180),
        ("for 3 timer siden", 180),
        ("3 tuntia sitten", 180),
        ("3 tundi tagasi", 180),
        ("prieš 3 valandas", 180),
        ("pirms 3 stundām", 180),
        ("před 3 hodinami", 180),
        ("pred 3 urami", 180),
        ("prije 3 sata", 180),
        ("пре 3 сата", 180),
        ("преди 3 часа", 180),
        ("acum 3 ore", 180),
        ("πριν από 3 ώρες", 180),
        ("3 uur geleden", 180),
        ("3 ore fa", 180),
        ("fa 3 hores", 180),
        ("há 3 horas", 180),
        ("3 saat önce", 180),
        ("3 ժամ առաջ", 180),
        ("3 საათის წინ", 180),
        ("3 घंटे पहले", 180),
        ("৩ ঘণ্টা আগে", 180),
        ("3 ชั่วโมงที่แล้ว", 180),
        ("3 giờ trước", 180),
        ("3 jam yang lalu", 180),
        ("منذ ساعتين", 120),
        ("לפני שעתיים", 120),
        ("an hour ago", 60),
        ("vor einer Stunde", 60),
        ("час назад", 60),
        ("годину тому", 60),
        ("гадзіну таму", 60),
        ("godzinę temu", 60),
    ],
)
def test_times_told_by_their_distance_are_read(text: str, minutes: int) -> None:
    fetched_at = datetime(2025, 8, 14, 12, tzinfo=UTC)
    found = time_ago(text, fetched_at)
    assert found is not None
    assert (fetched_at - found.moment.at).total_seconds() == minutes * 60


@pytest.mark.parametrize(
    "text",
    ["USA Today", "5 dollars ago", "long ago", "for 3 hours", "before the day", "heute Journal"],
)
def test_words_that_only_look_like_a_distance_are_none(text: str) -> None:
    assert time_ago(text, datetime(2025, 8, 14, 12, tzinfo=UTC)) is None


@pytest.mark.parametrize(
    "text",
    [
        "yesterday", "gestern", "hier", "ayer", "ieri", "ontem", "gisteren", "igår", "i går",
        "eilen", "eile", "vakar", "wczoraj", "včera", "včeraj", "tegnap", "jučer", "juče",
        "вчера", "учора", "ўчора", "јуче", "dün", "dünən", "кеше", "χθες", "אתמול", "أمس", "دیروز",
        "कल", "গতকাল", "เมื่อวาน", "昨天", "昨日", "어제",
        "hôm qua", "kemarin", "ahir", "atzo", "երեկ", "გუშინ",
    ],
)  # fmt: skip
def test_yesterday_is_known_in_many_languages(text: str) -> None:
    found = time_ago(text, datetime(2025, 8, 14, 12, tzinfo=UTC))
    assert found is not None
    assert found.moment.at == datetime(2025, 8, 13, tzinfo=UTC)


def test_a_day_is_counted_in_the_zone_of_the_site() -> None:
    found = time_ago(
        "сегодня, 00:30", datetime(2025, 8, 13, 22, tzinfo=UTC), ZoneInfo("Europe/Minsk")
    )
    assert found is not None
    assert found.moment.at == datetime(2025, 8, 13, 21, 30, tzinfo=UTC)


def test_a_time_is_given_back_in_the_zone_it_was_printed_in() -> None:
    at = datetime(2020, 5, 3, 21, 25, tzinfo=UTC)
    assert as_printed(at, "2020-05-04T04:25+07:00").isoformat() == "2020-05-04T04:25:00+07:00"
    assert as_printed(at, "3 May 2020 21:25") == at


@given(st.text(max_size=300))
def test_no_text_breaks_the_reading_of_dates(text: str) -> None:
    for found in printed_moments(text):
        assert found.at.tzinfo is UTC
    machine_moment(text)
    time_ago(text, datetime(2025, 8, 14, tzinfo=UTC))


@given(st.text(alphabet="0123456789 -:/.,TZ年月日августAugPMamеr", max_size=120))
def test_no_heap_of_numbers_breaks_the_reading_of_dates(text: str) -> None:
    assert list(printed_moments(text)) == list(printed_moments(text))
    machine_moment(text)


@pytest.mark.parametrize(
    "printed",
    [
        "13 tháng 8 năm 2025",
        "13 Tháng 8, 2025",
        "2025 оны 8-р сарын 13",
        "2025 оны 8 сарын 13",
        "2025 թ. օգոստոսի 13",
        "2025 жылғы 13 тамыз",
        "2025-yil 13-avgust",
        "2025-жылдын 13-августу",
        "2025eko abuztuaren 13a",
        "2025ko abuztuaren 13an",
        "၂၀၂၅ ခုနှစ် ဩဂုတ်လ ၁၃ ရက်",
        "2025. aug. 13.",
        "民國114年8月13日",
    ],
)
def test_years_and_months_take_the_endings_of_their_language(printed: str) -> None:
    assert [found.day for found in printed_days(printed)] == [THE_DAY]


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("5 menit lalu", 5),
        ("5 perce", 5),
        ("2 órája", 120),
        ("dakika 5 zilizopita", 5),
        ("saa 2 zilizopita", 120),
        ("5 минутын өмнө", 5),
        ("2 цагийн өмнө", 120),
        ("2 மணி நேரம் முன்பு", 120),
        ("دیروز ۱۰:۰۰", 1560),
        ("গতকাল ১০:০০", 1560),
        ("өчигдөр 10:00", 1560),
        ("jana 10:00", 1560),
    ],
)
def test_more_languages_tell_how_long_ago(text: str, minutes: int) -> None:
    fetched_at = datetime(2025, 8, 14, 12, tzinfo=UTC)
    found = time_ago(text, fetched_at)
    assert found is not None
    assert (fetched_at - found.moment.at).total_seconds() == minutes * 60
