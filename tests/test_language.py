import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.language import extract_language, tell_language
from tests.metadata_pages import document

TEXTS = {
    "en": "The council said that the bridge would be opened to walkers by the end of the year.",
    "de": "Der Rat hat mitgeteilt, dass die Brücke bis zum Ende des Jahres geöffnet werden soll.",
    "fr": "Le conseil a annoncé que le pont serait ouvert aux promeneurs avant la fin de l'année.",
    "es": "El consejo dijo que el puente se abriría a los caminantes antes de que termine el año.",
    "pt": "O conselho disse que a ponte não será aberta aos caminhantes até ao fim do ano.",
    "it": "Il consiglio ha detto che il ponte non sarà aperto prima della fine dell'anno.",
    "pl": "Rada powiedziała, że most będzie otwarty dla pieszych, ale nie przed końcem roku.",
    "cs": "Rada řekla, že most bude otevřen pro pěší, ale ne před koncem tohoto roku.",
    "sk": "Rada povedala, že most bude otvorený pre peších, ale nie pred koncom roka.",
    "lt": "Taryba pranešė, kad tiltas bus atidarytas pėstiesiems iki metų pabaigos.",
    "lv": "Padome paziņoja, ka tilts tiks atvērts gājējiem līdz gada beigām, bet ne agrāk.",
    "be": "Рада паведаміла, што мост будзе адкрыты для пешаходаў да канца года, але не раней.",
    "ru": "Совет сообщил, что мост будет открыт для пешеходов до конца года, но не раньше.",
    "uk": "Рада повідомила, що міст буде відкрито для пішоходів до кінця року, але не раніше.",
    "bg": "Съветът съобщи, че мостът ще бъде отворен за пешеходци до края на годината.",
    "sr": "Савет је саопштио да ће мост бити отворен за пешаке до краја године, али не раније.",
    "kk": "Кеңес бұл көпірдің жыл соңына дейін жаяу жүргіншілер үшін ашылатынын мәлімдеді",
    "tr": "Konsey, köprünün yıl sonuna kadar yayalar için açılacağını.",
    "ar": "قال المجلس إن الجسر سوف يفتح أمام المشاة قبل نهاية العام من أجل سكان المدينة.",
    "fa": "شورا اعلام کرد که این پل تا پایان سال برای عابران باز می شود و از آن استفاده می شود.",
    "el": "Το συμβούλιο είπε ότι η γέφυρα θα ανοίξει.",
    "ja": "評議会は、橋が年末までに歩行者に開放されると述べた。",
    "zh": "市议会表示，这座桥将在年底前向行人开放。",
    "ko": "의회는 다리가 연말까지 보행자에게 개방될 것이라고 말했다.",
    "th": "สภากล่าวว่าสะพานจะเปิดให้คนเดินเท้าก่อนสิ้นปี",
    "hi": "परिषद ने कहा कि पुल साल के अंत तक पैदल चलने वालों के लिए खोला जाएगा।",
    "he": "המועצה אמרה כי הגשר ייפתח להולכי רגל עד סוף השנה.",
}


@pytest.mark.parametrize("language", TEXTS)
def test_a_sentence_tells_its_language(language: str) -> None:
    told = tell_language(TEXTS[language])
    assert told is not None
    assert told[0] == language


def test_belarusian_in_latin_letters_is_belarusian() -> None:
    text = (
        "Rada paviedamiła, što most budzie adkryty dla piešachodaŭ da kanca hoda, ale nie raniej."
    )
    assert extract_language(document(lang=""), text)[0].value == "be"


def test_the_text_wins_over_a_page_that_lies() -> None:
    page = document(lang="en-US")
    assert extract_language(page, TEXTS["be"] * 3)[0].value == "be"
    assert extract_language(page, TEXTS["en"])[0].value == "en"


def test_a_short_text_proves_nothing() -> None:
    assert tell_language("13") is None
    assert extract_language(document(lang="pl"), "Tak")[0].value == "pl"


@given(st.text(max_size=200))
def test_no_text_breaks_the_telling_of_languages(text: str) -> None:
    assert tell_language(text) == tell_language(text)
