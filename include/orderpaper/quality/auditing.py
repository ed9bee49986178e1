"""The audit, which runs every suite inside DuckDB before anything is published."""

import datetime as dt
import hashlib
import json
import logging
import os
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orderpaper.config import Paths
from orderpaper.errors import OrderPaperError
from orderpaper.meter import Meter
from orderpaper.quality import data_docs
from orderpaper.quality.checks import Check, moved, warn
from orderpaper.quality.measures import measure
from orderpaper.quality.suites import SUITES
from orderpaper.warehouse import changes, damage, ops
from orderpaper.warehouse.audit_report import AuditReport, CheckResult, write_report
from orderpaper.warehouse.content import file_version
from orderpaper.warehouse.load import build_connection

if TYPE_CHECKING:
    from sqlalchemy import Engine

log = logging.getLogger(__name__)

SAMPLE_ROWS = 3
SAMPLE_CHARACTERS = 200
_DIGEST = hashlib.sha256(repr(SUITES).encode()).hexdigest()
"""The digest of all checks. Rows that passed an audit with another digest are checked again."""
COMPARISONS = "ops.fct_measurement"
"""The suite that compares the build with the published snapshot."""


def audit(paths: Paths, run_id: str, *, accept_shifts: bool = False, is_whole: bool = False) -> AuditReport:
    """Run every suite on the build database and record the results.

    What a stop check says of each row by itself is checked on the rows that were written since the last audit that
    passed, if its checks were the same; everything else is checked on whole tables.

    The report goes to runs/<run_id>/quality.json, to `ops.fct_quality_result` and, as pages, to
    runs/<run_id>/data_docs.

    Args:
        paths: the realm.
        run_id: the run whose build is audited.
        accept_shifts: report differences from the published warehouse only as warnings, because a person has
            accepted them.
        is_whole: check every row, also those that an audit has passed before.

    Raises:
        AuditError: a stop check failed or could not be evaluated; the message has one line for each.
        OrderPaperError: there is no build database, or another process is writing it.
    """
    if not paths.build_database.exists():
        raise OrderPaperError(f"There is nothing to audit: {paths.build_database} does not exist; build it first.")
    started = time.monotonic()
    with build_connection(paths.build_database) as connection:
        ops.ensure_ops(connection)
        measurements = measure(paths, connection)
        ops.record_measurements(connection, run_id, measurements)
        written = changes.gather_written(connection, _DIGEST) if not is_whole else set()
    suites = SUITES | {COMPARISONS: warn(*SUITES[COMPARISONS])} if accept_shifts else SUITES
    results = validate(paths.build_database, suites, paths.runs / run_id / "data_docs", written)
    report = AuditReport(
        run_id=run_id,
        audited_at=dt.datetime.now(dt.UTC),
        seconds=round(time.monotonic() - started, 3),
        build_version="",
        results=tuple(results),
        row_counts={found.table_name: int(found.value) for found in measurements if found.measure == "row_count"},
    )
    with build_connection(paths.build_database) as connection:
        ops.record_quality(connection, report)
        ops.finish_run(connection, run_id, "refused" if report.stops else "audited")
        # An audit of every row may follow a build that failed, and the next build goes on from what changed there.
        if not report.stops and not is_whole:
            changes.forget(connection, _DIGEST)
    with paths.build_database.open("rb") as database:
        report = replace(report, build_version=file_version(database))
    write_report(paths, report)
    data_docs.prune(paths)
    log.info("%d checks of %d tables in %.1f s", len(results), len(SUITES), report.seconds)
    if written:
        log.info("Of %d marts, only the rows that were written were checked one by one.", len(written))
    for result in report.warnings:
        log.warning("Warning: %s", result.finding)
    report.raise_for_stops()
    return report


def validate(
    database: Path,
    checks: dict[str, tuple[Check, ...]],
    docs: Path | None = None,
    written: Collection[str] = (),
) -> list[CheckResult]:
    """Evaluate `checks` (table with schema → its checks) on `database`, opened read-only, and write pages to `docs`.

    Of the marts in `written`, the schema `written` has the rows that are checked one by one.
    """
    log.info("Great Expectations checks %d tables.", len(checks))
    with opened(database) as build:
        meter = Meter(log, "tables", len(checks))
        present = build.tables()
        results: list[CheckResult] = []
        outcomes: dict[str, Any] = {}
        for table, table_checks in checks.items():
            if table in present:
                found, outcomes[table] = _evaluate(build, table, table_checks, written)
                results += found
            else:
                results += [_result(table, check, error="The table does not exist.") for check in table_checks]
            meter.add()
        if docs is not None:
            data_docs.write(docs, outcomes, results)
        return results


def _evaluate(
    build: "Build", table: str, checks: tuple[Check, ...], written: Collection[str]
) -> tuple[list[CheckResult], Any]:
    """Evaluate the checks of one table: those of each row on the rows that were written, if these are known."""
    schema, name = table.split(".")
    if schema != "marts" or name not in written:
        return build.evaluate(table, checks)
    copy = f"{changes.WRITTEN}.{name}"
    row_checks = [check for check in checks if check.of_each_row and check.severity == "stop"]
    others = tuple(check for check in checks if check not in row_checks)
    found, outcomes = build.evaluate(table, others)
    if not row_checks:
        return found, outcomes
    of_rows, row_outcomes = build.evaluate(copy, tuple(moved(check, table, copy) for check in row_checks))
    outcomes.results += row_outcomes.results
    by_name = {result.check: replace(result, table=table) for result in (*found, *of_rows)}
    return [by_name[check.name] for check in checks], outcomes


@contextmanager
def opened(database: Path, *, read_only: bool = True) -> Iterator["Build"]:
    """Open `database` for Great Expectations."""
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    logging.getLogger("great_expectations").setLevel(logging.WARNING)  # at INFO it logs several lines for each check
    import great_expectations as gx  # noqa: PLC0415  # the import takes 3.5 s
    from great_expectations.data_context.types.base import (  # noqa: PLC0415
        DataContextConfig,
        InMemoryStoreBackendDefaults,
        ProgressBarsConfig,
    )

    from orderpaper.quality import dialect  # noqa: PLC0415

    dialect.register()
    config = DataContextConfig(
        store_backend_defaults=InMemoryStoreBackendDefaults(),
        progress_bars=ProgressBarsConfig(globally=False),
        analytics_enabled=False,
    )
    context = gx.get_context(mode="ephemeral", project_config=config)
    # The context ends with the audit. Writing it as YAML twice for each table is a tenth of the time of the checks.
    variables: Any = context.variables
    variables.save = lambda: None
    source = context.data_sources.add_sql(
        "build",
        connection_string=f"{dialect.SCHEME}:///{database}",
        kwargs={"connect_args": {"read_only": read_only}},
    )
    engine = source.get_engine()
    try:
        yield Build(source, engine)
    finally:
        # The data source and its execution engine each have a pool. Both must close before the next writer can begin.
        source.get_execution_engine().close()
        engine.dispose()


class Build:
    """A build database that Great Expectations has open."""

    def __init__(self, source: Any, engine: "Engine") -> None:
        self.source = source
        self.engine = engine
        self._batches: dict[str, Any] = {}

    def tables(self) -> set[str]:
        """Return the tables and views of the database, with their schema."""
        with self.engine.connect() as connection:
            rows = connection.exec_driver_sql(
                "SELECT schema_name || '.' || table_name FROM duckdb_tables()"
                " UNION ALL SELECT schema_name || '.' || view_name FROM duckdb_views()"
            ).fetchall()
        return {name for (name,) in rows}

    def evaluate(self, table: str, checks: tuple[Check, ...]) -> tuple[list[CheckResult], Any]:
        """Return the results of the checks of one table, also as Great Expectations has them.

        Most checks hold. So the rows that break one are counted and asked for in a second look at those that do not.
        """
        outcomes = self._validate(table, checks, {"result_format": "BOOLEAN_ONLY"})
        failed = {outcome.expectation_config.meta["check"] for outcome in outcomes.results if not outcome.success}
        by_check = {}
        if failed:
            again = self._validate(
                table,
                tuple(check for check in checks if check.name in failed),
                {
                    "result_format": "SUMMARY",
                    "include_unexpected_rows": True,
                    "partial_unexpected_count": SAMPLE_ROWS,
                },
            )
            by_check = {outcome.expectation_config.meta["check"]: outcome for outcome in again.results}
        row_count = self._row_count(table)
        for outcome in outcomes.results:
            if outcome.success and "unexpected_rows_query" in outcome.expectation_config.kwargs:
                outcome.result = {"observed_value": 0}
            elif outcome.success:
                outcome.result = {"element_count": row_count, "unexpected_count": 0, "unexpected_percent": 0.0}
        outcomes.results = [
            by_check.get(outcome.expectation_config.meta["check"], outcome) for outcome in outcomes.results
        ]
        return _results(self.engine, table, checks, outcomes), outcomes

    def _row_count(self, table: str) -> int:
        with self.engine.connect() as connection:
            return int(connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())

    def _validate(self, table: str, checks: tuple[Check, ...], result_format: dict[str, Any]) -> Any:
        """Return what Great Expectations finds, in one of its formats of results."""
        import great_expectations as gx  # noqa: PLC0415

        from orderpaper.quality.row_count import UnexpectedRowCountExpectation  # noqa: PLC0415

        ours = {"UnexpectedRowsExpectation": UnexpectedRowCountExpectation}
        suite = gx.ExpectationSuite(
            name=table,
            expectations=[
                (ours.get(check.expectation) or getattr(gx.expectations, check.expectation))(
                    **check.arguments,
                    severity="critical" if check.severity == "stop" else "warning",
                    notes=check.description,
                    meta={"check": check.name},
                )
                for check in checks
            ],
        )
        with _configurations_made_once():
            return self._batch(table).validate(suite, result_format=result_format)

    def _batch(self, table: str) -> Any:
        if table not in self._batches:
            schema, name = table.split(".")
            asset = self.source.add_table_asset(table, table_name=name, schema_name=schema)
            self._batches[table] = asset.add_batch_definition_whole_table("all rows").get_batch()
        return self._batches[table]


@contextmanager
def _configurations_made_once() -> Iterator[None]:
    """Let each expectation keep its configuration while the block runs.

    Great Expectations makes the configuration of an expectation anew some 90 times for each check, although it does not
    change while it is checked.
    """
    from great_expectations.expectations.expectation import Expectation  # noqa: PLC0415

    expectation: Any = Expectation
    original = expectation.configuration
    made: dict[int, tuple[Any, Any]] = {}  # the expectation is kept too, so that no other gets its id

    def configuration(this: Any) -> Any:
        if id(this) not in made:
            made[id(this)] = this, original.fget(this)
        return made[id(this)][1]

    expectation.configuration = property(configuration)
    try:
        yield
    finally:
        expectation.configuration = original


def _results(engine: "Engine", table: str, checks: tuple[Check, ...], outcomes: Any) -> list[CheckResult]:
    by_check = {outcome.expectation_config.meta["check"]: outcome for outcome in outcomes.results}
    return [_read(engine, table, check, by_check[check.name]) for check in checks]


def _read(engine: "Engine", table: str, check: Check, outcome: Any) -> CheckResult:
    """Return the result of one check from the outcome that Great Expectations gives."""
    error = _error(outcome.exception_info)
    if error is not None:
        folder = Path(str(engine.url.database)).parent
        return _result(table, check, error=error + damage.advice(error, folder))
    found = outcome.result
    observed = found.get("observed_value")
    query = check.arguments.get("unexpected_rows_query")
    if query is not None:
        rows = [] if outcome.success else _sample(engine, str(query))
        return _result(table, check, outcome.success, unexpected_count=int(observed), rows=rows)
    if observed is not None:
        return _result(table, check, outcome.success, observed=str(observed))
    return _result(
        table,
        check,
        outcome.success,
        observed=f"{found['unexpected_count']} of {found['element_count']} rows",
        unexpected_count=found["unexpected_count"],
        rows=found.get("unexpected_rows") or [],
    )


def _result(
    table: str,
    check: Check,
    is_success: bool = False,
    *,
    error: str | None = None,
    observed: str | None = None,
    unexpected_count: int | None = None,
    rows: list[dict[str, Any]] | None = None,
) -> CheckResult:
    brief = [{name: _brief(value) for name, value in row.items() if value is not None} for row in rows or []]
    return CheckResult(
        table=table,
        check=check.name,
        column=check.column,
        expectation=check.expectation,
        severity=check.severity,
        description=check.description,
        is_success=bool(is_success),
        error=error,
        observed=observed,
        unexpected_count=unexpected_count,
        sample=json.dumps(brief, ensure_ascii=False, default=str),
    )


def _error(exception_info: dict[str, Any]) -> str | None:
    """Return the first line of what an expectation raised, or None. The keys are 'raised_exception' or metrics."""
    infos = [exception_info] if "raised_exception" in exception_info else list(exception_info.values())
    raised = [info for info in infos if info["raised_exception"]]
    return str(raised[0]["exception_message"]).strip().splitlines()[0] if raised else None


def _sample(engine: "Engine", query: str) -> list[dict[str, Any]]:
    sql = query.replace("/* {batch} */", "").replace("{{", "{").replace("}}", "}")
    with engine.connect() as connection:
        rows = connection.exec_driver_sql(f"SELECT * FROM ({sql}) LIMIT {SAMPLE_ROWS}").mappings().all()
    return [dict(row) for row in rows]


def _brief(value: Any) -> Any:
    return value[:SAMPLE_CHARACTERS] if isinstance(value, str) else value
