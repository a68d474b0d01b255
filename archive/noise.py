"""What may differ between two looks at a text without being a change of it."""

import re
import unicodedata
from functools import lru_cache

QUOTE = '"'
"""The one quotation mark that stands for all of them in a folded text."""
_QUOTES = "'`´“”„‟«»″＂‘’‚‛‹›′ʼ＇「」『』"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_UNSEEN = (
    "\xad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_SEEN = (
    *((mark, QUOTE) for mark in _QUOTES),
    *((mark, "-") for mark in _DASHES),
    ("…", "..."),
)
_STANDING_FOR = (*((mark, "") for mark in _UNSEEN), *_SEEN)
_WORD = re.compile(r"[^\W\d_]+")

_LONGEST = 80
# Each word of such a line begins with one of these; one of three letters or fewer is whole.
_TIMES = (
    "sec second min minut hour day week h d m wk std stunde tag woche сек мин минут час дн день "
    "дней недел хв хвилин год годин тиж гадз гадзін хвіл дзён дзень тыд sek godz dni dzień tyg "
    "tydzień seg hora dia día heure jour ora ore giorn دقيق دقائق ساع يوم ايام أيام"
)
_AGO = (
    "ago just now vor gerade eben назад только что сейчас тому щойно таму толькі што temu przed "
    "chwilą fa hace il y a há منذ قبل الآن"
)
_CHANGED = (
    "updat publish post last modified aktualisiert veröffentlicht stand обновл опубликован "
    "изменен оновлен опублікован зменен абноўлен апублікаван aktualiz opublikowan zaktualiz "
    "تحديث نشر آخر"
)
_COUNTED = (
    "view read reader visit hit share like comment repl reaction repost retweet aufruf gelesen "
    "kommentar geteilt gefällt просмотр прочитан комментар поделил нравится ответ перегляд "
    "прочитань коментар поширен вподоба прагляд каментар падзял прачытан wyświetl odsłon "
    "komentarz udostępn polub odpowiedzi vue lectur commentair partag visualizz comment comentar "
    "vista مشاهد قراء تعليق مشارك إعجاب"
)
_BESIDE = "k m mln mio tsd тыс млн at of the time reading lesezeit чтения читання чытання czytania"
_ALLOWED = frozenset(" ".join((_TIMES, _AGO, _CHANGED, _COUNTED, _BESIDE)).split())
_TELLING = frozenset(" ".join((_AGO, _COUNTED)).split()) | {"lesezeit", "reading"}
_SIGNS = re.compile(
    "分钟|小时|秒|天|周|前|刚刚|更新|发布|于|阅读|浏览|次|评论|条|分享|点赞|量|時間|分|日|閲覧|回"
)


def folded(text: str) -> str:
    """Return what of the text counts: two texts that fold alike are the same text.

    Runs of white space are one space; marks that are not seen, such as soft hyphens, are left
    out; quotation marks and apostrophes are of one style, and so are dashes, with no space
    around either.

    >>> folded("He said\u00a0: \u00abYes\u00bb \u2014 twice") == folded('He said : "Yes" - twice')
    True
    """
    text = text.replace("\n\n", " ")
    # Printable text has no mark that is not seen, and no white space but spaces.
    is_printable = text.isprintable()
    if text.isascii():
        text = text.replace("'", QUOTE).replace("`", QUOTE)
    else:
        if not unicodedata.is_normalized("NFC", text):
            text = unicodedata.normalize("NFC", text)
        for mark, plain in _SEEN if is_printable else _STANDING_FOR:
            if mark in text:
                text = text.replace(mark, plain)
    if not is_printable or "  " in text:
        text = " ".join(text.split())
    text = text.strip()
    if QUOTE in text:
        text = text.replace(' "', QUOTE).replace('" ', QUOTE)
    if "-" in text:
        text = text.replace(" -", "-").replace("- ", "-")
        while "--" in text:
            text = text.replace("--", "-")
    return text


def without_passing(text: str) -> str:
    """Return a text without the paragraphs that say something else at each look."""
    parts = text.split("\n\n")
    if min(map(len, parts)) > _LONGEST:
        return text
    return "\n\n".join(part for part in parts if not is_passing(part))


@lru_cache(maxsize=4096)
def is_passing(line: str) -> bool:
    """Return whether a line says only how long ago something was, or how many saw it.

    >>> is_passing("Updated 5 minutes ago"), is_passing("12 comments"), is_passing("12 dead")
    (True, True, False)
    """
    if len(line) > _LONGEST:
        return False
    words = _WORD.findall(line.lower())
    return bool(words) and all(map(_is_allowed, words)) and any(map(_is_telling, words))


def _is_allowed(word: str) -> bool:
    return _begins(word, _ALLOWED) or not _SIGNS.sub("", word)


def _is_telling(word: str) -> bool:
    return (
        _begins(word, _TELLING)
        or re.search("前|刚刚|阅读|浏览|评论|分享|点赞|閲覧", word) is not None
    )


def _begins(word: str, stems: frozenset[str]) -> bool:
    return word in stems or any(
        word[:length] in stems for length in range(max(3, len(word) - 6), len(word))
    )
