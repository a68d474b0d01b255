"""Words by which edits are told apart: numbers, days, names, slips; in eight languages."""

import re
import unicodedata
from functools import lru_cache


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# A number, and how the words for it begin; an ending of up to four letters may follow.
_NUMBERS = {
    "0": "zero null ноль нуль صفر 零 〇",
    "1": "one один одна одно одну одного одной одному адзін адна адну аднаго адной одне одну "
    "jeden jedna jedną jednego jedno eins واحد 一",
    "2": "two два две двух двум двумя двое дві двох двом двоє дзве двума двое dwa dwie dwóch dwoje "
    "dwu zwei اثنان اثنين اثنتين 二 两 兩",
    "3": "three три трех трёх трем трое троих трьох троє тры трох трыма трое trzy trzech troje "
    "drei ثلاث 三",
    "4": "four четыре четыр чатыр чотири чотирьох cztery czterech czworo vier أربع 四",
    "5": "five пять пяти пяць пяці п'ять п'яти pięć pięciu pięcioro fünf خمس 五",
    "6": "six шесть шести шэсць шасці шість шести sześć sześciu sechs ست 六",
    "7": "seven семь семи сем сямі сім семи siedem siedmiu sieben سبع 七",
    "8": "eight восемь восьми восем васьмі вісім восьми osiem ośmiu acht ثمان 八",
    "9": "nine девять девяти дзевяць дев'ять dziewięć dziewięciu neun تسع 九",
    "10": "ten десять десяти дзесяць dziesięć dziesięciu zehn عشر 十",
    "11": "eleven одиннадцат адзінаццац одинадцят jedenaś jedenastu elf",
    "12": "twelve двенадцат дванаццац дванадцят dwanaś dwunastu zwölf",
    "13": "thirteen тринадцат трынаццац trzynaś dreizehn",
    "15": "fifteen пятнадцат пятнаццац п'ятнадцят piętnaś fünfzehn",
    "20": "twenty двадцат дваццац двадцят dwadzieś dwudziest zwanzig عشرون عشرين",
    "30": "thirty тридцат трыццац тридцят trzydzie dreißig ثلاثون ثلاثين",
    "40": "forty сорок czterdzie vierzig أربعون أربعين",
    "50": "fifty пятьдесят пяцьдзясят п'ятдесят pięćdziesi fünfzig خمسون خمسين",
    "100": "hundred сто ста sto stu hundert مئة مائة 百",
    "200": "двести дзвесце двісті dwieście zweihundert مئتين",
    "1000": "thousand тысяч тысяц тисяч tysi tausend ألف آلاف 千",
    "10000": "万",
    "1000000": "million миллион мільён мільйон milion million مليون ملايين",
    "1000000000": "billion миллиард мільярд miliard milliard مليار 亿",
    "dozen": "dozen дюжин tuzin dutzend десятк дзясятк",
    "half": "half половин палов połow hälfte نصف 半",
}
_VALUES = {stem: value for value, stems in _NUMBERS.items() for stem in stems.split()}
_LONGEST_ENDING = 4

_DAYS = tuple(
    _words(
        "monday tuesday wednesday thursday friday saturday sunday january february march april "
        "june july august september october november december montag dienstag mittwoch "
        "donnerstag freitag samstag sonnabend sonntag januar februar märz juni juli oktober "
        "dezember понедельник вторник сред четверг пятниц суббот воскресен январ феврал март "
        "апрел июн июл август сентябр октябр ноябр декабр панядзелак панядзелк аўтор серад "
        "чацвер чацвяр пятніц субот нядзел студзен лют сакавік красавік чэрвен ліпен жнів жнівен "
        "верасн верасен кастрычнік лістапад снежан снежн понеділ вівтор четвер п'ятниц неділ січ "
        "лютий лютого берез квіт трав черв лип серп верес жовт листопад груд poniedział wtor "
        "środ czwart piąt sobot niedziel styczeń stycznia lut marzec marca kwie maj czerwiec "
        "czerwca lipiec lipca sierpień sierpnia wrzesień września październik listopad grudzień "
        "grudnia الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد yesterday today "
        "tomorrow вчера сегодня завтра учора сёння заўтра вчора сьогодні wczoraj dziś dzisiaj "
        "jutro gestern heute morgen أمس اليوم غدا"
    )
)

_NEGATIONS = ("un", "in", "im", "ir", "il", "dis", "non", "не", "ня", "nie", "miss", "غير")
_SLIPS = (
    "的地得 在再 己已巳 做作 像象 那哪 账帐 即既 须需 坐座 候侯 末未 辩辨辫 炼练 竞竟 拔拨 洲州 "
    "戴带 决绝 幅副 纪记 粘沾 震振 磨摩 份分 他她它 进近 部步 至致 型形 度渡 练炼 历厉 园圆 侯候"
)
_SLIPPED = {sign: group for group in _words(_SLIPS) for sign in group}

_ARTICLES = _words(
    "der die das den dem des ein eine einen einem einer eines kein keine keinen keinem keiner im "
    "am zum zur vom beim ins ans sein seine seinen seinem seiner ihr ihre ihren ihrem ihrer "
    "diese dieser dieses diesen diesem jede jeder jedes jeden jedem viele mehrere alle einige "
    "zwei drei vier fünf unser unsere mein meine dein deine"
)
_GERMAN = _words("und der die das nicht ist mit auf von dem den ein eine wird")
_ARABIC_TITLES = _words(
    "الرئيس رئيس الوزير وزير السيد السيدة الدكتور مدينة الملك الأمير الشيخ النائب المتحدث "
    "المحامي القاضي اللواء العميد الصحفي الصحافي محافظة بلدة قرية المدعو يدعى حي"
)
_CHINESE_TITLES = re.compile(
    "总统|總統|总理|主席|部长|市长|省长|先生|女士|教授|记者|发言人|律师|法官|书记|主任|总裁|经理|博士|院长"
)
_CHINESE_PLACES = re.compile("^.?.?[省市县区国州镇村]")
_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛"
    "叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚"
)
_SIGN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


@lru_cache(maxsize=16384)
def number_of(word: str) -> str | None:
    """Return the number that a word or a run of digits means, as digits, or None.

    >>> number_of("1,200"), number_of("двух"), number_of("bridge")
    ('1200', '2', None)
    """
    if word[0].isdigit():
        return re.sub(r"\D", "", word)
    word = word.casefold().replace('"', "'")
    if word in _VALUES:
        return _VALUES[word]
    # Arabic roots are of three letters; so short a beginning says little elsewhere.
    least = 3 if "\u0600" <= word[0] <= "\u06ff" else 4
    for length in range(len(word) - 1, max(least, len(word) - _LONGEST_ENDING) - 1, -1):
        if word[:length] in _VALUES:
            return _VALUES[word[:length]]
    return None


@lru_cache(maxsize=16384)
def is_day(word: str) -> bool:
    """Return whether a word names a day of the week, a month, or a day such as "yesterday"."""
    return word.casefold().replace('"', "'").startswith(_DAYS)


def is_day_in_signs(before: str, changed: str, after: str) -> bool:
    """Return whether changed Chinese signs name a day, as what is around them says."""
    if before.endswith(("周", "星期", "礼拜")):
        return True
    return not changed.strip("昨今明前后") and after.startswith(("天", "日", "晚", "晨"))


def is_sign(word: str) -> bool:
    """Return whether this is a sign of a script that leaves no space between words."""
    return _SIGN.match(word) is not None


def is_slip(old: str, new: str) -> bool:
    """Return whether one word is likely the other one, mistyped or in another case or form.

    >>> is_slip("recieve", "receive"), is_slip("possible", "impossible"), is_slip("dead", "head")
    (True, False, False)
    """
    if is_sign(old) or is_sign(new):
        return new in _SLIPPED.get(old, "")
    old, new = _bare(old), _bare(new)
    if old == new:
        return True
    shorter, longer = sorted((old, new), key=len)
    if len(shorter) < 3 or longer in {prefix + shorter for prefix in _NEGATIONS}:
        return False
    if len(longer) > 40:
        return False
    allowed = 2 if len(shorter) >= 8 else 1
    if len(longer) - len(shorter) > allowed:
        return False
    if len(longer) == len(shorter) < 5:
        return sorted(old) == sorted(new) and _distance(old, new) == 1
    return _distance(old, new) <= allowed


@lru_cache(maxsize=16384)
def _bare(word: str) -> str:
    word = re.sub("[أإآٱ]", "ا", word.casefold().replace("ё", "е"))
    word = word.replace("ة", "ه").replace("ى", "ي").replace("ß", "ss").replace("ł", "l")
    if word.isascii():
        return word
    parts = unicodedata.normalize("NFD", word)
    return "".join(part for part in parts if not unicodedata.combining(part))


def _distance(old: str, new: str) -> int:
    """Return how many letters were added, left out, changed, or exchanged with the next one."""
    before: list[int] = []
    row = list(range(len(new) + 1))
    for i, letter in enumerate(old, 1):
        last, row, earlier = row, [i], before
        for j, other in enumerate(new, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == new[j - 2] and old[i - 2] == other:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        before = last
    return row[-1]


def is_german(words: frozenset[str]) -> bool:
    """Return whether a text with these words is German, whose nouns are all capitalised."""
    return len(words & _GERMAN) >= 3


def is_german_noun(before: str) -> bool:
    """Return whether a capitalised word after this one is likely no name."""
    is_adjective = before.islower() and len(before) > 4
    return before.casefold() in _ARTICLES or (
        is_adjective and before.endswith(("e", "en", "er", "es"))
    )


def is_title(word: str) -> bool:
    """Return whether an Arabic word stands before names."""
    return word in _ARABIC_TITLES


def names_someone(before: str, changed: str, after: str) -> bool:
    """Return whether changed Chinese signs are part of a name, as what is around them says."""
    if _CHINESE_TITLES.search(before[-3:]) or _CHINESE_PLACES.match(after):
        return True
    if re.match(".{0,2}?(?:说|表示|指出|称|认为)", after) or _CHINESE_TITLES.match(after):
        return True
    return bool(set(before[-2:] + changed) & _SURNAMES) and bool(_CHINESE_TITLES.search(after[:4]))
