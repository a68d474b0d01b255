"""A page stored as a test, with a draft of its truth beside it."""

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from archive.exits import Exit, fail
from archive.items import Page
from crawler.charset import decode
from crawler.options import errors_told, fetch_settings, fetching
from crawler.parsers import parser_for
from crawler.policy import refusal
from crawler.truth import truth_of
from crawler.urls import site_of


@click.command()
@click.argument("url")
@click.option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    default="tests/pages",
    show_default=True,
    help="The folder of stored pages.",
)
@fetching
@errors_told()
def capture(url: str, into: Path, **options: Any) -> None:
    """Write a page and a draft of its truth, for whoever adds a site.

    Read the draft against the page in a browser and correct it: from then on it is the truth.
    """
    from crawler.fetching import fetch_page

    reason = refusal(url)
    if reason:
        raise click.UsageError(f"{url} cannot be fetched: {reason}")
    page = storable(fetch_page(url, fetch_settings(**options)))
    target = into / _site(page) / f"{_name(page.url)}.html"
    truth = target.with_suffix(".json")
    if target.exists() or truth.exists():
        raise click.UsageError(f"{target.with_suffix('')} exists, as .html or .json")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(page.body)
        truth.write_text(_draft(page), encoding="utf-8")
    except OSError as error:
        fail(f"{target}: cannot be written: {error.strerror}", Exit.ARCHIVE)
    click.echo(f"{target}\n{truth}")
    click.echo("Read the .json against the page in a browser, and correct it.", err=True)


def storable(page: Page) -> Page:
    """Return the page as its bytes alone tell it: a stored page has no headers.

    Where only a header names the charset, the bytes become UTF-8 with a byte order mark.
    """
    text = decode(page.body, page.header("content-type"))
    body = page.body if decode(page.body, None) == text else text.encode("utf-8-sig", "replace")
    return Page(page.url, body, page.fetched_at)


def _draft(page: Page) -> str:
    """Return what the parser makes of the page today, as the truth to be corrected."""
    return json.dumps(truth_of(page), ensure_ascii=False, indent=1) + "\n"


def _site(page: Page) -> str:
    return parser_for(page.url).site or site_of(urlsplit(page.url).netloc).replace(":", "-")


def _name(url: str) -> str:
    words = re.sub(r"[^\w-]+", "-", urlsplit(url).path.strip("/")).strip("-")
    return words[-60:].strip("-") or "front"
