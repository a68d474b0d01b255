"""An archive of articles that were written to do harm."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from archive.items import (
    Access,
    Alternate,
    Article,
    Block,
    BlockKind,
    Dateline,
    Fetch,
    Headline,
    HeadlineList,
    Image,
    Outcome,
    Page,
    Visit,
)
from archive.store import Archive

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
EVIL = """<script>alert(1)</script><img src=x onerror=alert(2)>"' onmouseover='alert(3)' {{7*7}}"""
SCRIPT = "javascript:alert(document.domain)"
DATA = "data:text/html,<script>alert(4)</script>"


def write(path: Path) -> None:
    """Make an archive in which every text and address means harm."""
    with Archive.open(path, create=True) as archive:
        crawl = archive.start_crawl(EVIL, SCRIPT, "news", {})
        for number, url in enumerate((SCRIPT, DATA, "https://example.org/a?<b>='\"")):
            for edition in (1, 2):
                archive.write(crawl, [visit(url, number, edition)])
        archive.index()


def visit(url: str, number: int, edition: int) -> Visit:
    """Return a visit of an article whose every field means harm."""
    at = NOON + timedelta(hours=number, days=edition)
    body = tuple(Block(f"{EVIL} edition {edition}", kind) for kind in BlockKind)
    article = Article(
        "evil",
        url,
        f"{EVIL} {edition}",
        at,
        lead=EVIL,
        body=body,
        authors=(EVIL, "Anna"),
        published=at,
        published_text=EVIL,
        modified=at,
        modified_text=EVIL,
        language="en' onclick='alert(5)",
        sections=(EVIL,),
        tags=(EVIL,),
        dateline=Dateline(EVIL, EVIL, EVIL),
        access=Access.LOCKED if edition == 1 else Access.OPEN,
        images=(Image(DATA, EVIL), Image(SCRIPT)),
        alternates=(Alternate(EVIL, SCRIPT),),
    )
    shown = (Headline(EVIL, SCRIPT, (EVIL,)), Headline(EVIL, url), Headline(EVIL, DATA))
    page = Page(url, EVIL.encode(), at, 200, (("Content-Type", f"text/html; charset={EVIL}"),))
    return Visit(Fetch(url, at, Outcome.OK), page, article, (HeadlineList(EVIL, shown),))
