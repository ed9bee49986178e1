import duckdb
import pytest

from orderpaper.warehouse.views import copy_views


@pytest.fixture
def build(tmp_path):
    with duckdb.connect(tmp_path / "build.duckdb") as connection:
        connection.execute("CREATE SCHEMA marts; CREATE TABLE marts.fct_question AS SELECT 1 AS question_key")
        connection.execute('CREATE VIEW questions AS SELECT * FROM "build".marts.fct_question')
        connection.execute('CREATE VIEW answered AS SELECT question_key FROM "build".main.questions')
        connection.execute("COMMENT ON VIEW questions IS 'Members'' questions.'")
        connection.execute("COMMENT ON COLUMN questions.question_key IS 'Key.'")
        yield connection


def test_views_are_copied_with_comments_and_work_under_any_name(build, tmp_path):
    path = tmp_path / "orderpaper.duckdb"
    with duckdb.connect(path) as snapshot:
        snapshot.execute("CREATE SCHEMA marts; CREATE TABLE marts.fct_question AS SELECT 2 AS question_key")
        assert sorted(copy_views(build, snapshot)) == ["answered", "questions"]
    with duckdb.connect() as reader:
        reader.execute(f"ATTACH '{path}' AS warehouse (READ_ONLY)")
        assert reader.execute("FROM warehouse.answered").fetchall() == [(2,)]
        comments = reader.execute(
            "SELECT comment FROM duckdb_views() WHERE view_name = 'questions'"
            " UNION ALL SELECT comment FROM duckdb_columns() WHERE table_name = 'questions'"
        ).fetchall()
    assert comments == [("Members' questions.",), ("Key.",)]
