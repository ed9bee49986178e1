"""Audit the last build again, with every check on every row."""

import datetime as dt
import sys

from orderpaper import quality
from orderpaper.run.lock import HomeLock
from orderpaper.run.options import Options


def everything(options: Options) -> None:
    """Check every row of the last build and say how many checks hold.

    Raises:
        AuditError: a check that must hold does not; the message has one line for each.
        BusyError: another command is using the same home.
    """
    _held = HomeLock(options.paths.home, "make audit-all")  # until this process ends
    run_id = f"audit_all_{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%SZ}"
    report = quality.audit(options.paths, run_id, is_whole=True)
    for result in report.warnings:
        sys.stdout.write(f"warning: {result.finding}\n")
    true_count = sum(result.is_success for result in report.results)
    sys.stdout.write(f"{true_count} of {len(report.results)} checks hold.\n")
