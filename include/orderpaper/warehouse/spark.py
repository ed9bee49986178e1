"""The warehouse built by Apache Spark instead of DuckDB: `make spark`, or `ORDERPAPER_BUILD_ON=spark`.

Spark is in an environment of its own, `.spark`; the folder `spark/` has its lock file and programs. It reads the
records that `parse` wrote and writes Parquet, which a DuckDB database shows as tables.
"""

import datetime as dt
import os
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import duckdb
import msgspec

from orderpaper.config import DATABASE_NAME, PROJECT, WORK_NAME, Paths
from orderpaper.errors import OrderPaperError
from orderpaper.ingest import batches
from orderpaper.warehouse import dbt_project, ops, search_index
from orderpaper.warehouse.content import quote
from orderpaper.warehouse.health import expected_until
from orderpaper.warehouse.load import build_connection, mend
from orderpaper.warehouse.snapshots import kept_ids, link, opened
from orderpaper.warehouse.transform import TransformSummary

PROGRAM = PROJECT / ".spark" / "bin" / "python"
_BUILDS_KEPT = 2
_PUBLISHED = ("marts", "ops", "reference")


@dataclass(frozen=True, slots=True)
class SparkPaths(Paths):
    """The folders of a realm, with the build database in the folder that Spark writes in one run.

    The work database beside it has schema `raw`, with which the audit compares the marts.
    """

    run_id: str
    is_beside: bool = False
    """Whether DuckDB's build stays published; then the reports of this one are in its folder."""

    @property
    def runs(self) -> Path:
        """Return the folder of what this build leaves."""
        return (self.build_database.parent if self.is_beside else self.root) / "runs"

    @property
    def builds(self) -> Path:
        """Return the folder that has a folder for each build on Spark."""
        return self.root / "spark"

    @property
    def build_database(self) -> Path:
        """Return the database that shows the Parquet files of this build."""
        return self.builds / self.run_id / DATABASE_NAME

    @property
    def work_database(self) -> Path:
        """Return the database that shows the rows from which this build was made."""
        return self.builds / self.run_id / WORK_NAME


class _Counts(msgspec.Struct):
    """The numbers that the program `build` gives of a build."""

    document: int
    model: int
    test: int
    warning: int


class _Described(msgspec.Struct):
    """A table or a column in dbt's manifest."""

    resource_type: str = ""
    schema: str = ""
    alias: str = ""
    description: str = ""
    columns: dict[str, "_Described"] = msgspec.field(default_factory=dict)


class _Manifest(msgspec.Struct):
    """The part of dbt's manifest that describes tables."""

    nodes: dict[str, _Described]


def build(paths: SparkPaths) -> TransformSummary:
    """Build the marts of a realm on Spark, into a folder of their own and a database that shows them.

    Raises:
        OrderPaperError: Spark or Java is not installed, or the build failed; Spark's own words stand above.
    """
    check_installed()
    started = time.monotonic()
    mend(paths, [batches.bring(paths, folder) for folder in batches.folders(paths)])
    folder = paths.build_database.parent
    shutil.rmtree(folder, ignore_errors=True)  # of an earlier try
    line = _line("build", paths, str(folder))
    expected = expected_until(paths, dt.datetime.now(dt.UTC))
    variables = environment() | {"ORDERPAPER_EXPECTED_UNTIL": expected.isoformat() if expected else ""}
    if subprocess.run(line, env=variables, check=False).returncode:  # noqa: S603  # our own program
        raise OrderPaperError("The warehouse could not be built on Spark; the reason stands above.")
    attach(folder)
    add_views(paths)
    with build_connection(paths.build_database) as connection:
        ops.start_run(connection, paths.run_id)
        ops.finish_run(connection, paths.run_id, "built")
    counts = msgspec.json.decode((folder / "summary.json").read_bytes(), type=_Counts)
    return TransformSummary(counts.model, counts.test, counts.warning, round(time.monotonic() - started, 3))


def put_in_force(paths: SparkPaths) -> Path:
    """Let the symlink `current` lead to a build that was audited; return the database in its folder.

    Of older builds, those are kept that a snapshot shows, and the one before.
    """
    folder = paths.build_database.parent
    link(paths.builds / "current", Path(folder.name))
    used = _in_snapshots(paths)
    found = [each for each in paths.builds.glob("[!.]*") if each.is_dir() and not each.is_symlink() and each != folder]
    for age, old in enumerate(sorted(found, key=lambda each: each.stat().st_mtime, reverse=True), 1):
        if age < _BUILDS_KEPT or old.name in used:
            shutil.rmtree(old / "raw", ignore_errors=True)
            (old / WORK_NAME).unlink(missing_ok=True)
        else:
            shutil.rmtree(old)
    return paths.builds / "current" / DATABASE_NAME


def _in_snapshots(paths: SparkPaths) -> set[str]:
    """Return the builds whose files a snapshot shows."""
    used: set[str] = set()
    for name in kept_ids(paths):
        with opened(paths.snapshots / name / DATABASE_NAME) as snapshot:
            views = snapshot.execute("SELECT sql FROM duckdb_views() WHERE schema_name = 'marts'").fetchall()
        used |= {each.name for each in paths.builds.glob("[!.]*") if any(f"{each}/" in sql for (sql,) in views)}
    return used


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
    if not any(os.environ.get(name) for name in ("SPARK_REMOTE", "JAVA_HOME")) and not shutil.which("java"):
        raise OrderPaperError("Spark needs Java 17; install it, or set JAVA_HOME. Without Spark, use `make run`.")


def attach(folder: Path) -> None:
    """Make the databases whose tables are the Parquet files of a build: one with what is published, one with `raw`.

    The files are named by their absolute path, so that a copy of the database shows them too.
    """
    for name, schemas in ((DATABASE_NAME, _PUBLISHED), (WORK_NAME, ("raw",))):
        with duckdb.connect(folder.resolve() / name) as connection:
            for table in sorted(path for schema in schemas for path in folder.resolve().glob(f"{schema}/*/")):
                connection.execute(f"CREATE SCHEMA IF NOT EXISTS {table.parent.name}")
                files = f"read_parquet({quote(f'{table}/**/*.parquet')}, hive_partitioning = false)"
                connection.execute(f'CREATE VIEW {table.parent.name}."{table.name}" AS FROM {files}')


def add_views(paths: SparkPaths) -> None:
    """Add what a build has beside its tables: the views of schema `main`, descriptions, and the index of `search`.

    Raises:
        OrderPaperError: dbt could not make the views.
    """
    outcome = dbt_project.invoke(paths, dbt_project.FOLDER, ["run", "--select=path:models/views"])
    if not outcome.success:
        results = getattr(outcome.result, "results", [])
        failed = [f"{each.node.name}: {each.message}" for each in results if str(each.status) == "error"]
        raise OrderPaperError(f"dbt could not make the views of what Spark built: {failed or outcome.exception}")
    target = dbt_project.target(paths)
    manifest = msgspec.json.decode((target / "manifest.json").read_bytes(), type=_Manifest)
    shutil.rmtree(target)
    with build_connection(paths.build_database) as connection:
        for node in manifest.nodes.values():
            if node.schema in _PUBLISHED and node.resource_type in ("model", "seed"):
                view = f'{node.schema}."{node.alias}"'
                connection.execute(f"COMMENT ON VIEW {view} IS {quote(node.description)}")
                for name, column in node.columns.items():
                    connection.execute(f'COMMENT ON COLUMN {view}."{name}" IS {quote(column.description)}')
        search_index.update(connection)
