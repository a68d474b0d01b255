import random
import sqlite3
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.connection import pages_path
from archive.errors import ArchiveError, NotAnArchiveError
from archive.items import Page
from archive.pages import PageStore

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
_WORDS = ("court", "river", "market", "winter", "border", "letter", "village", "school")


def page(number: int, kind: str = "article") -> Page:
    """Return an invented page: the same frame for each kind, and a text of its own."""
    frame = random.Random(kind)
    menu = "".join(f"<li id=m{frame.random()}><a href=/{n}>{n}</a>" for n in range(700))
    text = " ".join(random.Random(number).choices(_WORDS, k=400))
    body = f"<html><ul>{menu}</ul><h1>{number}</h1><p>{text}</p></html>".encode()
    at = NOON + timedelta(minutes=number)
    return Page(f"https://example.org/{kind}/{number}", body, at, 200, (("Server", "x"),))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "news-pages.db"


@pytest.fixture
def store(path: Path) -> Iterator[PageStore]:
    opened = PageStore(path)
    yield opened
    opened.close()


def write(store: PageStore, *pages: Page) -> None:
    store.write([(one.url, one) for one in pages])


def test_the_pages_are_beside_the_archive() -> None:
    assert pages_path(Path("/a/news.db")) == Path("/a/news-pages.db")


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.binary(max_size=20_000),
    st.lists(st.tuples(st.text(), st.text()), max_size=5),
    st.integers(100, 599),
    st.datetimes(timezones=st.just(UTC)),
)
def test_any_page_is_read_back_bit_for_bit(
    store: PageStore, body: bytes, headers: list[tuple[str, str]], status: int, at: datetime
) -> None:
    url = f"https://example.org/{hash((body, at, status, tuple(headers)))}"
    clean = tuple((a.replace("\x00", ""), b.replace("\x00", "")) for a, b in headers)
    kept = Page(url, body, at, status, clean)
    write(store, kept)
    assert store.read(url) == kept


def test_many_pages_of_several_kinds_are_read_back_by_another_process(path: Path) -> None:
    pages = [page(n, kind) for n in range(150) for kind in ("article", "list", "tag", "author")]
    for start in range(0, len(pages), 97):
        # Opened anew, so that what is packed against has to be found in the file.
        store = PageStore(path)
        write(store, *pages[start : start + 97])
        store.close()
    store = PageStore(path, write=False)
    for one in random.Random(1).sample(pages, len(pages)):
        assert store.read(one.url) == one
    store.close()


def test_pages_of_one_site_take_less_than_a_third_of_what_gzip_makes(store: PageStore) -> None:
    write(store, page(0))
    [first] = store._db.execute("select sum(length(packed)) from bodies").fetchone()
    pages = [page(number) for number in range(1, 40)]
    write(store, *pages)
    [packed] = store._db.execute("select sum(length(packed)) from bodies").fetchone()
    assert packed - first <= 0.30 * sum(len(zlib.compress(one.body, 6)) for one in pages)


def test_the_same_body_is_stored_once_and_each_answer_has_its_headers(store: PageStore) -> None:
    one = page(1)
    again = Page(one.url, one.body, one.fetched_at + timedelta(days=1), 203, (("Age", "5"),))
    write(store, one, one, again)
    write(store, one)
    assert store._db.execute("select count(*) from bodies").fetchone()[0] == 1
    assert store._db.execute("select count(*) from pages").fetchone()[0] == 2
    assert store.read(one.url) == again
    assert store.read(one.url, at="2026-05-01T13:00:00.000000Z") == one


def test_a_page_is_found_by_the_address_that_answered_too(store: PageStore) -> None:
    store.write([("https://example.org/old", page(1))])
    assert store.read("https://example.org/old") == store.read(page(1).url) == page(1)
    assert store.read("https://example.org/never") is None


def test_a_damaged_page_is_told_and_never_returned(path: Path, store: PageStore) -> None:
    write(store, page(0), page(1))
    db = sqlite3.connect(path)
    [packed] = db.execute("select packed from bodies where id = 2").fetchone()
    for position in range(0, len(packed), max(1, len(packed) // 40)):
        damaged = bytearray(packed)
        damaged[position] ^= 0x10
        with db:
            db.execute("update bodies set packed = ? where id = 2", (bytes(damaged),))
        with pytest.raises(ArchiveError, match="damaged"):
            store.read(page(1).url)
    with db:
        db.execute("update bodies set packed = ? where id = 2", (packed,))
        db.execute("delete from prefixes")
    db.close()
    other = PageStore(path, write=False)
    with pytest.raises(ArchiveError, match="missing"):
        other.read(page(1).url)
    other.close()


def test_a_file_of_something_else_is_told(tmp_path: Path) -> None:
    path = tmp_path / "news-pages.db"
    with sqlite3.connect(path) as db:
        db.execute("create table mine (a)")
    db.close()
    with pytest.raises(NotAnArchiveError):
        PageStore(path)
