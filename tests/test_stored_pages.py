"""Every page in tests/pages, parsed and compared with the JSON file beside it.

To add a page: dateline capture URL. It writes both files; read the JSON against the
page in a browser before committing it, because from then on it is the truth.
"""

import json
from datetime import datetime
from pathlib import Path

import pytest

from archive.items import Article, HeadlineList, Page
from crawler.parsers import parser_for
from crawler.truth import plain

PAGES = Path(__file__).parent / "pages"


@pytest.mark.parametrize(
    "path", sorted(PAGES.glob("*/*.html")), ids=lambda p: f"{p.parent.name}/{p.stem}"
)
def test_stored_page(path: Path) -> None:
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    page = Page(
        url=expected["url"],
        body=path.read_bytes(),
        fetched_at=datetime.fromisoformat(expected["fetched_at"]),
    )

    items = list(parser_for(page.url).parse(page))

    [article] = [plain(item) for item in items if isinstance(item, Article)]
    assert {field: article[field] for field in expected["article"]} == expected["article"]
    lists = [plain(item) for item in items if isinstance(item, HeadlineList)]
    assert lists == expected["lists"]
