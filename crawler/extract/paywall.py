"""Whether an article's text is there to be read, and whether its page says so.

The two are kept apart: a metered article is declared locked, and is all there on a first visit; a
wall put up by script is declared nowhere, and leaves two paragraphs.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from selectolax.lexbor import LexborNode

from archive.items import Access, Block
from crawler.document import Document
from crawler.extract.body import Body
from crawler.extract.hidden import hidden_texts, squeezed, tells_of_wall, visible_text
from crawler.extract.marks import marks
from crawler.extract.once import once_a_document
from crawler.extract.places import is_elsewhere
from crawler.extract.reading import Reading
from crawler.extract.structured_data import article_objects

# A text as short as this may be the part before a wall; a longer one is an article's.
_SHORT = 1500
_SHORTEST_NOTICE, _LONGEST_NOTICE = 5, 300
_STEM = re.compile(
    "subscri|abonn|suscript|assinant|abbonat|prenumer|sign in|weiterlesen|continue reading"
    "|keep reading|only to|подпис|передпла|падпіс|доступ|даступ|有料|会員|订阅|구독|للمشتركين"
    "|il vous reste"
)
_PHRASES = re.compile(
    r"subscribe (?:now )?to (?:continue|keep|read)|to (?:continue|keep) reading"
    r"|for subscribers only"
    r"|(?:exclusively|only|available) (?:to|for) (?:our )?subscribers|already a subscriber"
    r"|available only to|sign in to read|this (?:article|story|content) is (?:for|reserved)"
    r"|jetzt weiterlesen|weiterlesen mit|nur für abonnenten|exklusiv für abonnenten"
    r"|réservé (?:aux|à nos) abonnés|il vous reste .{1,20} de cet article|solo para suscriptores"
    r"|exclusivo para (?:suscriptores|assinantes)|riservato agli abbonati"
    r"|dostęp(?:ny|ne) (?:tylko )?dla (?:prenumeratorów|subskrybentów)|czytaj dalej .{0,20}prenumer"
    r"|только (?:для|по) подпис\w+|доступ\w+ (?:только )?подписчик\w+|оформите подписку"
    r"|тільки для передплатник\w+|доступн\w+ (?:тільки )?(?:за|для) передплат\w+"
    r"|толькі для падпісчык\w+|даступн\w+ (?:толькі )?(?:для|па) падпіс\w+"
    r"|доступ\w+ только|даступ\w+ толькі|доступ\w+ (?:тільки|лише)"
    r"|この記事は(?:会員|有料)|有料会員限定|订阅后(?:可)?阅读|구독자 전용|للمشتركين فقط",
    re.IGNORECASE,
)
_FREE = frozenset(("free", "open", "public", "true", "frei"))
_LOCKED = frozenset(("locked", "metered", "premium", "paid", "subscriber", "subscription", "plus"))
_TIERS = ("article:content_tier", "content_tier", "paywall", "article:opinion_tier", "access")


def extract_access(
    document: Document, blocks: tuple[Block, ...], *, notice: str | None = None
) -> list[Reading[Access]]:
    """Return whether the text is really there, best first; empty where neither can be told.

    ``notice`` is the sentence by which the site says that a text is locked. One that repeats
    itself over a list speaks of the list's articles, not of this one.
    """
    if notice and _stands_alone(document, notice):
        return [Reading(Access.LOCKED, "notice", 0.95)]
    length = sum(len(block.text) for block in blocks)
    found: list[Reading[Access]] = []
    if length < _SHORT:
        found += _signs_of_a_wall(document)
    if blocks:
        found.append(Reading(Access.OPEN, "body", 0.9 if length >= _SHORT else 0.6))
    return found


@once_a_document
def extract_declared_access(document: Document) -> list[Reading[Access]]:
    """Return what the page says of its access, best first; metered is locked."""
    found = []
    for data in article_objects(document)[:2]:
        free = data.get("isAccessibleForFree")
        said = str(free).strip().rpartition("/")[2].lower()
        if said in ("true", "false", "1", "0", "yes", "no"):
            access = Access.OPEN if said in ("true", "1", "yes") else Access.LOCKED
            found.append(Reading(access, "json-ld isAccessibleForFree", 0.9))
    for name in _TIERS:
        for tier in document.meta.get(name, ())[:1]:
            if tier.lower() in _FREE or tier.lower() in _LOCKED:
                access = Access.OPEN if tier.lower() in _FREE else Access.LOCKED
                found.append(Reading(access, name, 0.8))
    return found


@once_a_document
def _signs_of_a_wall(document: Document) -> list[Reading[Access]]:
    declared = extract_declared_access(document)[:1]
    if declared and declared[0].value is Access.LOCKED:
        return [Reading(Access.LOCKED, f"{declared[0].source}, little text", 0.8)]
    for node in marks(document, "wall")[:20]:
        if not is_elsewhere(document, node) and (node.text(strip=True) or ""):
            return [Reading(Access.LOCKED, "paywall mark, little text", 0.7)]
    for node in document.tree.css("p, div, span, h2, h3, strong")[:3000]:
        text = node.text(deep=False)
        if len(text) < _SHORTEST_NOTICE or text.isspace() or len(text) >= _LONGEST_NOTICE:
            continue
        if not _says_so(text) or is_elsewhere(document, node):
            continue
        if not any(map(_is_entry, (node, node.parent))):
            return [Reading(Access.LOCKED, "paywall sentence, little text", 0.7)]
    return []


def without_hidden(document: Document, body: Body) -> Body:
    """Return the body without the blocks that the page hides by classes or styles under a lock.

    Where the page has no lock all of them stay: its script will show them.
    """
    near = body.node or document.tree.body
    if not body.blocks or near is None or _is_declared(document, Access.OPEN):
        return body
    if not (body.may_be_hidden or tells_of_wall(document)) or not _signs_of_a_wall(document):
        return body
    hidden = hidden_texts(document, near)
    texts = [squeezed(block.text) for block in body.blocks] if hidden else []
    covered = {text for text in texts if any(text in part for part in hidden)}
    if not covered:
        return body
    visible = visible_text(document, hidden)
    left = {text: visible.count(text) for text in covered}
    seen = tuple(_uncovered(zip(texts, body.blocks, strict=True), left))
    is_less = len(seen) < len(body.blocks)
    return replace(body, blocks=seen) if is_less and _is_locked(document, seen) else body


def _uncovered(texts: Iterable[tuple[str, Block]], left: dict[str, int]) -> Iterator[Block]:
    """Yield the blocks that stand uncovered; ``left`` says how often, where some are covered."""
    for text, block in texts:
        if text not in left:
            yield block
        elif left[text] > 0:
            left[text] -= 1
            yield block


def _is_declared(document: Document, access: Access) -> bool:
    return any(reading.value is access for reading in extract_declared_access(document)[:1])


def _is_locked(document: Document, blocks: tuple[Block, ...]) -> bool:
    """Return whether a page with signs of a wall is locked, by the blocks that it shows."""
    is_short = sum(len(block.text) for block in blocks) < _SHORT
    return is_short or _is_declared(document, Access.LOCKED)


def without_notice(blocks: tuple[Block, ...], notice: str | None) -> tuple[Block, ...]:
    """Return the blocks of a locked article without the notice of its lock and what follows it."""
    for at, block in enumerate(blocks):
        if len(block.text) < _LONGEST_NOTICE and _is_notice(block.text, notice):
            return blocks[:at] or blocks[1:]
    return blocks


def _is_notice(text: str, notice: str | None) -> bool:
    return bool(notice and notice in text) or _PHRASES.search(text) is not None


def _is_entry(node: LexborNode | None) -> bool:
    """Return whether a node is an entry of a list: most of its likes have a link, or a lock."""
    parent = node.parent if node is not None else None
    if node is None or parent is None:
        return False
    likes = [
        one
        for one in parent.iter()
        if one.tag == node.tag and one.attributes.get("class") == node.attributes.get("class")
    ]
    listed = [one for one in likes if one.css_first("a[href]") or _PHRASES.search(one.text())]
    return len(likes) > 2 and len(listed) * 2 > len(likes)


def _says_so(text: str) -> bool:
    """Return whether such a sentence stands in the text; quick, as few texts have its words."""
    return _STEM.search(text.lower()) is not None and _PHRASES.search(text) is not None


def _stands_alone(document: Document, notice: str) -> bool:
    """Return whether the notice stands somewhere where it does not repeat itself."""
    if notice not in document.html:
        return False
    places: Counter[tuple[str, ...]] = Counter()
    for node in document.tree.css("body *"):
        if notice in node.text(deep=False):
            places[_path(node) if not is_elsewhere(document, node) else ("elsewhere",)] += 1
    return any(
        count == 1 and "li" not in path and path != ("elsewhere",) for path, count in places.items()
    )


def _path(node: LexborNode) -> tuple[str, ...]:
    """Return the tags and classes by which entries of one list are alike."""
    steps: list[str] = []
    place: LexborNode | None = node
    for _ in range(4):
        if place is None:
            break
        steps += [place.tag or "", place.attributes.get("class") or ""]
        place = place.parent
    return tuple(steps)
