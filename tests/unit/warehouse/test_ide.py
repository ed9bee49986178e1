"""The SQL that Harlequin runs before the first query of a user. `test_ide_opens.py` runs Harlequin itself."""

import duckdb
import pytest

from orderpaper.errors import OrderPaperError
from orderpaper.warehouse import ide


@pytest.fixture
def connection(tmp_path):
    """A connection that ran the script, as Harlequin opens it."""
    with duckdb.connect(tmp_path / "orderpaper.duckdb") as writer:
        writer.execute(
            "CREATE SCHEMA marts; CREATE SCHEMA ops; CREATE TABLE marts.fct_question AS SELECT 'Why?' AS text"
        )
    script = ide.prepare(tmp_path / "ide's")
    with duckdb.connect(tmp_path / "orderpaper.duckdb", read_only=True) as opened:
        for statement in script.read_text().split(";\n"):
            opened.execute(statement)
        yield opened


def test_tables_need_no_prefix_and_words_have_stems(connection):
    assert connection.execute("SELECT text, stem('policing', 'english') FROM fct_question").fetchall() == [
        ("Why?", "polic")
    ]


@pytest.mark.parametrize(
    "query",
    [
        "FROM read_text('/etc/hostname')",
        "COPY fct_question TO 'questions.csv'",
        "ATTACH 'other.duckdb'",
        "SET enable_external_access = true",
        "INSERT INTO fct_question VALUES ('Whether?')",
    ],
)
def test_it_reads_the_warehouse_and_nothing_else(connection, query):
    with pytest.raises(duckdb.Error):
        connection.execute(query)


def test_says_how_to_install_it(tmp_path, monkeypatch):
    monkeypatch.setattr(ide, "PROGRAM", tmp_path / "nowhere")
    with pytest.raises(OrderPaperError, match="make ide"):
        ide.open_editor(tmp_path)
