import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.connection import SCHEMA_VERSION
from archive.described import TABLES, as_markdown
from archive.described_views import VIEWS
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
