"""What makes a revision and what does not, through the real parser and on stored pages."""

import gzip
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive.items import BY_FETCH, Article, Outcome, Page
from archive.noise import folded, is_passing
from archive.rows import content_digest
from crawler.extract import dates
from crawler.look import look_at

CORPORA = Path(__file__).parents[2] / "shared" / "corpora"
NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
URL = "https://www.valleypost.example/news/2026/05/bridge-closes-for-the-winter-10442"
PAGE = """<!doctype html><html lang=en><head><title>Bridge closes for the winter - Post</title>
<meta property="og:type" content="article">
<meta property="article:published_time" content="2026-04-30T08:00:00Z">
<meta property="article:modified_time" content="2026-04-30T09:00:00Z"></head><body>
<header><nav><a href="/">Home</a> <a href="/town">Town</a></nav></header><main><article>
<h1>Bridge closes for the winter</h1>
<p class="byline">By <a rel=author href="/authors/ann">Ann Miller</a></p>
<div class="meta"><span class=views>1,204 views</span> <a href="#c">12 comments</a>
<span>Updated 5 minutes ago</span></div>
<p>The town's old bridge will be closed from Monday - for the whole winter, the council said.</p>
<p>"We have no other choice," said the mayor, who had asked for an opinion on the piers.</p>
<p>Lorries have to take the longer road through the village, as they have since last May.</p>
<p>Engineers will look at the stone again in the spring and then decide about the railing.</p>
</article><aside><h2>Most read</h2><ul><li><a href="/a-1">Bread is dearer than ever before</a>
<li><a href="/a-2">Honey is cheaper than last year</a></ul></aside></main></body></html>"""


def reading(html: str, hours: int = 0, url: str = URL) -> Article:
    look = look_at(Page(url, html.encode("utf-8", "replace"), NOON + timedelta(hours=hours)))
    assert look.outcome is Outcome.OK
    assert look.article is not None
    return look.article


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("1,204 views", "98,310 views"),
        ("12 comments", "1 comment"),
        ("Updated 5 minutes ago", "Updated 3 hours ago"),
        ("Bread is dearer than ever before", "Salt is dearer than ever before"),
        ('"We have no other choice,"', "“We have no other choice,”"),
        ('"We have no other choice,"', "«We have no other choice,»"),
        ("town's", "town’s"),
        ("Monday - for", "Monday — for"),
        ("Monday - for", "Monday&nbsp;&ndash; for"),
        ("the longer road", "the&nbsp;longer\u2009\n road"),
        ("Engineers", "Engi&shy;neers"),
        ("decide about", "de\u200bcide about"),
        ("</article>", "<p>13 comments</p></article>"),
        ("</article>", "<p>Updated 2 minutes ago</p></article>"),
        ("</article>", "<p>Просмотров: 1 204</p></article>"),
    ],
)
def test_noise_makes_no_revision(old: str, new: str) -> None:
    assert old in PAGE
    assert content_digest(reading(PAGE)) == content_digest(reading(PAGE.replace(old, new), 24))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<h1>Bridge closes for the winter", "<h1>Bridge closes for a year"),
        ("for the whole winter", "for half the winter"),
        ("for the whole winter,", "for the whole winter"),
        ("Ann Miller", "Jan Novak"),
        ("2026-04-30T08", "2026-04-30T07"),
        ("2026-04-30T09", "2026-04-30T10"),
        ("no other choice", "not other choice"),
        ("<p>Engineers will look at the stone again in the spring", "<p>Engineers will look"),
    ],
)
def test_a_change_of_the_article_makes_one(old: str, new: str) -> None:
    assert old in PAGE
    assert content_digest(reading(PAGE)) != content_digest(reading(PAGE.replace(old, new), 24))


def test_a_locked_text_is_another_reading() -> None:
    article = reading(PAGE)
    assert article.access is not None
    assert content_digest(article) != content_digest(replace(article, access=None))


def test_a_page_that_tells_the_time_of_the_look_does_not_change_by_it() -> None:
    clock = PAGE.replace("2026-04-30T09:00:00Z", "{}")
    looks = [
        reading(clock.format((NOON + timedelta(hours=hour, seconds=20)).isoformat()), hour)
        for hour in (0, 7)
    ]
    assert content_digest(looks[0]) == content_digest(looks[1])


def test_a_time_worked_out_from_the_look_does_not_count() -> None:
    assert BY_FETCH == dates.BY_FETCH
    bare = re.sub(r"<meta property=.article:.*?>", "", PAGE)
    ago = bare.replace("By <a", "<time>35 minutes ago</time> By <a")
    later = bare.replace("By <a", "<time>3 hours ago</time> By <a")
    assert content_digest(reading(ago)) == content_digest(reading(later, 3))


@pytest.mark.parametrize(
    ("line", "passing"),
    [
        ("Updated 5 minutes ago", True),
        ("5 min read", True),
        ("Обновлено 3 часа назад", True),
        ("Апублікавана 2 гадзіны таму", True),
        ("12 комментариев", True),
        ("Wyświetleń: 1204", True),
        ("Vor 5 Minuten aktualisiert", True),
        ("منذ 5 دقائق", True),
        ("5分钟前更新", True),
        ("阅读 1204", True),
        ("12 dead", False),
        ("Two years ago the bridge fell.", False),
        ("Three comments by the mayor", False),
        ("May 5", False),
        ("", False),
    ],
)
def test_a_line_passes_if_it_only_counts_or_tells_how_long_ago(line: str, passing: bool) -> None:
    assert is_passing(line) is passing


def test_folding_is_stable_and_quick_on_any_text() -> None:
    for text in ('" - "' * 20_000, " " * 200_000, "\xad-«»" * 30_000, "e\u0301" * 50_000):
        assert folded(folded(text)) == folded(text)


NOISE: tuple[Callable[[str], str], ...] = (
    lambda text: text.replace(" – ", " — "),
    lambda text: text.replace("“", "«").replace("”", "»"),
    lambda text: re.sub(r"(<p[^>]*>[^<&]{40,}?) ", "\\1\u00a0", text),
    lambda text: re.sub(r"(<p[^>]*>[^<&]{20}[a-z])([a-z])", "\\1\u00ad\\2", text),
    lambda text: text.replace("</body>", "<aside><p>1,204 views</p></aside></body>"),
)


@pytest.mark.slow
@pytest.mark.parametrize("corpus", ["aeb", "fundus", "wcxb"])
def test_noise_put_into_stored_pages_hardly_ever_makes_a_revision(corpus: str) -> None:
    folder = CORPORA / corpus
    if not (folder / "pages.jsonl").exists():
        pytest.skip(f"no stored pages at {folder}")
    looked, changed = 0, []
    for line in (folder / "pages.jsonl").read_text(encoding="utf-8").splitlines()[:60]:
        record = json.loads(line)
        html = stored(folder, record["html_file"])
        url = record["url"] or URL
        plain = look_at(Page(url, html.encode(), NOON)).article
        if plain is None:
            continue
        for number, noise in enumerate(NOISE):
            looked += 1
            noisy = look_at(Page(url, noise(html).encode(), NOON)).article
            if noisy is None or content_digest(noisy) != content_digest(plain):
                changed.append((record["id"], number))
    # What is taken for the text of a page hangs a little on all that stands around it.
    assert len(changed) <= 0.04 * looked, changed


def stored(folder: Path, name: str) -> str:
    beside = folder.parent / name
    data = (beside if beside.exists() else folder / name).read_bytes()
    return (gzip.decompress(data) if name.endswith(".gz") else data).decode("utf-8", "replace")
