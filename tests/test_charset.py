import pytest

from crawler.charset import decode

TEXT = "Жыхары вёскі сабраліся ля старога моста. " * 3
PAGE = '<html><head><meta charset="{}"></head><body><p>{}</p></body></html>'


@pytest.mark.parametrize("label", ["windows-1251", "euc-kr", "iso-8859-1", "gb2312"])
def test_text_that_is_utf_8_is_read_so_whatever_an_old_meta_says(label: str) -> None:
    page = PAGE.format(label, TEXT)

    assert decode(page.encode()) == page


def test_a_header_is_believed_before_the_bytes() -> None:
    page = PAGE.format("utf-8", "naïve")

    assert decode(page.encode(), "text/html; charset=windows-1252") == page.replace("ï", "Ã¯")


def test_a_few_letters_that_may_be_utf_8_by_chance_are_read_as_the_page_says() -> None:
    page = PAGE.format("gb2312", "联通")

    assert decode(page.encode("gb2312")) == page


def test_a_charset_of_the_users_own_is_read_as_browsers_read_it() -> None:
    assert decode(b"<meta charset=x-user-defined><p>caf\xe9") == (
        "<meta charset=x-user-defined><p>caf\xe9"
    )
