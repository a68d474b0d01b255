"""A small newspaper for tests: a front page, sections and articles, all of invented text."""

from tests.servers import Answer, page

WORDS = (
    "The town council met on Tuesday and spoke for three hours about the old bridge.",
    "Engineers who had looked at its piers told the members that the stone would hold for years.",
    "Two members asked for a second opinion, and the mayor said that it would be sought by autumn.",
    "Until then lorries have to take the longer road through the village, as they have since May.",
)


def article(number: int, *, title: str | None = None, extra: str = "", related: str = "") -> Answer:
    """Return the page of an article."""
    text = "".join(f"<p>{sentence} ({number})</p>" for sentence in WORDS)
    headline = title or f"Council looks at the old bridge for the {number}. time"
    return page(
        f"<!doctype html><html lang=en><head><title>{headline} - The Bridge</title>"
        f'<meta property="og:type" content="article"></head><body><main><article>'
        f"<h1>{headline}</h1><p class=byline>By Ann Miller</p>"
        f'<time datetime="2025-08-13T10:{number % 60:02}:00+02:00">13 August 2025</time>'
        f"{text}{extra}</article>{related}</main></body></html>"
    )


def path(number: int) -> str:
    """Return the path of an article."""
    return f"/news/2025/08/council-looks-at-the-old-bridge-{number:05}"


def listing(numbers: range | list[int], *, heading: str = "Latest news", more: str = "") -> Answer:
    """Return a page that lists articles."""
    entries = "".join(
        f'<li><a href="{path(number)}">Council looks at the old bridge for the {number}. time</a>'
        for number in numbers
    )
    return page(
        f"<!doctype html><html lang=en><head><title>The Bridge</title></head><body>"
        f"<h1>The Bridge</h1><section><h2>{heading}</h2><ul>{entries}</ul></section>{more}"
        "</body></html>"
    )


def newspaper(count: int) -> dict[str, Answer]:
    """Return a newspaper of so many articles: its front page lists half of them, a section all."""
    menu = '<nav><a href="/">Home</a> <a href="/town/">Town</a> <a href="/about">About</a></nav>'
    return {
        "/robots.txt": page(""),
        "/": listing(range(count // 2), more=menu),
        "/town/": listing(range(count), heading="Town"),
        **{path(number): article(number) for number in range(count)},
    }
