"""Names as newspapers spell them: be, be in Łacinka, ru, uk, pl, lt, de and en, in no order."""

from pathlib import Path

import pytest

from archive.names import name_keys, word_keys

NAMES = [
    line.split()
    for line in """
Лукашенко Лукашэнка Łukašenka Lukashenko Lukaschenko Łukaszenka Lukašenka Лукашенкой Лукашэнку
Тихановская Ціханоўская Тихановська Cichanoŭskaja Tsikhanouskaya Tichanowskaja Tikhanovskaya
Гродно Гродна Гродно Hrodna Grodno Hrodna Gardinas Grodna
Путин Пуцін Путін Pucin Putin Putin Putinas Путиным
Зеленский Зяленскі Зеленський Zialenski Zelensky Selenskyj Zełenski Zelenskis Zelenskiy
Бабарико Бабарыка Бабарико Babaryka Babariko Babariko Babaryko
Колесникова Калеснікава Колесникова Kalesnikava Kolesnikova Kolesnikowa Kalesnikawa
Статкевич Статкевіч Статкевич Statkievič Statkevich Statkewitsch Statkiewicz Statkievich
Беляцкий Бяляцкі Беляцький Bialacki Bialiatski Beljazki Bialacki Byalyatski
Протасевич Пратасевіч Протасевич Pratasievič Protasevich Protassewitsch Protasiewicz Pratasevich
Цепкало Цапкала Цепкало Capkała Tsepkalo Zepkalo Cepkało Tsapkala
Макей Макей Макей Makiej Makei Makej Makey
Алексиевич Алексіевіч Алексієвич Aleksijevič Alexievich Alexijewitsch Aleksijewicz Aleksievich
Шушкевич Шушкевіч Шушкевич Šuškievič Shushkevich Schuschkewitsch Szuszkiewicz
Позняк Пазьняк Позняк Paźniak Pozniak Posnjak Paźniak Pazniak
Хренин Хрэнін Хренін Chrenin Khrenin Chrenin Khrenin
Щербаков Шчарбакоў Щербаков Ščarbakoŭ Shcherbakov Schtscherbakow Szczerbakow
Чижов Чыжоў Чижов Čyžoŭ Chizhov Tschischow Czyżow
Гомель Гомель Гомель Homiel Gomel Homel Homel
Витебск Віцебск Вітебськ Viciebsk Vitebsk Wizebsk Witebsk Vitsebsk
Могилёв Магілёў Могильов Mahiloŭ Mogilev Mahiljou Mohylew Mahilyow
Барановичи Баранавічы Барановичі Baranavičy Baranovichi Baranawitschy Baranowicze Baranavichy
Солигорск Салігорск Солігорськ Salihorsk Soligorsk Salihorsk Soligorsk
Бобруйск Бабруйск Бобруйськ Babrujsk Bobruisk Babrujsk Bobrujsk
Жлобин Жлобін Жлобин Žłobin Zhlobin Schlobin Żłobin
Александр Аляксандр Олександр Alaksandr Alexander Alexander Aleksander Aliaksandr
Владимир Уладзімір Володимир Uładzimir Vladimir Wladimir Włodzimierz Uladzimir
Сергей Сяргей Сергій Siarhiej Sergei Sergej Siergiej Siarhei
Дмитрий Дзмітрый Дмитро Dźmitry Dmitry Dmitri Dmitrij Dzmitry
Михаил Міхаіл Михайло Michaił Mikhail Michail Michaił Mikhail
Светлана Святлана Світлана Śviatłana Svetlana Swetlana Swietłana Sviatlana
Виктор Віктар Віктор Viktar Victor Viktor Wiktor Viktar
Екатерина Кацярына Катерина Kaciaryna Ekaterina Katerina Katarzyna Katsiaryna
Порошенко Парашэнка Порошенко Parašenka Poroshenko Poroschenko Poroszenko
Навальный Навальны Навальний Navalny Navalny Nawalny Nawalny Navalnas
Мацкевич Мацкевіч Мацкевич Mackievič Matskevich Mazkewitsch Mackiewicz Matskevich
Головченко Галоўчанка Головченко Hałoŭčanka Golovchenko Golowtschenko Hołowczenko Halouchanka
Хашчеватский Хашчавацкі Хащеватський Chaščavacki Khashchevatsky Chaschtschewazki Chaszczewacki
Вячорко Вячорка Вячорко Viačorka Viachorka Wjatschorka Wiaczorka
Достоевский Дастаеўскі Достоєвський Dastajeŭski Dostoevsky Dostojewski Dostojewski Dostoyevsky
""".strip().splitlines()
]


FILES = Path(__file__).parent / "names"


def names_in(file: str) -> list[list[str]]:
    """Return the names of a file, each with its spellings."""
    lines = (FILES / file).read_text(encoding="utf-8").splitlines()
    return [line.split() for line in lines if line and not line.startswith("#")]


def score(names: list[list[str]]) -> tuple[float, float]:
    """Return which part of the spellings of a name each finds, and which part of what is found."""
    keyed = [(number, set(word_keys(name))) for number, alike in enumerate(names) for name in alike]
    pairs = [
        (number == other, not keys.isdisjoint(others))
        for place, (number, keys) in enumerate(keyed)
        for other, others in keyed[place + 1 :]
    ]
    right = sum(same and found for same, found in pairs)
    return right / sum(same for same, _ in pairs), right / sum(found for _, found in pairs)


@pytest.mark.parametrize(
    ("file", "least_recall", "least_precision"),
    [
        ("tuned-1.txt", 0.99, 0.99),
        ("tuned-2.txt", 0.99, 0.98),
        ("tuned-3.txt", 0.98, 0.99),
        ("tuned-4.txt", 0.98, 0.99),
        ("tuned-5.txt", 0.99, 0.96),
        ("tuned-6.txt", 0.98, 0.97),
        ("tuned-7.txt", 0.98, 0.99),
        ("tuned-8.txt", 0.99, 0.99),
        ("unseen.txt", 0.98, 0.98),
    ],
)
def test_a_name_is_found_by_any_other_spelling_and_others_are_not(
    file: str, least_recall: float, least_precision: float
) -> None:
    recall, precision = score(names_in(file))
    assert recall >= least_recall
    assert precision >= least_precision


def test_names_in_eight_columns_are_found() -> None:
    recall, precision = score(NAMES)
    assert recall >= 0.98
    assert precision >= 0.99


def test_no_name_stands_twice_in_a_list() -> None:
    for file in FILES.glob("*.txt"):
        for names in names_in(file.name):
            assert len(set(names)) == len(names), names


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Дзержинск", "Дзержинский"),
        ("Тихановский", "Тихановская"),
        ("Станкевич", "Станкович"),
        ("Яновский", "Янский"),
        ("Карпенко", "Карпенков"),
        ("Степаненко", "Степанюк"),
        ("Санько", "Санюк"),
        ("Крымов", "Крамов"),
        ("Назаров", "Невзоров"),
        ("Лукашук", "Волковыск"),
    ],
)
def test_near_misses_are_told_apart(name: str, other: str) -> None:
    assert set(word_keys(name)).isdisjoint(word_keys(other))


@pytest.mark.parametrize(
    ("name", "case"),
    [
        ("Рыга", "Рызе"),
        ("Вілейка", "Вілейцы"),
        ("Дзержинский", "Дзержинскому"),
        ("Пинск", "Пинском"),
    ],
)
def test_cases_of_a_name_are_found(name: str, case: str) -> None:
    assert not set(word_keys(name)).isdisjoint(word_keys(case))


def test_only_what_is_written_as_a_name_has_keys_in_a_text() -> None:
    assert name_keys("the river was quiet, on or off") == []
    assert name_keys("the governor of Hrodna") == list(word_keys("Гродно"))


def test_keys_are_plain_letters_that_no_search_engine_folds() -> None:
    for names in NAMES:
        for name in names:
            assert all(key.isascii() and key.isalnum() for key in word_keys(name)), name


def test_odd_words_have_keys_or_none() -> None:
    for word in ("ÆØÅ", "李小龍", "ΑΘΗΝΑ", "עברית", "Ъь", "A\u0301\u0301\u0301", "X" * 10_000, "İ"):
        word_keys(word)
