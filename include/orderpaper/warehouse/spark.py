"""The warehouse built by Apache Spark instead of DuckDB: `make spark`.

Spark is in an environment of its own, `.spark`; the folder `spark/` has its lock file and programs. It reads the
records that `parse` wrote and writes Parquet, which a DuckDB database shows as tables.
"""

import datetime as dt
import os
import shutil
import subprocess
from pathlib import Path

import duckdb

from orderpaper.config import DATABASE_NAME, PROJECT, Paths
from orderpaper.errors import OrderPaperError
from orderpaper.warehouse.content import quote
from orderpaper.warehouse.snapshots import link

PROGRAM = PROJECT / ".spark" / "bin" / "python"
_BUILDS_KEPT = 2


def build(paths: Paths) -> Path:
    """Build the marts of a realm on Spark; return the DuckDB database that shows them.

    A build is a folder of its own, to which the symlink `current` leads when it is complete.

    Raises:
        OrderPaperError: Spark or Java is not installed, or the build failed; Spark's own words stand above.
    """
    check_installed()
    builds = paths.root / "spark"
    folder = builds / f"{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%SZ}"
    modules = os.pathsep.join([str(PROJECT / "include"), *filter(None, [os.environ.get("PYTHONPATH")])])
    done = subprocess.run(  # noqa: S603  # our own program
        [PROGRAM, PROJECT / "spark" / "build.py", paths.home, paths.realm, folder],
        env=os.environ | {"PYTHONPATH": modules, "DO_NOT_TRACK": "1"},
        check=False,
    )
    if done.returncode:
        raise OrderPaperError("The warehouse could not be built on Spark; the reason stands above.")
    database = attach(folder)
    link(builds / "current", Path(folder.name))
    for old in sorted(builds.glob("[0-9]*"))[:-_BUILDS_KEPT]:
        shutil.rmtree(old)
    return database


def check_installed() -> None:
    """Check that Spark can start.

    Raises:
        OrderPaperError: it or Java is not installed.
    """
    if not PROGRAM.exists():
        raise OrderPaperError(f"Spark is not installed in {PROGRAM.parent}; build with `make spark`.")
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        raise OrderPaperError("Spark needs Java 17; install it, or set JAVA_HOME. Without Spark, use `make run`.")


def attach(folder: Path) -> Path:
    """Make a database whose tables are the Parquet files of a build; return it.

    The files are named by their absolute path, so that readers who have it open keep reading one build.
    """
    database = folder.resolve() / DATABASE_NAME
    with duckdb.connect(database) as connection:
        for table in sorted(folder.resolve().glob("*/*/")):
            connection.execute(f"CREATE SCHEMA IF NOT EXISTS {table.parent.name}")
            files = f"read_parquet({quote(f'{table}/**/*.parquet')}, hive_partitioning = false)"
            connection.execute(f'CREATE VIEW {table.parent.name}."{table.name}" AS FROM {files}')
    database.chmod(0o444)
    return database
