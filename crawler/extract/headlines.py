"""The lists of headlines beside an article, and on front and section pages."""

from collections.abc import Sequence

from selectolax.lexbor import LexborNode

from archive.items import Access, Headline, HeadlineList
from crawler.document import Document
from crawler.extract.cards import Card, Link, Owners, cards, groups
from crawler.extract.containers import Containers
from crawler.extract.entries import Target, is_headline_like, read_entry
from crawler.extract.links import Addresses
from crawler.extract.list_names import Names
from crawler.extract.locks import is_lock_notice


def extract_headlines(document: Document) -> tuple[HeadlineList, ...]:
    """Return the page's lists of headlines that lead to other articles, in page order."""
    addresses = Addresses(document)
    containers = Containers(document.tree)
    links = _links(document, addresses, containers)
    owners = Owners(links)
    kept = [group for group in groups(cards(links, owners)) if _is_list(group)]
    return _lists(kept, Names(owners, containers, addresses), addresses)


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
    return found


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
    if len({card.address.key for card in group}) < 2:
        return False
    if not any(card.address.is_own_site for card in group):
        return False
    size = len(group)
    return sum(card.address.is_likely for card in group) * 2 >= size


def _has_headlines(entries: Sequence[Headline]) -> bool:
    titled = sum(entry.title is not None and is_headline_like(entry.title) for entry in entries)
    return titled * 2 >= len(entries)


def _entries(group: Sequence[Card], addresses: Addresses) -> list[tuple[Card, Headline]]:
    found = []
    for card in group:
        entry = read_entry(card.node, Target(card.address.url, card.address.key, addresses))
        if entry is not None and (entry.title or card.address.is_likely):
            found.append((card, entry))
    return found


def _lists(kept: list[list[Card]], names: Names, addresses: Addresses) -> tuple[HeadlineList, ...]:
    found: dict[tuple[int, int], tuple[int, str | None, list[Headline]]] = {}
    for number, group in enumerate(kept):
        entries = _entries(group, addresses)
        if not _has_headlines([entry for _, entry in entries]):
            continue
        for card, entry in entries:
            name = names.over(card.node)
            key = (name.place, 0 if name.place else number + 1)
            found.setdefault(key, (card.order, name.text, []))[2].append(entry)
    ordered = sorted(found.values(), key=lambda found: found[0])
    return tuple(_distinct(ordered))


def _distinct(found: list[tuple[int, str | None, list[Headline]]]) -> list[HeadlineList]:
    seen: set[frozenset[str | None]] = set()
    lists = []
    for _, name, headlines in found:
        addresses = frozenset(headline.url for headline in headlines)
        if addresses not in seen:
            seen.add(addresses)
            lists.append(HeadlineList(name, _once(headlines, name)))
    return lists


def _once(headlines: list[Headline], name: str | None) -> tuple[Headline, ...]:
    first: dict[str | None, Headline] = {}
    for headline in headlines:
        if name and is_lock_notice(name) and headline.access is None:
            headline = Headline(
                headline.title, headline.url, headline.sections, Access.LOCKED, headline.published
            )
        first.setdefault(headline.url, headline)
    return tuple(first.values())
