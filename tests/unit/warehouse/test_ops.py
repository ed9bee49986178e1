import datetime as dt

import duckdb
import pytest

from orderpaper.warehouse import ops
from orderpaper.warehouse.audit_report import AuditReport, CheckResult


@pytest.fixture
def connection():
    with duckdb.connect() as connection:
        yield connection


def node(name, **changes):
    values = {"resource_type": "model", "status": "success", "execution_seconds": 0.1}
    values |= {"row_count": 3, "failure_count": None, "message": None}
    return ops.NodeResult(node_id=f"model.orderpaper.{name}", name=name, **(values | changes))


def rows(connection, sql):
    return connection.execute(sql).fetchall()


def test_a_run_is_one_row_from_beginning_to_end(connection):
    connection.execute("CREATE SCHEMA raw; CREATE TABLE raw.document (document_id BIGINT, document_kind VARCHAR)")
    connection.execute("INSERT INTO raw.document VALUES (1, 'list'), (2, NULL)")
    ops.start_run(connection, "run-1")
    assert rows(connection, "SELECT status, finished_at, document_count, quarantined_count FROM ops.fct_run") == [
        ("running", None, 2, 1)
    ]
    ops.finish_run(connection, "run-1", "published", "20241121T170000Z-0a1b2c3d")
    assert rows(
        connection, "SELECT status, snapshot_id, document_count, finished_at >= started_at FROM ops.fct_run"
    ) == [("published", "20241121T170000Z-0a1b2c3d", 2, True)]


def test_a_run_that_begins_again_is_running_again(connection):
    ops.start_run(connection, "run-1")
    ops.finish_run(connection, "run-1", "failed")
    ops.start_run(connection, "run-1")
    assert rows(connection, "SELECT status, finished_at FROM ops.fct_run") == [("running", None)]


def test_an_audit_on_its_own_is_a_run_too(connection):
    ops.finish_run(connection, "by-hand", "refused")
    assert rows(connection, "SELECT run_id, status FROM ops.fct_run") == [("by-hand", "refused")]


def test_recording_a_run_again_replaces_its_rows_and_no_others(connection):
    ops.record_nodes(connection, "run-1", [node("fct_question"), node("fct_answer")])
    ops.record_nodes(connection, "run-2", [node("fct_question")])
    ops.record_nodes(connection, "run-1", [node("fct_question", status="error", message="no such column")])
    found = rows(connection, "SELECT run_id, name, status, message FROM ops.fct_dbt_node_result ORDER BY run_id")
    assert found == [
        ("run-1", "fct_question", "error", "no such column"),
        ("run-2", "fct_question", "success", None),
    ]


def test_a_build_without_nodes_is_recorded_as_none(connection):
    ops.record_nodes(connection, "run-1", [])
    assert rows(connection, "FROM ops.fct_dbt_node_result") == []


def test_a_check_that_could_not_be_evaluated_says_so(connection):
    result = CheckResult(
        table="marts.fct_question",
        check="text_not_null",
        column="text",
        expectation="ExpectColumnValuesToNotBeNull",
        severity="stop",
        description="Every row has text.",
        is_success=False,
        error="no such column",
        observed=None,
        unexpected_count=None,
        sample="[]",
    )
    report = AuditReport(
        run_id="run-1", audited_at=dt.datetime.now(dt.UTC), seconds=1, build_version="", results=(result,)
    )
    for _ in range(2):
        ops.record_quality(connection, report)
    assert rows(
        connection, "SELECT table_name, check_name, is_success, is_evaluated, error_text FROM ops.fct_quality_result"
    ) == [("marts.fct_question", "text_not_null", False, False, "no such column")]


def test_every_table_and_column_is_described(connection):
    ops.ensure_ops(connection)
    undescribed = rows(
        connection,
        "SELECT table_name, column_name FROM duckdb_columns() WHERE schema_name = 'ops' AND comment IS NULL"
        " UNION ALL SELECT table_name, NULL FROM duckdb_tables() WHERE schema_name = 'ops' AND comment IS NULL",
    )
    assert undescribed == []
