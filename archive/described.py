"""Every table and column of the archive in words, for the documentation and the web."""

from archive.described_views import VIEWS
from archive.describing import (
    ACCESS,
    ADDED,
    ARTICLE,
    CHANGED_BY,
    FIRST,
    ID,
    KEY,
    KINDS,
    LEADS_TO,
    PUBLISHED,
    REMOVED,
    Described,
)

TABLES: dict[str, Described] = {
    "articles": Described(
        "An article as it was last seen, with its text.",
        {
            "id": ID,
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
            "published": PUBLISHED,
            "published_text": "The time of publication as printed.",
            "published_day": "The day of publication, in UTC.",
            "modified": "When it was last modified, as the page says, in UTC.",
            "modified_text": "The time of modification as printed.",
            "language": "Language of the text, as a BCP 47 tag.",
            "access": ACCESS,
            "access_declared": "What the page declares of access, as at the last reading of it.",
            "state": "present, missing (404 or 410 since it was last seen), gone, back (seen again "
            "after it was gone), blocked or error (no look since then could tell).",
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
        },
        label="title",
    ),
    "article_urls": Described(
        "An address that leads to an article: asked for, arrived at, or canonical.",
        {
            "url": "The address.",
            "article_id": ARTICLE,
            "form": "What its AMP, print, mobile and tracked forms have in common.",
        },
        label="url",
        hidden=True,
    ),
    "address_keys": Described(
        "The form that addresses which differ in form alone have in common.",
        {"key": KEY, "article_id": ARTICLE},
        hidden=True,
    ),
    "versions": Described(
        "A revision as it is stored; the view revisions reads better. The text of the current "
        "one stands in articles alone.",
        {
            "id": ID,
            "article_id": ARTICLE,
            "fetch_id": "The fetch that first showed this text.",
            "first_seen": FIRST,
            "last_seen": "When it was last seen; null while it is the current text.",
            "title": "Headline; this and what follows is null while it is the current text.",
            "lead": "Summary.",
            "body": "Text.",
            "authors": "Authors, as a JSON array.",
            "published": "Time of publication.",
            "modified": "Time of modification.",
            "access": ACCESS,
            "digest": "Digest of the text.",
        },
        hidden=True,
    ),
    "changes": Described(
        "What an edit changed, from one revision to the next; the view edits reads better.",
        {
            "revision_id": "The revision after; see versions.",
            "article_id": ARTICLE,
            "old_revision_id": "The revision before; see versions.",
            "seen_at": CHANGED_BY,
            "kinds": KINDS,
            "removed": REMOVED,
            "added": ADDED,
        },
        hidden=True,
    ),
    "disappearances": Described(
        "A time for which an article was gone, that it came back from or not.",
        {
            "article_id": ARTICLE,
            "last_seen": "When it was last there: it vanished after that ...",
            "first_missed": "... and before this, when it was first looked for in vain.",
            "gone_at": "Since when it counted as gone.",
        },
    ),
    "authors": Described("An author.", {"id": ID, "name": "The name as printed."}, label="name"),
    "sections": Described("A section.", {"id": ID, "name": "Its name as printed."}, label="name"),
    "article_authors": Described(
        "An author of an article.",
        {
            "article_id": ARTICLE,
            "author_id": "The author; see authors.",
            "position": "Place in the byline, from 0.",
        },
        hidden=True,
    ),
    "article_sections": Described(
        "A section that an article is in.",
        {
            "article_id": ARTICLE,
            "section_id": "The section; see sections.",
            "position": "Place among its sections, from 0.",
        },
        hidden=True,
    ),
    "sources": Described(
        "A news site, or a part of one, that is crawled.",
        {
            "id": ID,
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
            "id": ID,
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
            "id": ID,
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
            "signals": "What the answer asks of robots and of text and data mining, as a JSON "
            "object: x-robots-tag, robots, tdm-reservation, tdm-policy.",
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
            "id": ID,
            "url": "Where it leads; null for a locked entry without a link.",
            "title": "The title shown; null if there is none.",
            "sections": "The section labels shown, as a JSON array.",
            "access": "locked if the entry is marked so.",
            "article_id": LEADS_TO,
            "key": KEY,
        },
        label="title",
    ),
    "headline_lists": Described(
        "A list of headlines with its content; any change makes another row.",
        {
            "id": ID,
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
