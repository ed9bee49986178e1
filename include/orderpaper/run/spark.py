"""Build the warehouse on Apache Spark, and audit it."""

import datetime as dt
import sys
from pathlib import Path

from orderpaper import quality
from orderpaper.run.options import Options
from orderpaper.warehouse import spark


def build(options: Options) -> Path:
    """Build the warehouse of a realm on Spark, audit it, and put it in force; return the database that shows it.

    Raises:
        AuditError: a check that must hold does not; the message has one line for each.
        OrderPaperError: Spark or Java is not installed, or the build failed.
    """
    run_id = f"spark_{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%SZ}"
    paths = spark.SparkPaths(options.paths.home, options.paths.realm, run_id, is_beside=True)
    spark.build(paths)
    report = quality.audit(paths, run_id)
    for result in report.warnings:
        sys.stdout.write(f"warning: {result.finding}\n")
    sys.stdout.write(f"{sum(result.is_success for result in report.results)} of {len(report.results)} checks hold.\n")
    database = spark.put_in_force(paths)
    paths.build_database.chmod(0o444)
    return database
