"""What kind of page a page is."""

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.items import Page
from crawler.document import Document
from crawler.extract.body import extract_body
from crawler.extract.headlines import extract_headlines
from crawler.extract.kind import PageKind, extract_kind

NOW = datetime(2025, 9, 25, tzinfo=UTC)
CORPORA = Path(__file__).parents[2] / "shared" / "corpora"
SENTENCE = "The lake froze over on Tuesday and the ferry stayed in its harbour for the night. "
MENU = '<nav><a href="/politics/">Politics</a><a href="/sport/">Sport</a></nav>'
FOOTER = '<footer><a href="/imprint/">Imprint</a><a href="/privacy/">Privacy</a></footer>'


def page(title: str, body: str, head: str = "") -> str:
    return (
        f"<!doctype html><html><head><title>{title}</title>{head}</head><body>{body}</body></html>"
    )


def kind(markup: str, url: str = "https://news.example/2025/09/lake-freezes-over-early/") -> str:
    document = Document(Page(url, markup.encode(), NOW))
    length = sum(len(block.text) for block in extract_body(document).blocks)
    return extract_kind(document, body_length=length, lists=extract_headlines(document)).name.value


def teasers(number: int, *, teaser: bool = True, tag: str = "article") -> str:
    text = f"<p>{SENTENCE}</p>" if teaser else ""
    return "".join(
        f'<{tag} class="card"><h2><a href="/2025/09/{at}/story-of-the-lake-number-{at}/">'
        f"What the harbour master said on day {at} of the frost</a></h2>{text}</{tag}>"
        for at in range(number)
    )


def site(inner: str) -> str:
    return f"<header><h2>The Lake Post</h2>{MENU}</header><main>{inner}</main>{FOOTER}"


ARTICLE = page(
    "Lake freezes over early",
    site(f"<h1>Lake freezes over early this year</h1>{f'<p>{SENTENCE * 3}</p>' * 4}"),
)

BLOCKED = {
    "challenge": page(
        "Just a moment...",
        '<div id="cf-wrapper"><h1>news.example</h1><p>Verifying you are human. This may take a few '
        'seconds.</p><form id="challenge-form"></form></div><script>run()</script>',
    ),
    "denied": page(
        "Access Denied",
        "<h1>Access Denied</h1>You don't have permission to access this page on this server."
        "<p>Reference #18.2d351ab8.1557333295.a4e16ab</p>",
    ),
    "captcha": page(
        "news.example",
        '<p>Please enable JS and disable any ad blocker</p><script src="https://ct.captcha-delivery'
        '.com/c.js"></script>',
    ),
    "robot": page(
        "Are you a robot?",
        "<h1>Are you a robot?</h1><p>Please confirm that you are not: click the box below.</p>",
    ),
    "traffic": page(
        "Sorry",
        "<p>Our systems have detected unusual traffic from your computer network. Please try again "
        "later.</p>",
    ),
    "russian": page("Доступ ограничен", "<h1>Подтвердите, что вы не робот</h1><p>Проверка</p>"),
    "german": page("Zugriff verweigert", "<h1>Zugriff verweigert</h1><p>Fehler 403.</p>"),
    "forbidden": page("403 Forbidden", "<center><h1>403 Forbidden</h1></center><hr>nginx"),
}
LOGIN = {
    "form": page(
        "Log in - The Lake Post",
        site('<h1>Log in</h1><form><input name="u"><input type="password" name="p"></form>'),
    ),
    "german": page("Anmelden", site('<form><input type="password"></form><p>Passwort?</p>')),
    "words": page("Sign in to continue", "<h1>Sign in to continue</h1><p>Enter your e-mail.</p>"),
}
CONSENT = {
    "wall": page(
        "The Lake Post",
        "<h1>We value your privacy</h1><p>We and our 812 partners store information on a device."
        "</p><button>Accept all</button><button>Manage</button>",
    ),
    "before": page("Before you continue", "<h1>Before you continue</h1><p>Cookies are used.</p>"),
    "german": page(
        "Datenschutz-Einstellungen",
        "<h1>Mit Werbung weiterlesen</h1><p>Besuchen Sie uns wie gewohnt mit Werbung.</p>",
    ),
}
SCRIPT_ONLY = {
    "root": page("The Lake Post", '<div id="root"></div><script src="/app.js"></script>'),
    "noscript": page(
        "App",
        "<noscript>You need to enable JavaScript to run this app.</noscript>"
        '<div id="app"></div><script>start()</script>',
    ),
    "loading": page("The Lake Post", "<div>Loading…</div><script src='/main.js'></script>"),
}
SOFT_404 = {
    "english": page("Page not found", site("<h1>404</h1><p>Try the search.</p>")),
    "sorry": page("The Lake Post", site("<h1>Sorry, this page could not be found</h1>")),
    "russian": page("Страница не найдена", site("<h1>Страница не найдена</h1>")),
    "belarusian": page("Памылка", site("<h1>Старонка не знойдзена</h1>")),
    "german": page("Fehler", site("<h1>Seite nicht gefunden</h1><p>Leider weg.</p>")),
    "japanese": page("エラー", site("<h1>お探しのページは見つかりません</h1>")),
    "offering": page("Page not found", site(f"<h1>Page not found</h1>{teasers(4, teaser=False)}")),
}
EMPTY = {"nothing": "", "blank": "<html><body>  </body></html>", "title": page("The Lake Post", "")}
STATES = [
    (name, state.value, markup)
    for state, pages in (
        (PageKind.BLOCKED, BLOCKED),
        (PageKind.LOGIN, LOGIN),
        (PageKind.CONSENT, CONSENT),
        (PageKind.SCRIPT_ONLY, SCRIPT_ONLY),
        (PageKind.SOFT_404, SOFT_404),
        (PageKind.EMPTY, EMPTY),
    )
    for name, markup in pages.items()
]
LISTS = [
    ("https://news.example/", page("The Lake Post", site(teasers(30)))),
    ("https://news.example/", page("The Lake Post", site(f"<h1>The Lake Post</h1>{teasers(12)}"))),
    ("https://news.example/?ref=home", page("The Lake Post", site(teasers(9, teaser=False)))),
    ("https://news.example/en/", page("The Lake Post", site(teasers(30)))),
    ("https://news.example/politics/", page("Politics", site(f"<h1>Politics</h1>{teasers(20)}"))),
    ("https://news.example/news/world", page("World", site(f"<h1>World</h1>{teasers(15)}"))),
    ("https://news.example/tag/lake/", page("lake", site(f"<h1>Tag: lake</h1>{teasers(10)}"))),
    ("https://news.example/author/ann-bell", page("Ann", site(f"<h1>Ann Bell</h1>{teasers(9)}"))),
    ("https://news.example/politics/?page=3", page("Politics", site(teasers(20, teaser=False)))),
    ("https://news.example/category/sport/page/2/", page("Sport", site(teasers(10)))),
    (
        "https://news.example/archive/",
        page(
            "Archive",
            site(f"<h1>Archive</h1><ul>{teasers(40, teaser=False, tag='li')}</ul>"),
            '<script type="application/ld+json">{"@type": "CollectionPage"}</script>',
        ),
    ),
    (
        "https://news.example/sport",
        page(
            "Sport",
            site(f"<h1>Sport</h1>{teasers(14)}"),
            '<meta property="og:type" content="website">',
        ),
    ),
]


@pytest.mark.parametrize(("name", "state", "markup"), STATES, ids=lambda value: str(value)[:12])
def test_a_page_shown_instead_of_an_article_is_told(name: str, state: str, markup: str) -> None:
    assert kind(markup) == state


@pytest.mark.parametrize(("url", "markup"), LISTS)
def test_front_section_and_tag_pages_are_lists(url: str, markup: str) -> None:
    assert kind(markup, url) == "list"


def test_a_page_with_headline_and_text_is_an_article() -> None:
    assert kind(ARTICLE) == "article"


def test_an_article_needs_no_telling_address() -> None:
    assert kind(ARTICLE, "https://news.example/frost") == "article"


def test_an_article_about_captchas_is_an_article() -> None:
    text = f"<p>{'Solving a captcha shows that you are not a robot, or so we thought. ' * 3}</p>"
    markup = page("Why the captcha failed: are you a robot?", site(f"<h1>Captcha</h1>{text * 6}"))

    assert kind(markup) == "article"


def test_a_locked_article_with_a_headline_is_an_article() -> None:
    markup = page(
        "Lake freezes over early",
        site(
            "<h1>Lake freezes over early this year</h1><p>The lake froze over on Tuesday.</p>"
            '<div class="paywall">Log in or subscribe to read on.<form><input type="password">'
            "</form></div>"
        ),
        '<meta property="og:type" content="article">',
    )

    assert kind(markup) == "article"


def test_a_page_says_why() -> None:
    document = Document(Page("https://news.example/", LISTS[0][1].encode(), NOW))

    assert extract_kind(document).reason.startswith("A list: it is the root of the site")


@settings(max_examples=200, deadline=None)
@given(st.text(), st.sampled_from(("", "https://news.example/a", "http://[::1", "x:y")))
def test_no_page_raises_and_each_has_one_kind(text: str, url: str) -> None:
    markup = f"<html><body>{text}</body></html>".encode("utf-8", "replace")

    first = extract_kind(Document(Page(url, markup, NOW)))

    assert first == extract_kind(Document(Page(url, markup, NOW)))


@pytest.mark.parametrize("name", ["aeb", "fundeval", "fundus", "np4k"])
def test_stored_articles_are_articles(name: str) -> None:
    rows = CORPORA / name / "pages.jsonl"
    if not rows.exists():
        pytest.skip(f"no stored pages at {rows}")
    kinds = []
    for line in rows.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        body = gzip.decompress((CORPORA / row["html_file"]).read_bytes())
        kinds.append(extract_kind(Document(Page(row["url"] or "", body, NOW))).name)

    assert kinds.count(PageKind.ARTICLE) >= 0.99 * len(kinds)
