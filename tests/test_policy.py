from datetime import UTC, datetime

import pytest

from crawler.policy import (
    is_public,
    literal_refusal,
    may_connect,
    next_delay,
    refusal,
    retry_after,
)

NOW = datetime(2025, 8, 13, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/a",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "https://user@example.org/",
        "https://user:word@example.org/",
        "https:///nothing",
        "https://example.org:99999/",
        "https://example.org/" + "a/" * 21,
        "https://example.org/2024/calendar/calendar/calendar/",
        "https://example.org/" + "a" * 3000,
    ],
)
def test_what_is_never_asked_has_a_reason(url: str) -> None:
    assert refusal(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org",
        "http://example.org:8080/2024/08/13/a-headline?id=1",
        "https://пример.бел/навіны/1",
        "https://[2606:2800:220:1::1]/",
    ],
)
def test_an_ordinary_address_is_asked(url: str) -> None:
    assert refusal(url) is None


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "not an address",
    ],
)
def test_a_private_address_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:8.8.8.8"])
def test_a_public_address_is(address: str) -> None:
    assert is_public(address)


def test_a_private_address_is_connected_to_only_under_the_name_that_was_allowed() -> None:
    allowed = {"localhost:8000", "[::1]:8000"}
    assert may_connect("localhost", 8000, "127.0.0.1", allowed)
    assert may_connect("LOCALHOST", 8000, "127.0.0.1", allowed)
    assert may_connect("::1", 8000, "::1", allowed)
    assert not may_connect("localhost", 8001, "127.0.0.1", allowed)
    assert not may_connect("rebound.example", 8000, "127.0.0.1", allowed)
    assert may_connect("example.org", 443, "93.184.216.34", ())


def test_behind_a_proxy_literals_are_refused() -> None:
    assert literal_refusal("http://127.0.0.1/")
    assert literal_refusal("http://localhost:9200/")
    assert literal_refusal("http://93.184.216.34/") is None
    assert literal_refusal("http://example.org/") is None


def test_the_longest_of_the_delays_holds() -> None:
    assert next_delay(2, None, 0.1) == 2
    assert next_delay(2, None, 3) == 15
    assert next_delay(2, None, 60) == 30
    assert next_delay(2, 10, 0.1) == 10
    assert next_delay(2, 900, None) == 120
    assert next_delay(0, 7, None) == 7


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        (" 5 ", 5.0),
        ("Wed, 13 Aug 2025 12:01:00 GMT", 60.0),
        ("Wed, 13 Aug 2025 11:00:00 GMT", 0.0),
        ("-5", None),
        ("soon", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_is_read_in_both_forms(value: str | None, seconds: float | None) -> None:
    assert retry_after(value, NOW) == seconds
