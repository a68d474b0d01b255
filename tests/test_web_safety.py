"""What hostile texts, addresses and calls do to the archive in a browser: nothing."""

import asyncio
import re
import resource
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from archive.store import Archive
from tests.hostile_archive import EVIL, SCRIPT, write
from tests.reading import get

pytest.importorskip("datasette", reason="the extra web is not installed")
from archive.web import doors, limits, policy

ALLOWED = ("http://", "https://", "/", "#", "?")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hostile") / "evil.db"
    write(path)
    return path


class Markup(HTMLParser):
    """The elements of a page, with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))


PAGES = (
    "/",
    "/evil/-/news",
    "/evil/-/article/1",
    "/evil/-/article/2",
    "/evil/-/article/3",
    "/evil/-/article/999999999999999999999",
    "/evil/-/edits",
    "/evil/-/locks",
    "/evil/-/gone",
    "/evil/-/lists",
    f"/evil/-/lists/page?page={quote(SCRIPT)}",
    f"/evil/-/lists/page?page={quote(EVIL)}&at={quote(EVIL)}",
    "/evil/-/authors",
    f"/evil/-/authors?begins={quote(EVIL)}&after={quote(EVIL)}",
    "/evil/-/sections",
    "/evil/-/search?q=edition",
    f"/evil/-/search?q={quote(EVIL)}&source={quote(EVIL)}&language={quote(EVIL)}",
    "/evil/-/search?q=%00%ff%27%22",
)


@pytest.fixture(scope="module")
def answers(path: Path) -> dict[str, Any]:
    pages = (*PAGES, *_differences(path))
    return dict(zip(pages, get(path, *pages), strict=True))


def _differences(path: Path) -> list[str]:
    with Archive.open(path, write=False) as archive:
        rows = archive.db.execute("select article_id, old_revision_id, revision_id from edits")
        found = [tuple(row) for row in rows]
    assert found
    return [
        f"/evil/-/article/{article}/difference?old={old}&new={new}&view={view}"
        for article, old, new in found
        for view in ("", "beside")
    ]


def test_no_text_becomes_markup_and_no_address_is_followed_blindly(answers: dict[str, Any]) -> None:
    for address, answer in answers.items():
        assert answer.status_code in (200, 404), address
        for tag, attributes in Markup(answer.text).elements:
            assert tag not in ("script", "iframe", "object", "embed", "img", "base", "style")
            assert not [name for name in attributes if name.startswith("on") or name == "style"]
            for name in ("href", "src", "action", "xlink:href"):
                target = attributes.get(name)
                assert target is None or target.startswith(ALLOWED), (address, target)
            assert not re.search(r"\s|'", attributes.get("lang") or "")
        assert "alert(1)" not in answer.text or "&lt;script&gt;alert(1)" in answer.text
        assert "49" not in re.findall(r"onmouseover=&#39;alert\(3\)&#39; (\S+)", answer.text)


def test_a_kept_page_is_text_and_nothing_else(path: Path) -> None:
    [answer] = get(path, "/evil/-/article/3/kept")
    assert answer.text == EVIL
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_every_answer_has_the_headers_that_shut_everything_out(path: Path) -> None:
    for answer in get(path, "/", "/evil/-/article/3/kept", "/evil/articles", "/no", "/robots.txt"):
        assert answer.headers["x-frame-options"] == "DENY"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["x-content-type-options"] == "nosniff"
        told = answer.headers["content-security-policy"]
        assert "default-src 'none'" in told
        assert "frame-ancestors 'none'" in told
        scripts = [part for part in told.split(";") if part.strip().startswith("script-src")]
        assert not any("unsafe" in part for part in scripts)


def test_our_pages_allow_no_script_and_no_style_but_the_sheet(path: Path) -> None:
    [answer] = get(path, "/")
    assert answer.headers["content-security-policy"] == policy.OURS
    assert "unsafe" not in policy.OURS
    assert "script-src" not in policy.OURS


def test_robots_are_kept_out(path: Path) -> None:
    [answer] = get(path, "/robots.txt")
    assert answer.text == "User-agent: *\nDisallow: /\n"


HEAVY = (
    "select length(hex(zeroblob(400000000)))",
    "select length(hex(randomblob(300000000)))",
    "select length(replace(hex(zeroblob(8000000)), '0', hex(zeroblob(100000))))",
    "select instr(hex(zeroblob(8000000)), hex(zeroblob(4000000)) || '1')",
    "select hex(zeroblob(9000000)) like '%' || hex(zeroblob(4000)) || '1%'",
    "with recursive n(i) as (select 1 union all select i + 1 from n limit 40000) "
    "select length(group_concat(hex(zeroblob(1000)))) from n",
    "select length(printf('%.*c', 900000000, 'x'))",
)


@pytest.mark.parametrize("sql", HEAVY)
def test_one_heavy_call_neither_takes_long_nor_much_memory(path: Path, sql: str) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF)
    asked = (f"/evil.json?sql={quote(sql)}&_shape=array", "/evil/-/query.json?sql=" + quote(sql))
    get(path, *asked)
    after = resource.getrusage(resource.RUSAGE_SELF)
    assert after.ru_utime - before.ru_utime < 14
    assert after.ru_maxrss - before.ru_maxrss < 400_000
    assert get(path, "/")[0].status_code == 200


def test_the_limits_leave_the_functions_as_they_are(path: Path) -> None:
    with Archive.open(path, write=False) as archive:
        plain = archive.db.execute
        asked = "select instr('abc', 'c'), instr(x'0102', x'02'), instr(null, 'a'), instr(12, 2)"
        replaced = "select replace('abcb', 'b', 'xy'), replace(1.5, '.', ','), replace('a', '', 1)"
        printed = "select printf('%05d %s', 42, 'x'), format('%.2f', 1), printf(null)"
        expected = [tuple(plain(one).fetchone()) for one in (asked, replaced, printed)]
        limits.limit(archive.db)
        assert [tuple(plain(one).fetchone()) for one in (asked, replaced, printed)] == expected


def test_a_public_server_runs_no_sql_of_its_readers(path: Path) -> None:
    sql = ("/evil?sql=select+1", "/evil.json?sql=select+1", "/evil/-/query?sql=select+1")
    where = "/evil/articles?_where=1"
    for answer in get(path, *sql, where, public=True):
        assert answer.status_code in (302, 403, 404) or "select 1" not in answer.text
    [with_where] = get(path, "/evil/articles.json?_where=0&_shape=array", public=True)
    assert with_where.status_code == 403 or with_where.json() != []
    assert get(path, "/", public=True)[0].status_code == 200


def through(app: policy.App, path: str, host: bytes) -> int:
    """Return the status of what an application answers."""
    sent: list[policy.Message] = []

    async def send(message: policy.Message) -> None:
        sent.append(message)

    scope = {"type": "http", "path": path, "headers": [(b"host", host)]}
    asyncio.run(app(scope, None, send))  # type: ignore[arg-type]
    return int(sent[0]["status"])


async def inside(scope: policy.Message, receive: Any, send: policy.Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})


@pytest.mark.parametrize(
    ("host", "status"),
    [
        (b"127.0.0.1:8001", 200),
        (b"localhost", 200),
        (b"[::1]:8001", 200),
        (b"LOCALHOST:1", 200),
        (b"evil.example:8001", 421),
        (b"127.0.0.1.evil.example", 421),
        (b"", 421),
    ],
)
def test_a_private_server_answers_to_its_own_name_alone(host: bytes, status: int) -> None:
    assert through(doors.for_this_machine(inside), "/", host) == status


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/-/databases.json", 404),
        ("/-/threads", 404),
        ("/-/static/app.css", 200),
        ("/-/dateline/style.css", 200),
        ("/evil/-/news", 200),
    ],
)
def test_a_public_server_tells_nothing_of_itself(path: str, status: int) -> None:
    assert through(doors.for_anyone(inside), path, b"news.example") == status
