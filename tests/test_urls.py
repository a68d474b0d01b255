import pytest

from crawler.urls import absolute, clean_url, same_site, site_of


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("/a", "https://example.org/a"),
        ("a?b=1#c", "https://example.org/news/a?b=1"),
        ("//other.example/x", "https://other.example/x"),
        (" https://example.org/x ", "https://example.org/x"),
        ("https://example.org/x?", "https://example.org/x"),
        ("https://example.org/x?a=1?b=2#c", "https://example.org/x?a=1?b=2"),
        ("https://example.org", "https://example.org"),
        ("https://example.org:99999/x", None),
        ("javascript:void(0)", None),
        ("data:text/html,x", None),
        ("mailto:a@example.org", None),
        ("http://[broken", None),
        ("http://example.org:port/", None),
    ],
)
def test_a_link_becomes_an_address_or_nothing(href: str, url: str | None) -> None:
    assert absolute("https://example.org/news/", href) == url


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        ("HTTPS://Example.ORG/A", "https://example.org/A"),
        ("https://example.org", "https://example.org/"),
        ("https://example.org:443/a", "https://example.org/a"),
        ("https://example.org/a?utm_source=x&id=7&fbclid=y", "https://example.org/a?id=7"),
        ("https://example.org/a?idx=5", "https://example.org/a?idx=5"),
        ("https://example.org/a?utm_source=x", "https://example.org/a"),
        ("https://example.org/a#comments", "https://example.org/a"),
        ("https://example.org/a?id=7&PHPSESSID=9f2c", "https://example.org/a?id=7"),
        (
            "https://example.org/a.html;jsessionid=7F3A.node1?id=7",
            "https://example.org/a.html?id=7",
        ),
        ("https://example.org/a?sid=8f14e45fceea167a5a36", "https://example.org/a"),
        ("https://example.org/a?sid=1204", "https://example.org/a?sid=1204"),
        ("https://example.org/a;b=c", "https://example.org/a;b=c"),
        ("http://[::1", "http://[::1"),
    ],
)
def test_an_address_is_cleaned_of_what_never_tells_articles_apart(url: str, clean: str) -> None:
    assert clean_url(url) == clean


def test_a_site_is_the_registrable_domain_and_an_address_with_its_port() -> None:
    assert same_site("https://news.example.co.uk/", "http://www.example.co.uk/a")
    assert not same_site("https://example.co.uk/", "https://other.co.uk/")
    assert site_of("127.0.0.1:8000") == "127.0.0.1:8000"
    assert not same_site("http://127.0.0.1:8000/", "http://127.0.0.1:8001/")
    assert site_of("localhost:8000") == "localhost:8000"


def test_control_characters_are_written_in_per_cent_and_no_host_has_any() -> None:
    base = "https://valleypost.example/a/"
    assert absolute(base, "brid\x07ge\x1b") == "https://valleypost.example/a/brid%07ge%1B"
    assert absolute(base, "bri\ndge") == "https://valleypost.example/a/bridge"
    assert absolute(base, "a\u202eb\ud800") == "https://valleypost.example/a/a%E2%80%AEb%3F"
    assert absolute(base, "https://valley\x07post.example/a") is None
