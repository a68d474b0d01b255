import pytest

from crawler.extract.authors import extract_authors, names_in
from tests.metadata_pages import document, json_ld


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ann Lee", ["Ann Lee"]),
        ("By Ann Lee and Bo Dahl", ["Ann Lee", "Bo Dahl"]),
        ("By Ann Lee, Bo Dahl & Cy Eng, Reuters", ["Ann Lee", "Bo Dahl", "Cy Eng"]),
        ("Von Anna Lehmann und Bernd Dahl", ["Anna Lehmann", "Bernd Dahl"]),
        ("Par Anne Leroy et Benoît Dumas", ["Anne Leroy", "Benoît Dumas"]),
        ("Автор: Анна Лис", ["Анна Лис"]),
        ("Written by Ann Lee, Staff Writer", ["Ann Lee"]),
        ("Ann Lee (@annlee)", ["Ann Lee"]),
        ("Ann Lee, PhD, MS", ["Ann Lee"]),
        ("View all posts by Ann Lee →", ["Ann Lee"]),
        ("lark1984", ["lark1984"]),
        ("ann@valleypost.example", []),
        ("13 August 2025", []),
        ("Reuters", []),
        ("admin", []),
    ],
)
def test_a_byline_gives_its_people(line: str, names: list[str]) -> None:
    assert names_in(line) == names


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (json_ld('{"@type":"NewsArticle","author":{"@type":"Person","name":"Ann Lee"}}'), ""),
        (json_ld('{"@type":"NewsArticle","author":["Ann Lee","Reuters"]}'), ""),
        (
            json_ld(
                '{"@graph":[{"@type":"Article","author":{"@id":"#a"}},'
                '{"@type":"Person","@id":"#a","name":"Ann Lee"}]}'
            ),
            "",
        ),
        ('<meta name="author" content="Ann Lee">', ""),
        ("", '<h1>A</h1><a rel="author" href="/lee">Ann Lee</a>'),
        ("", '<h1>A</h1><a class="blue" href="/author/ann-lee/">Ann Lee</a>'),
        ("", '<h1>A</h1><span itemprop="author"><b itemprop="name">Ann Lee</b></span>'),
        ("", '<h1>A</h1><div class="byline">By Ann Lee | 13 August 2025</div>'),
        ("", '<h1>A</h1><p class="post-meta">Posted on 13 August by Ann Lee in River</p>'),
    ],
)
def test_the_author_is_found_wherever_a_page_names_one(head: str, body: str) -> None:
    assert extract_authors(document(body, head))[0].value == ("Ann Lee",)


def test_people_come_before_an_agency() -> None:
    head = json_ld('{"@type":"NewsArticle","author":{"name":"Reuters"}}')
    head += '<meta name="author" content="Ann Lee">'
    assert extract_authors(document("", head))[0].value == ("Ann Lee",)


def test_a_credit_to_an_agency_alone_says_that_it_is_no_person() -> None:
    head = json_ld('{"@type":"NewsArticle","author":{"name":"Reuters"}}')
    [found] = extract_authors(document("", head))
    assert found.value == ("Reuters",)
    assert found.source.endswith("(no person)")


def test_those_who_comment_are_no_authors() -> None:
    body = '<article><h1>A</h1></article><div class="comments"><b class="author">Al Bo</b></div>'
    assert extract_authors(document(body)) == []


def test_an_address_is_no_name() -> None:
    head = '<meta property="article:author" content="https://social.example/ann">'
    assert extract_authors(document("", head)) == []


def test_a_link_about_authorising_is_no_author() -> None:
    assert extract_authors(document('<h1>A</h1><a class="x" href="/auth/login">Log On</a>')) == []


@pytest.mark.parametrize(
    "body",
    [
        '<h1>A</h1><span class="author vcard"><a rel="author">Ann Lee</a></span>',
        '<h1>A</h1><footer class="entry-footer"><a rel="author" href="/lee">Ann Lee</a></footer>',
    ],
)
def test_a_card_and_the_articles_own_foot_may_name_its_author(body: str) -> None:
    assert extract_authors(document(body))[0].value == ("Ann Lee",)


def test_the_list_of_a_sites_writers_is_no_byline() -> None:
    names = ("Al Bo", "Cy Da", "Ed Fo", "Gil Ho", "Ian Jay", "Kim Lee", "Mo Nye", "Oz Poe")
    links = (f'<a href="/author/{name[:2]}/x">{name}</a>' for name in names)
    assert extract_authors(document(f"<h1>A</h1><p>{''.join(links)}</p>")) == []


@pytest.mark.parametrize(
    "line",
    [
        "<p>Von Claudia Lindner</p>",
        "<div>By&nbsp;<a href=/reporters/1>Claudia Lindner</a></div>",
        "<h5>Autor:  </h5>Claudia Lindner/dpa<br>",
        "<p>Ein Artikel von <strong>Claudia Lindner</strong> | 27.01.2022</p>",
        "<span>Gespeichert von <b>Claudia Lindner</b> am 24. Juli</span>",
        "<p><span>Автор:</span> Клавдия Линднер</p>",
    ],
)
def test_a_byline_that_nothing_marks_is_read_where_no_other_is(line: str) -> None:
    page = document(f"<h1>The old bridge</h1>{line}<p>By Tuesday the river had risen.</p>")

    names = {"Claudia Lindner", "Клавдия Линднер"}
    assert [set(one.value) <= names for one in extract_authors(page)] == [True]


@pytest.mark.parametrize(
    "line",
    [
        "<p>By Tuesday the river had risen to the second step.</p>",
        "<p>Von der Brücke ist nichts geblieben.</p>",
        "<p>Par la suite, rien.</p>",
        "<p>Text: the whole speech</p>",
    ],
)
def test_a_sentence_is_no_byline(line: str) -> None:
    assert extract_authors(document(f"<h1>The old bridge</h1>{line}")) == []


def test_an_organisation_in_a_meta_gives_way_to_the_person_printed() -> None:
    head = '<meta name="author" content="Bridge Verlag GmbH">'
    page = document("<h1>The old bridge</h1><p>Von Ann Lee</p>", head)

    assert extract_authors(page)[0].value == ("Ann Lee",)


@pytest.mark.parametrize(
    "line",
    [
        "Ann Lee Dec 19",
        "By Ann Lee December 19, 2025",
        "Dec. 19, 2025 · Ann Lee",
        "Ann Lee, 19.12.2025, 17h29",
        "Анна Лі, 19 снежня 2025, 17:29",
    ],
)
def test_a_day_beside_a_byline_is_no_part_of_it(line: str) -> None:
    page = document(f'<h1>A bridge opens</h1><div class="article-byline">{line}</div>')
    assert extract_authors(page)[0].value == (("Анна Лі",) if "Анна" in line else ("Ann Lee",))


def test_a_line_that_says_when_alone_names_nobody() -> None:
    body = '<h1>A bridge opens</h1><div class="article-byline">Uppdaterad 19 december 2025</div>'
    assert extract_authors(document(body)) == []


@pytest.mark.parametrize("known", ["alee77", "ann.lee", "Ann"])
def test_a_whole_name_in_print_wins_over_a_login(known: str) -> None:
    head = f'<meta name="author" content="{known}">'
    body = '<h1>A bridge opens</h1><p class="byline">By <a rel="author">Ann Lee</a></p>'
    assert extract_authors(document(body, head))[0].value == ("Ann Lee",)


def test_a_first_name_keeps_its_own_whole_name_only() -> None:
    head = '<meta name="author" content="Ann">'
    body = '<h1>A bridge opens</h1><p class="byline">By Bo Dahl</p>'
    assert extract_authors(document(body, head))[0].value == ("Ann",)


def test_minutes_of_reading_are_no_author() -> None:
    head = '<meta name="twitter:data1" content="12 minutes">'
    assert extract_authors(document("<h1>A bridge opens</h1>", head)) == []


@pytest.mark.parametrize(
    "markup",
    [
        "<p>By <!-- -->Ann Lee</p>",
        "<p>Written by: <a href='/x'>Ann Lee</a></p>",
        "<h2>Article by</h2><div>Ann Lee</div>",
        "<ul><li>Von: Ann Lee</li></ul>",
    ],
)
def test_more_unmarked_bylines(markup: str) -> None:
    page = document(f"<h1>A bridge opens</h1>{markup}<p>It carries two lanes.</p>")
    assert extract_authors(page)[0].value == ("Ann Lee",)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("José Costa e Pinto", ["José Costa e Pinto"]),
        ("José Costa e Rui Pinto", ["José Costa", "Rui Pinto"]),
        ("Ann Carter. Valley Times", ["Ann Carter", "Valley Times"]),
        ("Prof. J. R. Lee", ["Prof. J. R. Lee"]),
        ("Ana Costa, em São Paulo", ["Ana Costa"]),
        ("humans.txt", []),
    ],
)
def test_the_parts_of_a_byline_are_told_apart(line: str, names: list[str]) -> None:
    assert names_in(line) == names


def test_the_weekday_before_a_day_is_no_name() -> None:
    body = (
        '<h1>A</h1><p class="byline">By Ann Lee and Bo Dahl Monday, August 11, 2025</p><p>Text.</p>'
    )
    assert extract_authors(document(body))[0].value == ("Ann Lee", "Bo Dahl")


def test_who_is_cited_is_no_author() -> None:
    body = '<h1>A</h1><div class="statement-author">Bo Dahl</div><p>Text.</p>'
    assert extract_authors(document(body)) == []


@pytest.mark.parametrize(
    "line", ["ΣΥΝΤΑΚΤΙΚΗ ΟΜΑΔΑ", "Haber Merkezi", "编辑部", "Redakcija", "हिंदी डेस्क"]
)
def test_a_newsroom_is_no_person(line: str) -> None:
    assert names_in(line) == []


def test_links_to_people_are_no_byline_beside_an_agencys() -> None:
    links = '<a href="/author/ann-lee/">Ann Lee</a> <a href="/author/bo-dahl/">Bo Dahl</a>'
    body = f"<h1>A</h1><p>{links}</p><p>Text.</p>"
    assert extract_authors(document(body))[0].value == ("Ann Lee", "Bo Dahl")
    head = '<meta name="author" content="Reuters">'
    assert extract_authors(document(body, head))[0].value == ("Reuters",)


def test_a_section_in_the_place_of_a_byline_is_no_author() -> None:
    body = '<h1>A</h1><p class="author">News</p><p>Text.</p>'
    page = document(
        body.replace("News", "Harbour"), url="https://www.valleypost.example/harbour/a-b"
    )
    assert extract_authors(page) == []


def test_people_in_links_of_their_own_share_an_unmarked_byline() -> None:
    links = '<span><a href="/ann">Ann Lee</a>,</span> <span><a href="/bo">Bo  Dahl</a></span>'
    body = f'<h1>A</h1><ul><li>By {links}</li><li><a href="/x">Read on</a></li></ul><p>Text.</p>'
    assert extract_authors(document(body))[0].value == ("Ann Lee", "Bo Dahl")
