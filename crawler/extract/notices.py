"""Notices of a lock: sentences that a page repeats word for word over the entries of a list."""

from collections import Counter, defaultdict
from collections.abc import Container, Sequence

from selectolax.lexbor import LexborNode

from crawler.document import Document
from crawler.extract.cards import Link, Owners
from crawler.extract.containers import Containers
from crawler.extract.links import Address
from crawler.extract.locks import is_lock_notice, is_reserving
from crawler.extract.paragraphs import Paragraphs
from crawler.extract.spots import Spot, Spots

_TIMES = 3
_REACH = 3
_SHORTEST, _LONGEST = 12, 160
_CODE = frozenset("{}=;<>\\")
_TEXT = frozenset(("p", "blockquote", "h2", "h3", "h4", "figure", "figcaption", "option"))
_UNSEEN = frozenset(("script", "style", "template", "noscript"))
_ELSEWHERE = _UNSEEN | {"header", "footer", "nav", "iframe"}


def find_notices(document: Document, links: Sequence[Link]) -> dict[str, list[LexborNode]]:
    """Return the sentences that may be notices, and the elements that hold them.

    Any sentence may be one: whether it is shows in what it stands beside.
    """
    body = document.tree.body
    if body is None:
        return {}
    repeated = {
        text.strip(): times
        for text, times in Counter(_lines(body)).items()
        if times >= _TIMES and _SHORTEST <= len(text) <= _LONGEST
    }
    wanted = {text: count for text, count in repeated.items() if _is_sentence(text)}
    wanted = _without_headlines(links, wanted) if wanted else wanted
    return _holders(body, wanted) if wanted else {}


def _lines(body: LexborNode) -> list[str]:
    """Return the texts of a page but those of its scripts, header and footer, which are long."""
    found: list[str] = []
    part = body.child
    while part is not None:
        if part.tag not in _ELSEWHERE:
            found += part.text(separator="\n", strip=True, skip_empty=True).split("\n")
        part = part.next
    return found


def _without_headlines(links: Sequence[Link], repeated: dict[str, int]) -> dict[str, int]:
    """Drop the sentences that several lists on the page link to an article."""
    linked = Counter(link.spot.node.text().strip() for link in links)
    return {
        text: times
        for text, times in repeated.items()
        if times - linked[text] >= _TIMES or is_lock_notice(text) or is_reserving(text)
    }


def _is_sentence(text: str) -> bool:
    """Return whether a line may be one, rather than a line of a script or of data."""
    if len(text) < _SHORTEST or not _CODE.isdisjoint(text):
        return False
    if text.startswith("//") or text[-1] in ":," or any(map(str.isdigit, text)):
        return False
    return text.count(" ") >= 3 or is_lock_notice(text)


def _holders(body: LexborNode, wanted: Container[str]) -> dict[str, list[LexborNode]]:
    found: dict[str, list[LexborNode]] = defaultdict(list)
    for node in body.traverse(include_text=True, skip_empty=True):
        if node.is_text_node and (text := (node.text_content or "").strip()) in wanted:
            holder = node.parent
            if holder is not None and holder.tag not in _UNSEEN:
                found[text].append(holder)
    return found


def holding_paragraphs(notices: dict[str, list[LexborNode]]) -> frozenset[int]:
    """Return the ids of the paragraphs in which a notice has an element of its own."""
    found: set[int] = set()
    for holder in (holder for holders in notices.values() for holder in holders):
        above = holder.parent
        for _ in range(_REACH):
            if above is None or above.tag == "p":
                break
            above = above.parent
        if above is not None and above.tag == "p":
            found.add(above.mem_id)
    return frozenset(found)


def locked_without_link(
    notices: dict[str, list[LexborNode]], owners: Owners, containers: Containers, spots: Spots
) -> list[Link]:
    """Return a link to nowhere for each entry that shows a notice and has no link of its own."""
    found: list[Link] = []
    for text, holders in notices.items():
        if sum(not owners.holds_any(holder) for holder in holders) < _TIMES:
            continue
        marks = [
            Link(holder, Address("", f"{text}\n{number}", True, True, text))
            for number, holder in enumerate(map(spots.of, holders))
            if not containers.refuses(holder)
        ]
        if len(marks) < _TIMES:
            continue
        marked = Owners(marks, Paragraphs(()))
        tops = [(mark, marked.top(mark)) for mark in marks]
        alone = [(mark, top) for mark, top in tops if _is_card(top, mark.spot, owners)]
        together = Counter(_parent(top) for _, top in alone)
        found.extend(mark for mark, top in alone if together[_parent(top)] >= _TIMES)
    return found


def _parent(spot: Spot) -> int:
    return spot.above.id if spot.above is not None else 0


def _is_card(spot: Spot, holder: Spot, owners: Owners) -> bool:
    # A paragraph is an entry only where the notice has an element of its own in it.
    is_text = spot.tag in _TEXT and (spot.tag != "p" or spot.id == holder.id)
    return not is_text and not owners.holds_any(spot.node)
