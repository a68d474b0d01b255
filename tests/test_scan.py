import contextlib
import time

import pytest

from crawler.errors import PageRefusedError
from crawler.scan import MAX_BYTES, scan


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
    ],
    ids=["angles", "names", "quotes", "spaces", "slashes", "entities", "links"],
)
def test_the_scan_itself_is_linear(page: bytes) -> None:
    start = time.process_time()
    with contextlib.suppress(PageRefusedError):
        scan(page)
    assert time.process_time() - start < 2
