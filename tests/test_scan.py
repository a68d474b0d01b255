import contextlib
import random
import time

import pytest
from selectolax.lexbor import LexborHTMLParser

from crawler.errors import PageRefusedError
from crawler.scan import MAX_ATTRIBUTES, MAX_BYTES, scan

MANY = b" ".join(b"a%d" % number for number in range(3_000))


def test_an_ordinary_page_passes() -> None:
    scan(
        b"<!doctype html><title>News</title>" + b"<p class='text' id=a>Some <b>text</b>.</p>" * 900
    )


def test_a_drawing_of_many_parts_passes() -> None:
    scan(b"<svg><g>" + b"<path d='M0 0'/>" * 20_000 + b"</g></svg>")


def test_an_empty_page_passes() -> None:
    scan(b"")


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (b"x" * (MAX_BYTES + 1), "bytes"),
        (b"<p>" * 500_000, "tags"),
        (b"<p " + b" ".join(b"a%d=1" % i for i in range(200_000)) + b">", "attributes"),
        (b"<p/" + b"/".join(b"a%d" % i for i in range(3_000)) + b">", "attributes"),
        (b'<a ="><b ' + b" ".join(b"a%d" % i for i in range(3_000)) + b">", "attributes"),
        (b"<!-- <a x=' --><p " + MANY + b">", "attributes"),
        (b"<title><a x='</title><p " + MANY + b">", "attributes"),
        (b"<script>i<n;x='</script><p " + MANY + b">", "attributes"),
        (b"<p " + MANY.replace(b"a99 ", b'a99=">" ') + b">", "attributes"),
        (b"<p a='\">'" + MANY.replace(b"a99 ", b"a99='\">' ") + b">", "attributes"),
        (b"<p " + MANY.replace(b"99 ", b'99 x="\x1b$B"">"\x1b(B" ') + b">", "attributes"),
        (b"<div>" * 100_000, "deeper"),
        (b"<div></x>" * 50_000, "deeper"),
        (b"<b>" * 50_000, "deeper"),
        (b"<svg>" + b"<a>" * 50_000, "deeper"),
        (b"<table><tr><td>" * 2_000, "deeper"),
        (("\ufeff" + "<div>" * 20_000).encode("utf-16-le"), "deeper"),
        (b"<\x1b(Bdiv>" * 20_000, "deeper"),
        (b"".join(b"<p><font a=%d>x</p>" % i for i in range(1_500)), "formatting"),
    ],
    ids=[
        "size",
        "tags",
        "attributes",
        "slashes",
        "equals",
        "behind a comment",
        "behind a title",
        "behind a script",
        "behind a quoted end",
        "between other quotes",
        "behind a sign",
        "depth",
        "stray",
        "bold",
        "drawing",
        "cells",
        "utf-16",
        "iso-2022-jp",
        "formatting",
    ],
)
def test_a_page_that_no_parser_survives_is_refused_with_the_limit(page: bytes, reason: str) -> None:
    with pytest.raises(PageRefusedError, match=reason):
        scan(page)


@pytest.mark.parametrize(
    "page",
    [
        b"<" * 190_000,
        b"<a" * 190_000,
        b'<a a="' * 190_000,
        b"<a" + b" " * 4_000_000,
        b"<a" + b"/" * 4_000_000,
        b"&amp;" * 900_000,
        b"<a href=x>y</a>" * 99_000,
        b'=">' * 5_000_000,
        (b">" + b" " * 3_999) * 4_000,
        b"<a " * 2_000 + b'="' + b"x" * 16_000_000,
        (b"<a b='" + b"c " * 2_500) * 3_000,
    ],
    ids=[
        "angles",
        "names",
        "quotes",
        "spaces",
        "slashes",
        "entities",
        "links",
        "ends",
        "gaps",
        "a far end",
        "no end",
    ],
)
def test_the_scan_itself_is_linear(page: bytes) -> None:
    start = time.process_time()
    with contextlib.suppress(PageRefusedError):
        scan(page)
    assert time.process_time() - start < 2


def test_a_script_of_many_words_is_no_tag() -> None:
    words = b"if (i<n) { a = b; c = 'd'; } " * 150
    scan(b"<p>Text</p><script>x=' " + words + b"</script><p title='>'>More</p>" * 50)


def test_no_tag_that_holds_up_the_parser_passes() -> None:
    pieces = [b"<a ", b'<p ="', b">", b'"', b"'", b"=", b' x="', b"=\n'", b"<!-- ", b"-->", b"</p>"]
    pieces += [b"<script>", b"</script>", b"<svg><style>", b"<title>", b"</title>", b"it's "]
    chosen = random.Random(7)
    most = 0
    for _ in range(150):
        page = b"".join(_piece(chosen, pieces) for _ in range(chosen.randrange(3, 50)))
        with contextlib.suppress(PageRefusedError):
            scan(page)
            tags = LexborHTMLParser(page).css("*")
            most = max(most, *(len(tag.attributes) for tag in tags))
    assert 200 <= most <= MAX_ATTRIBUTES


def _piece(chosen: random.Random, pieces: list[bytes]) -> bytes:
    if chosen.random() > 0.25:
        return chosen.choice(pieces)
    first, number = chosen.randrange(10**6), chosen.choice([5, 200, 900, 2_100])
    return b" ".join(b"a%d" % name for name in range(first, first + number)) + b" "
