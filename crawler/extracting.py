"""``dateline extract``: one page's record, or those of many pages, without an archive."""

import gzip
import json
import sys
from contextlib import nullcontext
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

import click

from archive.items import Page
from crawler.errors import CrawlerError, PageRefusedError
from crawler.parsers import parser_for
from crawler.record import failed, record
from crawler.why import as_data, as_words
from crawler.workers import answers

LARGEST = 16 * 1024 * 1024
"""How many bytes of a page are read at most; a larger one is refused."""


@click.command()
@click.argument("source", metavar="FILE|URL|-")
@click.option("--url", default="", help="The address the file was fetched from.")
@click.option("--why", is_flag=True, help="Show each field's sources, the losers too.")
@click.option("--json", "as_json", is_flag=True, help="With --why: JSON instead of words.")
@click.option("--jsonl", is_flag=True, help="SOURCE lists pages, one JSON object a line.")
@click.option("--delay", type=float, help="Seconds between two requests to a site.")
@click.option("--allow-private", multiple=True, metavar="HOST:PORT", help="A private address.")
def extract(
    source: str,
    url: str,
    *,
    why: bool,
    as_json: bool,
    jsonl: bool,
    delay: float | None,
    allow_private: tuple[str, ...],
) -> None:
    """Print one page's record as JSON, or one for each page of a list.

    SOURCE is a file of HTML (plain or .gz), an address, or "-" for standard input. With
    --jsonl it holds lines {"id", "url", "html_file"}, and each is answered by one line.
    """
    if jsonl:
        write_records(source)
        return
    page = _fetched(source, delay, allow_private) if _is_url(source) else _stored(source, url)
    if why:
        click.echo(_why(page, as_json=as_json))
        return
    result = record(page, fetch_time_known=_is_url(source))
    if result["error"]:
        raise click.ClickException(result["error"])
    click.echo(json.dumps(result, ensure_ascii=False, indent=2))


def _why(page: Page, *, as_json: bool) -> str:
    try:
        _, readings = parser_for(page.url).explain(page)
    except CrawlerError as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        return json.dumps(as_data(readings), ensure_ascii=False, indent=2)
    return as_words(readings)


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
        result = record(
            _page_of(task),
            _text(task.get("id")),
            fetch_time_known=bool(task.get("fetched_at")),
        )
    except (CrawlerError, OSError, EOFError, ValueError, MemoryError) as error:
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
    return Path(source).open(encoding="utf-8", errors="replace")


def _is_url(source: str) -> bool:
    return source.lower().startswith(("http://", "https://"))


def _fetched(url: str, delay: float | None, allow_private: tuple[str, ...]) -> Page:
    # Scrapy is dear to import, and most pages are read from files.
    fetching = import_module("crawler.fetching")
    page: Page = fetching.fetch_page(url, delay=delay, allow_private=allow_private)
    return page


def _stored(source: str, url: str) -> Page:
    now = datetime.now(UTC)
    if source == "-":
        return Page(url, _bounded(sys.stdin.buffer, "standard input"), now)
    if not Path(source).is_file():
        raise click.UsageError(f"{source} is neither a file nor an http(s) address")
    return Page(url, read_html(Path(source)), now)
