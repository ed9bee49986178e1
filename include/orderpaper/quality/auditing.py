"""The audit, which runs every suite inside DuckDB before anything is published."""

import datetime as dt
import hashlib
import logging
import time
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from orderpaper.config import Paths
from orderpaper.errors import OrderPaperError
from orderpaper.meter import Meter
from orderpaper.quality import data_docs, written
from orderpaper.quality.checks import Check, warn
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

    Stop checks that say on what the result of a row depends are made of the rows for which that was written or deleted
    since the last audit that passed, if its checks were the same. The others are made of whole tables.

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
        suites = SUITES | {COMPARISONS: warn(*SUITES[COMPARISONS])} if accept_shifts else SUITES
        of_copies = written.gather(connection, suites, _DIGEST) if not is_whole else {}
    results = validate(paths.build_database, suites, paths.runs / run_id / "data_docs", of_copies)
    report = AuditReport(
        run_id=run_id,
        audited_at=dt.datetime.now(dt.UTC),
        seconds=round(time.monotonic() - started, 3),
        build_version="",
        results=tuple(results),
        row_counts={found.table_name: int(found.value) for found in measurements if found.measure == "row_count"},
    )
    with build_connection(paths.build_database) as connection:
        written.drop(connection)
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
    if of_copies:
        log.info(
            "%d checks read only the rows of %d tables that were written, or may break a rule since.",
            sum(map(len, of_copies.values())),
            len(of_copies),
        )
    for warning in report.warnings:
        log.warning("Warning: %s", warning.finding)
    report.raise_for_stops()
    return report


def validate(
    database: Path,
    checks: dict[str, tuple[Check, ...]],
    docs: Path | None = None,
    of_copies: Mapping[str, Collection[str]] = MappingProxyType({}),
) -> list[CheckResult]:
    """Evaluate `checks` (table with schema → its checks) on `database`, opened read-only, and write pages to `docs`.

    The checks that `of_copies` names for a table are made of its copy in the schema `written`.
    """
    log.info("Great Expectations checks %d tables.", len(checks))
    with opened(database) as build:
        meter = Meter(log, "tables", len(checks))
        present = build.tables()
        results: list[CheckResult] = []
        outcomes: dict[str, Any] = {}
        for table, table_checks in checks.items():
            if table in present:
                found, outcomes[table] = _evaluate(build, table, table_checks, of_copies.get(table, ()))
                results += found
            else:
                results += [result(table, check, error="The table does not exist.") for check in table_checks]
            meter.add()
        if docs is not None:
            data_docs.write(docs, outcomes, results)
        return results


def _evaluate(
    build: Build, table: str, checks: tuple[Check, ...], of_copy: Collection[str]
) -> tuple[list[CheckResult], Any]:
    """Evaluate the checks of one table, those in `of_copy` on its copy."""
    of_table = tuple(check for check in checks if check.name not in of_copy)
    found, outcomes = build.evaluate(table, of_table)
    if of_copy:
        again, copy_outcomes = build.evaluate(
            written.copy_of(table), tuple(check for check in checks if check.name in of_copy)
        )
        outcomes.results += copy_outcomes.results
        by_name = {each.check: replace(each, table=table) for each in (*found, *again)}
        found = [by_name[check.name] for check in checks]
    return found, outcomes
