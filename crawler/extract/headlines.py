"""The lists of headlines beside an article, and on front and section pages."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from selectolax.lexbor import LexborNode

from archive.items import Access, Headline, HeadlineList
from crawler.document import Document
from crawler.extract.cards import Card, Link, Owners, cards, groups, with_siblings
from crawler.extract.containers import Containers
from crawler.extract.entries import EntryReader, is_headline_like
from crawler.extract.links import Addresses
from crawler.extract.list_names import Names
from crawler.extract.locks import is_lock_notice
from crawler.extract.notices import find_notices, locked_without_link


def extract_headlines(document: Document) -> tuple[HeadlineList, ...]:
    """Return the page's lists of headlines that lead to other articles, in page order."""
    addresses = Addresses(document)
    containers = Containers(document.tree)
    links = _links(document, addresses, containers)
    owners = Owners(links)
    notices = find_notices(document)
    locked = locked_without_link(notices, owners, containers) if notices else []
    if locked:
        links = _in_page_order(document, [*links, *locked])
        owners = Owners(links)
    reader = EntryReader(addresses, frozenset(notices))
    kept = [
        with_siblings(group, owners) for group in groups(cards(links, owners)) if _is_list(group)
    ]
    return _lists(kept, Names(owners, containers, addresses), reader)


def _in_page_order(document: Document, links: list[Link]) -> list[Link]:
    at = {node.mem_id: number for number, node in enumerate(document.tree.css("*"))}
    return sorted(links, key=lambda link: at.get(link.node.mem_id, 0))


def _links(document: Document, addresses: Addresses, containers: Containers) -> list[Link]:
    sentences = Sentences()
    found = []
    for node in document.tree.css("a[href]"):
        href = node.attributes["href"] or ""
        if not (addresses.is_likely(href) or is_headline_like(_text(node))):
            continue
        address = addresses.judge(href)
        if address and not containers.refuses(node) and not sentences.hold(node):
            found.append(Link(node, address))
    return _without_calls(found)


def _without_calls(links: list[Link]) -> list[Link]:
    """Drop what leads time and again to one page that is no article, such as to subscribe."""
    times = Counter(link.address.key for link in links if not link.address.is_likely)
    return [link for link in links if times[link.address.key] < 3]


def _text(node: LexborNode) -> str:
    return " ".join(node.text(separator=" ").split())


class Sentences:
    """Tells links within the sentences of a text from those that stand alone."""

    def __init__(self) -> None:
        self._known: dict[int, bool] = {}

    def hold(self, link: LexborNode) -> bool:
        """Return whether the link stands in a paragraph with text of its own."""
        above = link.parent
        for _ in range(4):
            if above is None:
                return False
            if above.tag == "p":
                known = self._known.get(above.mem_id)
                if known is None:
                    known = self._known[above.mem_id] = _own_text(above) >= 25
                return known
            above = above.parent
        return False


def _own_text(paragraph: LexborNode) -> int:
    linked = sum(len(_text(anchor)) for anchor in paragraph.css("a"))
    return len(_text(paragraph)) - linked


def _is_list(group: Sequence[Card]) -> bool:
    found = {card.address for card in group if card.address}
    if len(found) < 2 or not any(address.is_own_site for address in found):
        return False
    return sum(address.is_likely for address in found) * 2 >= len(found)


def _has_headlines(entries: Sequence[Headline]) -> bool:
    titled = sum(entry.title is not None and is_headline_like(entry.title) for entry in entries)
    return titled * 2 >= len(entries)


def _lists(kept: list[list[Card]], names: Names, reader: EntryReader) -> tuple[HeadlineList, ...]:
    found: dict[tuple[int, int], tuple[int, str | None, list[Headline]]] = {}
    for number, group in enumerate(kept):
        entries = reader.entries(group)
        if not _has_headlines([entry for _, entry in entries]):
            continue
        for card, entry in entries:
            name = names.over(card.node)
            key = (name.place, 0 if name.place else number + 1)
            found.setdefault(key, (card.order, name.text, []))[2].append(entry)
    ordered = sorted(found.values(), key=lambda found: found[0])
    return tuple(_distinct(ordered))


def _distinct(found: list[tuple[int, str | None, list[Headline]]]) -> list[HeadlineList]:
    """Return the lists, each entry once in its list and each list once on the page."""
    lists: list[HeadlineList] = []
    known: dict[frozenset[str | None], int] = {}
    for _, name, headlines in found:
        once = _once(_locked_by(name, headlines))
        shown = frozenset(headline.url or headline.title for headline in once)
        at = known.setdefault(shown, len(lists))
        if at == len(lists):
            lists.append(HeadlineList(name, once))
        elif lists[at].name is None:
            lists[at] = HeadlineList(name, lists[at].headlines)
    return lists


def _once(headlines: list[Headline]) -> tuple[Headline, ...]:
    found: dict[object, Headline] = {}
    for number, headline in enumerate(headlines):
        found.setdefault(headline.url or headline.title or number, headline)
    return tuple(found.values())


def _locked_by(name: str | None, headlines: list[Headline]) -> list[Headline]:
    """Return the entries, locked where the heading of their list says so."""
    if not name or not is_lock_notice(name):
        return headlines
    return [replace(headline, access=Access.LOCKED) for headline in headlines]
