import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from archive.connection import APPLICATION_ID, SCHEMA_VERSION
from archive.described import TABLES, as_markdown
from archive.described_views import VIEWS
from archive.errors import ArchiveError
from archive.schema import migrations
from archive.store import Archive

DOCS = Path(__file__).parent.parent / "docs" / "archive.md"
OURS = """
select name from sqlite_master where type = ? and name not like 'articles_fts%'
and name not like 'sqlite_%' and name <> '_sqlite_migrations'"""


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with Archive.open(tmp_path / "news.db", create=True) as archive:
        yield archive.db


@pytest.mark.parametrize(("kind", "described"), [("table", TABLES), ("view", VIEWS)])
def test_every_table_view_and_column_is_described(
    db: sqlite3.Connection, kind: str, described: dict[str, object]
) -> None:
    assert {row[0] for row in db.execute(OURS, (kind,))} == set(described)
    for name, one in (TABLES | VIEWS).items():
        columns = [row[1] for row in db.execute("select * from pragma_table_info(?)", (name,))]
        assert columns == list(one.columns), name


def test_the_documentation_has_the_tables_as_they_are() -> None:
    assert as_markdown().strip() in DOCS.read_text(encoding="utf-8")


def test_the_schema_version_is_the_number_of_migrations(db: sqlite3.Connection) -> None:
    applied = db.execute("select count(*) from _sqlite_migrations").fetchone()[0]
    assert applied == SCHEMA_VERSION == len(migrations._migrations)


def test_the_file_is_set_up_for_writing_while_it_is_read(db: sqlite3.Connection) -> None:
    assert db.execute("pragma page_size").fetchone()[0] == 16384
    assert db.execute("pragma journal_mode").fetchone()[0] == "wal"
    assert db.execute("pragma synchronous").fetchone()[0] == 2
    assert db.execute("pragma foreign_keys").fetchone()[0] == 1


def test_every_foreign_key_has_an_index(db: sqlite3.Connection) -> None:
    for table in TABLES:
        keys = {row[3] for row in db.execute("select * from pragma_foreign_key_list(?)", (table,))}
        indexed = {
            row[0]
            for row in db.execute(
                "select i.name from pragma_index_list(?) l"
                " join pragma_index_info(l.name) i where i.seqno = 0",
                (table,),
            )
        }
        indexed |= {
            row[0]
            for row in db.execute("select name from pragma_table_info(?) where pk = 1", (table,))
        }
        # The few rows of these are only ever reached from the other side.
        assert keys - indexed <= {"fetch_id"}, table


FIRST_VERSION = f"""
create view headline_places as select id from headlines;
create view headline_titles as select id from headlines;
create view lock_changes as select id from headlines;
create view unarchived_headlines as select id from headlines;
insert into sources (id, name, added_at) values (1, 'example.org', '2026-01-01');
insert into crawls (id, source_id, spider, started_at) values (1, 1, 'news', '2026-01-01');
insert into articles (id, source_id, url, title, access_declared, first_seen, last_seen, digest,
    revision_count) values (1, 1, 'https://example.org/a', 'New', 'locked', '1', '4', x'02', 2);
insert into fetches (id, crawl_id, url, fetched_at, outcome, article_id, digest) values
    (1, 1, 'https://example.org/a', '1', 'ok', 1, x'01'),
    (2, 1, 'https://example.org/a', '2', 'unchanged', 1, null),
    (3, 1, 'https://example.org/a', '3', 'ok', 1, x'02'),
    (4, 1, 'https://example.org/a', '4', 'unchanged', 1, null);
insert into versions (article_id, fetch_id, first_seen, last_seen, title, digest)
    values (1, 1, '1', '2', 'Old', x'01'), (1, 3, '3', null, null, x'02');
insert into article_urls (url, article_id) values ('https://example.org/a', 1);
insert into headlines (id, url, title) values
    (1, 'https://example.org/b', 'Other'), (2, 'http://www.example.org/a/', 'New');
insert into headline_lists (id, name, length, digest) values (1, 'Latest', 1, x'01');
insert into headline_list_items (list_id, position, headline_id) values (1, 0, 1);
insert into headline_sightings (fetch_id, list_id, position) values (1, 1, 0);
pragma application_id = {APPLICATION_ID};
pragma user_version = 1;
"""
TABLES_THEN = ("articles", "fetches", "versions", "headline_lists", "article_urls", "sources")


@pytest.fixture
def first_version(tmp_path: Path) -> Path:
    """Return an archive as the first version made it, save for its views' columns."""
    path = tmp_path / "old.db"
    with closing(sqlite3.connect(path)) as db:
        migrations.apply(Database(db), stop_before="tell_witnesses_apart")
        db.executescript(FIRST_VERSION)
    return path


def kept(db: sqlite3.Connection, columns: dict[str, str]) -> dict[str, list[tuple[object, ...]]]:
    return {
        table: [tuple(row) for row in db.execute(f"select {names} from {table} order by 1")]
        for table, names in columns.items()
    }


def test_an_archive_of_the_first_version_keeps_its_rows(first_version: Path) -> None:
    with closing(sqlite3.connect(first_version)) as db:
        columns = {
            table: ", ".join(
                row[1] for row in db.execute(f"pragma table_info({table})") if row[1] != "digest"
            )
            for table in TABLES_THEN
        }
        before = kept(db, columns)
    with Archive.open(first_version) as archive:
        assert kept(archive.db, columns) == before
        assert archive.db.execute("pragma integrity_check").fetchone()[0] == "ok"


def test_an_archive_of_the_first_version_answers_as_a_new_one(first_version: Path) -> None:
    with Archive.open(first_version) as archive:
        told = archive.db.execute("select fetched_at, access_declared from fetches order by 1")
        assert [tuple(row) for row in told] == [
            ("1", None),
            ("2", None),
            ("3", "locked"),
            ("4", "locked"),
        ]
        [row] = archive.db.execute(
            "select title, first_seen, last_seen, times from headline_places"
        )
        assert tuple(row) == ("Other", "1", "2", 2)
        [row] = archive.db.execute("select title from headlines where article_id = 1")
        assert tuple(row) == ("New",)
        [row] = archive.db.execute("select title, first_seen, last_seen from unarchived_headlines")
        assert tuple(row) == ("Other", "1", "2")


def test_an_older_archive_is_not_changed_by_reading(first_version: Path) -> None:
    with pytest.raises(ArchiveError, match="brings it up to date"):
        Archive.open(first_version, write=False)
