"""Invented sentences before and after an edit, with the kind that a reader would give it."""

PAIRS: tuple[tuple[str, str, str], ...] = (
    # English
    ("typo", "The mayor will recieve them today.", "The mayor will receive them today."),
    ("typo", "They crossed the the river at dusk.", "They crossed the river at dusk."),
    ("number", "A court in Hrodna jailed two people.", "A court in Hrodna jailed three people."),
    ("number", "The fire cost 1,200 euros.", "The fire cost 12,000 euros."),
    ("name", "Police arrested Ivan Petrov in May.", "Police arrested Pavel Petrov in May."),
    (
        "quote",
        'The minister said: "We will never close this plant."',
        'The minister said: "We may have to close this plant."',
    ),
    (
        "removal",
        "The bridge reopened. Two workers who had complained were dismissed last week.",
        "The bridge reopened.",
    ),
    ("addition", "The bridge reopened.", "The bridge reopened. Nobody was hurt in the works."),
    ("date", "The vote is on Monday in the hall.", "The vote is on Tuesday in the hall."),
    ("wording", "The protesters left the square.", "The rioters left the square."),
    (
        "rewrite",
        "The river rose by another hand overnight, and the gauge at the mill stood at its mark.",
        "Heavy rain brought water up to a level not measured since spring, observers report.",
    ),
    # German
    (
        "typo",
        "Der Bürgermeister wird die Gäste empfagen.",
        "Der Bürgermeister wird die Gäste empfangen.",
    ),
    ("number", "Bei dem Unfall starben zwei Menschen.", "Bei dem Unfall starben vier Menschen."),
    (
        "name",
        "Die Polizei nahm in der Nacht und am Morgen den Händler Peter Krause fest.",
        "Die Polizei nahm in der Nacht und am Morgen den Händler Peter Kunze fest.",
    ),
    (
        "name",
        "Das Treffen ist nicht in Bremen und wird verlegt.",
        "Das Treffen ist nicht in Hamburg und wird verlegt.",
    ),
    (
        "wording",
        "Der Rat und die Stadt warten auf das Gutachten, das nicht da ist.",
        "Der Rat und die Stadt warten auf das Urteil, das nicht da ist.",
    ),
    (
        "quote",
        "Er sagte: „Wir haben damit gar nichts zu tun.“ Dann ging er.",
        "Er sagte: „Wir haben damit wenig zu tun.“ Dann ging er.",
    ),
    (
        "removal",
        "Die Brücke ist offen. Zwei Arbeiter wurden danach entlassen.",
        "Die Brücke ist offen.",
    ),
    ("date", "Die Sitzung beginnt am Montag um neun.", "Die Sitzung beginnt am Mittwoch um neun."),
    # Polish
    (
        "typo",
        "Burmistrz przyjmie mieszkanców w urzędzie.",
        "Burmistrz przyjmie mieszkańców w urzędzie.",
    ),
    ("number", "W wypadku zginęło pięć osób.", "W wypadku zginęło sześć osób."),
    (
        "name",
        "Sąd skazał wczoraj Jana Kowala na grzywnę.",
        "Sąd skazał wczoraj Piotra Kowala na grzywnę.",
    ),
    (
        "quote",
        "Powiedział: „Nie znam tego człowieka wcale”.",
        "Powiedział: „Ledwie pamiętam tego człowieka wcale”.",
    ),
    ("removal", "Most otwarto. Dwóch robotników straciło po tym pracę.", "Most otwarto."),
    ("addition", "Most otwarto.", "Most otwarto. Nikt nie został ranny podczas prac."),
    # Russian
    ("typo", "Мэр примет житилей в среду.", "Мэр примет жителей в среду."),
    ("number", "Суд приговорил двух человек к штрафу.", "Суд приговорил трёх человек к штрафу."),
    ("number", "Погибли 12 человек.", "Погибли 14 человек."),
    ("name", "Вчера задержали Ивана Петрова у дома.", "Вчера задержали Павла Петрова у дома."),
    (
        "quote",
        "Министр заявил: «Мы никогда не закроем этот завод».",
        "Министр заявил: «Мы пока не закроем этот завод».",
    ),
    (
        "quote",
        "— Мы уйдём отсюда завтра утром, — сказал он.",
        "— Мы уйдём отсюда завтра вечером, — сказал он.",
    ),
    ("removal", "Мост открыт. Двух рабочих после жалобы уволили.", "Мост открыт."),
    ("date", "Заседание пройдёт в понедельник в зале.", "Заседание пройдёт в четверг в зале."),
    # Belarusian
    ("typo", "Мэр прыме жыхроў у будынку.", "Мэр прыме жыхароў у будынку."),
    ("number", "Суд пакараў двух чалавек.", "Суд пакараў трох чалавек."),
    ("name", "Учора затрымалі Алеся Лазара каля дома.", "Учора затрымалі Янку Лазара каля дома."),
    (
        "quote",
        "Ён сказаў: «Мы нічога пра гэта не ведаем».",
        "Ён сказаў: «Мы мала пра гэта ведаем».",
    ),
    ("removal", "Мост адкрылі. Двух рабочых пасля скаргі звольнілі.", "Мост адкрылі."),
    ("wording", "Пратэстоўцы пакінулі плошчу.", "Людзі пакінулі плошчу."),
    # Ukrainian
    ("typo", "Мер прийме мешкацнів у середу.", "Мер прийме мешканців у середу."),
    ("number", "Загинули п'ять людей.", "Загинули шість людей."),
    ("name", "Учора в Полтаві виступив Олег Гай.", "Учора в Полтаві виступив Тарас Гай."),
    ("quote", "Він сказав: «Ми ніколи не підемо звідси».", "Він сказав: «Ми скоро підемо звідси»."),
    ("addition", "Міст відкрили.", "Міст відкрили. Ніхто під час робіт не постраждав."),
    # Arabic
    ("typo", "وصل العمال الى الجسر صباحا.", "وصل العمال إلى الجسر صباحا."),
    ("number", "قتل ثلاثة أشخاص في الحادث.", "قتل خمسة أشخاص في الحادث."),
    ("name", "التقى السيد سمير بالعمال أمس.", "التقى السيد كريم بالعمال أمس."),
    ("quote", 'قال: "لن نغلق هذا المصنع أبدا".', 'قال: "قد نغلق هذا المصنع أبدا".'),
    ("removal", "فتح الجسر. وفصل عاملان بعد الشكوى من العمل.", "فتح الجسر."),
    # Chinese
    ("typo", "市民高兴的走过大桥。", "市民高兴地走过大桥。"),
    ("number", "事故造成三人死亡。", "事故造成五人死亡。"),
    ("number", "桥长300米。", "桥长350米。"),
    ("name", "昨天王明市长到访大桥。", "昨天李华市长到访大桥。"),
    ("quote", "他说：“我们绝不会关闭这家工厂。”", "他说：“我们可能会关闭这家工厂。”"),
    ("removal", "大桥已经开放。两名投诉的工人上周被解雇。", "大桥已经开放。"),
    ("date", "会议在周一举行。", "会议在周三举行。"),
)
