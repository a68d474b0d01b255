"""What marks an entry as locked: words in its text, classes, icons and titles."""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from crawler.extract.list_words import words

_MARKS = words(
    "paid premium paywall paywalled plus lock locked padlock limited abo member members membership"
)
# In running words, "plus", "limited" or "lock" mean other things.
_SPOKEN = frozenset(("premium", "paywall", "members", "membership"))
# Who may read on, in the languages of the news. A beginning is enough of an inflected word.
_STEMS = (
    "subscri",
    "suscri",
    "subskry",
    "abonn",
    "abone",
    "abonat",
    "abonaț",
    "abonaţ",
    "abbonat",
    "assinante",
    "prenumer",
    "předplat",
    "predplat",
    "pretplat",
    "naročni",
    "előfizet",
    "tilaajil",
    "tellija",
    "áskrif",
    "bezahlartikel",
    "подписчик",
    "подписк",
    "падпісчык",
    "падпіск",
    "падпісц",
    "передплат",
    "претплат",
    "абонат",
    "абонамент",
    "συνδρομητ",
    "مشترک",
    "مشترك",
    "المشترك",
    "للمشترك",
    "بالمشترك",
    "מנוי",
    "למנוי",
)
# "SZ Plus", "heise+": what a paper calls its part for subscribers.
_BRAND = re.compile(r"[^\W\d]{1,14}(?:[ -]?plus|[ -]?premium|\+)", re.IGNORECASE)
# "fplus", "szplus": the same in the name of a file or a class.
_OWN_PLUS = re.compile(r"(?!g|sur|non)[^\W\d_]{1,3}plus")
_OTHER_BRANDS = frozenset(("disney", "paramount", "apple", "tv", "discovery", "canal", "google"))
_PHRASES = (
    "有料",
    "会員",
    "会员",
    "會員",
    "付费",
    "付費",
    "订阅者",
    "訂閱",
    "訂戶",
    "订户",
    "구독자",
    "유료",
    "สมาชิก",
    "सब्सक्राइबर",
)
_PHRASES_APART = re.compile(
    r"khusus pelanggan|pelanggan saja|(?:dành cho )?(?:thuê bao|độc giả trả phí)"
    r"|paid (?:content|article)|plus[- ]?(?:artikel|article|inhalt)|[🔒🔐🔑]"
    r"|(?:låst|gesperrt(?:er)?|kostenpflichtig(?:er)?|betaald|betal|placený|płatny|płatna)"
    r"(?:[- ]?(?:artikel|article|innhold|indhold|inhalt|obsah|článek|artykuł|treść|text))?"
    r"|article (?:payant|verrouillé)|contenu payant|articolo a pagamento|contenido de pago"
    r"|conteúdo pago|платн\w+ (?:статья|материал|стаття|матеріал|артыкул)|ücretli içerik"
    r"|محتوى مدفوع",
    re.IGNORECASE,
)
# A class says so of what it is not: "no-paywall", "not-premium".
_NOT = frozenset(
    ("no", "not", "non", "without", "free", "unpaid", "hide", "hidden", "unlocked", "size")
)
_TOLD = words(
    "restricted premium paywall paywalled paid locked subscriber subscribers subscription abo plus"
)
_TIERS = words("access tier content type level product visibility status plan paywall")
# What an attribute holds for a script: {"premium":true}, {"access":"paid"}.
_LONGEST_JSON = 2000
_LOCK_IN_JSON = re.compile(
    r'"(?:is|has)?[_-]?(?:premium|paid|paywall|paywalled|locked|subscribers?[_-]?only|plus)'
    r'(?:[_-]?(?:content|article|only))?"\s*:\s*(?:true|1|"(?:true|1|yes)")\s*[,}]'
    r'|"[\w-]{0,20}(?:access|tier|paywall|plan)"\s*:\s*"(?:premium|paid|locked|subscribers?|abo|plus)"',
    re.IGNORECASE,
)
# What parts a notice from the title that a label repeats: "For subscribers: Lake freezes over".
_PARTS_OF_LABEL = re.compile(r":\s|\s[|–—-]\s|[()\[\]]")
_SPACES_OF_SENTENCE = 5
_YES = frozenset(("true", "1", "yes", "on", "locked"))
_PARTS = words(
    "premium is teaser teasers list lists articles stories items only section box block group area"
)
_OF_PARTS = words("paid paywall paywalled subscriber subscribers abo abonnenten abonnes")
_SIGNS = "🔒🔐🔑 "
_LONGEST_NOTICE = 40
_RESERVING = words(
    "only exclusively reserved nur réservé réservée réservés réservées solo soltanto reservado "
    "apenas somente tylko wyłącznie только лише тільки толькі выключна исключительно"
)
# Words of the same stem that ask to subscribe to something else, or say that it was done.
_OTHERWISE = frozenset(("unlocked", "newsletter", "newsletters", "unsubscribe"))


# What every mark, notice and label has a part of. Most texts have none, and are not split.
_PARTS_OF_PHRASES = (
    "+ plus 🔒 🔐 🔑 pelanggan thuê độc låst gesperrt kostenpflicht betal betaal placený płatn"
    " payant verrouillé pagamento pago платн ücretl مدفوع"
)


def _any_of(parts: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for any of the parts, those that begin alike tried together."""
    by_first: dict[str, list[str]] = defaultdict(list)
    for part in sorted(parts, key=len):
        if not any(known in part for rest in by_first.values() for known in rest):
            by_first[part[0]].append(part)
    return re.compile(
        "|".join(
            f"{re.escape(first)}(?:{'|'.join(re.escape(part[1:]) for part in rest)})"
            for first, rest in by_first.items()
        )
    )


_TELLING = {
    part.casefold() for part in (*_MARKS, *_SPOKEN, *_STEMS, *_PHRASES, *_PARTS_OF_PHRASES.split())
}
_ANY = _any_of(_TELLING)
_ANY_ASCII = _any_of(part for part in _TELLING if part.isascii())


def _may_tell(text: str) -> bool:
    return (_ANY_ASCII if text.isascii() else _ANY).search(text.casefold()) is not None


@lru_cache(maxsize=4096)
def is_lock_mark(name: str) -> bool:
    """Return whether a class or the name of an icon says "for subscribers"."""
    if not _may_tell(name):
        return False
    parts = [found for part in name.split() if (found := words(part)).isdisjoint(_NOT)]
    return any(_says(found, _MARKS) for found in parts) or any(
        phrase in name for phrase in _PHRASES
    )


def is_lock_data(name: str, value: str | None) -> bool:
    """Return whether a ``data-`` attribute says so: ``data-premium="true"``, ``data-tier="paid"``.

    A bare attribute says so by its name alone.
    """
    if value and value[:1] in "{[":
        return _LOCK_IN_JSON.search(value[:_LONGEST_JSON]) is not None
    is_told, is_tier = _kind_of(name)
    if is_told and (value is None or value.lower() in _YES):
        return True
    return is_tier and value is not None and value.lower() in _TOLD


@lru_cache(maxsize=1024)
def _kind_of(name: str) -> tuple[bool, bool]:
    """Return whether the name of an attribute tells of a lock, and whether it may by its value."""
    of = words(name[5:])
    if not of.isdisjoint(_NOT):
        return False, False
    return not of.isdisjoint(_TOLD - {"plus"}), not of.isdisjoint(_TIERS)


@lru_cache(maxsize=4096)
def is_lock_notice(text: str) -> bool:
    """Return whether a short text of an entry, or the heading of a list, says so."""
    if not _may_tell(text):
        return False
    found = words(text)
    if len(found) == 1 and not found.isdisjoint(_MARKS):
        return True
    if _BRAND.fullmatch(text) and found.isdisjoint(_OTHER_BRANDS):
        return True
    if _PHRASES_APART.fullmatch(text.strip()):
        return True
    return _says(found, _SPOKEN) or (not text.isascii() and any(p in text for p in _PHRASES))


def _says(found: frozenset[str], telling: frozenset[str]) -> bool:
    if not found.isdisjoint(_OTHERWISE):
        return False
    return not found.isdisjoint(telling) or any(
        word.startswith(_STEMS) or _OWN_PLUS.fullmatch(word) for word in found
    )


def is_lock_label(label: str) -> bool:
    """Return whether a label says so, or begins or ends with a notice beside a title.

    >>> is_lock_label("Subscribers only: Lake freezes over"), is_lock_label("Lake freezes over")
    (True, False)
    """
    if not _may_tell(label):
        return False
    parts = [part for part in map(str.strip, _PARTS_OF_LABEL.split(label)) if part]
    return any(
        len(part) <= _LONGEST_NOTICE and not is_about_readers(part) and is_lock_notice(part)
        for part in ((parts[0], parts[-1]) if parts else ())
    )


def without_lock_sign(text: str) -> str:
    """Return a text without the sign of a lock that it begins or ends with."""
    return text.strip(_SIGNS) if text[0] in _SIGNS or text[-1] in _SIGNS else text


def locks_container(attributes: dict[str, str | None]) -> bool:
    """Return whether the attributes of an element say that all the entries in it are locked.

    What a single entry says with "plus" is, of a whole part of a page, too often its layout.
    """
    for name, value in attributes.items():
        if name in ("class", "id"):
            if value and any(_names_locked_part(words(part)) for part in value.split()):
                return True
        elif name.startswith("data-") and is_lock_data(name, value):
            return True
    return False


def _names_locked_part(found: frozenset[str]) -> bool:
    # Templates of a site are called "premium" whoever may read in them.
    telling = _OF_PARTS | {"premium"} if found <= _PARTS else _OF_PARTS
    return not found.isdisjoint(telling) and found.isdisjoint(_NOT | _OTHERWISE)


def is_reserving(sentence: str) -> bool:
    """Return whether a sentence keeps something for a circle of readers: "only for ..."."""
    return not words(sentence).isdisjoint(_RESERVING)


def is_about_readers(text: str) -> bool:
    """Return whether a text with the words of a notice is too long for one, unless it reserves."""
    return text.count(" ") >= _SPACES_OF_SENTENCE and not is_reserving(text)
