"""Lists that are no news: calendars, vacancies, products, legal and service pages."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from crawler.extract.list_words import words

_HEADINGS = words(
    """
    veranstaltungen veranstaltungskalender stellenmarkt stellenangebote stellenanzeigen jobbörse
    jobs vacancies careers emploi empleo vacatures jobb vagas вакансии вакансії вакансіі 求人
    faq boutique tienda negozio butik webshop prospekte gutscheine coupons vouchers discounts
    puzzles crosswords kreuzworträtsel newsletter newsletters partner partenaires
    sklep traueranzeigen inserate партнеры партнёров партнерів
    """
)
_PHRASES = re.compile(
    r"events? calendar|upcoming events|(?:häufige?|frequently|veelgestelde)"
    r" (?:gestellte )?(?:fragen|asked questions|vragen)|questions fréquentes|preguntas frecuentes"
    r"|domande frequenti|perguntas frequentes|часто задаваемые вопросы|часті запитання"
    r"|najczęstsze pytania|časté dotazy|vanliga frågor|sık sorulan sorular|よくある質問"
    r"|الأسئلة الشائعة|unser(?:e|er)? (?:service|services|angebote?|leistungen)"
    r"|(?:our|nos|nuestros|i nostri|nossos) (?:services?|servicios|servizi|serviços)"
    r"|unserem shop|kalendarz (?:wydarzeń|imprez)|афиша|афіша|agenda (?:culturel|cultural|des)\b",
    re.IGNORECASE,
)
_LONGEST_HEADING = 5
# What pages about the rights of readers and publishers are called.
_LEGAL = re.compile(
    r"\b(?:cookies?|datenschutz\w*|impressum|agb|(?:nutzungs|geschäfts|teilnahme)bedingungen"
    r"|privacy (?:policy|notice|statement|settings|choices)"
    r"|terms (?:(?:and|&) conditions|of (?:use|service|sale))"
    r"|mentions légales|confidentialité|données personnelles"
    r"|conditions (?:générales|d[’']utilisation)"
    r"|aviso legal|condiciones de uso|protección de datos|política de privacidad|privacidad"
    r"|informativa (?:sulla )?privacy|note legali|condizioni d[’'’i]\s?\w+|termos de uso"
    r"|privacyverklaring|privacybeleid|algemene voorwaarden|gebruiksvoorwaarden"
    r"|polityka prywatności|regulamin|integritetspolicy|personuppgift\w*|användarvillkor"
    r"|ochrana (?:osobních )?údajů|osobních údajů|obchodní podmínky"
    r"|gizlilik|kullanım (?:koşulları|şartları)"
    r"|политика конфиденциальности|персональных данных|пользовательское соглашение"
    r"|політика конфіденційності|персональних даних|правила користування"
    r"|палітыка прыватнасці|персанальных даных|правілы карыстання)\b"
    r"|プライバシー|個人情報|利用規約|سياسة الخصوصية|شروط الاستخدام|隐私|個資|개인정보",
    re.IGNORECASE,
)
# Who is meant in an advertisement of a vacancy: every sex.
_VACANCY = re.compile(r"\([mwfdxhkvю](?:\s?[/|*]\s?[mwfdxihkv]){1,3}\)", re.IGNORECASE)


_LONGEST_LEGAL = 6
# The price of a product, printed apart from its name.
_PRICE = re.compile(
    r"(?:ab|from|desde|od|von|statt|only|nur)?\s*"
    r"(?:(?:[€£$¥₽₴₺]|EUR|USD|CHF)\s?\d+(?:[.,]\d\d)?"
    r"|\d+(?:[.,]\d\d)?\s?(?:[€£$¥₽₴₺]|EUR|CHF|zł|Kč|kr|руб)\.?)\s?\*?",
    re.IGNORECASE,
)


@lru_cache(maxsize=1024)
def is_over_offers(heading: str) -> bool:
    """Return whether a heading announces something other than news.

    >>> is_over_offers("Jobs near you"), is_over_offers("Jobs lost as the last shipyard shuts")
    (True, False)
    """
    if heading.count(" ") >= _LONGEST_HEADING:
        return False
    return not words(heading).isdisjoint(_HEADINGS) or _PHRASES.search(heading) is not None


def are_offers(titles: Sequence[str]) -> bool:
    """Return whether at least half of the titles are those of legal pages or vacancies."""
    return _are_mostly(_is_offer, titles)


def _is_offer(title: str) -> bool:
    if title.count(" ") < _LONGEST_LEGAL and _LEGAL.search(title):
        return True
    return "(" in title and _VACANCY.search(title) is not None


def have_prices(texts: Sequence[str]) -> bool:
    """Return whether at least half of the texts of cards have a line that is a price.

    >>> have_prices(["Blue mug\\n£12.50", "Tea towel\\n£8"]), have_prices(["Mug sold at £12.50"])
    (True, False)
    """
    return _are_mostly(_has_price, texts)


def _has_price(text: str) -> bool:
    return any(map(_PRICE.fullmatch, text.split("\n")))


def _are_mostly(has: Callable[[str], bool], texts: Sequence[str]) -> bool:
    """Return whether something is true of at least half of the texts."""
    most = len(texts) // 2 + 1
    # Of most lists it is true of no text, and half of them tell.
    if not any(map(has, texts[:most])):
        return False
    return sum(map(has, texts)) * 2 >= len(texts)
