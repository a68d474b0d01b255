"""Every table, view and column of the archive in words, for the documentation and the web."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Described:
    """A table or view: what one row is, what its columns hold, and what names a row."""

    row: str
    columns: Mapping[str, str]
    label: str | None = None
    hidden: bool = False


_ID = "Number of the row."
_ARTICLE = "The article; see articles."
_SOURCE = "Name of the source."
_OPEN = "open or locked: whether the text is there to be read; null if it cannot be told."
_URL = "Address of the article."
_PUBLISHED = "When it was published, as the page says, in UTC; null if it does not say."
_KEY = "A number that addresses which differ in form alone, such as http and https, have in common."
_LEADS_TO = "The archived article that it leads to; see articles."
_SEEN_ON = "Address of the page where it was seen."
_FIRST = "When this text was first seen."

TABLES: dict[str, Described] = {
    "articles": Described(
        "An article as it was last seen, with its text.",
        {
            "id": _ID,
            "source_id": "The source it was found at; see sources.",
            "url": "Its canonical address.",
            "title": "Its headline.",
            "lead": "The summary printed under the headline.",
            "body": "Its text; a blank line stands between paragraphs.",
            "body_kinds": "The kind of each paragraph (p, h, li, q); null if all are p.",
            "dateline": "The dateline as printed.",
            "dateline_place": "The place in the dateline.",
            "dateline_agency": "The agency in the dateline.",
            "dateline_date": "The day in the dateline, with the year that it must be.",
            "published": _PUBLISHED,
            "published_text": "The time of publication as printed.",
            "published_day": "The day of publication, in UTC.",
            "modified": "When it was last modified, as the page says, in UTC.",
            "modified_text": "The time of modification as printed.",
            "language": "Language of the text, as a BCP 47 tag.",
            "access": _OPEN,
            "access_declared": "What the page declares of access, as at the last reading of it.",
            "state": "present, missing (not found at the last look), gone, back, blocked or error.",
            "gone_at": "Since when it counts as gone.",
            "first_seen": "When the archive first saw it.",
            "last_seen": "When the archive last saw it there.",
            "revision_count": "How many texts it has had; a text that came back counts again.",
            "authors": "Its authors, as a JSON array.",
            "sections": "Its sections, as a JSON array.",
            "tags": "Its tags, as a JSON array.",
            "images": "Its pictures, as a JSON array of objects with url, caption and credit.",
            "alternates": "Editions in other languages, as a JSON array of language and url.",
            "provenance": "Where fields came from: a JSON array of [field, source, confidence].",
            "digest": "Digest of the current text, which tells whether it changed.",
            "names_folded": "Keys of the names in it, for search; null until it is indexed.",
            "labels": "Labels by which a search is filtered, such as s1 for the source 1.",
            "position": "Its place in the full-text index: the higher, the newer.",
            "indexed_as": "Whether it was indexed as edited (1), as gone (2) or as both (3).",
        },
        label="title",
    ),
    "article_urls": Described(
        "An address that leads to an article: asked for, arrived at, or canonical.",
        {"url": "The address.", "article_id": _ARTICLE},
        label="url",
        hidden=True,
    ),
    "address_keys": Described(
        "The form that addresses which differ in form alone have in common.",
        {"key": _KEY, "article_id": _ARTICLE},
        hidden=True,
    ),
    "versions": Described(
        "A revision as it is stored; the view revisions reads better. The text of the current "
        "one stands in articles alone.",
        {
            "id": _ID,
            "article_id": _ARTICLE,
            "fetch_id": "The fetch that first showed this text.",
            "first_seen": _FIRST,
            "last_seen": "When it was last seen; null while it is the current text.",
            "title": "Headline; this and what follows is null while it is the current text.",
            "lead": "Summary.",
            "body": "Text.",
            "authors": "Authors, as a JSON array.",
            "published": "Time of publication.",
            "modified": "Time of modification.",
            "access": _OPEN,
            "digest": "Digest of the text.",
        },
        hidden=True,
    ),
    "authors": Described("An author.", {"id": _ID, "name": "The name as printed."}, label="name"),
    "sections": Described("A section.", {"id": _ID, "name": "Its name as printed."}, label="name"),
    "article_authors": Described(
        "An author of an article.",
        {
            "article_id": _ARTICLE,
            "author_id": "The author; see authors.",
            "position": "Place in the byline, from 0.",
        },
        hidden=True,
    ),
    "article_sections": Described(
        "A section that an article is in.",
        {
            "article_id": _ARTICLE,
            "section_id": "The section; see sections.",
            "position": "Place among its sections, from 0.",
        },
        hidden=True,
    ),
    "sources": Described(
        "A news site, or a part of one, that is crawled.",
        {
            "id": _ID,
            "name": "Its name.",
            "url": "Where its crawl begins.",
            "spider": "The spider that crawls it.",
            "settings": "Its own settings, as a JSON object.",
            "added_at": "When it was added.",
            "interval_s": "Seconds between looks: fewer while there is news, more while not.",
            "next_due": "When it is to be crawled next; null if never by itself.",
            "owner": "The process that crawls it now, as host:pid.",
            "lease_until": "Until when that process has it, unless it asks for longer.",
            "last_crawl_at": "When its last crawl ended.",
            "last_outcome": "How its last crawl ended.",
            "last_reason": "Why, in a sentence, if it failed.",
            "failures_in_a_row": "Crawls that failed since the last that did not.",
        },
        label="name",
    ),
    "crawls": Described(
        "One look at one source.",
        {
            "id": _ID,
            "source_id": "The source; see sources.",
            "spider": "The spider that crawled.",
            "url": "Where it began.",
            "settings": "The settings it ran with, as a JSON object.",
            "owner": "The process, as host:pid.",
            "started_at": "When it began.",
            "finished_at": "When it ended; null while it runs, or if it was killed.",
            "outcome": "How it ended.",
            "new": "Articles that were new.",
            "edited": "Articles that had changed.",
            "unchanged": "Articles that had not.",
            "gone": "Articles found to be gone.",
            "locked": "Articles seen whose text is locked.",
            "refused": "Addresses not asked, by rule: robots.txt, or a private address.",
            "failed": "Addresses that gave no page that could be read.",
            "missing": "Articles whose page was not there at this look.",
        },
        label="started_at",
    ),
    "fetches": Described(
        "One attempt at one address, whatever came of it.",
        {
            "id": _ID,
            "crawl_id": "The crawl; see crawls.",
            "url": "The address that was asked.",
            "final_url": "The address that answered, if another one did.",
            "fetched_at": "When.",
            "outcome": "ok, unchanged, redirect, or the kind of failure.",
            "reason": "Why it failed, in a sentence.",
            "status": "Status of the answer.",
            "bytes": "Size of the page.",
            "elapsed": "Seconds it took.",
            "etag": "The ETag that came with the page.",
            "last_modified": "The Last-Modified that came with the page.",
            "page_sha256": "SHA-256 of the page, which is in the file beside the archive.",
            "article_id": "The article that the address leads to; see articles.",
            "digest": "Digest of the article's text as this page showed it.",
            "access_declared": "What this page declared of access; null if nothing.",
        },
        label="url",
    ),
    "frontier": Described(
        "An address found and not yet fetched; a later crawl goes on from here.",
        {
            "source_id": "The source; see sources.",
            "url": "The address.",
            "kind": "What it is taken for.",
            "found_at": "When it was found.",
            "found_on": "The page it was found on.",
            "priority": "The highest is fetched first.",
        },
        hidden=True,
    ),
    "headlines": Described(
        "What a list shows of an article. Another title or lock is another row.",
        {
            "id": _ID,
            "url": "Where it leads; null for a locked entry without a link.",
            "title": "The title shown; null if there is none.",
            "sections": "The section labels shown, as a JSON array.",
            "access": "locked if the entry is marked so.",
            "article_id": _LEADS_TO,
            "key": _KEY,
        },
        label="title",
    ),
    "headline_lists": Described(
        "A list of headlines with its content; any change makes another row.",
        {
            "id": _ID,
            "name": "The heading over it; inline for a box inside a text; null if none.",
            "length": "How many entries it has.",
            "digest": "Digest of its heading and entries.",
            "first_seen": "When it was first seen, on any page.",
            "last_seen": "When it was last seen, on any page.",
        },
        label="name",
    ),
    "headline_list_items": Described(
        "An entry of a list.",
        {
            "list_id": "The list; see headline_lists.",
            "position": "Place in the list, from 0.",
            "headline_id": "What it shows; see headlines.",
            "published": "The time printed beside it when the list was first seen.",
        },
        hidden=True,
    ),
    "headline_sightings": Described(
        "A list seen on a page at a time.",
        {
            "fetch_id": "The look; see fetches.",
            "list_id": "The list; see headline_lists.",
            "position": "Place among the lists of the page, from 0.",
        },
        hidden=True,
    ),
}
"""The tables, those most used first."""

VIEWS: dict[str, Described] = {
    "latest_articles": Described(
        "An article, the newest first.",
        {
            "id": "Number of the article.",
            "source": _SOURCE,
            "title": "Its headline.",
            "published": _PUBLISHED,
            "access": _OPEN,
            "state": "present, missing, gone, back, blocked or error.",
            "url": _URL,
            "beginning": "The first 300 characters of its text.",
        },
    ),
    "revisions": Described(
        "A text that an article had from one time to another. One that came back has a new row.",
        {
            "id": _ID,
            "article_id": _ARTICLE,
            "url": _URL,
            "first_seen": _FIRST,
            "last_seen": "When this text was last seen.",
            "title": "Headline.",
            "lead": "Summary.",
            "body": "Text.",
            "authors": "Authors, as a JSON array.",
            "published": "Time of publication.",
            "modified": "Time of modification.",
            "access": _OPEN,
            "fetch_id": "The fetch that first showed this text; see fetches.",
        },
    ),
    "edits": Described(
        "A change of an article, from one revision to the next.",
        {
            "article_id": _ARTICLE,
            "url": _URL,
            "source": _SOURCE,
            "not_before": "When the old text was last seen: it changed after that ...",
            "seen_at": "... and before this, when the new text was first seen.",
            "old_title": "Headline before.",
            "title": "Headline after.",
            "old_access": "Access before.",
            "access": "Access after.",
            "old_revision_id": "The revision before; see revisions.",
            "revision_id": "The revision after; see revisions.",
        },
    ),
    "related_headlines": Described(
        "An entry of a list as a page showed it at a time.",
        {
            "fetched_at": "When.",
            "page": "Address of the page.",
            "list": "The heading over the list.",
            "list_position": "Place of the list on the page, from 0.",
            "position": "Place in the list, from 0.",
            "title": "The title shown.",
            "sections": "The section labels shown, as a JSON array.",
            "access": "locked if the entry is marked so.",
            "published": "The time printed beside it when the list was first seen.",
            "url": "Where it leads.",
            "article_id": _LEADS_TO,
        },
    ),
    "headline_places": Described(
        "A headline at a place: a list of a page where it stood.",
        {
            "page": "Address of the page.",
            "list": "The heading over the list.",
            "url": "Where it leads.",
            "title": "The title shown.",
            "sections": "The section labels shown, as a JSON array.",
            "access": "locked if the entry is marked so.",
            "first_seen": "When it was first seen there.",
            "last_seen": "When it was last seen there.",
            "highest": "Its highest place in the list, from 0.",
            "lowest": "Its lowest place in the list.",
            "times": "At how many looks it was there.",
            "headline_id": "The headline; see headlines.",
            "article_id": _LEADS_TO,
        },
    ),
    "headline_titles": Described(
        "A title that led to an address, in a list or over the article itself.",
        {
            "article_id": _LEADS_TO,
            "url": "Address that the title led to; for an article, its own.",
            "title": "The title.",
            "shown_in": "list or article.",
            "first_seen": "When it was first seen.",
            "last_seen": "When it was last seen.",
        },
    ),
    "title_changes": Described(
        "A change of the title that leads to an address, at one place; or of the article's own.",
        {
            "article_id": _LEADS_TO,
            "url": _URL,
            "shown_in": "list or article.",
            "page": _SEEN_ON,
            "list": "The heading over the list; null for an article.",
            "not_before": "When the old title was last seen there: it changed after that ...",
            "seen_at": "... and before this, when the new one was first seen there.",
            "old_title": "The title before.",
            "title": "The title after.",
        },
    ),
    "lock_changes": Described(
        "A change from open to locked or back, as one of three witnesses showed it.",
        {
            "article_id": _LEADS_TO,
            "url": _URL,
            "shown_in": "list: the mark at an entry; article: whether the text was there; "
            "declared: what the article's page told machines, as in JSON-LD.",
            "page": _SEEN_ON,
            "list": "The heading over the list; null for article and declared.",
            "not_before": "When the old state was last seen there: it changed after that ...",
            "seen_at": "... and before this, when the new one was first seen there.",
            "was": "open or locked, before.",
            "access": "open or locked, since then.",
        },
    ),
    "unarchived_headlines": Described(
        "A headline whose article was never archived, or is no longer there.",
        {
            "url": "Where it leads; null for a locked entry without a link.",
            "title": "The title shown.",
            "sections": "The section labels shown, as a JSON array.",
            "access": "locked if the entry is marked so.",
            "first_seen": "When it was first seen.",
            "last_seen": "When it was last seen.",
            "state": "never fetched, no address (a locked entry without a link), missing or gone.",
            "article_id": _LEADS_TO,
        },
    ),
    "gone_articles": Described(
        "An article that is missing or gone.",
        {
            "id": "Number of the article.",
            "source": _SOURCE,
            "title": "Its headline.",
            "state": "missing or gone.",
            "last_seen": "When it was last there.",
            "gone_at": "Since when it counts as gone.",
            "url": _URL,
        },
    ),
    "failures": Described(
        "An attempt that gave no page, and why.",
        {
            "fetched_at": "When.",
            "source": _SOURCE,
            "url": "The address that was asked.",
            "outcome": "The kind of failure.",
            "status": "Status of the answer.",
            "reason": "Why, in a sentence.",
        },
    ),
    "searched_texts": Described(
        "What the full-text index articles_fts is made of.",
        {
            "position": "The rowid in articles_fts: the higher, the newer.",
            "title": "Headline.",
            "lead": "Summary.",
            "body": "Text.",
            "names_folded": "Keys of the names in it.",
            "labels": "Labels by which a search is filtered.",
        },
        hidden=True,
    ),
}
"""The views, those most used first."""


def as_markdown() -> str:
    """Return the reference of all tables and views for docs/archive.md."""
    parts = []
    for heading, group in (("Views", VIEWS), ("Tables", TABLES)):
        parts.append(f"## {heading}\n")
        for name, table in group.items():
            parts.append(f"### {name}\n\n{table.row}\n\n| column | holds |\n|---|---|")
            parts += [f"| `{column}` | {words} |" for column, words in table.columns.items()]
            parts.append("")
    return "\n".join(parts)
