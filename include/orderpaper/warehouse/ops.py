"""The pipeline's records of itself in schema `ops` of the build database: runs, dbt nodes and quality results.

Every function replaces the rows of its run, so that a repeated task adds no duplicates.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import duckdb
import pyarrow as pa

from orderpaper.warehouse.audit_report import AuditReport
from orderpaper.warehouse.content import quote, tables
from orderpaper.warehouse.snapshots import Publication

_TABLES = {
    "fct_run": (
        "One row for each run of build_warehouse.",
        {
            "run_id": ("VARCHAR PRIMARY KEY", "Identifies the run of the DAG."),
            "status": (
                "VARCHAR NOT NULL",
                "How far the run got: running, failed (by dbt), built, refused (by the audit), audited or published.",
            ),
            "started_at": ("TIMESTAMPTZ NOT NULL", "When the transformation began."),
            "finished_at": ("TIMESTAMPTZ", "When the run reached its status; null while it runs."),
            "snapshot_id": ("VARCHAR", "The snapshot that the run published."),
            "document_count": ("BIGINT NOT NULL", "Documents in the build database."),
            "quarantined_count": ("BIGINT NOT NULL", "Documents in quarantine."),
        },
    ),
    "fct_publication": (
        "One row each time that a snapshot was put in force, up to the one that this is.",
        {
            "published_at": ("TIMESTAMPTZ NOT NULL", "When readers began to see it."),
            "snapshot_id": ("VARCHAR NOT NULL", "The snapshot."),
            "run_id": ("VARCHAR", "The run that published it; null when a person rolled back, or forward, to it."),
            "replaced_snapshot_id": ("VARCHAR", "The snapshot that readers saw before; null for the first one."),
            "kind": (
                "VARCHAR NOT NULL",
                "publication: a run published it. rollback: a person put an older snapshot in force again."
                " roll_forward: a person put a newer one in force again.",
            ),
        },
    ),
    "fct_dbt_node_result": (
        "One row for each dbt model, seed or test of a run.",
        {
            "run_id": ("VARCHAR NOT NULL", "The run."),
            "node_id": ("VARCHAR NOT NULL", "dbt's unique id of the node."),
            "resource_type": ("VARCHAR NOT NULL", "model, seed, test or unit_test."),
            "name": ("VARCHAR NOT NULL", "The node's name."),
            "status": ("VARCHAR NOT NULL", "success, pass, warn, fail, error or skipped."),
            "execution_seconds": ("DOUBLE NOT NULL", "How long it took."),
            "row_count": ("BIGINT", "Rows in the table that it built; null for views and tests."),
            "failure_count": ("BIGINT", "Rows that fail the test; null for models."),
            "message": ("VARCHAR", "What dbt says of a node that did not pass."),
        },
    ),
    "fct_quality_result": (
        "One row for each quality check of a run.",
        {
            "run_id": ("VARCHAR NOT NULL", "The run."),
            "table_name": ("VARCHAR NOT NULL", "The checked table, with its schema."),
            "check_name": ("VARCHAR NOT NULL", "The check's name, unique within its table."),
            "column_name": ("VARCHAR", "The checked column, where there is one."),
            "expectation": ("VARCHAR NOT NULL", "The Great Expectations expectation that was evaluated."),
            "severity": ("VARCHAR NOT NULL", "stop: a failure forbids publication. warn: it is reported."),
            "description": ("VARCHAR NOT NULL", "What must hold."),
            "is_success": ("BOOLEAN NOT NULL", "Whether it holds."),
            "is_evaluated": ("BOOLEAN NOT NULL", "False when the check itself failed, which counts as not holding."),
            "error_text": ("VARCHAR", "Why the check could not be evaluated."),
            "observed_text": ("VARCHAR", "What was measured."),
            "unexpected_count": ("BIGINT", "Rows that break the rule."),
            "sample_text": ("VARCHAR NOT NULL", "The first few of those rows as a JSON list."),
        },
    ),
    "fct_measurement": (
        "One row for each table and measure of a run: how the build compares with what was published at the time.",
        {
            "run_id": ("VARCHAR NOT NULL", "The run."),
            "table_name": ("VARCHAR NOT NULL", "The measured table, with its schema."),
            "measure": (
                "VARCHAR NOT NULL",
                "row_count; a share of the rows, as its name says; missing_count: documents that landed and are not"
                " loaded.",
            ),
            "measured_at": ("TIMESTAMPTZ NOT NULL", "When the audit began."),
            "value": ("DOUBLE NOT NULL", "What was measured of the build."),
            "published_value": ("DOUBLE", "The same of the snapshot in force then; null where there was none."),
        },
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeResult:
    """The outcome of one dbt node; see `ops.fct_dbt_node_result`."""

    node_id: str
    resource_type: str
    name: str
    status: str
    execution_seconds: float
    row_count: int | None
    failure_count: int | None
    message: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """A measurement of a build; see `ops.fct_measurement`."""

    table_name: str
    measure: str
    measured_at: dt.datetime
    value: float
    published_value: float | None


def ensure_ops(connection: duckdb.DuckDBPyConnection) -> None:
    """Create schema `ops` and its tables, with their comments, if they do not exist."""
    present = tables(connection, "ops")
    if all(table in present for table in _TABLES):
        return
    connection.begin()
    connection.execute("CREATE SCHEMA IF NOT EXISTS ops")
    for table, (description, columns) in _TABLES.items():
        definitions = ", ".join(f"{name} {kind}" for name, (kind, _) in columns.items())
        connection.execute(f"CREATE TABLE IF NOT EXISTS ops.{table} ({definitions})")
        connection.execute(f"COMMENT ON TABLE ops.{table} IS {quote(description)}")
        for name, (_, comment) in columns.items():
            connection.execute(f"COMMENT ON COLUMN ops.{table}.{name} IS {quote(comment)}")
    connection.commit()


def start_run(connection: duckdb.DuckDBPyConnection, run_id: str) -> None:
    """Record that a run starts, or starts again, and how many documents it works on."""
    ensure_ops(connection)
    row = {
        "run_id": run_id,
        "status": "running",
        "started_at": dt.datetime.now(dt.UTC),
        "document_count": _document_count(connection),
        "quarantined_count": _document_count(connection, "document_kind IS NULL"),
    }
    _replace(connection, "fct_run", run_id, [row])


def finish_run(connection: duckdb.DuckDBPyConnection, run_id: str, status: str, snapshot_id: str | None = None) -> None:
    """Record how far a run got. If it has no row yet, record its start too."""
    ensure_ops(connection)
    if not connection.execute("SELECT 1 FROM ops.fct_run WHERE run_id = ?", [run_id]).fetchone():
        start_run(connection, run_id)
    connection.execute(
        "UPDATE ops.fct_run SET status = ?, finished_at = ?, snapshot_id = ? WHERE run_id = ?",
        [status, dt.datetime.now(dt.UTC), snapshot_id, run_id],
    )


def record_nodes(connection: duckdb.DuckDBPyConnection, run_id: str, nodes: Sequence[NodeResult]) -> None:
    """Record the outcome of every dbt node of a run."""
    ensure_ops(connection)
    _replace(connection, "fct_dbt_node_result", run_id, [{"run_id": run_id} | asdict(node) for node in nodes])


def record_measurements(
    connection: duckdb.DuckDBPyConnection, run_id: str, measurements: Sequence[Measurement]
) -> None:
    """Record the measurements of a run's build."""
    ensure_ops(connection)
    rows = [{"run_id": run_id} | asdict(measurement) for measurement in measurements]
    _replace(connection, "fct_measurement", run_id, rows)


def record_quality(connection: duckdb.DuckDBPyConnection, report: AuditReport) -> None:
    """Record the outcome of every check of an audit."""
    ensure_ops(connection)
    rows = [
        {
            "run_id": report.run_id,
            "table_name": result.table,
            "check_name": result.check,
            "column_name": result.column,
            "expectation": result.expectation,
            "severity": result.severity,
            "description": result.description,
            "is_success": result.is_success,
            "is_evaluated": result.error is None,
            "error_text": result.error,
            "observed_text": result.observed,
            "unexpected_count": result.unexpected_count,
            "sample_text": result.sample,
        }
        for result in report.results
    ]
    _replace(connection, "fct_quality_result", report.run_id, rows)


def record_publications(connection: duckdb.DuckDBPyConnection, log: Sequence[Publication]) -> None:
    """Record the publications of the realm's log, in a table that is made anew."""
    connection.execute("DROP TABLE IF EXISTS ops.fct_publication")
    ensure_ops(connection)
    rows = [
        {
            "published_at": publication.published_at,
            "snapshot_id": publication.snapshot_id,
            "run_id": publication.run_id,
            "replaced_snapshot_id": publication.replaced_id,
            "kind": publication.kind,
        }
        for publication in log
    ]
    connection.register("incoming", pa.Table.from_pylist(rows))
    connection.execute("INSERT INTO ops.fct_publication BY NAME FROM incoming")
    connection.unregister("incoming")


def _replace(connection: duckdb.DuckDBPyConnection, table: str, run_id: str, rows: list[dict[str, Any]]) -> None:
    connection.begin()
    connection.execute(f"DELETE FROM ops.{table} WHERE run_id = ?", [run_id])
    if rows:
        connection.register("incoming", pa.Table.from_pylist(rows))
        connection.execute(f"INSERT INTO ops.{table} BY NAME FROM incoming")
        connection.unregister("incoming")
    connection.commit()


def _document_count(connection: duckdb.DuckDBPyConnection, condition: str = "true") -> int:
    """Return the number of loaded documents that fulfil the condition; 0 before anything was loaded."""
    if "document" not in tables(connection, "raw"):
        return 0
    (count,) = connection.execute(f"SELECT count(*) FROM raw.document WHERE {condition}").fetchone() or (0,)
    return int(count)
