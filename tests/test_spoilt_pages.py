"""Stored pages of the press, spoilt on the way: cut, mixed up, declared wrongly, full of odd bytes.

The pages belong to others and stand beside the repository, not in it.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from itertools import islice
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.items import Page
from bench.extraction import SHARED, pages
from crawler.look import look_at
from crawler.record import record
from crawler.why import why
from tests.on_page import invented, unfit

CORPORA = ("fundus", "mcdates", "traf", "aeb", "np4k", "readability")
LARGEST = 250_000
TAGS = (
    b"</div>",
    b"</body>",
    b"</article>",
    b"<!--",
    b"-->",
    b"<script>",
    b"</script>",
    b"<template>",
    b"<svg>",
    b"<math>",
    b"<form><form>",
    b"</p></html>",
    b"<![CDATA[",
)
CHARSETS = (b"utf-16", b"koi8-r", b"shift_jis", b"x-user-defined", b"iso-2022-jp", b"no-such", b"")

Spoil = Callable[[bytes, Random], bytes]


def cut(body: bytes, chance: Random) -> bytes:
    return body[: chance.randrange(len(body)) + 1]


def declared_wrongly(body: bytes, chance: Random) -> bytes:
    return body.replace(b"<head", b'<meta charset="%s"><head' % chance.choice(CHARSETS), 1)


def doubled_head(body: bytes, chance: Random) -> bytes:
    return body[: max(0, body.find(b"<body"))] + body


def stray_tags(body: bytes, chance: Random) -> bytes:
    for _ in range(30):
        at = chance.randrange(len(body) + 1)
        body = body[:at] + chance.choice(TAGS) + body[at:]
    return body


def odd_bytes(body: bytes, chance: Random) -> bytes:
    spoilt = bytearray(body)
    for _ in range(200):
        spoilt[chance.randrange(len(body))] = chance.choice((0, 7, 27, 128, 237, 255))
    return bytes(spoilt)


def many_entities(body: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(body))
    return body[:at] + b"&amp;" * 3000 + b"&#0;&#x110000;&#xd800;&#8238;&#31;" * 200 + body[at:]


def many_attributes(body: bytes, chance: Random) -> bytes:
    names = b"".join(b' a%d="x"' % number for number in range(10_000))
    return body.replace(b"<h1", b"<h1" + names, 1)


def mixed_up(body: bytes, chance: Random) -> bytes:
    one, two, three = sorted(chance.randrange(len(body) + 1) for _ in range(3))
    return body[:one] + body[two:three] + body[one:two] + body[three:]


SPOILERS: tuple[Spoil, ...] = (
    cut,
    declared_wrongly,
    doubled_head,
    stray_tags,
    odd_bytes,
    many_entities,
    many_attributes,
    mixed_up,
)


@cache
def stored() -> tuple[Page, ...]:
    if not SHARED.is_dir():
        pytest.skip(f"no corpora in {SHARED}")
    some = (page for name in CORPORA for _, page in islice(pages(SHARED, name), 2, None, 15))
    return tuple(page for page in some if 0 < len(page.body) < LARGEST)


@settings(
    max_examples=25, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
@given(
    st.integers(0, 10**6),
    st.lists(st.sampled_from(SPOILERS), min_size=1, max_size=3, unique=True),
    st.randoms(use_true_random=False),
)
def test_a_spoilt_page_is_read_alike_twice_and_nothing_is_invented(
    number: int, spoilers: list[Spoil], chance: Random
) -> None:
    page = stored()[number % len(stored())]
    body = page.body
    for spoil in spoilers:
        body = spoil(body, chance) or b"<p>"
    page = replace(page, body=body)
    found = record(page)
    assert record(page) == found
    assert invented(page) == []
    assert unfit(page) == []
    assert all(
        entry["url"] is None or entry["url"].isprintable() for entry in found["related"] or ()
    )
    assert why(page)["error"] == found["error"]
    look_at(page)
