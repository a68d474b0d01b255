"""What stands beside a headline and is no part of it: times, calls, counts, marks of a form."""

import re
from datetime import UTC, datetime
from functools import lru_cache

from crawler.extract.ago import time_ago
from crawler.extract.phrases import is_label

_LONGEST = 40
_EDGES = " \t\ufeff\u200b:.,;!?…-–—|•»›→▶►*[]()#+●◉🔴"
# What an outlet marks a text as, whatever it is about.
_MARKS = frozenset(
    """
    live|live blog|liveblog|live updates|liveticker|ticker|eilmeldung|breaking|breaking news
    exclusive|exklusiv|exclusif|exclusiva|exclusivo|esclusiva|exclusief|exklusivt|ekskluzywne
    wyłącznie|эксклюзив|ексклюзив|эксклюзіў|video|videos|vidéo|vídeo|wideo|видео|відео|відэа
    βίντεο|فيديو|ویدئو|वीडियो|วิดีโอ|動画|视频|視頻|영상|photo|photos|foto|fotos|fotogalerie
    bildergalerie|galerie|gallery|galería|fotostrecke|slideshow|diaporama|фото|фотогалерея|watch
    listen|audio|podcast|new|neu|nouveau|nuevo|novo|nuovo|nowe|новое|нове|updated|update
    aktualisiert|mis à jour|actualizado|aggiornato|обновлено|оновлено|en direct|direct|en vivo
    directo|en directo|ao vivo|diretta|in diretta|na żywo|relacja|онлайн|прямой эфир|наживо
    срочно|молния|терміново|tärkeää|juuri nyt|just nu|urgente|última hora|urgent|alerte|flash
    速報|独家|独占|獨家|快讯|속보|단독|canlı|son dakika|עכשיו|חדש|עדכון|مباشر|عاجل|فوری|زنده
    related|mehr|more|read more|weiterlesen|jetzt lesen|lire la suite|leer más|leia mais
    leggi tutto|lees meer|läs mer|les mer|læs mere|lue lisää|czytaj więcej|číst dále|подробнее
    читать далее|читати далі|devamı|続きを読む|阅读全文|더보기|baca selengkapnya|xem thêm
    """.replace("\n    ", "|").split("|")
)
_COUNT = re.compile(
    r"[\d.,\s]*[km]?\s*\(?\s*(?:"
    r"min(?:uten?|utes?|utos?|uti|ut)?\.?\s*"
    r"(?:read|lesezeit|de lectura|de lecture|de leitura|di lettura)?"
    r"|lesezeit|comments?|kommentare?|commentaires?|comentarios?|comentários?|commenti|reacties"
    r"|kommentarer|kommenttia|komentarz[ey]?|komentář[eů]?|комментари\w+|коментар\w*"
    r"|views?|vues|vistas|shares?|likes?|просмотр\w*|перегляд\w*|댓글|评论|評論|コメント"
    r")\s*:?\s*\(?\s*\d*\)?|\d+\s*m(?:in)?\.?\s*\d+\s*s(?:e[ck])?\.?",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\d{1,2}[:.]\d{2}|\d{1,4}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{1,4}|\d{1,2}/\d{1,2}|(?:19|20)\d\d"
    r"|\d+\s*(?:min|hour|hrs?|std|day|ago|uur|val|timer?|sek|мин|час|хв|год|분|시간|時間|日|小时|分钟|分|[hd]\b)",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"\d{4}年|\d{1,2}月\d|\b\d{1,2}(?:\.|,|st|nd|rd|th)?\s+(?:de\s+|d['’]\s?)?[^\W\d_]{3,}\.?,?\s+(?:de\s+)?\d"
    r"|^[^\W\d_]{3,}\.?\s+\d{1,2}(?:\D|$)|^\d{1,2}\.?\s+[^\W\d_]{3,}\.?$|^\d+ [^\W\d_]+ ago$"
)
# A day and nothing else, with a year or an hour, or in the signs of East Asia.
_MONTH = r"[^\W\d_]{3,12}\.?,?"
_YEAR = r"(?:19|20)\d\d"
_NTH = r"\d{1,2}(?:\.|st|nd|rd|th)?"
_WHOLE_DAY = re.compile(
    r"(?:(?:\d{4}[年년])?\s?\d{1,2}[月월]\s?\d{1,2}[日일号](?:\s?[(（].[)）])?"
    rf"|(?:[^\W\d_]{{2,12}}[,.]?\s+)?{_NTH}\s+(?:de\s+)?{_MONTH}\s+(?:de\s+)?{_YEAR}"
    rf"|{_MONTH}\s+{_NTH},?\s+{_YEAR})(?:\s?[年г]\.?)?"
    r"(?:[,–-]?\s*(?:um|at|à|a las|ore|kl\.|o|v|в|о|у|ve)?\s*"
    r"\d{1,2}(?:[:.h]\d\d|[時点시]\s?(?:\d\d[分분])?)(?:\s*(?:uhr|h|[ap]\.?m\.?))?)?",
    re.IGNORECASE,
)
_READING = re.compile(
    r"\b(?:read|lesezeit|lesetid|lästid|leestijd|lectura|lecture|leitura|lettura|czytania|чтени|читан)",
    re.IGNORECASE,
)
_WITHOUT_NUMBER = frozenset(
    """
    just now|right now|a minute ago|an hour ago|a day ago|a week ago|a month ago|yesterday
    vorgestern|gestern|gerade eben|vor einer minute|vor einer stunde|vor einem tag
    vor einer woche|vor einem monat|hier|avant-hier|il y a une minute|il y a une heure
    il y a un jour|il y a une semaine|il y a un mois|ayer|anteayer|hace una hora|hace un minuto
    hace un día|hace un mes|ontem|há uma hora|há um dia|ieri|un'ora fa|un’ora fa|un giorno fa
    gisteren|een uur geleden|i går|igår|eilen|tunti sitten|wczoraj|godzinę temu|przed chwilą
    včera|včeraj|jučer|juče|јуче|tegnap|вчера|позавчера|только что|час назад|минуту назад|вчора
    щойно|годину тому|учора|χθες|dün|az önce|أمس|אתמול|دیروز|कल|เมื่อวาน|hôm qua|kemarin|昨日
    昨天|刚刚|剛剛|어제|방금|vor einer halben stunde|half an hour ago|منذ دقيقة|منذ دقيقتين|منذ ساعة
    منذ ساعتين|منذ يوم|منذ يومين|منذ أسبوع|قبل دقيقة|قبل ساعة|قبل ساعتين|قبل يوم|قبل يومين
    """.replace("\n    ", "|").split("|")
)
_HOUR = re.compile(r"\d{1,2}[:.]\d{2}(?:\s*(?:uhr|h|[ap]\.?m\.?|ч))?\.?", re.IGNORECASE)
_ANY_DAY = datetime(2000, 1, 1, tzinfo=UTC)


@lru_cache(maxsize=4096)
def is_stray(text: str) -> bool:
    """Return whether a short text is a call, a count, or a mark such as "Live".

    >>> [text for text in ("LIVE", "14 comments", "Read more", "Harbour") if not is_stray(text)]
    ['Harbour']
    """
    if len(text) > _LONGEST:
        return False
    bare = text.strip(_EDGES).casefold()
    return bare in _MARKS or is_label(bare) or _is_count(text)


def _is_count(text: str) -> bool:
    return any(map(str.isdigit, text)) and _COUNT.fullmatch(text) is not None


@lru_cache(maxsize=4096)
def tells_time(text: str) -> bool:
    """Return whether a text that is no link says when, and little else.

    >>> tells_time("vor 2 Stunden"), tells_time("yesterday"), tells_time("Five things for 2026")
    (True, True, False)
    """
    if len(text) > _LONGEST:
        return False
    if tells_recent_time(text):
        return True
    return any(map(str.isdigit, text)) and _DAY.search(text) is not None and not _is_count(text)


@lru_cache(maxsize=4096)
def tells_recent_time(text: str) -> bool:
    """Return whether a text that may be a link says how long ago, at what hour, or which day.

    >>> tells_recent_time("21 November 2026, 8:15"), tells_recent_time("4 min read")
    (True, False)
    """
    if len(text) > _LONGEST:
        return False
    if not any(map(str.isdigit, text)):
        return text.casefold() in _WITHOUT_NUMBER
    if _READING.search(text):
        return False
    return _is_clock(text) or _WHOLE_DAY.fullmatch(text) is not None or _is_ago(text)


def is_plain_time(text: str) -> bool:
    """Return whether a text can be nothing but a time, such as an hour."""
    if not any(map(str.isdigit, text)):
        return text.casefold() in _WITHOUT_NUMBER
    return _HOUR.fullmatch(text) is not None or _is_ago(text)


def _is_ago(text: str) -> bool:
    told = time_ago(text, _ANY_DAY)
    return told is not None and len(told.moment.text) * 2 >= len(text)


def _is_clock(text: str) -> bool:
    """Return whether a number that may be a time is most of a text."""
    found = _TIME.search(text)
    return found is not None and (
        len(found.group()) * 2 >= len(text) or not any(map(str.isalpha, text))
    )
