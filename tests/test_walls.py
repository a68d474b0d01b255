"""Walls that stand where a text should: their words are no article's, in any language."""

import pytest

from archive.items import Page
from crawler.extract.walls import wall_in
from crawler.record import record
from tests.metadata_pages import NOON, json_ld

URL = "https://valleypost.example/2025/08/13/council-opens-old-bridge"
NAV = (
    '<header><a href="/">Valley Post</a><nav><a href="/a/">A</a><a href="/b/">B</a></nav></header>'
)
FORM = "<form><input type=email><input type=password></form>"

# By language: a headline, a teaser, the heading and text of a wall for consent, those of a page
# to log in, and what a wall below a teaser says.
WORDS = {
    "en": (
        "Council opens the old bridge again",
        "The council opened the old bridge on Monday after two years of work on its arches.",
        "We value your privacy",
        "We and our 214 partners store and access information on your device, such as "
        "cookies, and process personal data to show you personalised adverts and content. "
        "With your permission we may use precise location data. You can accept or refuse, or "
        "change your choices at any time.",
        "Log in",
        "Log in to your account to go on. Enter your e-mail address and your password. "
        "Forgotten your password? No account yet? Register now.",
        "To read the whole article, register for free or log in. Subscribers read everything "
        "for 1 euro in the first month.",
    ),
    "de": (
        "Rat öffnet die alte Brücke wieder",
        "Der Rat hat die alte Brücke am Montag nach zwei Jahren Arbeit an ihren Bögen geöffnet.",
        "Mit Werbung weiterlesen",
        "Besuchen Sie uns wie gewohnt mit Werbung und Tracking. Wir und unsere 214 Partner "
        "verarbeiten personenbezogene Daten und speichern Cookies auf Ihrem Gerät. Ihre "
        "Zustimmung können Sie jederzeit widerrufen. Oder lesen Sie mit dem Pur-Abo für 4,99 "
        "Euro im Monat ohne Werbung.",
        "Anmelden",
        "Bitte melden Sie sich an, um fortzufahren. Geben Sie Ihre E-Mail-Adresse und Ihr "
        "Passwort ein. Passwort vergessen? Noch kein Konto? Jetzt registrieren.",
        "Diesen Artikel lesen Sie mit einem Abonnement. Jetzt anmelden oder einen Monat für 1"
        " Euro testen und alle Artikel lesen.",
    ),
    "fr": (
        "Le conseil rouvre le vieux pont",
        "Le conseil a rouvert le vieux pont lundi après deux ans de travaux sur ses arches.",
        "Nous respectons votre vie privée",
        "Nos 214 partenaires et nous stockons des cookies sur votre appareil et traitons des "
        "données personnelles afin de vous proposer des publicités et des contenus "
        "personnalisés. Vous pouvez accepter ou refuser, et changer d’avis à tout moment.",
        "Connexion",
        "Connectez-vous pour continuer. Saisissez votre adresse e-mail et votre mot de passe."
        " Mot de passe oublié ? Pas encore de compte ? Inscrivez-vous.",
        "Cet article est réservé aux abonnés. Pour lire la suite, abonnez-vous dès 1 € le "
        "premier mois ou identifiez-vous.",
    ),
    "es": (
        "El concejo reabre el puente viejo",
        "El concejo reabrió el lunes el puente viejo tras dos años de obras en sus arcos.",
        "Tu privacidad es importante",
        "Nosotros y nuestros 214 socios almacenamos cookies en tu dispositivo y tratamos "
        "datos personales para mostrarte anuncios y contenidos personalizados. Puedes aceptar"
        " o rechazar, y cambiar tu elección en cualquier momento.",
        "Iniciar sesión",
        "Inicia sesión para continuar. Escribe tu correo electrónico y tu contraseña. "
        "¿Olvidaste tu contraseña? ¿No tienes cuenta? Regístrate ahora.",
        "Este contenido es exclusivo para suscriptores. Para seguir leyendo, suscríbete desde"
        " 1 € el primer mes o inicia sesión.",
    ),
    "it": (
        "Il consiglio riapre il vecchio ponte",
        "Il consiglio ha riaperto lunedì il vecchio ponte dopo due anni di lavori sugli archi.",
        "La tua privacy è importante",
        "Noi e i nostri 214 partner archiviamo cookie sul tuo dispositivo e trattiamo dati "
        "personali per mostrarti annunci e contenuti personalizzati. Puoi accettare o "
        "rifiutare, e cambiare le tue scelte in ogni momento.",
        "Accedi",
        "Accedi per continuare. Inserisci il tuo indirizzo e-mail e la tua password. Password"
        " dimenticata? Non hai un account? Registrati ora.",
        "Questo articolo è riservato agli abbonati. Per continuare a leggere, abbonati da 1 €"
        " il primo mese o accedi.",
    ),
    "pl": (
        "Rada znów otwiera stary most",
        "Rada otworzyła w poniedziałek stary most po dwóch latach prac przy jego łukach.",
        "Szanujemy twoją prywatność",
        "My i nasi 214 partnerzy przechowujemy pliki cookie na twoim urządzeniu i "
        "przetwarzamy dane osobowe, aby wyświetlać spersonalizowane reklamy i treści. Możesz "
        "zaakceptować lub odmówić i zmienić wybór w każdej chwili.",
        "Zaloguj się",
        "Zaloguj się, aby kontynuować. Podaj adres e-mail i hasło. Nie pamiętasz hasła? Nie "
        "masz konta? Zarejestruj się.",
        "Ten artykuł jest dostępny tylko dla prenumeratorów. Czytaj dalej z prenumeratą za 1 "
        "zł w pierwszym miesiącu albo zaloguj się.",
    ),
    "ru": (
        "Совет снова открыл старый мост",
        "Совет открыл в понедельник старый мост после двух лет работ на его арках.",
        "Согласие на обработку данных",
        "Мы и наши 214 партнёров храним файлы cookie на вашем устройстве и обрабатываем "
        "личные данные, чтобы показывать вам подходящую рекламу и материалы. Вы можете "
        "принять или отказаться и изменить выбор в любое время.",
        "Вход",
        "Войдите, чтобы продолжить. Введите адрес электронной почты и пароль. Забыли пароль? "
        "Нет учётной записи? Зарегистрируйтесь.",
        "Этот материал доступен только подписчикам. Чтобы читать дальше, оформите подписку за"
        " 1 евро в первый месяц или войдите.",
    ),
    "uk": (
        "Рада знову відкрила старий міст",
        "Рада відкрила в понеділок старий міст після двох років робіт на його арках.",
        "Ми цінуємо вашу приватність",
        "Ми та наші 214 партнерів зберігаємо файли cookie на вашому пристрої й обробляємо "
        "особисті дані, щоб показувати вам відповідну рекламу й матеріали. Ви можете прийняти"
        " або відмовитися і змінити вибір у будь-який час.",
        "Вхід",
        "Увійдіть, щоб продовжити. Введіть адресу електронної пошти та пароль. Забули пароль?"
        " Немає облікового запису? Зареєструйтеся.",
        "Цей матеріал доступний тільки передплатникам. Щоб читати далі, оформіть передплату "
        "за 1 євро за перший місяць або увійдіть.",
    ),
}


def page(head: str, body: str) -> Page:
    html = f"<!doctype html><meta charset=utf-8>{head}{body}<footer>© Valley Post</footer>"
    return Page(URL, html.encode(), NOON)


def said(headline: str) -> str:
    return f"<title>{headline} | Valley Post</title>" + json_ld(
        f'{{"@type":"NewsArticle","headline":"{headline}"}}'
    )


@pytest.mark.parametrize("language", WORDS)
def test_a_page_that_asks_for_consent_is_no_article(language: str) -> None:
    _, _, heading, text, *_ = WORDS[language]
    found = record(
        page(f"<title>{heading}</title>", f"<main><h1>{heading}</h1><p>{text}</p></main>")
    )
    assert "asks for consent" in found["error"]


@pytest.mark.parametrize("language", WORDS)
def test_a_page_to_log_in_is_no_article(language: str) -> None:
    *_, heading, text, _ = WORDS[language]
    main = f"<main><h1>{heading}</h1><p>{text}</p>{FORM}</main>"
    assert "asks to log in" in record(page(f"<title>{heading}</title>", NAV + main))["error"]


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("inside", [True, False])
def test_an_article_behind_a_wall_for_consent_is_locked(language: str, inside: bool) -> None:
    headline, _, heading, text, *_ = WORDS[language]
    wall = f"<div class='layer'><h2>{heading}</h2><p>{text}</p></div>"
    article = f"<article><h1>{headline}</h1>{wall if inside else ''}</article>"
    found = record(page(said(headline), NAV + article + ("" if inside else wall)))
    assert (found["title"], found["body"], found["access"]) == (headline, None, "locked")


@pytest.mark.parametrize("language", WORDS)
def test_a_wall_below_a_teaser_leaves_the_teaser(language: str) -> None:
    headline, teaser, *_, heading, _, wall = WORDS[language]
    gate = f"<div class='gate'><h3>{heading}</h3><p>{wall}</p>{FORM}</div>"
    article = f"<article><h1>{headline}</h1><p class='lead'>{teaser}</p>{gate}</article>"
    found = record(page(said(headline), NAV + article))
    assert found["access"] == "locked"
    assert wall[:40] not in f"{found['body']} {found['lead']}"
    assert teaser in f"{found['body']} {found['lead']}"


@pytest.mark.parametrize(
    "text",
    [
        "The regulator fined the shop 2 million euros for storing cookies of its partners on the "
        "devices of readers without their consent, a court in the valley said on Monday.",
        "Users of the bank should change their password and log in again, its director said. "
        "Some 400 accounts were opened by strangers on Sunday night, according to the police.",
    ],
)
def test_news_about_cookies_and_passwords_is_no_wall(text: str) -> None:
    assert wall_in(text, has_form=False) is None
    article = f"<article><h1>Fine for a shop in the valley</h1><p>{text}</p></article>"
    found = record(page(said("Fine for a shop in the valley"), NAV + article))
    assert (found["body"], found["access"]) == (text, "open")


@pytest.mark.parametrize(
    "text",
    [
        "Die Datenschützer fordern, dass Websites um Einwilligung bitten, bevor sie Cookies setzen."
        " Wer personenbezogene Daten an Partner gibt, soll sie löschen, sagte ihre Sprecherin.",
        "La commission reproche au groupe de n'avoir pas laissé les internautes refuser les cookies"
        " et d'avoir transmis du site leurs données personnelles à des partenaires.",
        "“We never asked for consent before we set cookies,” the former manager told the court "
        "about the personal data of 2 million readers.",
        "Суд признал, что партнёры компании собирали персональные данные без согласия читателей, "
        "а файлы куки хранились годами.",
        "Users must log in with a new password after the breach, the company said, and 4 million "
        "accounts were exposed.",
    ],
    ids=["de", "fr", "quoted", "ru", "password"],
)
def test_news_of_cookies_and_passwords_are_no_wall(text: str) -> None:
    assert wall_in(text, has_form=True) is None
