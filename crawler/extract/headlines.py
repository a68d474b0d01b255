"""The lists of headlines beside an article, and on front and section pages."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from archive.items import INLINE, Access, Headline, HeadlineList
from crawler.document import Document
from crawler.extract.cards import Card, Link, Owners, cards, groups, with_siblings
from crawler.extract.cleaning import clean
from crawler.extract.containers import Containers
from crawler.extract.entries import EntryReader, is_headline_like
from crawler.extract.links import Addresses
from crawler.extract.list_names import Names
from crawler.extract.locks import is_lock_notice
from crawler.extract.notices import find_notices, holding_paragraphs, locked_without_link
from crawler.extract.offers import are_offers, have_prices, is_over_offers
from crawler.extract.paragraphs import Paragraphs
from crawler.extract.spots import Spots

_IN_TEXT = (-1, -1)
_SHORTEST, _SHORTEST_ASCII = 9, 20
_LONGEST_BOX = 300
# No page shows as many headlines; what it has beyond is not read.
_MOST_CARDS = 8_000
_FEW = 3
# The first entries of a long list tell what all of it shows.
_LOOKED_AT = 20
_SHOWN = "img, picture, h1, h2, h3, h4, h5, h6, time, p, figure"


def extract_headlines(document: Document) -> tuple[HeadlineList, ...]:
    """Return the page's lists of headlines that lead to other articles, in page order.

    The "read also" boxes inside the text make one list, named ``INLINE``.
    """
    addresses = Addresses(document)
    containers = Containers(document.found("h1"))
    paragraphs = Paragraphs(document.found("p"))
    spots = Spots()
    links = _links(document, addresses, paragraphs, spots)
    owners = Owners(links, paragraphs)
    notices = find_notices(document, links)
    if notices and (entries := holding_paragraphs(notices)):
        # What repeats a notice is an entry, also where it is marked up as a paragraph.
        texts = [node for node in document.found("p") if node.mem_id not in entries]
        paragraphs = Paragraphs(texts)
        owners = Owners(links, paragraphs)
    locked = locked_without_link(notices, owners, containers, spots) if notices else []
    if locked:
        links = _in_page_order(document, [*links, *locked])
        owners = Owners(links, paragraphs)
    reader = EntryReader(addresses, frozenset(notices))
    names = Names(owners, containers, addresses)
    boxes: list[Card] = []
    beside: list[Card] = []
    for card in cards(links, owners)[:_MOST_CARDS]:
        if not containers.refuses(card.spot):
            (boxes if paragraphs.surround(card.spot) else beside).append(card)
    found = _boxed(boxes, reader)
    grouped, alone = groups(beside)
    for group in grouped:
        found.extend(_entries(group, owners, reader, names, containers))
    found.extend(_leads(alone, found, reader, names))
    return _lists(found)


def _in_page_order(document: Document, links: list[Link]) -> list[Link]:
    at = {node.mem_id: number for number, node in enumerate(document.tree.css("*"))}
    return sorted(links, key=lambda link: at.get(link.spot.id, 0))


def _links(
    document: Document, addresses: Addresses, paragraphs: Paragraphs, spots: Spots
) -> list[Link]:
    found = []
    for node in document.found("a"):
        href = node.attrs.get("href")
        # Most links are in menus: neither their address nor their text is that of an article.
        if not href or not (addresses.is_likely(href) or _has_headline(node)):
            continue
        address = addresses.judge(href)
        if address is None:
            continue
        spot = spots.of(node)
        if not paragraphs.hold(spot):
            found.append(Link(spot, address))
    return _without_calls(found)


def _without_calls(links: list[Link]) -> list[Link]:
    """Drop what leads time and again to one page that is no article, such as to subscribe."""
    times = Counter(link.address.key for link in links if not link.address.is_likely)
    return [link for link in links if times[link.address.key] < 3]


def _has_headline(node: LexborNode) -> bool:
    text = node.text()
    # Most texts of links are a word or two, and this many letters are no headline.
    if len(text) < _SHORTEST or (len(text) < _SHORTEST_ASCII and text.isascii()):
        return False
    return is_headline_like(" ".join(node.text(separator=" ").split()))


class Entry(NamedTuple):
    """A headline, where it stands, and which list it belongs to: what heading, else what group."""

    order: int
    list_key: tuple[int, int]
    list_name: str | None
    headline: Headline
    is_likely: bool = True


def _boxed(boxes: Sequence[Card], reader: EntryReader) -> list[Entry]:
    """Return the headlines that are set into the text."""
    return [
        Entry(card.order, _IN_TEXT, INLINE, headline)
        for card, headline in reader.entries([card for card in boxes if _is_box(card)])
        if headline.title and is_headline_like(headline.title) and not _is_embedded(card, headline)
    ]


def _entries(
    group: list[Card], owners: Owners, reader: EntryReader, names: Names, containers: Containers
) -> list[Entry]:
    """Return the entries of a group of cards; none where it is no list of headlines."""
    if not _leads_to_articles(group):
        return []
    read = reader.entries(with_siblings(group, owners))
    if not _has_headlines([headline for _, headline in read]):
        return []
    for card, _ in read:
        if card.address is None:
            names.skip(card.node)
    if _is_no_news(read):
        return []
    found = []
    are_menu = _are_bare(read) and reader.addresses.are_unnumbered(
        [card.address for card, _ in read if card.address]
    )
    for card, headline in read:
        name = names.over(card.node)
        if name.text and is_over_offers(name.text):
            continue
        if containers.lock(card.spot):
            headline = replace(headline, access=Access.LOCKED)
        if name.text is None and are_menu:
            continue
        key = (name.place, 0 if name.place else group[0].order + 1)
        is_likely = card.address is None or card.address.is_likely
        found.append(Entry(card.order, key, name.text, headline, is_likely))
    return found


def _are_bare(read: Sequence[tuple[Card, Headline]]) -> bool:
    """Return whether entries show their titles and nothing else, as those of a menu do."""
    return len(read) >= _FEW and not any(
        headline.sections
        or headline.published
        or headline.access
        or card.address is None
        or card.node.css_first(_SHOWN)
        for card, headline in read[:_LOOKED_AT]
    )


def _is_no_news(read: Sequence[tuple[Card, Headline]]) -> bool:
    if are_offers([headline.title for _, headline in read if headline.title]):
        return True
    return have_prices(
        [card.node.text(separator="\n", strip=True) for card, _ in read[:_LOOKED_AT]]
    )


def _leads(
    alone: Sequence[Card], entries: Sequence[Entry], reader: EntryReader, names: Names
) -> list[Entry]:
    """Return the headlines that open a list under the same heading, drawn larger than the rest."""
    first: dict[tuple[int, int], Entry] = {}
    for entry in entries:
        if entry.list_key[0] > 0:
            known = first.setdefault(entry.list_key, entry)
            first[entry.list_key] = min(known, entry, key=lambda one: one.order)
    following = {entry.order: entry for entry in first.values()}
    found = []
    for card in alone:
        next_one = following.get(card.order + 1)
        if next_one is None or not (card.address and card.address.is_likely):
            continue
        if names.over(card.node).place == next_one.list_key[0]:
            for _, headline in reader.entries([card]):
                if headline.title and is_headline_like(headline.title):
                    found.append(next_one._replace(order=card.order, headline=headline))
    return found


def _is_box(card: Card) -> bool:
    """Return whether a card set into a text says little more than a headline."""
    address = card.address
    if address is None or address.notice or not address.is_likely:
        return False
    return len(card.node.text().strip()) <= _LONGEST_BOX


def _is_embedded(card: Card, headline: Headline) -> bool:
    """Return whether a box shows a post of another site, whose date alone leads to it."""
    if headline.published is None or card.address is None or card.address.is_own_site:
        return False
    return headline.title not in {
        " ".join(node.text(separator=" ").split()) for node in card.node.css("a")
    }


def _leads_to_articles(group: Sequence[Card]) -> bool:
    found = {card.address for card in group if card.address}
    if len(found) < 2 or not any(address.is_own_site for address in found):
        return False
    return sum(address.is_likely for address in found) * 2 >= len(found)


def _has_headlines(entries: Sequence[Headline]) -> bool:
    titles = [entry.title or "" for entry in entries]
    likely = sum(map(is_headline_like, titles))
    # Two links may be anything: "Print" beside a headline, or a button.
    if len(titles) == 2 and any(" " not in title and title.isascii() for title in titles):
        return False
    return likely > 0 and likely * 2 >= len(titles)


def _lists(entries: list[Entry]) -> tuple[HeadlineList, ...]:
    found: dict[tuple[int, int], list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.list_key, []).append(entry)
    kept = [one for one in found.values() if _is_list(one)]
    ordered = sorted(kept, key=lambda one: min(entry.order for entry in one))
    return tuple(
        _distinct(
            [
                (one[0].list_name, [e.headline for e in sorted(one, key=lambda e: e.order)])
                for one in ordered
            ]
        )
    )


def _is_list(entries: Sequence[Entry]) -> bool:
    """Return whether entries are a list; a heading over a single link may be an invitation."""
    if entries[0].list_name:
        return len(entries) > 1 or entries[0].is_likely
    return _stands_alone(entries)


def _stands_alone(entries: Sequence[Entry]) -> bool:
    """Return whether entries without a heading are a list: a single one is a promotion."""
    return len(entries) > 1 and _has_headlines([entry.headline for entry in entries])


def _distinct(found: list[tuple[str | None, list[Headline]]]) -> list[HeadlineList]:
    """Return the lists, each entry once in its list and each list once on the page."""
    lists: list[HeadlineList] = []
    known: dict[frozenset[str | None], int] = {}
    for name, headlines in found:
        once = _once(_locked_by(name, headlines))
        shown = frozenset(headline.url or headline.title for headline in once)
        at = known.setdefault(shown, len(lists))
        if at == len(lists):
            lists.append(HeadlineList(clean(name), once))
        elif lists[at].name is None:
            lists[at] = HeadlineList(clean(name), lists[at].headlines)
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
