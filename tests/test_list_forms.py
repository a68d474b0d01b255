"""Forms that lists take on pages of many languages, and parts of pages that are no lists."""

import pytest

from archive.items import Access, HeadlineList
from tests.test_headlines import SENTENCE, lists

URL = "https://news.example/2026/11/22/old-ferry-stays-for-two-years.html"
TITLES = (
    "Lighthouse at Cape Stone shines again",
    "School bus stuck in snow for two hours",
    "What was left of the market in Reed",
    "New weir should protect the old town",
)


def href(at: int) -> str:
    return f"/2026/11/2{at}/what-the-keeper-said.html"


def page(inner: str) -> tuple[HeadlineList, ...]:
    paragraphs = f"<p>{SENTENCE * 2}</p>" * 3
    return lists(f"<main><article><h1>Ferry stays</h1>{paragraphs}</article></main>{inner}", URL)


def rows(form: str, *, at: int = 0, to: int = len(TITLES)) -> str:
    """Return entries of a form with ``{t}`` for a title, ``{h}`` its address, ``{n}`` a rank."""
    return "".join(
        f"<li>{form.format(t=TITLES[n], h=href(n), n=n + 1)}</li>" for n in range(at, to)
    )


def read(form: str, around: str = "{}") -> HeadlineList:
    [found] = page(around.format(f"<section><h3>More news</h3><ul>{rows(form)}</ul></section>"))
    assert [one.title for one in found.headlines] == list(TITLES)
    return found


PLAIN = '<a href="{h}">{t}</a>'


@pytest.mark.parametrize(
    "mark",
    [
        '<svg class="icon icon--lock"></svg>',
        "<svg><title>Subscriber content</title></svg>",
        '<svg aria-label="Article abonné"></svg>',
        '<svg><use xlink:href="/s.svg#paywall-icon"></use></svg>',
        '<i class="fa fa-lock"></i>',
        '<span class="padlock"></span>',
        '<span class="ico-premium"></span>',
        '<img src="/x.svg" alt="Låst artikel">',
        '<img src="/x.png" alt="Artykuł dla prenumeratorów">',
        '<img src="/i/fplus_badge.svg" alt="">',
        '<img src="/i/badge-premium.png?v=3">',
        '<span class="badge">+</span>',
        "<span>RZ+</span>",
        "<span>Толькі для падпісчыкаў</span>",
        "<span>Па падпісцы</span>",
        "<span>Лише для передплатників</span>",
        "<span>محتوى خاص بالمشتركين</span>",
        "<span>Sadece abonelere</span>",
        "<span>Só para assinantes</span>",
        "<span>Pouze pro předplatitele</span>",
        "<span>Article payant</span>",
        "<span>🔑</span>",
    ],
)
@pytest.mark.parametrize("form", [f"{PLAIN}%s", "%s" + PLAIN, '<a href="{h}">%s<b>{t}</b></a>'])
def test_a_lock_is_read_in_every_form(mark: str, form: str) -> None:
    assert {one.access for one in read(form % mark).headlines} == {Access.LOCKED}


@pytest.mark.parametrize(
    ("form", "access"),
    [
        ('<a href="{h}">🔑 {t}</a>', Access.LOCKED),
        ('<a href="{h}" aria-label="Articolo per abbonati: {t}">{t}</a>', Access.LOCKED),
        ("""<div data-item='{{"premium":true}}'><a href="{h}">{t}</a></div>""", Access.LOCKED),
        (
            """<div data-item='{{"access":"paid","n":1}}'><a href="{h}">{t}</a></div>""",
            Access.LOCKED,
        ),
        ('<div data-restricted="true"><a href="{h}">{t}</a></div>', Access.LOCKED),
        ("""<div data-item='{{"premium":false}}'><a href="{h}">{t}</a></div>""", None),
        ('<div data-restricted="false"><a href="{h}">{t}</a></div>', None),
        ('<div class="unlocked plus-size"><a href="{h}">{t}</a></div>', None),
        ('<a href="{h}" aria-label="Read: {t}">{t}</a><i class="icon-gplus"></i>', None),
    ],
)
def test_the_markup_of_an_entry_tells_whether_it_is_locked(
    form: str, access: Access | None
) -> None:
    assert {one.access for one in read(form).headlines} == {access}


@pytest.mark.parametrize(
    ("around", "access"),
    [
        ('<div class="premium-teasers">{}</div>', Access.LOCKED),
        ('<section class="paywall-list">{}</section>', Access.LOCKED),
        ('<div data-paywalled="true">{}</div>', Access.LOCKED),
        ('<div class="premium-articleRibbon">{}</div>', None),
        ('<div class="no-paywall">{}</div>', None),
        ('<main class="paid">{}</main>', None),
    ],
)
def test_what_is_around_a_list_may_lock_all_of_it(around: str, access: Access | None) -> None:
    assert {one.access for one in read(PLAIN, around).headlines} == {access}


@pytest.mark.parametrize(
    "printed",
    [
        "11月21日 14時20分",
        "21 novembre 2026",
        "Nov 22, 2026",
        "20. listopadu 2026 v 9:12",
        "2 uur geleden",
        "منذ ساعتين",
        "Publié à 10h30",
    ],
)
def test_a_time_in_a_link_is_no_part_of_the_title(printed: str) -> None:
    found = read(f'<a href="{{h}}"><span>{printed}</span><b>{{t}}</b></a>')

    assert {one.published for one in found.headlines} == {printed}


def test_a_time_set_off_at_the_end_of_a_link_is_no_part_of_the_title() -> None:
    found = read('<a href="{h}">{t} <em>2 uur geleden</em></a>')

    assert {one.published for one in found.headlines} == {"2 uur geleden"}


@pytest.mark.parametrize(
    "form",
    [
        '<a href="{h}"><em>{n}位</em>{t}</a>',
        '<a href="{h}"><b>第{n}位</b>{t}</a>',
        '<a href="{h}"><h4>{t}</h4></a><span>{n} min read</span>',
        '<a href="{h}"><h4>{t}</h4></a><span>1{n} comments</span>',
        '<a href="{h}"><span class="duration">1:0{n}</span><h4>{t}</h4></a>',
    ],
)
def test_ranks_counts_and_lengths_are_neither_titles_nor_times(form: str) -> None:
    found = read(form)

    assert not any(one.published or one.sections for one in found.headlines)


def test_a_larger_first_entry_belongs_to_the_list_under_its_heading() -> None:
    first = f'<article><a href="{href(0)}"><h3>{TITLES[0]}</h3></a><p>A few words.</p></article>'
    [found] = page(f"<section><h2>More news</h2>{first}<ul>{rows(PLAIN, at=1)}</ul></section>")

    assert [one.title for one in found.headlines] == list(TITLES)


def test_two_lists_without_a_heading_stay_apart() -> None:
    found = page(f"<div><ul>{rows(PLAIN, to=2)}</ul><ul>{rows(PLAIN, at=2)}</ul></div>")

    assert [len(one.headlines) for one in found] == [2, 2]


NO_LISTS: dict[str, tuple[str, dict[str, str]]] = {
    "legal pages": (
        "",
        {
            "/note/mentions-legales-et-credits-1": "Mentions légales et crédits du site",
            "/note/conditions-generales-de-vente-2": "Conditions générales de vente",
        },
    ),
    "a menu beside numbered articles": (
        "",
        {
            "/news/from-across-the-regions": "News from across the regions",
            "/sport/football-and-rugby-clubs": "Football and rugby from local clubs",
            "/life/food-travel-and-gardens": "Food, travel and garden ideas",
        },
    ),
    "vacancies": (
        "Stellenmarkt",
        {
            "/markt/bootsbauer-in-seefeld-55101": "Bootsbauer in Seefeld gesucht, Vollzeit",
            "/markt/koch-in-altdorf-gesucht-55102": "Koch für das Gasthaus in Altdorf",
        },
    ),
    "vacancies by their words": (
        "",
        {
            "/markt/bootsbauer-in-seefeld-55101": "Bootsbauer (m/w/d) in Seefeld gesucht",
            "/markt/koch-in-altdorf-gesucht-55102": "Koch (m/w/d) für das Gasthaus in Altdorf",
        },
    ),
    "a calendar": (
        "Upcoming events",
        {
            "/e/organ-concert-at-the-chapel-55012": "Organ concert at the harbour chapel",
            "/e/flea-market-on-old-quay-55013": "Flea market on the old quay",
        },
    ),
    "products": (
        "From our store",
        {
            "/e/item-55012-lighthouse-mug-blue": "Blue lighthouse mug, 350 ml</a> <b>£12.50</b><a>",
            "/e/item-55013-harbour-tea-towel": "Harbour tea towel, cotton</a> <b>£8.90</b><a>",
        },
    ),
    "questions": (
        "Veelgestelde vragen",
        {
            "/k/hoe-zeg-ik-mijn-krant-op-55012": "Hoe zeg ik mijn abonnement op?",
            "/k/hoe-wijzig-ik-mijn-adres-55013": "Hoe wijzig ik mijn bezorgadres?",
        },
    ),
    "help": (
        "Hilfe",
        {
            "/hilfe/wo-finde-ich-meine-rechnung-55012": "Wo finde ich meine Rechnung?",
            "/hilfe/zeitung-nicht-im-kasten-55013": "Die Zeitung lag nicht im Briefkasten",
        },
    ),
}


@pytest.mark.parametrize("kind", NO_LISTS)
def test_what_is_no_news_is_no_list(kind: str) -> None:
    heading, links = NO_LISTS[kind]
    shown = "".join(f'<li><a href="{to}">{text}</a></li>' for to, text in links.items())

    assert page(f"<div><h3>{heading}</h3><ul>{shown}</ul></div>") == ()


@pytest.mark.parametrize(
    "part", ['div role="navigation"', 'div role="contentinfo"', 'div class="crumbs"']
)
def test_a_part_of_a_page_may_say_that_it_is_a_menu(part: str) -> None:
    assert page(f"<{part}><ul>{rows(PLAIN)}</ul></div>") == ()


@pytest.mark.parametrize("heading", ["Vacancies in the council: what the town now does"])
def test_a_heading_with_a_word_of_offers_may_still_be_over_news(heading: str) -> None:
    [found] = page(f"<div><h3>{heading}</h3><ul>{rows(PLAIN)}</ul></div>")

    assert len(found.headlines) == len(TITLES)


def test_a_topic_that_legal_pages_share_is_a_topic() -> None:
    links = "".join(
        f'<li><a href="/artikel/datenschutz/was-der-bund-plant-{n}551.html">{title}</a></li>'
        for n, title in enumerate(
            (
                "Was der Bund beim Datenschutz plant, und wen es trifft",
                "Neue Regeln: Datenschutz wird in den Schulen zum Fach",
            )
        )
    )
    [found] = page(f"<div><h3>Mehr</h3><ul>{links}</ul></div>")

    assert len(found.headlines) == 2
