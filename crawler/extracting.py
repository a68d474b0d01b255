"""``dateline extract``: one page's record, or those of many pages, without an archive."""

import gzip
import json
import sys
import zlib
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

import click

from archive.exits import Exit, fail
from archive.items import Page
from crawler.errors import CrawlerError, PageRefusedError
from crawler.limits import limited_memory
from crawler.options import errors_told, fetch_settings, fetching
from crawler.policy import refusal
from crawler.record import failed, record
from crawler.scan import is_heavy
from crawler.why import in_words, why
from crawler.workers import answers

LARGEST = 16 * 1024 * 1024
"""How many bytes of a page are read at most; a larger one is refused."""


@click.command()
@click.argument("source", metavar="FILE|URL|-")
@click.option("--url", default="", help="The address the file was fetched from.")
@click.option("--why", "is_asked_why", is_flag=True, help="Say where each field comes from.")
@click.option("--json", "as_json", is_flag=True, help="With --why: JSON instead of words.")
@click.option("--jsonl", is_flag=True, help="The file lists pages, one JSON object a line.")
@fetching
@errors_told()
def extract(
    source: str, url: str, is_asked_why: bool, as_json: bool, jsonl: bool, **options: Any
) -> None:
    """Print one page's record as JSON, or one for each page of a list.

    Give a file of HTML (plain or .gz), an address, or "-" for standard input. With --jsonl
    it holds lines {"id", "url", "html_file"}, and each is answered by one line.
    """
    settings = fetch_settings(**options)
    if jsonl:
        write_records(source)
    elif is_asked_why:
        explain(_page(source, url, settings), as_json)
    else:
        page = _page(source, url, settings)
        known = "://" in source
        result = _apart(page, partial(record, page, fetch_time_known=known))
        if result["error"]:
            fail(result["error"], Exit.NOTHING)
        click.echo(json.dumps(result, ensure_ascii=False, indent=2))


def explain(page: Page, as_json: bool) -> None:
    """Print where each field of a page's record comes from."""
    found = _apart(page, partial(why, page))
    click.echo(json.dumps(found, ensure_ascii=False, indent=2) if as_json else in_words(found))
    if found["error"]:
        fail(found["error"], Exit.NOTHING)


def _apart(page: Page, read: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Return what was read of a page: of a heavy one in a process with limits."""
    if not is_heavy(page.body):
        return read()
    told = partial(_within_limits, len(page.body), read)
    found: dict[str, Any] = json.loads(next(answers([page.url], told, _not_read)))
    return found


def _within_limits(size: int, read: Callable[[], dict[str, Any]], _: str) -> str:
    with limited_memory(size):
        return json.dumps(read())


def _not_read(url: str, reason: str) -> str:
    return json.dumps({**failed(None, url, reason), "fields": {}})


def write_records(source: str) -> None:
    """Answer every line of a list of pages with one line on standard output, in any order."""
    with _lines(source) as lines:
        for line in answers(lines, answer, lost):
            sys.stdout.write(line + "\n")
    sys.stdout.flush()


def answer(line: str) -> str:
    """Return the record, as a line of JSON, of the page that a line of a list names."""
    task = _task(line)
    try:
        known = bool(task.get("fetched_at"))
        page = _page_of(task)
        with limited_memory(len(page.body)):
            result = record(page, _text(task.get("id")), fetch_time_known=known)
    except (CrawlerError, OSError, EOFError, ValueError, MemoryError, zlib.error) as error:
        result = _failed(task, str(error) or type(error).__name__)
    return json.dumps(result, ensure_ascii=False)


def lost(line: str, reason: str) -> str:
    """Return the record of a page on which a worker ended."""
    return json.dumps(_failed(_task(line), reason), ensure_ascii=False)


def read_html(path: Path) -> bytes:
    """Return a file's bytes, unpacked where they are gzip; raises PageRefusedError if too many."""
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
    with path.open("rb") as file:
        return _bounded(gzip.GzipFile(fileobj=file) if packed else file, str(path))


def _bounded(file: BinaryIO | gzip.GzipFile, name: str) -> bytes:
    body = file.read(LARGEST + 1)
    if len(body) > LARGEST:
        raise PageRefusedError(f"{name}: more than {LARGEST // 1024 // 1024} MiB")
    return body


def _task(line: str) -> dict[str, Any]:
    try:
        task = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return task if isinstance(task, dict) else {}


def _page_of(task: dict[str, Any]) -> Page:
    name = _text(task.get("html_file"))
    if not name:
        raise ValueError('the line is no JSON object with "html_file"')
    at = _text(task.get("fetched_at"))
    fetched_at = datetime.fromisoformat(at) if at else datetime.now(UTC)
    if fetched_at.tzinfo is None:
        fetched_at = fetched_at.replace(tzinfo=UTC)
    return Page(_text(task.get("url")) or "", read_html(Path(name)), fetched_at)


def _failed(task: dict[str, Any], reason: str) -> dict[str, Any]:
    return failed(_text(task.get("id")), _text(task.get("url")), reason)


def _text(value: Any) -> str | None:
    return str(value) if isinstance(value, str | int | float) else None


def _lines(source: str) -> Any:
    if source == "-":
        return nullcontext(sys.stdin)
    return _existing(source).open(encoding="utf-8", errors="replace")


def _page(source: str, url: str, settings: Mapping[str, Any]) -> Page:
    if "://" in source:
        return _fetched(source, settings)
    return _stored(source, url)


def _fetched(url: str, settings: Mapping[str, Any]) -> Page:
    reason = refusal(url)
    if reason:
        raise click.UsageError(f"{url} cannot be fetched: {reason}")
    # Scrapy is dear to import, and most pages are read from files.
    from crawler.fetching import fetch_page

    return fetch_page(url, settings)


def _stored(source: str, url: str) -> Page:
    now = datetime.now(UTC)
    if source == "-":
        return Page(url, _bounded(sys.stdin.buffer, "standard input"), now)
    path = _existing(source)
    try:
        return Page(url, read_html(path), now)
    except (EOFError, OSError, zlib.error) as error:
        raise PageRefusedError(f"{source}: cannot be read: {error}") from None


def _existing(source: str) -> Path:
    if not Path(source).is_file():
        raise click.UsageError(f"{source} is neither a file nor an http(s) address")
    return Path(source)
