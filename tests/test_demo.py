"""The demo, as a newcomer runs it."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from tests.command import dateline


def test_the_demo_shows_the_archive_and_on_the_next_day_what_changed(tmp_path: Path) -> None:
    first = dateline("demo", cwd=tmp_path)
    second = dateline("demo", cwd=tmp_path)
    third = dateline("demo", cwd=tmp_path)
    assert [first.returncode, second.returncode, third.returncode] == [0, 0, 0]
    assert "27 new, 0 edited" in first.stderr
    assert "0 locked" not in first.stdout
    assert "dateline search Rudakouskaja" in first.stdout
    assert "2 new, " in second.stderr
    assert "Glassworks to relight its second furnace and hire 40 people" in second.stdout
    assert "No longer there" in second.stdout
    assert "Wells in the old town may run dry by autumn" in second.stdout
    assert "0 new, 0 edited" in third.stderr
    with closing(sqlite3.connect(tmp_path / "dateline.db")) as db:
        [edits] = db.execute("select count(distinct article_id) from edits").fetchone()
        assert edits >= 2
    hits = json.loads(dateline("search", "Рудакоўская", "--json", cwd=tmp_path).stdout)
    assert any("Black storks" in hit["title"] for hit in hits)
    assert dateline("status", cwd=tmp_path).returncode == 0


def test_an_archive_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = dateline("demo", "--db", "file/dateline.db", cwd=tmp_path)
    assert done.returncode == 3
    assert done.stderr.count("Error: ") == 1
    assert "Traceback" not in done.stderr
