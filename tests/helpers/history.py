"""A realm with 30 builds of history, written in a second: what the pages of the Warehouse show of a busy month."""

import datetime as dt
import hashlib
import json
import os
import shutil
from dataclasses import replace
from pathlib import Path

import duckdb
import pyarrow as pa

from orderpaper.catalogue import load_sources
from orderpaper.config import DATABASE_NAME, Paths
from orderpaper.landing import Landing
from orderpaper.run.airflow_state import DagState, TaskSeconds
from orderpaper.warehouse import ops
from orderpaper.warehouse.audit_report import AuditReport, CheckResult, write_report
from orderpaper.warehouse.ops import Measurement, NodeResult
from orderpaper.warehouse.snapshots import alone, put_in_force

RUNS = 30
MARTS = {"fct_question": 84_000, "fct_answer": 79_000, "fct_contribution": 31_000, "fct_funding_figure": 12_400}
MODELS = {"int_statements": 9.0, "int_attributions": 7.5, "fct_answer": 5.1, "fct_question": 4.2, "dim_member": 1.1}
BODY = b"<html><script>alert('a document')</script></html>"
DOCUMENT = hashlib.sha256(BODY).hexdigest()
CHECK = CheckResult(
    table="marts.fct_question",
    check="text_not_null",
    column="question_text",
    expectation="ExpectColumnValuesToNotBeNull",
    severity="stop",
    description="Every question has a text.",
    is_success=True,
    error=None,
    observed="0 of 84,000 rows",
    unexpected_count=0,
    sample="[]",
)
WARNING = replace(
    CHECK,
    table="marts.fct_answer",
    check="holding_share",
    severity="warn",
    description="At most a fifth of the answers are holding answers.",
    is_success=False,
    unexpected_count=3,
    sample=json.dumps([{"answer_key": "4d2f", "uin": "HL1024"}]),
)


def make(paths: Paths, now: dt.datetime) -> None:
    """Write the realm: a build each day for a month, of which the newest five snapshots are kept."""
    Landing(paths.landing).put(BODY)
    starts = [now - dt.timedelta(days=RUNS - 1 - number, hours=3) for number in range(RUNS)]
    kept = range(RUNS - 5, RUNS)
    paths.root.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(written := paths.root / DATABASE_NAME) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        _write(connection, starts)
    for number in kept:
        snapshot_id = _snapshot_id(starts[number])
        (paths.snapshots / snapshot_id).mkdir(parents=True)
        database = shutil.copyfile(written, paths.snapshots / snapshot_id / DATABASE_NAME)
        if number == RUNS - 1:
            _correct(database)
        with alone(paths):
            put_in_force(paths, snapshot_id, run_id(number))
    published = starts[-1].timestamp() + 120
    os.utime(paths.current, (published, published), follow_symlinks=False)
    for number in kept:
        _leave(paths, number, starts[number])


def run_id(number: int) -> str:
    """Return the id of a build."""
    return f"scheduled__{number:02}"


def dags(now: dt.datetime) -> list[DagState]:
    """Return what Airflow does in this realm."""

    def dag(dag_id: str, state: str, hours: float, task_id: str | None = None) -> DagState:
        at = now - dt.timedelta(hours=hours)
        return DagState(
            dag_id=dag_id,
            is_paused=False,
            run_id=f"scheduled__{at.isoformat(timespec='seconds')}",
            state=state,
            task_id=task_id,
            started_at=at,
            ended_at=None,
            next_run_at=None if dag_id in ("build_warehouse", "requeue") else now + dt.timedelta(hours=24 - hours),
        )

    return [
        dag("build_warehouse", "success", 3),
        dag("ingest_hansard", "success", 4),
        dag("ingest_members", "success", 6),
        dag("ingest_press_blog", "running", 0.02, "parse"),
        dag("ingest_written_questions", "success", 3.4),
        replace(dag("requeue", "never run", 0), run_id=None, started_at=None),
    ]


def tasks(now: dt.datetime) -> list[TaskSeconds]:
    """Return how long tasks took in this realm."""
    started = [now - dt.timedelta(days=number) for number in range(RUNS, 0, -1)]
    lengths = {
        ("build_warehouse", "load"): 6.0,
        ("build_warehouse", "transform"): 48.0,
        ("build_warehouse", "audit"): 21.0,
    }
    lengths |= {("ingest_hansard", "fetch"): 33.0, ("ingest_hansard", "parse"): 5.0}
    return [
        TaskSeconds(
            dag_id=dag_id,
            task_id=task_id,
            started_at=started,
            seconds=[round(length * (0.8 + _chance(task_id, number) * 0.5), 1) for number in range(RUNS)],
        )
        for (dag_id, task_id), length in lengths.items()
    ]


def report(number: int, at: dt.datetime, *results: CheckResult, run: str | None = None) -> AuditReport:
    """Return the report of the audit of a build, or of another run with its rows."""
    counts = {f"marts.{name}": _rows(count, number) for name, count in MARTS.items()}
    found = (*(replace(CHECK, check=f"check_{index}") for index in range(40)), *results)
    return AuditReport(
        run_id=run or run_id(number), audited_at=at, seconds=21.0, build_version="", results=found, row_counts=counts
    )


def _write(connection: duckdb.DuckDBPyConnection, starts: list[dt.datetime]) -> None:
    ops.ensure_ops(connection)
    for number, at in enumerate(starts):
        is_refused = number == 11
        connection.execute(
            "INSERT INTO ops.fct_run VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                run_id(number),
                "refused" if is_refused else "published",
                at,
                at + dt.timedelta(minutes=2),
                None if is_refused else _snapshot_id(at),
                20_000 + number * 310,
                [0, 0, 1, 4, 2][number % 5] if number % 7 < 4 else 0,
            ],
        )
        measured = [
            Measurement(
                table_name=f"marts.{name}",
                measure="row_count",
                measured_at=at,
                value=_rows(count, number),
                published_value=_rows(count, number - 1),
            )
            for name, count in MARTS.items()
        ]
        ops.record_measurements(connection, run_id(number), measured)
        nodes = [
            NodeResult(
                node_id=f"model.orderpaper.{name}",
                resource_type="model",
                name=name,
                status="success",
                execution_seconds=round(seconds * (0.8 + _chance(name, number) * 0.4), 2),
                row_count=None,
                failure_count=None,
                message=None,
            )
            for name, seconds in MODELS.items()
        ]
        ops.record_nodes(connection, run_id(number), nodes)
        warnings = [replace(WARNING, check=f"warning_{index}") for index in range([1, 0, 2, 1, 3][number % 5])]
        stops = [replace(CHECK, is_success=False)] if is_refused else []
        ops.record_quality(connection, report(number, at, *warnings, *stops))
    days = [at.date() for at in starts]
    connection.execute(
        "CREATE SCHEMA marts;"
        " CREATE TABLE about_keys (schema_name VARCHAR, table_name VARCHAR, key_kind VARCHAR, column_names VARCHAR)"
    )
    for name, count in MARTS.items():
        connection.execute(
            f"""
            CREATE TABLE marts.{name} (row_key VARCHAR, cite_as VARCHAR, status VARCHAR);
            INSERT INTO about_keys VALUES ('marts', '{name}', 'primary', 'row_key');
            INSERT INTO marts.{name}
            SELECT printf('%04d', range), printf('House of Commons, question %04d', range), 'unanswered'
            FROM range({_rows(count, len(starts) - 1) // 1000})
            """
        )
    first, last = days[0] - dt.timedelta(150), days[-1] - dt.timedelta(1)
    connection.execute(
        f"""
        CREATE TABLE marts.dim_date AS
        SELECT CAST(day AS DATE) AS date_on,
            isodow(day) <= 4 AND NOT day BETWEEN DATE '{first}' + 60 AND DATE '{first}' + 78 AS is_commons_sitting_day,
            isodow(day) <= 3 AS is_lords_sitting_day, isodow(day) <= 4 AS is_sitting_day
        FROM range(DATE '{first}', DATE '{last}' + 2, INTERVAL 1 DAY) AS days (day);
        CREATE TABLE ops.fct_as_of (
            source VARCHAR, house VARCHAR, complete_from_on DATE, as_of_on DATE, expected_until_on DATE,
            lag_days BIGINT, is_current BOOLEAN
        );
        CREATE TABLE ops.fct_source_freshness (
            source VARCHAR, last_answered_at TIMESTAMPTZ, last_loaded_at TIMESTAMPTZ, document_count BIGINT,
            quarantined_document_count BIGINT
        );
        CREATE TABLE ops.fct_freshness (source VARCHAR, house VARCHAR, measured_on DATE, is_met BOOLEAN);
        CREATE TABLE ops.fct_fetch (
            source VARCHAR, outcome VARCHAR, requested_at TIMESTAMPTZ, status_code BIGINT, url VARCHAR,
            error_text VARCHAR, attempt BIGINT, run_id VARCHAR
        );
        CREATE TABLE ops.fct_drift AS
        SELECT 'hansard' AS source, '$.Items[].NewField' AS field_path, 'true' AS example, 12 AS document_count;
        CREATE TABLE ops.fct_source_loss AS
        SELECT 'hansard' AS source, 31000 AS row_count, 2 AS refused_row_count, 900 AS document_count,
            0 AS lost_document_count, 0 AS tolerated_row_count, 0.0001 AS lost_row_share;
        CREATE TABLE ops.fct_quarantine (
            source VARCHAR, stage VARCHAR, upstream_kind VARCHAR, document_id VARCHAR, url VARCHAR, row_address VARCHAR,
            reason VARCHAR, excerpt VARCHAR, first_seen_at TIMESTAMPTZ, last_seen_at TIMESTAMPTZ, is_resolved BOOLEAN
        )
        """
    )
    requests: list[dict[str, object]] = []
    freshness: list[dict[str, object]] = []
    for source in (source for source in load_sources().values() if source.is_enabled):
        connection.execute(
            "INSERT INTO ops.fct_source_freshness VALUES (?, ?, ?, ?, 0)",
            [source.name, starts[-1], starts[-1] + dt.timedelta(minutes=1), 900 + 10 * len(source.name)],
        )
        if source.connection_id is None:
            continue
        for house in source.houses or [None]:
            gap = last - dt.timedelta(40)
            connection.execute(
                "INSERT INTO ops.fct_as_of VALUES (?, ?, ?, ?, ?, NULL, false), (?, ?, ?, ?, ?, 0, true)",
                [source.name, house, first, gap, last, source.name, house, gap + dt.timedelta(6), last, last],
            )
            freshness += [
                {
                    "source": source.name,
                    "house": house,
                    "measured_on": day,
                    "is_met": not (source.name == "press_blog" and day in days[8:10]),
                }
                for day in days
            ]
        for number, at in enumerate(starts):
            bad = ["timeout"] if _chance(source.name, number) > 0.7 else []
            requests += [
                {
                    "source": source.name,
                    "outcome": outcome,
                    "requested_at": at - dt.timedelta(minutes=30),
                    "status_code": None if outcome == "timeout" else 200,
                    "url": f"{source.base_url}/list?day={at:%Y-%m-%d}",
                    "error_text": "did not answer within 30 s" if outcome == "timeout" else None,
                    "attempt": 1,
                    "run_id": run_id(number),
                }
                for outcome in ["fetched"] * 5 + ["not_modified"] * 7 + bad
            ]
    for table, rows in (("fct_fetch", requests), ("fct_freshness", freshness)):
        connection.register("incoming", pa.Table.from_pylist(rows))
        connection.execute(f"INSERT INTO ops.{table} BY NAME FROM incoming")
        connection.unregister("incoming")
    connection.execute(
        "CREATE TABLE ops.fct_error_budget AS SELECT source, max(measured_on) AS measured_on FROM ops.fct_freshness"
        " GROUP BY source"
    )


def quarantine(paths: Paths, reason: str, excerpt: str) -> None:
    """Refuse a row of a document in the snapshot in force."""
    database = paths.current.resolve() / DATABASE_NAME
    with duckdb.connect(database) as connection:
        connection.execute(
            """
            INSERT INTO ops.fct_quarantine
            VALUES ('hansard', 'parse', 'debate', ?, '/debates/debate/7f0a.json', '$.Items[3].Value', ?, ?,
                now(), now(), false)
            """,
            [DOCUMENT, reason, excerpt],
        )
        connection.execute(
            "UPDATE ops.fct_source_freshness SET quarantined_document_count = 1 WHERE source = 'hansard'"
        )


def _leave(paths: Paths, number: int, at: dt.datetime) -> None:
    """Write what a build leaves in its folder."""
    folder = paths.runs / run_id(number) / "dbt"
    folder.mkdir(parents=True)
    tests = [
        {"unique_id": f"test.orderpaper.not_null_{name}.1a2b", "status": "pass", "execution_time": 0.1, "failures": 0}
        for name in MODELS
    ]
    models = [
        {
            "unique_id": f"model.orderpaper.{name}",
            "status": "success",
            "execution_time": round(seconds * (0.8 + _chance(name, number) * 0.4), 2),
        }
        for name, seconds in MODELS.items()
    ]
    metadata = {
        "invocation_started_at": at.isoformat(),
        "generated_at": (at + dt.timedelta(seconds=48)).isoformat(),
    }
    (folder / "run_results.json").write_text(json.dumps({"metadata": metadata, "results": [*models, *tests]}))
    write_report(paths, report(number, at + dt.timedelta(minutes=1), WARNING))


def _correct(database: Path) -> None:
    """Change what the newest snapshot has: a question is new, one was answered, and one is gone."""
    with duckdb.connect(database) as connection:
        connection.execute(
            """
            INSERT INTO marts.fct_question VALUES ('0999', 'House of Commons, question 0999', 'unanswered');
            UPDATE marts.fct_question SET status = 'answered' WHERE row_key = '0003';
            DELETE FROM marts.fct_question WHERE row_key = '0004'
            """
        )


def _snapshot_id(at: dt.datetime) -> str:
    return f"{at:%Y%m%dT%H%M%SZ}-{hashlib.sha256(at.isoformat().encode()).hexdigest()[:8]}"


def _rows(count: int, number: int) -> int:
    return int(count * (0.7 + 0.01 * number))


def _chance(*key: object) -> float:
    """Return a number from 0 to 1 that follows from the key alone."""
    return int(hashlib.sha256(repr(key).encode()).hexdigest()[:8], 16) / 0xFFFFFFFF
