"""The audit, which runs every suite inside DuckDB before anything is published."""

import datetime as dt
import hashlib
import logging
import time
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import Any

from orderpaper.config import Paths
from orderpaper.errors import OrderPaperError
from orderpaper.meter import Meter
from orderpaper.quality import data_docs
from orderpaper.quality.checks import Check, moved, warn
from orderpaper.quality.expectations import Build, opened
from orderpaper.quality.measures import measure
from orderpaper.quality.results import result
from orderpaper.quality.suites import SUITES
from orderpaper.warehouse import changes, ops
from orderpaper.warehouse.audit_report import AuditReport, CheckResult, write_report
from orderpaper.warehouse.content import file_version
from orderpaper.warehouse.load import build_connection

log = logging.getLogger(__name__)

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
    for warning in report.warnings:
        log.warning("Warning: %s", warning.finding)
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
                results += [result(table, check, error="The table does not exist.") for check in table_checks]
            meter.add()
        if docs is not None:
            data_docs.write(docs, outcomes, results)
        return results


def _evaluate(
    build: Build, table: str, checks: tuple[Check, ...], written: Collection[str]
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
    by_name = {each.check: replace(each, table=table) for each in (*found, *of_rows)}
    return [by_name[check.name] for check in checks], outcomes
