"""The pages of the sample site as HTML."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from crawler.demo.content import Language, Story, languages, template

PER_PAGE = 3
LATEST = 8
RELATED = 6
MOST_READ = 5


class Html(str):
    """Text that is HTML already and is not escaped again."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """One language of an edition: its stories, newest first, and their twins elsewhere.

    ``twins`` gives the path of the same story in the other language, by name; ``base`` is
    the address that the site is served at, without a slash at its end.
    """

    language: Language
    stories: tuple[Story, ...]
    twins: dict[str, str]
    base: str

    @property
    def other(self) -> Language:
        """The other language of the site."""
        return next(found for found in languages().values() if found is not self.language)


def front(paper: Paper) -> str:
    """Return the front page: the latest stories, and the newest of each section."""
    words, sections = paper.language.words, paper.language.sections
    lists = [_list(paper, words["latest"], paper.stories[:LATEST])]
    for key, section in sections.items():
        lists.append(_list(paper, section.name, in_section(paper.stories, key)[:2]))
    links = _alternates(paper, paper.language.home, paper.other.home)
    return _shell(paper, words["motto"], _html(lists), head=links, other=paper.other.home)


def listing(paper: Paper, title: str, path: str, number: int, shown: Sequence[Story]) -> str:
    """Return one page of a paginated list of stories."""
    start = (number - 1) * PER_PAGE
    page = _list(paper, title, shown[start : start + PER_PAGE])
    main = _html([Html(f"<h1>{escape(title)}</h1>"), page, _pager(paper, path, number, len(shown))])
    return _shell(paper, title, main)


def article(paper: Paper, story: Story) -> str:
    """Return the page of a story, with its list of related headlines."""
    section = paper.language.sections[story.section]
    words = paper.language.words
    main = _fill(
        f"{story.language}/article.html",
        title=story.title,
        section=section.name,
        section_path=section.path,
        authors=", ".join(story.authors),
        published=paper.language.printed(story.published),
        published_iso=story.published.isoformat(),
        updated=_updated(paper, story),
        paragraphs=_text(paper, story),
        offer=_offer(paper, story),
        tags_title=words["tags"],
        tags=_html(_fill(f"{story.language}/tag.html", tag=tag) for tag in story.tags),
        related_title=words["related"],
        related=_html(_related_headline(paper, other) for other in related(paper, story)),
    )
    return _shell(paper, story.title, main, head=_head(paper, story), other=_twin(paper, story))


def plain(paper: Paper, title: str, text: str) -> str:
    """Return a page that is no article: a heading and a sentence."""
    return _shell(paper, title, Html(f"<h1>{escape(title)}</h1>\n<p>{escape(text)}</p>"))


def in_section(stories: Iterable[Story], section: str) -> tuple[Story, ...]:
    """Return the stories of one section, in the order given."""
    return tuple(story for story in stories if story.section == section)


def related(paper: Paper, story: Story) -> list[Story]:
    """Return what is listed under a story: its own section first, then the newest."""
    others = [other for other in paper.stories if other is not story]
    return sorted(others, key=lambda other: other.section != story.section)[:RELATED]


def pages_of(stories: Sequence[Story]) -> int:
    """Return how many pages a list of the stories has."""
    return max(1, -(-len(stories) // PER_PAGE))


def page_path(path: str, number: int) -> str:
    """Return the path of one page of a paginated list.

    >>> page_path("/en/news/", 2)
    '/en/news/page/2/'
    """
    return path if number == 1 else f"{path}page/{number}/"


def _fill(name: str, **values: str) -> Html:
    escaped = {key: v if isinstance(v, Html) else escape(v) for key, v in values.items()}
    return Html(template(name).substitute(escaped))


def _html(parts: Iterable[str]) -> Html:
    return Html("\n".join(part for part in parts if part))


def _shell(paper: Paper, title: str, main: Html, head: str = "", other: str | None = None) -> str:
    language, words = paper.language, paper.language.words
    most_read = sorted(paper.stories, key=lambda story: -story.reads)[:MOST_READ]
    return _fill(
        f"{language.code}/shell.html",
        title=title,
        head=head,
        main=main,
        base=paper.base,
        feed=language.feed,
        style=Html(template("style.css").template),
        motto=words["motto"],
        menu=_menu(language),
        other=words["other"],
        other_path=other or paper.other.home,
        most_read_title=words["most_read"],
        most_read=_html(_headline(paper, story) for story in most_read),
        about=words["about"],
        about_path=language.about,
        about_text=words["about_text"],
    )


def _menu(language: Language) -> Html:
    words = language.words
    links = [(language.home, words["front"]), (language.news, words["all_news"])]
    links += [(section.path, section.name) for section in language.sections.values()]
    links += [(language.search, words["search"])]
    return _html(Html(f'<a href="{path}">{escape(name)}</a>') for path, name in links)


def _list(paper: Paper, heading: str, shown: Iterable[Story]) -> Html:
    entries = _html(_headline(paper, story) for story in shown)
    return _fill(f"{paper.language.code}/list.html", heading=heading, entries=entries)


def _related_headline(paper: Paper, story: Story) -> Html:
    # As on some real sites: what is locked is named here, and linked elsewhere.
    return _headline(paper, story, "unlinked" if story.locked else "entry")


def _headline(paper: Paper, story: Story, kind: str = "entry") -> Html:
    notice = paper.language.words["notice"]
    return _fill(
        f"{story.language}/{kind}.html",
        section=paper.language.sections[story.section].name,
        path=story.path,
        title=story.title,
        published=paper.language.printed(story.published),
        published_iso=story.published.isoformat(),
        notice=Html(f'<span class="notice">{escape(notice)}</span>') if story.locked else "",
    )


def _pager(paper: Paper, path: str, number: int, count: int) -> Html:
    words, links = paper.language.words, []
    if number > 1:
        links.append((page_path(path, number - 1), "prev", words["newer"]))
    if number * PER_PAGE < count:
        links.append((page_path(path, number + 1), "next", words["older"]))
    anchors = (f'<a rel="{rel}" href="{href}">{escape(name)}</a>' for href, rel, name in links)
    return Html(f'<p class="pager small">{" · ".join(anchors)}</p>' if links else "")


def _text(paper: Paper, story: Story) -> Html:
    first, *rest = [f"<p>{escape(text)}</p>" for text in story.visible]
    return _html([first, _see_also(paper, story), *rest])


def _see_also(paper: Paper, story: Story) -> Html:
    seen = [other for other in paper.stories if other.name == story.see and not story.locked]
    return _html(
        _fill(
            f"{story.language}/see.html",
            see_also=paper.language.words["see_also"],
            path=other.path,
            title=other.title,
        )
        for other in seen
    )


def _updated(paper: Paper, story: Story) -> Html:
    if story.modified is None:
        return Html()
    printed = escape(paper.language.printed(story.modified))
    stamp = f'<time datetime="{story.modified.isoformat()}">{printed}</time>'
    return Html(f" · {escape(paper.language.words['updated'])} {stamp}")


def _offer(paper: Paper, story: Story) -> Html:
    if not story.locked:
        return Html()
    return _fill(f"{story.language}/offer.html", notice=paper.language.words["notice"])


def _twin(paper: Paper, story: Story) -> str | None:
    return paper.twins.get(story.name)


def _head(paper: Paper, story: Story) -> Html:
    links = _alternates(paper, story.path, _twin(paper, story))
    if story.language == "en":
        return _html([links, _open_graph(paper, story), _json_ld(paper, story)])
    return _html(
        [links, Html(f'<meta name="description" content="{escape(story.paragraphs[0])}">')]
    )


def _alternates(paper: Paper, path: str, twin: str | None) -> Html:
    links = [f'<link rel="canonical" href="{escape(paper.base)}{path}">']
    if twin:
        pair = {paper.language.code: path, paper.other.code: twin}
        links += [
            f'<link rel="alternate" hreflang="{code}" href="{escape(paper.base)}{pair[code]}">'
            for code in languages()
        ]
    return _html(links)


def _open_graph(paper: Paper, story: Story) -> Html:
    properties = {
        "og:type": "article",
        "og:site_name": paper.language.words["agency"],
        "og:title": story.title,
        "og:url": paper.base + story.path,
        "og:description": story.paragraphs[0],
        "article:published_time": story.published.isoformat(),
    }
    return _html(
        f'<meta property="{key}" content="{escape(value)}">' for key, value in properties.items()
    )


def _json_ld(paper: Paper, story: Story) -> Html:
    record = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "url": paper.base + story.path,
        "mainEntityOfPage": paper.base + story.path,
        "datePublished": story.published.isoformat(),
        "dateModified": story.changed.isoformat(),
        "author": [{"@type": "Person", "name": name} for name in story.authors],
        "publisher": {"@type": "NewsMediaOrganization", "name": paper.language.words["agency"]},
        "articleSection": paper.language.sections[story.section].name,
        "keywords": list(story.tags),
        "inLanguage": story.language,
        "isAccessibleForFree": not story.locked,
    }
    text = json.dumps(record, ensure_ascii=False, indent=1).replace("<", "\\u003c")
    return Html(f'<script type="application/ld+json">\n{text}\n</script>')
