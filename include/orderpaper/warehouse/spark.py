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
    line = _line("build", paths, str(folder))
    if subprocess.run(line, env=environment(), check=False).returncode:  # noqa: S603  # our own program
        raise OrderPaperError("The warehouse could not be built on Spark; the reason stands above.")
    database = attach(folder)
    link(builds / "current", Path(folder.name))
    for old in sorted(builds.glob("[0-9]*"))[:-_BUILDS_KEPT]:
        shutil.rmtree(old)
    return database


def make_batch(paths: Paths, source: str, manifest: str) -> bool:
    """Parse the documents of a manifest on Spark into the batch that `ingest.make_batch` makes; return if it is new.

    Raises:
        OrderPaperError: Spark or Java is not installed, or the documents could not be parsed.
    """
    check_installed()
    line = _line("parse", paths, source, manifest)
    done = subprocess.run(line, env=environment(), check=False, capture_output=True, text=True)  # noqa: S603
    if done.returncode:
        raise OrderPaperError(f"{source}: Spark could not parse {manifest}: {done.stderr.strip()[-1000:]}")
    return done.stdout.splitlines()[-1] == "new"


def _line(program: str, paths: Paths, *arguments: str) -> list[str]:
    """Return the command that runs a program of the folder `spark` on a realm."""
    return [str(PROGRAM), str(PROJECT / "spark" / f"{program}.py"), str(paths.home), paths.realm, *arguments]


def environment() -> dict[str, str]:
    """Return the environment of a program of Spark, whose workers find our modules too."""
    modules = os.pathsep.join(map(str, (PROJECT / "spark", PROJECT / "include")))
    return os.environ | {"PYTHONPATH": modules, "DO_NOT_TRACK": "1"}


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
