"""Pages that mean harm, of any size: each kind is a function from bytes to about as long a page.

Most kinds stay within what the scan lets pass, so that they reach the readers; those under
``REFUSED`` no parser should see.
"""

import json
from collections.abc import Callable, Iterator

from crawler.scan import MAX_ANGLES, MAX_ATTRIBUTES, MAX_DEPTH

Kind = Callable[[int], bytes]

MOST_TAGS = MAX_ANGLES - 1_000
TEXT = "The council of the valley met again on Monday to speak of the old bridge. "
START = (
    "<!doctype html><html lang=en><head><meta charset=utf-8><title>The bridge is closed</title>"
    "</head><body><article><h1>The bridge is closed</h1>"
)
STORY = f"<p>{TEXT * 2}</p>" * 3
END = f"{STORY}</article></body></html>"


def page(inside: str, head: str = "") -> bytes:
    """Return an article with something harmful between its headline and its text."""
    start = START.replace("</head>", head + "</head>") if head else START
    return (start + STORY + inside + END).encode("utf-8", "surrogatepass")


def repeated(unit: str, close: str = "") -> Kind:
    """Return a kind that repeats a unit, as often as the scan lets tags pass."""

    def make(size: int) -> bytes:
        tags = unit.count("<") + close.count("<")
        times = min(size // (len(unit.encode()) + len(close)), MOST_TAGS // tags if tags else size)
        return page(unit * times + close * times)

    return make


def padded(before: str, after: str = "", text: str = "word ") -> Kind:
    """Return a kind with as many tags as pass, and text that fills the page between them."""

    def make(size: int) -> bytes:
        tags = max(1, (before + after).count("<"))
        times = min(size // 80, MOST_TAGS // tags)
        unit = before + text * max(1, (size // times - len(before + after)) // len(text)) + after
        return page(unit * times)

    return make


def numbered(unit: str) -> Kind:
    """Return a kind that repeats a unit with a number in it, so that no two are alike."""

    def make(size: int) -> bytes:
        times = min(size // (len(unit) + 4), MOST_TAGS // max(1, unit.count("<")))
        return page("".join(unit.replace("#", str(n)) for n in range(times)))

    return make


def within(before: str, unit: str, after: str) -> Kind:
    """Return a kind that holds one long run of a unit in one place of the page."""

    def make(size: int) -> bytes:
        return page(before + unit * (size // len(unit.encode("utf-8", "surrogatepass"))) + after)

    return make


def in_head(before: str, unit: str, after: str) -> Kind:
    """Return a kind with one long run of a unit in the head of the page."""

    def make(size: int) -> bytes:
        return page("", before + unit * (size // len(unit.encode())) + after)

    return make


def nested(tag: str, *, inner: str = "") -> Kind:
    """Return a kind nested as deep as the scan lets pass, again and again."""
    most = MAX_DEPTH - 20

    def make(size: int) -> bytes:
        name = tag.partition(" ")[0]
        each = len(tag) + len(name) + len(inner) + 5
        deep = min(most, size // each)
        one = f"<{tag}>{inner}" * deep + f"</{name}>" * deep
        tags = deep * (2 + inner.count("<"))
        return page(one * max(1, min(size // (each * deep), MOST_TAGS // tags)))

    return make


def attributes(tag: str, most: int = MAX_ATTRIBUTES - 2) -> Kind:
    """Return a kind with tags of as many attributes as pass."""

    def make(size: int) -> bytes:
        one = f"<{tag} " + " ".join(f"a{n}=1" for n in range(most)) + f">x</{tag}>"
        return page(one * max(1, size // len(one)))

    return make


def json_ld(text: Callable[[int], str]) -> Kind:
    """Return a kind with one large script of JSON-LD."""
    return lambda size: page("", f'<script type="application/ld+json">{text(size)}</script>')


def many_json_ld(unit: str) -> Kind:
    """Return a kind with as many scripts of JSON-LD as pass."""
    return numbered(f'<script type="application/ld+json">{unit}</script>')


def _list_of(unit: str) -> Callable[[int], str]:
    return lambda size: "[" + ",".join([unit] * (size // (len(unit) + 1))) + "]"


def _graph(size: int) -> str:
    times = size // 120
    nodes = [
        {"@type": "NewsArticle", "@id": f"#{n}", "mainEntity": {"@id": f"#{(n + 1) % times}"}}
        for n in range(times)
    ]
    return json.dumps({"@graph": nodes})


def _long(key: str, unit: str) -> Callable[[int], str]:
    return lambda size: (
        f'{{"@type":"NewsArticle","headline":"The bridge","{key}":"{unit * (size // len(unit))}"}}'
    )


def _encoded(codec: str, mark: bytes = b"") -> Kind:
    return lambda size: mark + page(TEXT * (size // len(TEXT) // 2)).decode().encode(codec)


def _labelled(label: str, unit: bytes) -> Kind:
    head = f"<html><head><meta charset={label}><title>T</title></head><body><h1>Bridge</h1><p>"
    return lambda size: head.encode() + unit * (size // len(unit)) + b"</p></body></html>"


def _cells(size: int) -> bytes:
    row = "<tr>" + "<td>word word" * 50
    return page("<table>" * 40 + row * min(size // len(row), MOST_TAGS // 60))


KINDS: dict[str, Kind] = {
    # Nesting
    **{f"nested {tag}": nested(tag) for tag in ("div", "section", "ul", "blockquote", "span", "q")},
    "nested li": nested("ul", inner="<li>"),
    "nested cells": nested("table", inner="<tr><td>"),
    "nested svg": nested("g"),
    "nested svg in svg": nested("svg"),
    "nested math": nested("mrow"),
    "nested template": nested("template"),
    "nested figure": nested("figure", inner="<figcaption>x"),
    "nested divs with text": nested("div", inner="word word word "),
    "nested divs with links": nested("div", inner="<a href=/a/b>A headline of some words</a>"),
    "nested divs with dates": nested("div class=date", inner="1 May 2025 "),
    "nested hidden": nested("div hidden"),
    "nested article": nested("article", inner="<p>Some text of the page."),
    # Tags out of order
    "misnested": repeated("<b><i></b>x</i>"),
    "misnested blocks": repeated("<b><p>x</b><div></p>y</div>"),
    "misnested links": repeated("<a href=1><div><a href=2></div>"),
    "open tables": repeated("<table><tr>x", "</table>"),
    "open selects": repeated("<select><option>x<optgroup>"),
    "open templates": repeated("<template><td>", "</template>"),
    "open svg": repeated("<svg><p>x<desc><div>", "</svg>"),
    "open math": repeated("<math><mi><p>x", "</math>"),
    "foster parents": _cells,
    "frames and forms": repeated("<form><frameset><body a=1><html b=2></form>"),
    "stray ends": repeated("</p></br></div></b></table>"),
    "comments": repeated("<!-- x --!><!>"),
    "open comment": within("<!--", "x ", ""),
    "open title": within("<title>", "x ", ""),
    "open textarea": within("<textarea>", "x", ""),
    "plaintext": within("<plaintext>", "x &amp; ", ""),
    "cdata": repeated("<![CDATA[x]]>"),
    # Many of one kind
    "links": repeated("<a href=1>x</a>"),
    "links of words": numbered("<a href=/news/#>A headline of some # words</a> "),
    "links in items": numbered("<li><a href=/2025/01/#>The mayor said # things</a></li>"),
    "links in headings": numbered("<h3><a href=/news/x-#>The mayor said # things</a></h3>"),
    "links alike": repeated("<a href=/news/the-bridge>The mayor said things again</a>"),
    "cards": numbered(
        "<div class=card><a href=/n/#><img src=/i/#></a><h3><a href=/n/#>The mayor # said</a></h3>"
        "<time>1 May 2025</time><span class=tag>News</span></div>"
    ),
    "lists with headings": numbered("<h2>List #</h2><ul><li><a href=/x/y-#>Mayor said #</a></ul>"),
    "paragraphs": repeated("<p>x"),
    "paragraphs of words": padded("<p>", "</p>"),
    "paragraphs with links": numbered("<p>Read also: <a href=/x/#>The mayor said # things</a></p>"),
    "breaks": repeated("<br>"),
    "breaks with text": repeated("Some words of a page. <br>"),
    "items": repeated("<li>x"),
    "times": repeated("<time datetime=2025-01-01>1 May 2025</time>"),
    "metas": repeated("<meta name=author content='Ann Lee'>"),
    "metas of dates": repeated("<meta property=article:published_time content=2025-01-01>"),
    "metas of tags": numbered("<meta property=article:tag content='Tag #'>"),
    "headings": numbered("<h1>The bridge is closed #</h1>"),
    "titles": repeated("<title>x</title>"),
    "figures": numbered("<figure><img src=/#.jpg><figcaption>The bridge. Photo: Ann</figcaption>"),
    "images": numbered("<img src=/#.jpg alt='The bridge #'>"),
    "sources": repeated("<picture><source srcset='a.jpg 1x, b.jpg 2x'>"),
    "bylines": numbered("<p class=byline>By <a rel=author href=/author/#>Ann Lee #</a></p>"),
    "author boxes": repeated("<span class=author>Ann Lee and Bob Ray</span>"),
    "dates": repeated("<span class=date>1 May 2025 10:00</span>"),
    "tags": numbered("<a rel=tag href=/tag/#>Tag #</a>"),
    "crumbs": numbered("<ol class=breadcrumb><li><a href=/s/#>Section #</a></ol>"),
    "editions": numbered("<link rel=alternate hreflang=be href=/be/#>"),
    "canonicals": numbered("<link rel=canonical href=/be/#>"),
    "bases": repeated("<base href=http://a.example/>"),
    "paywalls": repeated("<div class=paywall>Subscribe to read on. Already a subscriber?</div>"),
    "scripts": repeated("<script>x</script>"),
    "styles": repeated("<style>a{}</style>"),
    "iframes": repeated("<iframe src=/x></iframe>"),
    "inputs": repeated("<input type=password name=x>"),
    "buttons": repeated("<button>x</button>"),
    "custom tags": numbered("<x-#>word</x-#>"),
    "classes": numbered("<div class='c# d# story'>word # word</div>"),
    "hidden": repeated("<div style='display: none' hidden>x</div>"),
    "microdata": repeated(
        "<div itemscope itemtype=http://schema.org/NewsArticle><span itemprop=headline>x</span>"
    ),
    # Attributes
    "attributes": attributes("p"),
    "attributes of links": attributes("a"),
    "attributes of meta": attributes("meta"),
    "a long class": within("<div class='", "article-body story ", "'>text</div>"),
    "a long id": within("<div id='", "x", "'>text</div>"),
    "a long style": within("<div style='", "display : ", "'>text</div>"),
    "a long address": within("<a href='/", "a/", "'>The mayor said some things</a>"),
    "an address of points": within("<a href='/", "../", "'>The mayor said some things</a>"),
    "a long base": in_head("<base href='http://a.example/", "x/", "'>"),
    "a data address": within("<img src='data:image/png;base64,", "AAAA", "'>"),
    "a long srcset": within("<img srcset='", "a.jpg 1x, ", "'>"),
    "a long alt": within("<figure><img src=a.jpg alt='", "word ", "'></figure>"),
    # Text
    "a long word": within("<p>", "x", "</p>"),
    "a long paragraph": within("<p>", TEXT, "</p>"),
    "loose text": within("", TEXT, ""),
    "chinese": within("<p>", "桥梁关闭。", "</p>"),
    "entities": within("<p>", "&amp;", "</p>"),
    "named entities": within("<p>", "&CounterClockwiseContourIntegral;", "</p>"),
    "surrogates by entity": within("<p>", "&#xD800;&#xDFFF;", "</p>"),
    "controls by entity": within("<p>", "a&#0;&#1;&#x80;&#x202e;", "</p>"),
    "bad entities": within("<p>", "&#99999999999;&x", "</p>"),
    "nuls": within("<p>", "a\0", "</p>"),
    "bidi and zero width": within("<p>", "a\u202e\u200b\u2066", "</p>"),
    "combining marks": within("<p>", "\u0300", "</p>"),
    "composed at length": within("<p>", "\ufdfa", "</p>"),
    "marks out of order": within("<p>", "\u0315\u0300", "</p>"),
    "spaces": within("<p>a", " ", "b</p>"),
    "lines": within("<p>a", "\n", "b</p>"),
    "hard spaces": within("<p>a", "\u00a0", "b</p>"),
    # Charsets
    "utf-16": _encoded("utf-16-le", b"\xff\xfe"),
    "utf-16 without mark": _encoded("utf-16-le"),
    "utf-32": _encoded("utf-32"),
    "many marks": within("<p>", "\ufeff", "</p>"),
    "utf-7": _labelled("utf-7", b"+ADw-script+AD4-"),
    "cut utf-8": _labelled("utf-8", b"\xe4\xbd a"),
    "not utf-8": _labelled("utf-8", b"\xff\xfe\xfd"),
    "no codec": _labelled("zlib", b"x\x9c"),
    "iso-2022-jp": _labelled("iso-2022-jp", b"\x1b$B0!\x1b(B"),
    "gb18030": _labelled("gb18030", b"\x81\x30\x81\x30"),
    "unlabelled": _labelled("", b"\xcf\xf0\xe8\xe2\xe5\xf2 "),
    # JSON-LD
    "json: lists": json_ld(lambda size: "[" * size),
    "json: closed lists": json_ld(lambda size: "[" * (size // 2) + "]" * (size // 2)),
    "json: objects in objects": json_ld(lambda size: '{"a":' * (size // 5)),
    "json: deep graph": json_ld(lambda n: '{"@graph":[' * 300 + "{}" + "]}" * 300 + " " * n),
    "json: objects": json_ld(_list_of('{"@type":"Thing","name":"x"}')),
    "json: articles": json_ld(_list_of('{"@type":"NewsArticle","headline":"The bridge is shut"}')),
    "json: empty objects": json_ld(_list_of("{}")),
    "json: circles": json_ld(_graph),
    "json: numbers": json_ld(lambda n: '{"@type":"NewsArticle","datePublished":' + "9" * n + "}"),
    "json: infinities": json_ld(_list_of('{"@type":"NewsArticle","author":[NaN,1e999,-1e999]}')),
    "json: surrogates": json_ld(_long("headline", "\\ud800")),
    "json: controls": json_ld(_long("headline", "\\u0000\\u202e")),
    "json: authors": json_ld(
        lambda n: '{"@type":"NewsArticle","author":[' + '{"name":"Ann Lee"},' * (n // 19) + "1]}"
    ),
    "json: keywords": json_ld(_long("keywords", "a b,")),
    "json: body": json_ld(_long("articleBody", TEXT)),
    "json: commas": json_ld(lambda size: '{"a":1' + "," * size + "}"),
    "json: spaced commas": json_ld(lambda size: '{"a":1,' + " " * size + "x}"),
    "json: comments": json_ld(lambda size: "/*" * (size // 2) + "{}"),
    "json: slashes": json_ld(lambda size: "// " * (size // 3) + "{}"),
    "json: spaces": json_ld(lambda size: "{" + " " * size),
    "json: escapes": json_ld(_long("headline", "\\x")),
    "json: openings": json_ld(lambda size: "{ [ " * (size // 4)),
    "json: values in a row": json_ld(lambda size: "{}" * (size // 2)),
    "json: broken values": json_ld(lambda size: '{"a":1}{"b"' * (size // 11)),
    "json: many scripts": many_json_ld('{"@type":"NewsArticle","headline":"The bridge #"}'),
    "json: many broken": many_json_ld('{"@type":"NewsArticle",,}'),
    "json: entities": json_ld(_long("headline", "&amp;amp;")),
    "json: tags": json_ld(_long("description", "<b ")),
}


def _nested_too_deep(size: int) -> bytes:
    return page("<div>" * max(MAX_DEPTH + 100, size // 5))


REFUSED: dict[str, Kind] = {
    "a million links": lambda size: page("<a href=1>x</a>" * 1_000_000),
    "a million tags": lambda size: page("<p>" * 1_000_000),
    "attributes by the hundred thousand": lambda size: page(
        "<p " + " ".join(f"a{n}" for n in range(200_000)) + ">"
    ),
    "attributes of one name": lambda size: page("<p " + "a " * 200_000 + ">"),
    "deep": _nested_too_deep,
    "deep utf-16": lambda size: b"\xff\xfe" + _nested_too_deep(size).decode().encode("utf-16-le"),
    "deep utf-16, big end first": lambda size: (
        b"\xfe\xff" + _nested_too_deep(size).decode().encode("utf-16-be")
    ),
    "deep iso-2022-jp": lambda size: (
        b"<meta charset=iso-2022-jp><h1>x</h1>" + b"<\x1b(Bdiv>" * (MAX_DEPTH + 100)
    ),
    "formatting left open": lambda size: page(
        "".join(f"<p><font a={n}>x</p>" for n in range(2_000))
    ),
}

PLACES: dict[str, tuple[str, str]] = {
    "title": ("<title>", "</title>"),
    "headline": ("<h1>", "</h1>"),
    "paragraph": ("<p>", "</p>"),
    "loose": ("<div>", "</div>"),
    "byline": ("<p class=byline>", "</p>"),
    "author": ("<a rel=author href=/author/a>", "</a>"),
    "date": ("<span class=date>", "</span>"),
    "time": ("<time datetime='", "'>x</time>"),
    "meta author": ("<meta name=author content='", "'>"),
    "meta date": ("<meta property=article:published_time content='", "'>"),
    "meta title": ("<meta property=og:title content='", "'>"),
    "keywords": ("<meta name=keywords content='", "'>"),
    "link": ("<h3><a href=/news/the-bridge>", "</a></h3>"),
    "address": ("<h3><a href='/", "'>The mayor said some things</a></h3>"),
    "list name": ("<h2>", "</h2><ul><li><a href=/x/y-1>The mayor said</a></ul>"),
    "card": ("<div class=card><a href=/n/1>The mayor said</a>", "</div>"),
    "caption": ("<figure><img src=a.jpg><figcaption>", "</figcaption></figure>"),
    "section": ("<meta property=article:section content='", "'>"),
    "paywall": ("<div class=paywall>", "</div>"),
    "json": ('<script type="application/ld+json">', "</script>"),
    "json headline": (
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"',
        '"}</script>',
    ),
    "json author": (
        '<script type="application/ld+json">{"@type":"NewsArticle","author":"',
        '"}</script>',
    ),
    "json date": (
        '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"',
        '"}</script>',
    ),
}
BAITS = (
    *" \n\u00a0", "1", "1 ", "1.", "1:", "1/", "12-", "2025 ", "2025-01-01 ", "a", "a ", "A ",
    "Aa ", "A. ", "a,", "A, ", ",", ", ", ".", ". ", "-", "- ", "—", " — ", "|", " | ", "()",
    *"/:;()[{«_@#%©$", "“ ", "&", "&amp;", "By ", "by A ", "and ", "Aug ", "1 Aug ",
    "1 May 2025 ", "10:00 ",
    "MINSK, ", "MINSK (", "(AP) ", "Ann Lee ", "Ann Lee, ", "ан ", "я", "桥", "年", "٣", "ไ", "é",
    "e\u0301", "http://", "www.", "+1", "T",
)  # fmt: skip


def baits(size: int) -> Iterator[tuple[str, bytes]]:
    """Yield pages with a long run of one kind of character in each place that a reader reads."""
    for place, (before, after) in PLACES.items():
        for bait in BAITS:
            run = bait * (size // len(bait.encode()))
            yield f"{place}: {bait!r}", page(before + run + "!" + after)
