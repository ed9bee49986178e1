import duckdb

from orderpaper.warehouse.views import free_views


def test_views_keep_their_comments_and_work_under_any_name(tmp_path):
    path = tmp_path / "orderpaper.duckdb"
    with duckdb.connect(path) as snapshot:
        snapshot.execute("CREATE SCHEMA marts; CREATE TABLE marts.fct_question AS SELECT 2 AS question_key")
        snapshot.execute("CREATE VIEW questions AS SELECT * FROM orderpaper.marts.fct_question")
        snapshot.execute("CREATE VIEW answered AS SELECT question_key FROM orderpaper.main.questions")
        snapshot.execute("COMMENT ON VIEW questions IS 'Members'' questions.'")
        snapshot.execute("COMMENT ON COLUMN questions.question_key IS 'Key.'")
        assert sorted(free_views(snapshot)) == ["answered", "questions"]
    with duckdb.connect() as reader:
        reader.execute(f"ATTACH '{path}' AS warehouse (READ_ONLY)")
        assert reader.execute("FROM warehouse.answered").fetchall() == [(2,)]
        comments = reader.execute(
            "SELECT comment FROM duckdb_views() WHERE view_name = 'questions'"
            " UNION ALL SELECT comment FROM duckdb_columns() WHERE table_name = 'questions'"
        ).fetchall()
    assert comments == [("Members' questions.",), ("Key.",)]
