from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.items import Entry, Listing, Page
from crawler.feeds import read_feed
from tests.command import dateline, quickly
from tests.newspaper import listing, newspaper, path
from tests.servers import Reply, serving

RSS = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>The Bridge</title>
<link>https://example.org/</link>
<item><title>One</title><link> https://example.org/one?utm_source=rss </link></item>
<item><title>Two</title><guid>https://example.org/two</guid></item>
<item><title>Three</title><guid isPermaLink="false">tag:3</guid></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><link href="/"/>
<entry><link rel="enclosure" href="/sound.mp3"/><link href="/one"/></entry>
<entry><link rel="alternate" href="two"/></entry></feed>"""
RDF = """<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
xmlns="http://purl.org/rss/1.0/"><item><link>https://example.org/one</link></item></rdf:RDF>"""
JSON = '{"version": "https://jsonfeed.org/version/1.1", "items": [{"url": "/one"}, {"id": 2}, 3]}'


def listing_of(text: str) -> Listing | None:
    body = text.encode("utf-8", "surrogatepass")
    return read_feed(Page("https://example.org/feed", body, datetime(2025, 8, 14, tzinfo=UTC)))


def read(text: str) -> tuple[str, ...] | None:
    listing = listing_of(text)
    return tuple(entry.url for entry in listing.entries) if listing else None


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        (RSS, ["one", "two"]),
        (RSS[:-60], ["one", "two"]),
        (ATOM, ["one", "two"]),
        (RDF, ["one"]),
        (JSON, ["one"]),
        ("<?xml version='1.0'?><urlset/>", None),
        ('{"items": []}', None),
        ("plain words", None),
    ],
)
def test_a_feed_leads_to_its_entries(text: str, paths: list[str] | None) -> None:
    expected = tuple(f"https://example.org/{one}" for one in paths) if paths else None
    assert read(text) == expected


RICH_RSS = """<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/"><channel>
<atom:link href="https://example.org/feed" rel="self"/><item><media:title>A picture</media:title>
<title>The &lt;b&gt;old&lt;/b&gt; bridge &amp;amp; the river</title><link>/one</link>
<pubDate>Wed, 13 Aug 2025 08:00:00 +0200</pubDate><dc:creator>Ann Miller</dc:creator>
<author>desk@example.org (The Desk)</author><author>mail@example.org</author>
<atom:updated>2025-08-13T07:00:00Z</atom:updated><category>Town</category>
<category>Roads</category></item></channel></rss>"""
RICH_ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><title type="text">1 &lt; 2</title>
<link href="/one"/><published>2025-08-13T06:00:00Z</published><updated>2025-08-13</updated>
<author><name>Ann Miller</name><email>a@example.org</email></author>
<category term="town" label="Town"/></entry></feed>"""
RICH_JSON = """{"version": "https://jsonfeed.org/version/1.1", "items": [{"url": "/one",
"title": "Old bridge", "date_published": "2025-08-13T08:00:00+02:00", "tags": ["Town", 7],
"authors": [{"name": "Ann Miller"}, "?"], "language": "en"}]}"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            RICH_RSS,
            Entry(
                "https://example.org/one",
                "The old bridge & the river",
                "2025-08-13T06:00:00Z",
                "2025-08-13T07:00:00Z",
                ("Ann Miller", "The Desk"),
                ("Town", "Roads"),
            ),
        ),
        (
            RICH_ATOM,
            Entry(
                "https://example.org/one",
                "1 < 2",
                "2025-08-13T06:00:00Z",
                "2025-08-13",
                ("Ann Miller",),
                ("Town",),
            ),
        ),
        (
            RICH_JSON,
            Entry(
                "https://example.org/one",
                "Old bridge",
                "2025-08-13T06:00:00Z",
                None,
                ("Ann Miller",),
                ("Town",),
                "en",
            ),
        ),
    ],
)
def test_what_a_feed_says_of_an_article_is_read(text: str, expected: Entry) -> None:
    listing = listing_of(text)
    assert listing is not None
    assert listing.entries == (expected,)


def test_no_entity_is_expanded_and_no_file_is_read() -> None:
    hostile = (
        '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/hostname">'
        '<!ENTITY b "&a;&a;&a;&a;">]><rss><channel><item><link>https://example.org/&b;</link>'
        "</item></channel></rss>"
    )
    assert read(hostile) in (None, ("https://example.org/",))


@given(st.text())
def test_whatever_stands_in_a_feed_it_is_read_or_it_is_none(text: str) -> None:
    read("<?xml version='1.0'?><rss><channel><item><link>" + text)
    read('{"version": "https://jsonfeed.org/version/1.1", "items": ' + text)


def test_a_front_page_s_feed_leads_to_articles_that_no_list_shows(tmp_path: Path) -> None:
    paper = newspaper(4)
    feed = '<link rel="alternate" type="application/rss+xml" href="/feed.xml">'
    paper["/"] = listing([0], more=feed)
    with serving(paper) as site:
        items = "".join(f"<item><link>{site}{path(number)}</link></item>" for number in (0, 3))
        body = f"<rss><channel>{items}</channel></rss>".encode()
        paper["/feed.xml"] = Reply(body, content_type="application/rss+xml")
        done = dateline("crawl", site, *quickly(site), cwd=tmp_path)
    assert "2 new" in done.stderr
