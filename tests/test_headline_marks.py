"""What stands beside a headline in a list: locks, kickers, times, calls and counts."""

import pytest

from archive.items import Access
from tests.test_headlines import TITLES, href, items, lists, only


@pytest.mark.parametrize(
    "mark",
    [
        '<svg><use href="#icon-lock"></use></svg>',
        '<svg id="icon-paywall"></svg>',
        '<span data-testid="premium-icon"></span>',
        '<span data-premium="true"></span>',
        "<span data-paywalled></span>",
        "<span>🔒</span>",
        '<img alt="Plus-Artikel" src="/a.jpg">',
    ],
)
@pytest.mark.parametrize("place", ["before", "inside"])
def test_an_icon_or_an_attribute_may_be_the_lock(mark: str, place: str) -> None:
    shown = items(f"{mark} ") if place == "before" else items(inside=mark + " {}")
    found = only(f"<h2>More news</h2><ul>{shown}</ul>")

    assert [one.title for one in found.headlines] == list(TITLES)
    assert {one.access for one in found.headlines} == {Access.LOCKED}
    assert not any(one.sections for one in found.headlines)


@pytest.mark.parametrize(
    ("attribute", "access"),
    [
        ('data-premium="true"', Access.LOCKED),
        ('data-is-paid="1"', Access.LOCKED),
        ('data-access="premium"', Access.LOCKED),
        ('data-teaser-type="plus"', Access.LOCKED),
        ('data-content-tier="locked"', Access.LOCKED),
        ('data-subscriber-only="yes"', Access.LOCKED),
        ('title="Nur für Abonnenten"', Access.LOCKED),
        ('data-premium="false"', None),
        ('data-paywall="0"', None),
        ('data-access="free"', None),
        ('data-not-premium="true"', None),
        ('data-track="plus-teaser"', None),
        ('class="no-paywall"', None),
        ('class="item not-premium"', None),
    ],
)
@pytest.mark.parametrize("tag", ["<li ", "<a "])
def test_attributes_of_an_entry_may_lock_it(
    tag: str, attribute: str, access: Access | None
) -> None:
    shown = items().replace('<li class="item"', "<li").replace("<li", "<li ")
    found = only(f"<h2>More news</h2><ul>{shown.replace(tag, f'{tag}{attribute} ')}</ul>")

    assert {one.access for one in found.headlines} == {access}


LOCKS = (
    "Subscribers only",
    "Members only",
    "Exklusiv für Abonnenten",
    "Bezahlartikel",
    "Article réservé aux abonnés",
    "Exclusivo para suscriptores",
    "Apenas para assinantes",
    "Riservato agli abbonati",
    "Alleen voor abonnees",
    "Endast för prenumeranter",
    "Kun for abonnenter",
    "Vain tilaajille",
    "Tylko dla prenumeratorów",
    "Pouze pro předplatitele",
    "Len pre predplatiteľov",
    "Csak előfizetőknek",
    "Doar pentru abonați",
    "Само за абонати",
    "Samo za pretplatnike",
    "Samo za naročnike",
    "Μόνο για συνδρομητές",
    "Sadece aboneler için",
    "للمشتركين فقط",
    "למנויים בלבד",
    "ویژه مشترکان",
    "有料会員限定",
    "付费内容",
    "會員專享",
    "구독자 전용",
    "สำหรับสมาชิก",
    "Dành cho thuê bao",
    "Khusus pelanggan",
    "Ainult tellijatele",
    "Tikai abonentiem",
    "Tik prenumeratoriams",
    "Только для подписчиков",
    "Тільки для передплатників",
    "Толькі для падпісчыкаў",
)


@pytest.mark.parametrize("words", LOCKS)
def test_a_lock_is_read_in_many_languages(words: str) -> None:
    beside = only(f"<h2>More news</h2><ul>{items(f'<span>{words}</span>')}</ul>")
    over = only(f"<h2>{words}</h2><ul>{items()}</ul>")

    for found in (beside, over):
        assert {one.access for one in found.headlines} == {Access.LOCKED}
        assert [one.title for one in found.headlines] == list(TITLES)
        assert not any(one.sections for one in found.headlines)


def test_a_headline_about_subscribers_stays_a_headline() -> None:
    titles = ("Ferry wins back its subscribers in May", *TITLES[1:])
    shown = "".join(
        f'<li><a href="{href(at)}"><img alt="{one}">{one}</a></li>' for at, one in enumerate(titles)
    )

    found = only(f"<h2>More news</h2><ul>{shown}</ul>")

    assert [one.title for one in found.headlines] == list(titles)
    assert {one.access for one in found.headlines} == {None}


@pytest.mark.parametrize(
    "stray",
    [
        "LIVE",
        "Video",
        "Exclusive",
        "Breaking",
        "Eilmeldung",
        "Read also",
        "READ MORE: \ufeff",
        "Lesen Sie auch",
        "Читайте также",
        "3 min read",
        "4m 2s",
        "14 comments",
        "Kommentare (12)",
        "3,421 views",
        "12:05",
        "01",
    ],
)
@pytest.mark.parametrize(
    "form", ["<span>{}</span> ", "<strong>{}</strong> ", "{}<br>", "<div>{}</div>", "<b>{}</b><br>"]
)
def test_a_stray_label_is_no_part_of_the_title(stray: str, form: str) -> None:
    found = only(f"<h2>More news</h2><ul>{items(inside=form.format(stray) + '{}')}</ul>")

    assert [one.title for one in found.headlines] == list(TITLES)
    assert not any(one.sections for one in found.headlines)


@pytest.mark.parametrize(
    "title",
    ["<b>14 dead</b> in a storm over the lake", "Live <i>music</i> returns to the old harbour"],
)
def test_emphasized_words_of_a_title_stay_in_it(title: str) -> None:
    shown = "".join(f'<li><a href="{href(at)}">{title} {at}</a></li>' for at in range(3))

    found = only(f"<h2>More news</h2><ul>{shown}</ul>")

    plain = title.replace("<b>", "").replace("</b>", "").replace("<i>", "").replace("</i>", "")
    assert [one.title for one in found.headlines] == [f"{plain} {at}" for at in range(3)]


@pytest.mark.parametrize(
    "form",
    [
        '<span class="kicker">Hafen</span> {}',
        "<strong>Hafen</strong><br>{}",
        '<h3><span class="overline">Hafen</span><span class="title">{}</span></h3>',
        '<h3><strong class="spitzmarke">Hafen</strong>{}</h3>',
        '<h3><span class="topline">Hafen</span> {}</h3>',
        "<span>Hafen</span><h3>{}</h3>",
        "<small>Hafen</small><b>{}</b>",
    ],
)
def test_a_kicker_is_no_part_of_the_title(form: str) -> None:
    found = only(f"<h2>Mehr</h2><ul>{items(inside=form)}</ul>")

    assert [one.title for one in found.headlines] == list(TITLES)
    assert {one.sections for one in found.headlines} == {("Hafen",)}


def test_a_kicker_may_be_a_link_of_its_own() -> None:
    shown = "".join(
        f'<li><a href="{href(at)}">Hafen</a> <a href="{href(at)}">{title}</a></li>'
        for at, title in enumerate(TITLES)
    )

    assert [one.title for one in only(f"<ul>{shown}</ul>").headlines] == list(TITLES)


def test_a_topic_with_a_colon_in_the_same_text_stays() -> None:
    found = only(f"<h2>Mehr</h2><ul>{items(inside='Hafen: {}')}</ul>")

    assert [one.title for one in found.headlines] == [f"Hafen: {title}" for title in TITLES]


@pytest.mark.parametrize(
    "told",
    [
        "vor 2 Stunden",
        "vor einer Stunde",
        "2 hours ago",
        "an hour ago",
        "just now",
        "Yesterday",
        "yesterday, 14:30",
        "il y a 3 heures",
        "hace 2 horas",
        "há 2 horas",
        "2 ore fa",
        "för 2 timmar sedan",
        "2 tuntia sitten",
        "2 godz. temu",
        "před 2 hodinami",
        "2 saat önce",
        "2 часа назад",
        "3時間前",
        "2시간 전",
        "منذ 3 ساعات",
        "לפני 2 שעות",
    ],
)
def test_how_long_ago_is_the_printed_time(told: str) -> None:
    pages = (
        items(f"<span>{told}</span>"),
        items(after=f"<span>{told}</span>"),
        items(inside="{} <small>" + told + "</small>"),
    )
    for shown in pages:
        found = only(f"<h2>More news</h2><ul>{shown}</ul>")

        assert [one.title for one in found.headlines] == list(TITLES)
        assert {(one.published, one.sections) for one in found.headlines} == {(told, ())}


def test_links_that_end_a_sentence_outside_paragraphs_are_no_entries() -> None:
    said = (
        "The ferry company said on Monday",
        "Three boats had to wait while",
        "Police ask to tell them that",
    )
    texts = "".join(
        f'<div>{before} <a href="{href(at)}">the harbour master closed the gate</a></div>'
        for at, before in enumerate(said)
    )

    assert lists(f"<main><div>{texts}</div></main>") == ()
