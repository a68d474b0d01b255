import pytest

from archive.items import Alternate, Image
from crawler.extract.canonical import extract_alternates, extract_amp, extract_canonical
from crawler.extract.images import extract_images
from tests.metadata_pages import URL, document


@pytest.mark.parametrize(
    ("named", "url"),
    [
        (
            "https://www.valleypost.example/news/bridge",
            "https://www.valleypost.example/news/bridge",
        ),
        ("/news/bridge?utm_source=x#top", "https://www.valleypost.example/news/bridge"),
        ("https://www.valleypost.example/", URL),
        ("https://other.example/news/bridge", URL),
        ("javascript:alert(1)", URL),
        ("http://[broken", URL),
    ],
)
def test_a_page_names_its_address_within_reason(named: str, url: str) -> None:
    page = document(head=f'<link rel="canonical" href="{named}">')
    assert extract_canonical(page)[0].value == url


def test_a_page_without_an_address_may_still_name_one() -> None:
    page = document(head='<meta property="og:url" content="https://a.example/b">', url="")
    assert [reading.value for reading in extract_canonical(page)] == ["https://a.example/b"]
    assert extract_canonical(document(url="")) == []


@pytest.mark.parametrize(
    ("named", "url"),
    [
        ("/lite/amp-10442.html", "https://www.valleypost.example/lite/amp-10442.html"),
        ("/", None),
        ("/amp/", None),
        ("/news/bridge-10442", None),
        ("https://other.example/amp/10442", None),
        ("http://[broken", None),
    ],
)
def test_a_page_names_its_amp_copy_within_reason(named: str, url: str | None) -> None:
    assert extract_amp(document(head=f'<link rel="amphtml" href="{named}">')) == url


def test_editions_in_other_languages_are_linked() -> None:
    head = (
        '<link rel="alternate" hreflang="be" href="/be/bridge">'
        '<link rel="alternate" hreflang="x-default" href="/bridge">'
        '<link rel="alternate" type="application/rss+xml" href="/feed">'
    )
    assert extract_alternates(document(head=head))[0] == Alternate(
        "be", "https://www.valleypost.example/be/bridge"
    )


def test_pictures_have_their_captions_and_credits() -> None:
    body = (
        '<article><h1>A</h1><figure><img src="/bridge.jpg">'
        "<figcaption>The bridge. Photo: Ann Lee</figcaption></figure></article>"
        '<aside class="related"><figure><img src="/ad.jpg"></figure></aside>'
    )
    head = '<meta property="og:image" content="/share.jpg">'
    site = "https://www.valleypost.example"
    assert extract_images(document(body, head)) == (
        Image(f"{site}/share.jpg"),
        Image(f"{site}/bridge.jpg", "The bridge.", "Ann Lee"),
    )


def test_a_front_page_is_no_edition_of_an_article() -> None:
    head = (
        '<link rel="alternate" hreflang="en" href="https://www.valleypost.example/">'
        '<link rel="alternate" hreflang="be" href="/be/news/bridge-reopens">'
    )
    assert [one.language for one in extract_alternates(document(head=head))] == ["be"]


@pytest.mark.parametrize(
    ("printed", "caption", "credit"),
    [
        ("The bridge is open. (Jo Roe/Valley)", "The bridge is open.", "Jo Roe/Valley"),
        ("The bridge is open. Getty Images", "The bridge is open.", "Getty Images"),
        ("The bridge is open. <span>Jo Roe/AFP</span>", "The bridge is open.", "Jo Roe/AFP"),
        ("Köprü açıldı. Fotoğraf : Jo Roe/AA", "Köprü açıldı.", "Jo Roe/AA"),
        ("Most otwarty (fot. Jo Roe)", "Most otwarty", "Jo Roe"),
        ("The bridge (left) is open", "The bridge (left) is open", None),
        ("Image Credits: Valley", None, "Valley"),
        ("Jo Roe via Getty Images", None, "Jo Roe via Getty Images"),
        ("Reuters", None, "Reuters"),
    ],
)
def test_a_credit_is_told_from_its_caption(
    printed: str, caption: str | None, credit: str | None
) -> None:
    body = f'<h1>A</h1><figure><img src="/a.jpg"><figcaption>{printed}</figcaption></figure>'
    [image] = extract_images(document(body))
    assert (image.caption, image.credit) == (caption, credit)


def test_a_stand_in_and_a_logo_are_no_pictures() -> None:
    head = '<meta property="og:image" content="/logo.svg">'
    body = '<h1>A</h1><figure><img src="/grey.gif" data-src="/bridge.jpg"></figure>'
    [image] = extract_images(document(body, head))
    assert image.url.endswith("/bridge.jpg")


def test_the_sizes_and_cuts_of_a_picture_are_one_with_its_caption() -> None:
    head = (
        '<meta property="og:image" content="/share/old-bridge-1200x630.jpg?fit=crop">'
        '<meta property="og:image" content="/wide/1600/image.jpg">'
    )
    body = (
        '<h1>A</h1><figure><img src="/small/old-bridge_640w.jpg"><figcaption>The bridge.'
        '</figcaption></figure><figure><img src="/wide/1601/image.jpg"></figure>'
    )
    first, *others = extract_images(document(body, head))
    assert first.url.endswith("/share/old-bridge-1200x630.jpg?fit=crop")
    assert first.caption == "The bridge."
    assert [one.url[-20:] for one in others] == ["/wide/1600/image.jpg", "/wide/1601/image.jpg"]


@pytest.mark.parametrize(
    "address", ["/img/nopreview.png", "/i/blank.gif", "/img/icon-print.png", "/", "/og-default.jpg"]
)
def test_what_stands_in_for_a_picture_is_none(address: str) -> None:
    assert (
        extract_images(document("<h1>A</h1>", f'<meta property="og:image" content="{address}">'))
        == ()
    )
