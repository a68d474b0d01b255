"""Pages of the shape that Pozirk's have, rendered in many markups from one content."""

import html
from dataclasses import dataclass, field
from random import Random

from archive.items import Access, Headline

PAGE = "https://pozirk.online/{edition}/news/100200/"


@dataclass(frozen=True)
class Entry:
    labels: tuple[str, ...]
    title: str | None
    is_locked: bool
    number: int = 0

    def headline(self, edition: str) -> Headline:
        url = None if self.is_locked else f"https://pozirk.online/{edition}/news/{self.number}/"
        access = Access.LOCKED if self.is_locked else None
        return Headline(self.title, url, self.labels, access)


@dataclass(frozen=True)
class Content:
    edition: str
    title: str
    dateline: str
    paragraphs: tuple[str, ...]
    notice: str
    entries: tuple[Entry, ...] = field(default=())

    @property
    def url(self) -> str:
        return PAGE.format(edition=self.edition)


def _entries(sections: tuple[str, ...], titles: tuple[str, ...]) -> tuple[Entry, ...]:
    first, second, third, fourth = sections
    labels = ((first,), (first, second), (third,), (fourth, first), (first,), (fourth,))
    return tuple(
        Entry(labels[at % len(labels)], title, at not in (3, 5, 6, 8), 100100 + at)
        for at, title in enumerate(titles)
    )


ENGLISH = Content(
    "en",
    "Lake district council publishes long-awaited water report",
    "August 13, Pozirk.",
    (
        "The council of the lake district has published its report on the state of the water.",
        "The report was put off twice, the second time without an explanation, its authors say.",
        "“We measured every week and kept every sample,” said the head of the laboratory.",
        "It names four factories whose filters had not been changed since the spring of 2019.",
        "Two of the four replied to questions; the others did not answer by the time of writing.",
        "According to the report, nearly 1,180 households draw their water from the lake itself.",
        "Prices for filters rose by a third during the summer, traders at the market say.",
        "The council wants to vote on new rules before the first snow.",
        "Opponents of the rules say that they would cost 40 jobs in the harbour alone.",
        "A similar plan failed seven years ago after a night of debate.",
        "This time the majority seems safe, members of all three groups said.",
        "The measurements go on, and the next report is due in the autumn.",
        "The harbour stays open until then.",
    ),
    "The material is available only to POZIRK+",
    _entries(
        ("Politics", "Security", "Economy", "Society"),
        (
            "District adds eleven more names to list of closed wells",
            "Nine more wells recognized as closed for good",
            "Harbour ministry brands old ferry as a danger to swimmers",
            "Bridge across the narrow strait opens after a year of repairs",
            "Mayor calls for a new meeting on the crimes of the river pirates",
            "Fishermen ask court to look at their case again",
            "Trade grows along the northern shore, deficit widens sharply",
            "Lighthouse keeper expelled from guild after refusing to dim the light",
            "Ferry fares rise for the second time in a year",
            "Over four thousand boats counted since the storm – activist",
            "Helper of the recently pardoned sailors moves to another port",
            "Capital blocks website that listed the owners of yachts",
            "Railway cancels trains from the coast after crash at sea",
            "Region adds jobs in August",
            "Top sailor claims that the west wind is being monopolized",
            "Neighbour de facto dissolves joint commission on fog",
            "Admirals expand their campaign to justify the war on seagulls",
            "Reprisals: award-winning accordion teachers leave the orchestra",
            "Governor offers partnership to islands, including cooperation on tides",
            "Museum of nets reopens its doors",
        ),
    ),
)
BELARUSIAN = Content(
    "be",
    "Рада азёрнага краю апублікавала справаздачу пра ваду",
    "13 жніўня, Позірк.",
    (
        "Рада азёрнага краю апублікавала доўгачаканую справаздачу пра стан вады ў возеры.",
        "Справаздачу двойчы адкладалі, другі раз без тлумачэння, кажуць яе аўтары ў размове.",
        "«Мы вымяралі кожны тыдзень і захоўвалі кожную пробу», — сказала загадчыца лабараторыі.",
        "У ёй названыя чатыры прадпрыемствы, дзе фільтры не мянялі з вясны 2019 года.",
        "Два з чатырох адказалі на пытанні, астатнія не адказалі да моманту публікацыі.",
        "Паводле справаздачы, каля 1180 гаспадарак бяруць ваду наўпрост з возера.",
    ),
    "Матэрыял даступны толькі для POZIRK+",
    _entries(
        ("Палітыка", "Бяспека", "Эканоміка", "Грамадства"),
        (
            "Раён дадаў яшчэ адзінаццаць калодзежаў у спіс зачыненых",
            "Яшчэ дзевяць калодзежаў прызнаныя зачыненымі назаўсёды",
            "Міністэрства гавані назвала стары паром небяспечным для плыўцоў",
            "Мост праз вузкі праліў адкрыўся пасля года рамонту",
            "Мэр заклікае правесці новую сустрэчу пра рачных піратаў",
            "Рыбакі просяць суд яшчэ раз разгледзець іх справу",
            "Гандаль на паўночным беразе расце, дэфіцыт павялічваецца",
            "Наглядчыка маяка выключылі з гільдыі за яркае святло",
            "Праезд на пароме падаражэў другі раз за год",
            "Музей сетак зноў адчыніў дзверы для наведнікаў",
        ),
    ),
)
RUSSIAN = Content(
    "ru",
    "Совет озёрного края опубликовал отчёт о воде",
    "13 августа, Позірк.",
    (
        "Совет озёрного края опубликовал долгожданный отчёт о состоянии воды в озере.",
        "Отчёт дважды откладывали, во второй раз без объяснений, говорят его авторы.",
        "«Мы измеряли каждую неделю и хранили каждую пробу», — сказала глава лаборатории.",
        "В нём названы четыре предприятия, где фильтры не меняли с весны 2019 года.",
        "Два из четырёх ответили на вопросы, остальные не ответили к моменту публикации.",
        "Согласно отчёту, около 1180 хозяйств берут воду прямо из озера.",
    ),
    "Материал доступен только для POZIRK+",
    _entries(
        ("Политика", "Безопасность", "Экономика", "Общество"),
        (
            "Район добавил ещё одиннадцать колодцев в список закрытых",
            "Ещё девять колодцев признаны закрытыми навсегда",
            "Министерство гавани назвало старый паром опасным для пловцов",
            "Мост через узкий пролив открылся после года ремонта",
            "Мэр призывает провести новую встречу о речных пиратах",
            "Рыбаки просят суд ещё раз рассмотреть их дело",
            "Торговля на северном берегу растёт, дефицит увеличивается",
            "Смотрителя маяка исключили из гильдии за яркий свет",
            "Проезд на пароме подорожал второй раз за год",
            "Музей сетей снова открыл двери для посетителей",
        ),
    ),
)
EDITIONS = (ENGLISH, BELARUSIAN, RUSSIAN)

WRAPPERS = (
    ("ul", "li"),
    ("ol", "li"),
    ("div", "div"),
    ("div", "article"),
    ("section", "div"),
    ("news-list", "news-item"),
)
LABEL_TAGS = ("span", "div", "p", "b", "em", "small", "strong")
TITLE_TAGS = ("span", "div", "h2", "h3", "h4", "p", "strong", "button")
NOTICE_TAGS = ("span", "div", "p", "small", "i", "button", "a")
NAMES = {
    "plain": ("", "", "", ""),
    "words": ("news-item", "category", "title", "paid-notice"),
    "utility": ("flex mb-2 gap-4", "text-xs uppercase", "font-bold text-lg", "text-sm mt-1"),
    "hashed": ("css-1a2b3c", "css-9f8e7d", "css-aa11bb", "css-zz99yy"),
}
ORDERS = (
    ("label", "title", "notice"),
    ("label", "notice", "title"),
    ("title", "label", "notice"),
    ("notice", "label", "title"),
)


@dataclass(frozen=True)
class Style:
    """One way to mark the same page up."""

    wrapper: tuple[str, str]
    label_tag: str
    title_tag: str
    notice_tag: str
    names: str
    order: tuple[str, str, str]
    space: str
    splits_labels: bool
    links_whole: bool
    nests: bool
    heading: str | None
    is_aside: bool
    is_table: bool
    label_join: str
    locked_class: str
    row_classes: bool
    joins: str
    hollow_link: str | None
    extra: str
    comes_first: bool


def any_style(random: Random) -> Style:
    choose = random.choice
    return Style(
        wrapper=choose(WRAPPERS),
        label_tag=choose(LABEL_TAGS),
        title_tag=choose(TITLE_TAGS),
        notice_tag=choose(NOTICE_TAGS),
        names=choose(sorted(NAMES)),
        order=choose(ORDERS),
        space=choose(("", "\n      ")),
        splits_labels=choose((False, False, True)),
        links_whole=choose((False, True)),
        nests=choose((False, True)),
        heading=choose((None, "h2", "h3")),
        is_aside=choose((False, True)),
        is_table=choose((False, False, False, True)),
        label_join=choose(("", ", ", " / ")),
        locked_class=choose(("", " locked", " is-paid")),
        row_classes=choose((False, True)),
        joins=choose(("apart", "apart", "label-in-title", "notice-in-title")),
        hollow_link=choose((None, None, "", "#", "javascript:void(0)")),
        extra=choose(("", "<!-- entry -->", '<img src="/i.jpg" alt="">', "<svg><path/></svg>")),
        comes_first=choose((False, False, True)),
    )


def render(content: Content, style: Style) -> str:
    """Return the page as HTML."""
    text = html.escape
    first, *others = content.paragraphs
    body = style.space.join(
        f"<p>{text(paragraph)}</p>" for paragraph in (f"{content.dateline} {first}", *others)
    )
    entries = style.space.join(_entry(entry, content, style) for entry in content.entries)
    outer = style.wrapper[0]
    listed = f"<{outer}>{entries}</{outer}>"
    if style.is_table:
        listed = f"<table><tbody>{entries}</tbody></table>"
    if style.heading:
        listed = f"<{style.heading}>Latest</{style.heading}>{style.space}{listed}"
    block = f"<aside>{listed}</aside>" if style.is_aside else f"<div>{listed}</div>"
    menu = "".join(
        f'<a href="/{content.edition}/{name}/">{name}</a>' for name in ("politics", "economy")
    )
    before, after = (block, "") if style.comes_first else ("", block)
    return (
        f'<!doctype html><html lang="{content.edition}"><head><meta charset="utf-8">'
        f"<title>{text(content.title)} - Pozirk</title></head><body><nav>{menu}</nav>"
        f"<main>{before}<article><h1>{text(content.title)}</h1>{style.space}<div>{body}</div>"
        f"</article>{style.space}{after}</main><footer><p>© Pozirk</p></footer></body></html>"
    )


def _entry(entry: Entry, content: Content, style: Style) -> str:
    parts = _parts(entry, content, style)
    if style.is_table:
        cells = "".join(f"<td>{parts[name]}</td>" for name in style.order)
        return f"<tr>{cells}</tr>"
    inside = style.extra + style.space.join(parts[name] for name in style.order if parts[name])
    if style.nests:
        inside = f"<div>{inside}</div>"
    name = NAMES[style.names][0]
    if style.row_classes:
        name += " odd" if entry.number % 2 else " even"
    if entry.is_locked:
        name += style.locked_class
    return _tag(style.wrapper[1], name.strip(), inside)


def _parts(entry: Entry, content: Content, style: Style) -> dict[str, str]:
    """Return the mark-up of the entry's label, title and notice, "" for what it has not."""
    _, label, title, notice = NAMES[style.names]
    labels = _labels(entry, style, label)
    printed = html.escape(entry.title or "")
    told = _notice(content, style, notice) if entry.is_locked else ""
    shown = _linked(printed, entry, content, style)
    if style.joins == "label-in-title":
        return {"label": "", "title": _tag("div", title, labels + shown), "notice": told}
    if style.joins == "notice-in-title":
        return {"label": labels, "title": _tag("div", title, shown + told), "notice": ""}
    if not entry.is_locked and style.links_whole:
        whole = _tag(style.title_tag, title, printed)
        return {"label": labels, "title": _link(whole, entry, content), "notice": told}
    return {"label": labels, "title": _tag(style.title_tag, title, shown), "notice": told}


def _linked(printed: str, entry: Entry, content: Content, style: Style) -> str:
    if not entry.is_locked:
        return _link(printed, entry, content)
    if style.hollow_link is None or style.title_tag == "button":
        return printed
    return (
        f'<a href="{style.hollow_link}">{printed}</a>' if style.hollow_link else f"<a>{printed}</a>"
    )


def _link(inside: str, entry: Entry, content: Content) -> str:
    return f'<a href="/{content.edition}/news/{entry.number}/">{inside}</a>'


def _labels(entry: Entry, style: Style, name: str) -> str:
    if style.splits_labels:
        each = (_tag(style.label_tag, name, html.escape(one)) for one in entry.labels)
        return style.label_join.join(each)
    return _tag(style.label_tag, name, html.escape(", ".join(entry.labels)))


def _notice(content: Content, style: Style, name: str) -> str:
    if style.notice_tag == "a":
        return f'<a href="/{content.edition}/plus/" class="{name}">{content.notice}</a>'
    return _tag(style.notice_tag, name, content.notice)


def _tag(tag: str, name: str, inside: str) -> str:
    return f'<{tag} class="{name}">{inside}</{tag}>' if name else f"<{tag}>{inside}</{tag}>"
