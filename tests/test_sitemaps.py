import gzip
import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.items import Entry, LeadKind, Listing, Page
from crawler.errors import PageRefusedError
from crawler.markup import MAX_UNPACKED, stamp, unpacked
from crawler.sitemaps import MAX_ENTRIES, read_sitemap

FETCHED = datetime(2025, 8, 14, 12, tzinfo=UTC)
PLAIN = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
IMAGE = 'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'


def read(body: str | bytes, content_type: str = "application/xml") -> Listing | None:
    data = body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body
    headers = (("Content-Type", content_type),)
    return read_sitemap(Page("https://example.org/sitemap.xml", data, FETCHED, 200, headers))


def urls(listing: Listing | None) -> list[str]:
    assert listing is not None
    return [entry.url.removeprefix("https://example.org") for entry in listing.entries]


def urlset(rows: str, spaces: str = PLAIN) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {spaces}>{rows}</urlset>'


def test_addresses_and_the_time_of_their_last_change_are_read() -> None:
    rows = (
        "<url><loc> https://example.org/one?utm_source=map </loc><lastmod>2025-08-13</lastmod>"
        "<priority>0.5</priority></url><url><loc><![CDATA[https://example.org/two?a=1&b=2]]></loc>"
        "<lastmod>2025-08-13T08:30+02:00</lastmod></url><url><lastmod>2025</lastmod></url>"
    )
    assert read(urlset(rows)) == Listing(
        LeadKind.SITEMAP,
        (
            Entry("https://example.org/one", updated="2025-08-13"),
            Entry("https://example.org/two?a=1&b=2", updated="2025-08-13T06:30:00Z"),
        ),
    )


def test_a_news_sitemap_tells_title_time_language_and_keywords() -> None:
    rows = (
        "<url><loc>https://example.org/one</loc><image:image><image:loc>https://example.org/1.jpg"
        "</image:loc><image:title>A picture</image:title></image:image><news:news>"
        "<news:publication><news:name>The Bridge</news:name><news:language>be</news:language>"
        "</news:publication><news:publication_date>2025-08-13T10:00:00+03:00"
        "</news:publication_date><news:title>Lorries &amp; bridges</news:title>"
        "<news:keywords>bridge, town ,</news:keywords></news:news></url>"
    )
    listing = read(urlset(rows, f"{PLAIN} {NEWS} {IMAGE}"))
    assert listing is not None
    assert listing.kind is LeadKind.NEWS_SITEMAP
    assert listing.newest == "2025-08-13T07:00:00Z"
    assert listing.entries == (
        Entry(
            "https://example.org/one",
            title="Lorries & bridges",
            published="2025-08-13T07:00:00Z",
            sections=("bridge", "town"),
            language="be",
        ),
    )


def test_a_prefix_that_is_never_declared_is_read_all_the_same() -> None:
    rows = "<url><loc>/one</loc><news:news><news:title>Bridge</news:title></news:news></url>"
    listing = read(urlset(rows))
    assert listing is not None
    assert [entry.title for entry in listing.entries] == ["Bridge"]


def test_an_index_leads_to_sitemaps() -> None:
    index = (
        f"<?xml version='1.0'?><!-- made by hand --><sitemapindex {PLAIN}><sitemap>"
        "<loc>https://example.org/a.xml.gz</loc><lastmod>2025-08-13</lastmod></sitemap><sitemap>"
        "<loc>https://example.org/b.xml</loc></sitemap></sitemapindex>"
    )
    listing = read(index)
    assert listing is not None
    assert listing.kind is LeadKind.SITEMAP_INDEX
    assert urls(listing) == ["/a.xml.gz", "/b.xml"]


@pytest.mark.parametrize("content_type", ["application/x-gzip", "text/xml", "text/html", ""])
def test_gzip_is_known_by_its_bytes_whatever_the_type_says(content_type: str) -> None:
    body = gzip.compress(urlset("<url><loc>https://example.org/one</loc></url>").encode())
    assert urls(read(body, content_type)) == ["/one"]
    assert urls(read(gzip.compress(body), content_type)) == ["/one"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251"])
def test_any_charset_is_read(encoding: str) -> None:
    declared = encoding if encoding == "cp1251" else "utf-16" if "16" in encoding else "utf-8"
    rows = "<url><loc>https://example.org/мост</loc></url>"
    text = f'<?xml version="1.0" encoding="{declared}"?><urlset {PLAIN}>{rows}</urlset>'
    assert urls(read(text.encode(encoding))) == ["/мост"]


def test_a_charset_that_only_the_header_names_is_read() -> None:
    body = f"<urlset {PLAIN}><url><loc>/мост</loc></url></urlset>".encode("koi8-r")
    assert urls(read(body, "application/xml; charset=koi8-r")) == ["/мост"]


def test_a_sitemap_of_plain_lines_is_read() -> None:
    assert urls(read("https://example.org/one\r\nhttps://example.org/two\n\n", "text/plain")) == [
        "/one",
        "/two",
    ]
    assert read("Welcome to https://example.org/\n", "text/plain") is None
    assert read("https://example.org/one\nand so on", "text/plain") is None


@pytest.mark.parametrize(
    "text",
    ["", "<", "<html><body>No such page</body></html>", "<rss/>", '{"urlset": []}', "\x1f\x8b"],
)
def test_what_is_no_sitemap_is_none(text: str) -> None:
    assert read(text) is None


def test_broken_xml_is_read_as_far_as_it_goes() -> None:
    rows = "<url><loc>https://example.org/one?a=1&b=2</loc></url>"
    rows += "<url><loc>https://example.org/two</loc>\x08<lastmod>&nbsp;</lastmod></url><url><loc>"
    assert urls(read(f"\n\n<?xml version='1.0'?>\n<urlset {PLAIN}>{rows}"))[-1] == "/two"


def test_no_entity_is_expanded_and_no_file_is_read() -> None:
    hostile = (
        '<?xml version="1.0"?><!DOCTYPE urlset [<!ENTITY a SYSTEM "file:///etc/hostname">'
        '<!ENTITY b "&a;&a;&a;&a;">]><urlset><url><loc>https://example.org/&b;</loc></url></urlset>'
    )
    listing = read(hostile)
    assert listing is None or urls(listing) in ([], ["/"])


def test_no_more_than_the_protocol_allows_is_read_and_no_address_twice() -> None:
    rows = "".join(f"<url><loc>/{number}</loc></url>" for number in range(MAX_ENTRIES + 10))
    assert len(urls(read(urlset("<url><loc>/0</loc></url>" + rows)))) == MAX_ENTRIES - 1


def test_a_bomb_is_unpacked_to_the_limit_and_no_further() -> None:
    bomb = gzip.compress(gzip.compress(bytes(4 * MAX_UNPACKED), 9), 9)
    assert len(unpacked(bomb)) == MAX_UNPACKED
    start = time.process_time()
    assert read(bomb) is None
    assert time.process_time() - start < 5


def test_a_tag_crowded_with_attributes_is_refused() -> None:
    crowd = " ".join(f'a{number}="1"' for number in range(40_000))
    with pytest.raises(PageRefusedError):
        read(f"<urlset><url {crowd}/></urlset>")


@given(st.text())
def test_whatever_stands_in_a_sitemap_it_is_read_or_it_is_none(text: str) -> None:
    read(text)
    read("<urlset><url><loc>" + text)
    read("<sitemapindex><sitemap><lastmod>" + text)


@given(st.binary(max_size=200))
def test_whatever_bytes_follow_gzip_s_first_ones_nothing_is_raised(body: bytes) -> None:
    read(b"\x1f\x8b" + body)
    read(gzip.compress(body))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025", "2025"),
        ("2025-08", "2025-08"),
        ("2025-08-13", "2025-08-13"),
        ("2025-08-13T08:30+02:00", "2025-08-13T06:30:00Z"),
        ("2025-08-13T08:30:15.123+02:00", "2025-08-13T06:30:15Z"),
        ("2025-08-13T06:30:15Z", "2025-08-13T06:30:15Z"),
        ("2025-08-13 06:30:15", "2025-08-13T06:30:15Z"),
        ("Wed, 13 Aug 2025 06:30:15 GMT", "2025-08-13T06:30:15Z"),
        ("2025-13-41", None),
        ("2031", None),
        ("2031-01-01", None),
        ("0000-00-00", None),
        ("never", None),
        ("", None),
        (None, None),
    ],
)
def test_times_are_kept_no_more_exact_than_they_are_given(
    text: str | None, expected: str | None
) -> None:
    assert stamp(text, FETCHED) == expected
