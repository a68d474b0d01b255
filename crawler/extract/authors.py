"""The people who wrote an article; agencies, desks, roles and dates are left out."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from typing import Any
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborNode

from crawler.document import Document
from crawler.extract.agencies import agencies_without_spaces
from crawler.extract.cleaning import fold, plain, text_of
from crawler.extract.date_labels import called
from crawler.extract.marks import is_named, marks
from crawler.extract.places import is_elsewhere
from crawler.extract.printed import located_moments, yearless_days
from crawler.extract.reading import Reading
from crawler.extract.structured_data import article_objects, strings
from crawler.extract.unmarked_bylines import unmarked_bylines

_META = (
    "author",
    "article:author",
    "og:article:author",
    "parsely-author",
    "sailthru.author",
    "byl",
    "dc.creator",
    "dcterms.creator",
    "dc.contributor",
    "article:author_name",
    "cxenseparse:author",
    "author_name",
    "citation_author",
    "article.author",
    "og:author",
    "twitter:data1",
)
_MOST_MARKED = 60
_MOST = 20
_MOST_LINKED = 3
_LINKED = 0.6
_UNMARKED = 0.4
_SURE, _PLAIN = 0.65, 0.5
_LONGEST = 60
_LONGEST_LINE = 200
_LONGEST_LIST = 1000
_LONGEST_DEGREE = 4

_BY = re.compile(
    r"^\W*(?:(?:(?:view|see|show|zeige)\s+)?(?:all|alle)\s+(?:posts|articles|beiträge|artikel)\s+)?(?:(?:"
    r"written|posted|published|story|text|words|reported|by-?line|article|created|"
    r"reviewed|geschrieben|veröffentlicht|verfasst|escrito|publicado|écrit|publié|scritto|"
    r"napisał|opracował"
    r")\s+)*(?:(?:"
    r"by|von|par|por|door|av|af|autor(?:in|en|ka|es)?|auteurs?|authors?|text|texte|testo|"
    r"texto|tekst|redakteur(?:in)?|автор(?:ы|и)?|аўтар(?:ы)?|текст|σύνταξη|penulis|yazar|"
    r"skrevet\sav|di|pubblicato\sda|a\scura\sdi|作者|記者|记者|文|著者|بقلم|كتب"
    r")(?:\s*[:：|]\s*|\s+|$))+",
    re.IGNORECASE,
)
_PERSONS_PAGE = re.compile(r"/aut(?:h?ors?|oren|ori|eurs?)/[^/?#]+", re.IGNORECASE)
_BYLINE = re.compile(r"byline|author|autor|auteur|writer|redakteur")
_BETWEEN = re.compile(
    r"\s*(?:[,;|•·/、，]|\s[–—-]\s|\s&\s|\s\+\s|"
    r"\b(?:and|und|et|og|och|ja|und|oraz|ve|dan|și|és|и|і|й|та|ды|και|و|en|by|with|mit|con|avec)\b(?=\s)|"
    # Before a single word they join two names of one family: "José Volta e Pinto".
    r"\b(?:y|e)\b(?=\s+[^\s,;|]+\s+[^\s,;|])|"
    # A sentence ends where a title or an initial would not: "Ann Lee. Valley Post".
    r"(?<=[^\W\d_A-ZА-Я]{3})(?<!Prof)(?<!Capt)(?<!Msgr)\.(?=\s+[A-ZА-Я]))\s*"
)
# Of a name in lower case.
_ROLE = re.compile(
    r"\b(?:"
    r"editors?|editorial|staff|writers?|reporters?|correspondents?|desk|team|newsroom|"
    r"bureau|admin\w*|webmaster|redaktion\w*|redaction|rédaction|redacción|redazione|"
    r"redakcja|redakce|redacção|redação|redactie|redaksjonen|toimitus|редакци\w+|"
    r"редакці\w+|рэдакцы\w+|корреспондент\w*|кореспондент\w*|journalists?|columnists?|"
    r"contributors?|guest|agencies|agentur\w*|agencias?|agences?|news|press|magazine?|"
    r"online|media|editor-in-chief|foundation|inc|llc|ltd|gmbh|university|company|"
    r"published|updated|min\sread|minutes?|photo\w*|images?|video|posted|share|follow|"
    r"subscribe|contact|e-?mail|home|about|comments?|more|articles?|posts?|view|see\sall|"
    r"read|profile|co-founder|founder|ceo|director|manager|professor|senior|chief|"
    r"copyright|source|quelle|foto\w*|\w*stiftung|\w*verband\w*|\w*anstalt|institut\w*|"
    r"e\.\s?v|verlag|magazin|years?|coordinator|representative|educators?|consultant|specialist|engineer|"
    r"redaktori|redaksi|uredništvo|redakcija|toimetus|szerkesztő\w*|συντακτικ\w+|ομάδα|المحرر|التحرير|"
    r"编辑部|編集部|편집국|डेस्क|ডেস্ক|editör\w*|haber\smerkezi|ban\sbiên\stập|"
    r"expert\w*|projektleiter\w*|rechtsanw\w+|horticultur\w+|übersicht|\w+übersicht|sponsored"
    r")\b"
)
_NOBODY = re.compile(
    "unknown|anonymous|none|null|undefined|default|user|editor|admin|administrator|root|author|by|paid"
    "|phd|de|der|von"
)
# A word of a name: with a capital where the script has them, or one of the small words in names.
_NAME_WORD = (
    r"(?:[^\W\d_a-zа-яёіўґєїß-öø-ÿα-ω][\w.'’´`-]*|"
    r"de|da|do|dos|del|della|di|van|von|der|den|ter|la|le|el|al|bin|ibn|zu|y|af|av)"
)
_NAMES = rf"{_NAME_WORD}(?:\s+{_NAME_WORD}){{0,4}}"
_IS_NAME = re.compile(_NAMES)
_LIKE_NAMES = re.compile(
    rf"{_NAMES}(?=\s*(?:$|[,;|•·/&–—-]|and\b|und\b|et\b|og\b|och\b|y\b|i\b|и\b|і\b))"
)
_BY_NAME = re.compile(
    r"(?:^|[\s|•·,])(?:[Bb]y|BY|[Vv]on|[Pp]ar|[Pp]or|[Dd]oor|[Aa]utore?:?|[Aa]utor(?:in)?:|"
    r"[Aa]uthor:?|[Tt]ext:|[Аа]втор:?|[Пп]одготовил:?|[Ii]nterview:|[Rr]edaktion:|[Ss]krevet av|"
    rf"[Dd]i)\s+({_NAMES}(?:(?:,\s+|\s+(?:and|und|et|og|och|y|и)\s+){_NAMES}){{0,4}})"
)
_WITHOUT_THE = re.compile(r"^(?:the|die|der|das|le|la|el|il|het|de|do|da|dal|dalla) ")
# Where somebody writes from, and what a link to a file is called.
_NO_NAME = re.compile(r"(?:em|en|in|aus|из) (?=[A-ZÀ-ÞА-Я])|[\w-]+\.(?:txt|html?|php|aspx?)$")
_WEEKDAY_BEHIND = re.compile(
    r"(?:^|[\s,|·])(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|diens|donners|frei|sams|sonn)tag"
    r"|mittwoch|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|(?:lunes|martes|miércoles|jueves|viernes"
    r"|sábado|domingo)|(?:segunda|terça|quarta|quinta|sexta)-feira),?\s*$",
    re.IGNORECASE,
)
# Who is cited or comments wrote that, and not the article.
_OF_OTHERS = re.compile(r"statement|quot|comment|testimonial")
_HAS_DATE = re.compile(
    r"^\d{1,2}\s|\b\d{4}|\d{1,2}[:.h]\d{2}|\d+\s*(?:min|hours?|days?|st|nd|rd|th)\b"
)
_DIGIT = re.compile(r"\d")
_HANDLE = re.compile(r"(?:https?:|www\.)\S+|\S+@\S+|(?<!\w)@\w+|\([^()]*\)|\[[^\[\]]*\]")
_EDGES = " \t.,:;-–—|·•*'\"“”„()<>→»"
_OF_HANDLES = frozenset(":.@([")
_TITLES = re.compile(r"\s*(?:기자|특파원|記者|记者|さん|氏)$|^(?:本报记者|記者|记者)\s*")


def extract_authors(document: Document) -> list[Reading[tuple[str, ...]]]:
    """Return who may have written the article, best first; each reading holds all its people.

    A credit to an agency or to the newsroom counts only where no person is credited.
    """
    sites = _site_names(document)
    found: list[Reading[tuple[str, ...]]] = []
    bodies: list[Reading[tuple[str, ...]]] = []
    for values, source, confidence in _candidates(document):
        if not values:
            continue
        if people := _people(values, sites):
            found.append(Reading(people, source, confidence))
        elif bodies_named := tuple(dict.fromkeys(filter(_is_credit, values))):
            bodies.append(
                Reading(bodies_named, f"{source} (no person)", round(confidence - 0.5, 2))
            )
    if found and all(map(_is_handle, found[0].value)):
        handle = found[0].value[0]
        fuller = (one for one in _credited(_printed(document), sites) if _is_fuller(one, handle))
        return [*islice(fuller, 1), *found, *bodies]
    if not found:
        printed = list(_printed(document))
        named = (one for one in printed if one.confidence > _LINKED or not _is_agencys(bodies))
        found = list(_credited(named, sites | _folders(document)))
        found = found or list(_unmarked(document, sites))
        if not found and not bodies:
            bodies = [
                Reading(one.value, f"{one.source} (no person)", round(one.confidence - 0.3, 2))
                for one in _credited(printed, set())
                if one.confidence >= 0.6
            ]
    return sorted([*found, *bodies], key=lambda reading: -reading.confidence)


def _is_agencys(bodies: Sequence[Reading[tuple[str, ...]]]) -> bool:
    """Return whether the data credit an agency: links to people are then of the site's own."""
    names = (name for reading in bodies for name in reading.value)
    return any(fold(name).replace(" ", "") in agencies_without_spaces() for name in names)


def _folders(document: Document) -> set[str]:
    """Return the folders of the page's address, by which a site calls its sections."""
    folders = unquote(urlsplit(document.page.url).path).split("/")[1:-1]
    return {_joined(fold(folder)) for folder in folders} - {""}


def _is_handle(name: str) -> bool:
    """Return whether a name is a login or a first name alone, in a script that has capitals."""
    return " " not in name and name.upper() != name.lower()


def _is_fuller(reading: Reading[tuple[str, ...]], handle: str) -> bool:
    """Return whether a byline has whole names where the data has a login, or one first name."""
    if reading.confidence < _PLAIN or not all(" " in name for name in reading.value):
        return False
    return not handle[1:].islower() or handle.islower() or reading.value[0].startswith(handle + " ")


def _is_credit(value: str) -> bool:
    nobody = _NOBODY.fullmatch(fold(value).replace(" ", "")) or _HAS_DATE.search(value)
    return not nobody and len(value) <= _LONGEST and "@" not in value and "://" not in value


def names_in(line: str) -> list[str]:
    """Return the names that a byline lists, without "by", roles, agencies and dates.

    >>> names_in("By Ann Lee and Bo Dahl, Staff Writers")
    ['Ann Lee', 'Bo Dahl']
    """
    return list((_known_names if len(line) <= _LONGEST_LINE else _names)(line[:_LONGEST_LIST]))


def _names(line: str) -> tuple[str, ...]:
    if not _OF_HANDLES.isdisjoint(line):
        line = _HANDLE.sub(" ", line)
    line = _without_by(line)
    found: list[str] = []
    for part in _BETWEEN.split(line):
        name = _name(part)
        # What stands in capitals after a name is a degree or a desk: "Ann Lee, MS, RD".
        if name and not (found and name.isupper() and len(fold(name)) <= _LONGEST_DEGREE):
            found.append(name)
    return tuple(found)


# The pages of one site are written by the same few people.
_known_names = lru_cache(maxsize=4096)(_names)


def _name(part: str) -> str | None:
    name = _without_by(part)
    name = (name if name.isascii() else _TITLES.sub("", name)).strip(_EDGES)
    folded = fold(name).replace(" ", "")
    if len(folded) < 2 or len(name) > _LONGEST or _is_nobody(folded):
        return None
    if _HAS_DATE.search(name) or _ROLE.search(name.lower()) or name.count(" ") > 5:
        return None
    if _NO_NAME.match(name):
        return None
    return name if any(map(str.isalpha, name)) else None


def _without_by(line: str) -> str:
    by = _BY.match(line)
    return line[by.end() :] if by else line


def _is_nobody(folded: str) -> bool:
    return folded in agencies_without_spaces() or _NOBODY.fullmatch(folded) is not None


def _people(values: Iterable[str], sites: set[str]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for value in values:
        for name in names_in(value):
            folded = fold(name)
            if sites.isdisjoint(_joined(one) for one in (folded, _WITHOUT_THE.sub("", folded))):
                found.setdefault(folded, name)
    return tuple(found.values())[:_MOST]


def _joined(folded: str) -> str:
    return folded.replace(" ", "")


def _site_names(document: Document) -> set[str]:
    """Return what the site and its publisher are called, folded and without spaces."""
    names = [*document.meta.get("og:site_name", ()), *document.meta.get("application-name", ())]
    for data in article_objects(document)[:2]:
        names += strings(data.get("publisher"))
    names += [document.host, document.host.partition(".")[0]]
    return {fold(name).replace(" ", "") for name in names} - {""}


def _candidates(document: Document) -> Iterator[tuple[list[str], str, float]]:
    for data in article_objects(document)[:2]:
        for key, confidence in (("author", 0.95), ("creator", 0.85)):
            yield list(_named(data.get(key), document)), f"json-ld {key}", confidence
    meta = document.meta
    for name in _META:
        if name in meta:
            yield [value for value in map(plain, meta[name][:_MOST]) if value], name, 0.8


def _named(value: Any, document: Document) -> Iterator[str]:
    """Yield the names in a JSON-LD author, those that stand elsewhere in the graph too."""
    for part in value[:_MOST] if isinstance(value, list) else [value]:
        if isinstance(part, dict):
            whole = part if part.get("name") else _referred(part.get("@id"), document)
            yield from strings(whole.get("name"))
        else:
            yield from strings(part)


def _referred(name: Any, document: Document) -> dict[str, Any]:
    found = (data for data in document.json_ld if name and data.get("@id") == name)
    return next((data for data in found if data.get("name")), {})


def _printed(document: Document) -> Iterator[Reading[tuple[str, ...]]]:
    """Yield the bylines in elements marked as such, the surest kind of mark first."""
    kinds: dict[float, list[LexborNode]] = {}
    for node in marks(document, "author")[:_MOST_MARKED]:
        if _may_be_byline(node) and not is_elsewhere(document, node):
            kinds.setdefault(_sureness(node), []).append(node)
    for confidence in sorted(kinds, reverse=True):
        lines = _lines(_together(kinds[confidence]))
        bylines = tuple(by for line in lines if (by := _byline(line, confidence)))
        # Links to more people than write an article together are a list of a site's writers.
        if confidence == _LINKED and len(set(bylines)) > _MOST_LINKED:
            continue
        yield Reading(bylines, _label(kinds[confidence][0]), confidence)


def _unmarked(document: Document, sites: set[str]) -> Iterator[Reading[tuple[str, ...]]]:
    """Yield the people of the first byline that nothing marks."""
    for line in unmarked_bylines(document):
        if people := _people([line], sites):
            yield Reading(people, "a line below the headline", _UNMARKED)
            return


def _credited(
    printed: Iterable[Reading[tuple[str, ...]]], sites: set[str]
) -> Iterator[Reading[tuple[str, ...]]]:
    """Yield the people that bylines name, without the site itself."""
    for reading in printed:
        if people := _people(reading.value, sites):
            yield replace(reading, value=people)


def _may_be_byline(node: LexborNode) -> bool:
    """Return whether a marked element is not another's, and a link not marked that of a person."""
    attributes = node.attributes
    if _OF_OTHERS.search((attributes.get("class") or "").lower()):
        return False
    if node.tag != "a" or is_named("author", attributes):
        return True
    return _PERSONS_PAGE.search(attributes.get("href") or "") is not None


def _byline(line: str, confidence: float) -> str | None:
    """Return the part of a line that names people: after "by", or all if it reads as names."""
    line = _undated(line)
    if confidence >= _SURE and _IS_NAME.fullmatch(line):
        return line
    if found := _BY_NAME.search(line):
        return found[1]
    if confidence < _PLAIN:
        return None
    line = _without_by(line)
    return line if confidence >= _SURE or _LIKE_NAMES.match(line) else None


def _undated(line: str) -> str:
    """Return a line without the days that stand before or behind its names."""
    if not _DIGIT.search(line):
        return line
    for start, end, _ in reversed(list(located_moments(line))):
        line = f"{_WEEKDAY_BEHIND.sub('', line[:start])} | {line[end:]}"
    for day in reversed(yearless_days(line)):
        line = f"{line[: day.start]} | {line[day.end :]}"
    rest = line.strip(" |·•,–—-")
    return rest if " " in rest or called(rest) is None else ""


def _sureness(node: LexborNode) -> float:
    attributes = node.attributes
    named = (attributes.get("class") or "").lower()
    if "author" in (attributes.get("itemprop") or ""):
        return 0.75
    if "author" in (attributes.get("rel") or ""):
        return 0.7
    if "name" in named and ("author" in named or "byline" in named):
        return _SURE
    if node.tag == "a":
        return _LINKED
    return 0.5 if _BYLINE.search(named) else 0.4


def _together(nodes: list[LexborNode]) -> Iterator[LexborNode]:
    """Yield the first node, and those that stand beside it: the others are of other articles."""
    home = _home(nodes[0])
    return (node for node in nodes if _home(node) == home)


def _home(node: LexborNode) -> int:
    place = node
    for _ in range(3):
        place = place.parent or place
    return place.mem_id


def _lines(nodes: Iterable[LexborNode]) -> Iterator[str]:
    for node in nodes:
        inner = node.css_first('[itemprop~="name"]')
        line = text_of(inner or node)
        if line is None and (content := node.attributes.get("content")):
            line = plain(content)
        if line and len(line) <= _LONGEST_LINE:
            yield line


def _label(node: LexborNode) -> str:
    attributes = node.attributes
    named = attributes.get("itemprop") or attributes.get("rel") or attributes.get("class") or ""
    return ".".join([node.tag or "", *named.split()[:1]])
