"""Four crawls of a site that renames, locks, unlocks and reorders: its history comes back."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from archive.items import Fetch, Headline, HeadlineList, Outcome, Visit
from archive.store import Archive
from tests.command import dateline, quickly
from tests.newspaper import article, newspaper, path
from tests.servers import Answer, page, serving


def front(*entries: tuple[int, str, bool]) -> Answer:
    items = "".join(
        f'<li class="entry{" is-locked" if locked else ""}"><a href="{path(number)}">{title}</a>'
        f"{'<span class=lock>For subscribers only</span>' if locked else ''}</li>"
        for number, title, locked in entries
    )
    return page(
        f"<html lang=en><body><h1>The Bridge</h1><h2>Latest</h2><ul>{items}</ul></body></html>"
    )


OLD, NEW = "Council looks at the old bridge once more", "Council closes the old bridge at once"
FERRY = "Ferry to sail again on Saturday morning"
WELLS = "Wells in the old town may run dry soon"


def declaring(*, free: bool) -> str:
    said = {"@type": "NewsArticle", "headline": FERRY, "isAccessibleForFree": free}
    return f'<script type="application/ld+json">{json.dumps(said)}</script>'


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("history")
    days = (
        front((0, OLD, False), (1, FERRY, False), (2, WELLS, False)),
        front((1, FERRY, True), (0, NEW, False), (2, WELLS, False)),
        front((1, FERRY, False), (2, WELLS, False), (0, NEW, False)),
        front((1, FERRY, False), (0, NEW, False)),
    )
    paper = newspaper(3)
    paper[path(2)] = page("gone", declared=None)
    del paper[path(2)], paper["/town/"]
    with serving(paper) as site:
        for number, shown in enumerate(days):
            paper["/"] = shown
            paper[path(0)] = article(0, title=NEW if number else OLD)
            paper[path(1)] = article(1, title=FERRY, extra=declaring(free=number != 1))
            done = dateline("crawl", site, *quickly(site), cwd=folder)
            assert "Traceback" not in done.stderr
    return folder


def history(archive: Path, *words: str) -> list[dict[str, Any]]:
    done = dateline("headlines", "--json", "--limit", "0", *words, cwd=archive)
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def places(archive: Path, number: int) -> list[dict[str, Any]]:
    ours = [one for one in history(archive) if one["url"].endswith(path(number))]
    return sorted(
        (one for one in ours if one["list"] == "Latest"), key=lambda one: one["first_seen"]
    )


def test_each_place_has_its_positions_over_time(archive: Path) -> None:
    old, new = places(archive, 0)
    assert [position for _, position in old["positions"]] == [0]
    assert [position for _, position in new["positions"]] == [1, 2, 1]
    assert old["last_seen"] < new["first_seen"] == new["positions"][0][0]
    assert new["last_seen"] > new["positions"][2][0] or len(new["positions"]) == 3
    [wells] = places(archive, 2)
    assert [position for _, position in wells["positions"]] == [2, 1]
    assert wells["last_seen"] < new["last_seen"]


def test_titles_are_told_from_list_and_article(archive: Path) -> None:
    titles = [(one["title"], one["shown_in"]) for one in places(archive, 0)[0]["titles"]]
    assert sorted(titles) == [(NEW, "article"), (NEW, "list"), (OLD, "article"), (OLD, "list")]


def test_a_lock_and_its_end_are_two_changes(archive: Path) -> None:
    changes = places(archive, 1)[0]["lock_changes"]
    told = [(one["shown_in"], one["was"], one["access"]) for one in changes]
    for witness in ("list", "article", "declared"):
        assert [one[1:] for one in told if one[0] == witness] == [
            ("open", "locked"),
            ("locked", "open"),
        ]
    assert len(told) == 6
    assert all(one["not_before"] < one["seen_at"] for one in changes)
    assert {one["list"] for one in changes} == {"Latest", None}


def test_a_headline_without_an_article_is_listed(archive: Path) -> None:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(archive / "dateline.db")) as db:
        rows = db.execute("select title, state from unarchived_headlines").fetchall()
    assert rows == [(WELLS, "never fetched")]


def test_the_command_prints_places_and_takes_a_page_and_a_time(archive: Path) -> None:
    shown = dateline("headlines", cwd=archive)
    assert shown.returncode == 0
    assert NEW in shown.stdout
    assert "other title in lists" in shown.stdout
    assert "open until " in shown.stdout
    assert ", locked from " in shown.stdout
    page_url = history(archive)[0]["page"]
    assert {one["page"] for one in history(archive, "--page", page_url)} == {page_url}
    assert len(history(archive, "--since", "1h")) == len(history(archive))
    none = dateline("headlines", "--since", "2999-01-01", cwd=archive)
    assert (none.returncode, none.stdout) == (1, "")
    assert dateline("headlines", "--since", "soon", cwd=archive).returncode == 2


def test_what_pages_wrote_cannot_steer_the_terminal(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "dateline.db", create=True) as opened:
        crawl = opened.start_crawl("example.org", None, "news", {})
        for hour, word in enumerate(("one", "two")):
            at = datetime(2026, 5, 1, hour, tzinfo=UTC)
            shown = Headline(f"\x1b[2J{word}\u202e", "https://example.org/a", ("\x9b2J",))
            lists = (HeadlineList("\x1b]0;list\x07", (shown,)),)
            fetch = Fetch("https://example.org/", at, Outcome.OK, status=200)
            opened.write(crawl, [Visit(fetch, lists=lists)])
    for words in ((), ("--page", "https://example.org/", "--at", "2026-05-01T00:30")):
        printed = dateline("headlines", *words, cwd=tmp_path).stdout
        assert "one" in printed
        assert not {"\x1b", "\x9b", "\x07", "\u202e"} & set(printed)


def test_the_command_prints_what_a_page_showed_at_a_time(archive: Path) -> None:
    first = places(archive, 0)[0]
    told = ("--page", first["page"], "--at", first["last_seen"])
    shown = dateline("headlines", *told, cwd=archive)
    assert [line.strip() for line in shown.stdout.splitlines()[1:]] == [
        "",
        "Latest",
        f"1  {OLD}",
        f"2  {FERRY}",
        f"3  {WELLS}",
    ]
    assert [one["title"] for one in history(archive, *told)] == [OLD, FERRY, WELLS]
    before = dateline("headlines", "--page", first["page"], "--at", "2020-01-01", cwd=archive)
    assert (before.returncode, before.stdout) == (1, "")
    assert dateline("headlines", "--at", "1d", cwd=archive).returncode == 2
    assert dateline("headlines", *told[:3], "soon", cwd=archive).returncode == 2
