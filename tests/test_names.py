"""Names as newspapers spell them: be, be in Łacinka, ru, uk, pl, lt, de and en, in no order."""

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


def test_a_name_is_found_by_any_other_spelling_of_it() -> None:
    pairs = [
        (set(word_keys(one)), set(word_keys(other)))
        for names in NAMES
        for one in names
        for other in names
        if one != other
    ]
    recall = sum(not one.isdisjoint(other) for one, other in pairs) / len(pairs)
    assert len(NAMES) >= 40
    assert recall >= 0.92


def test_other_names_are_rarely_found() -> None:
    keyed = [(number, set(word_keys(name))) for number, names in enumerate(NAMES) for name in names]
    found = [
        number == other
        for number, keys in keyed
        for other, others in keyed
        if not keys.isdisjoint(others)
    ]
    assert sum(found) / len(found) >= 0.97


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
