"""Build the marts from `raw` with dbt, inside the calling process, and log one table of the results."""

import datetime as dt
import hashlib
import io
import json
import logging
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
from rich.console import Console
from rich.table import Table

from orderpaper.config import DATABASE_NAME, PROJECT, Paths, memory_limit
from orderpaper.errors import OrderPaperError
from orderpaper.storage import write_atomically
from orderpaper.warehouse import changes, lineage, ops, rules
from orderpaper.warehouse.audit_report import set_one_aside
from orderpaper.warehouse.content import count_rows
from orderpaper.warehouse.culprits import documents_at_fault
from orderpaper.warehouse.health import expected_until
from orderpaper.warehouse.load import build_connection
from orderpaper.warehouse.ops import NodeResult
from orderpaper.warehouse.rules import Rule

log = logging.getLogger(__name__)

RUNS_KEPT = 20
_FAILED = ("error", "fail", "runtime error")
_Found = dict[str, list[tuple[Rule | None, NodeResult]]]
"""For each node of dbt by id its result, or the rules that it checks together and their results."""


@dataclass(frozen=True, slots=True)
class TransformSummary:
    """The result of one dbt build."""

    model_count: int
    test_count: int
    warning_count: int
    seconds: float


def build(paths: Paths, run_id: str, project: Path = PROJECT / "dbt") -> TransformSummary:
    """Build and test every dbt node on the build database; keep the artifacts in runs/<run_id>/dbt.

    The tables of the last build are updated; if the project has changed since, they are built from nothing. When this
    returns or raises, nothing in this process has the build database open.

    Raises:
        OrderPaperError: a node failed, or dbt could not start; the message names each and where its SQL is.
    """
    started = time.monotonic()
    is_whole = paths.build_database.exists() and paths.work_database.exists()
    _prune(paths)
    folder = paths.runs / run_id / "dbt"
    # Kept between runs, so that dbt parses only the files that changed.
    target = paths.build_database.parent / "dbt"
    version, stamp = _version(project), paths.build_database.parent / "dbt_project.sha256"
    is_same = is_whole and stamp.exists() and stamp.read_bytes() == version
    if not is_same:
        stamp.unlink(missing_ok=True)
    with build_connection(paths.build_database) as connection:
        _remove_former_layout(connection)
        ops.start_run(connection, run_id)
    log.info(
        "dbt reads the project, then builds and tests the warehouse%s.",
        "" if is_same else " from nothing, because there is no whole build of this dbt project",
    )
    outcome = _invoke(paths, project, target, folder, [] if is_same else ["--full-refresh"])
    results = list(getattr(outcome.result, "results", []))
    with build_connection(paths.build_database) as connection:
        rows = count_rows(connection)
        found = {
            result.node.unique_id: rules.results(connection, result.node, _node_result(result, rows))
            for result in results
        }
        nodes = [node for parts in found.values() for _, node in parts]
        for model, parent in changes.computed_anew(connection):
            log.info("%s was computed anew, because %s has changed.", model, parent)
        ops.record_nodes(connection, run_id, nodes)
        ops.finish_run(connection, run_id, "built" if outcome.success else "failed")
    _keep_artifacts(target, folder, found)
    if nodes:
        log.info("dbt:\n%s", render(nodes))
    if not outcome.success:
        raise OrderPaperError(_failure(outcome, found, folder, paths))
    lineage.write_events(folder / "manifest.json", run_id, folder.parent / "lineage.jsonl")
    write_atomically(stamp, version)
    return TransformSummary(
        model_count=sum(node.resource_type == "model" for node in nodes),
        test_count=sum(node.resource_type in ("test", "unit_test") for node in nodes),
        warning_count=sum(node.status == "warn" for node in nodes),
        seconds=round(time.monotonic() - started, 3),
    )


def _remove_former_layout(connection: duckdb.DuckDBPyConnection) -> None:
    """Remove what older versions kept in the build database and is now in the work database."""
    (name,) = connection.execute("SELECT current_database()").fetchone() or ("",)
    for schema in ("raw", "staging", "intermediate", "changes", "affected"):
        connection.execute(f"DROP SCHEMA IF EXISTS {name}.{schema} CASCADE")


def render(nodes: list[NodeResult]) -> str:
    """Return the nodes as a table: models and seeds with seconds and rows, then failed tests, then how many passed."""
    table = Table("node", "status", box=None, pad_edge=False)
    for measure in ("seconds", "rows"):
        table.add_column(measure, justify="right")
    tests = [node for node in nodes if node.resource_type in ("test", "unit_test")]
    for node in nodes:
        if node not in tests:
            rows = "" if node.row_count is None else f"{node.row_count:,}"
            table.add_row(node.name, node.status, f"{node.execution_seconds:.2f}", rows)
    text = io.StringIO()
    console = Console(file=text, width=120, color_system=None)
    console.print(table)
    for node in tests:
        if node.status != "pass":
            console.print(f"{node.status}: {node.name}: {node.message}", markup=False, soft_wrap=True)
    passed = sum(node.status == "pass" for node in tests)
    console.print(f"{passed} of {len(tests)} tests passed", markup=False)
    return text.getvalue().rstrip()


def _version(project: Path) -> bytes:
    """Return the sha256 of everything that decides the result of dbt: models, macros, seeds, settings, DuckDB."""
    digest = hashlib.sha256(duckdb.__version__.encode())
    kinds = ("*.yml", "models/**/*.sql", "models/**/*.yml", "macros/**/*.sql", "seeds/**/*.csv", "seeds/**/*.yml")
    for path in sorted(path for kind in kinds for path in project.glob(kind)):
        digest.update(f"{path.relative_to(project)}\0".encode() + path.read_bytes())
    return digest.hexdigest().encode()


def _invoke(paths: Paths, project: Path, target: Path, folder: Path, options: list[str]) -> Any:
    """Run dbt and return its own result object; its debug log goes to `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    expected = expected_until(paths, dt.datetime.now(dt.UTC))
    # The path of the database is relative. dbt parses the whole project again whenever the path changes.
    with (
        chdir(paths.build_database.parent),
        _environment(
            ORDERPAPER_BUILD_DATABASE=DATABASE_NAME,
            ORDERPAPER_MEMORY_LIMIT=memory_limit(),
            ORDERPAPER_EXPECTED_UNTIL=expected.isoformat() if expected else "",
            DO_NOT_TRACK="1",
        ),
    ):
        from dbt.adapters.duckdb.connections import DuckDBConnectionManager  # noqa: PLC0415  # 1.8 s
        from dbt.cli.main import dbtRunner  # noqa: PLC0415

        try:
            return dbtRunner(callbacks=[_log_progress]).invoke(
                [
                    "build",
                    *options,
                    "--exclude-resource-type=unit_test",  # they test models, not data; `make test` runs them
                    "--exclude=path:models/marts,resource_type:test",  # the audit makes checks of the same declarations
                    "--exclude-resource-type=exposure",  # they are documentation, and nothing is built for them
                    f"--project-dir={project}",
                    f"--profiles-dir={project}",
                    f"--target-path={target}",
                    f"--log-path={folder}",
                    "--log-level=none",
                    "--log-level-file=info",
                    "--no-send-anonymous-usage-stats",
                ]
            )
        finally:
            # dbt-duckdb keeps the file open until the process ends; the audit opens it next, read-only.
            DuckDBConnectionManager.close_all_connections()


def _log_progress(event: Any) -> None:
    """Log each model and seed when it has been built; tests are many, and fast."""
    if event.info.name in ("LogModelResult", "LogSeedResult"):
        node = event.data
        log.info(
            "%d of %d: %s %s (%.2f s)",
            node.index,
            node.total,
            node.node_info.node_name,
            node.status.lower(),
            node.execution_time,
        )


@contextmanager
def _environment(**variables: str) -> Iterator[None]:
    """Set environment variables while the block runs."""
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _node_result(result: Any, rows: dict[str, int]) -> NodeResult:
    node = result.node
    is_passed = str(result.status) in ("success", "pass")
    return NodeResult(
        node_id=node.unique_id,
        resource_type=str(node.resource_type),
        name=node.name,
        status=str(result.status),
        execution_seconds=round(result.execution_time, 3),
        row_count=rows.get(f"{node.schema}.{node.alias}"),
        failure_count=result.failures,
        message=None if is_passed else result.message,
    )


def _keep_artifacts(target: Path, folder: Path, found: _Found) -> None:
    """Copy what dbt wrote of the project and this build. Rules that one test checks get results of their own."""
    if (target / "manifest.json").exists():
        shutil.copy2(target / "manifest.json", folder)
    if not found:
        return  # what is there now is of an earlier build
    document = json.loads((target / "run_results.json").read_text(encoding="utf-8"))
    document["results"] = [
        entry
        | {
            "unique_id": node.node_id,
            "status": node.status,
            "execution_time": node.execution_seconds,
            "failures": node.failure_count,
            "message": entry["message"] if rule is None else node.message,
        }
        for entry in document["results"]
        for rule, node in found[entry["unique_id"]]
    ]
    write_atomically(folder / "run_results.json", json.dumps(document).encode())


def _prune(paths: Paths) -> None:
    """Remove the folders of all but the last runs; their results stay in `ops`."""
    runs = sorted(paths.runs.glob("*"), key=lambda folder: folder.stat().st_mtime)
    for folder in runs[:-RUNS_KEPT]:
        shutil.rmtree(folder)


def _failure(outcome: Any, found: _Found, folder: Path, paths: Paths) -> str:
    failed = [
        (result.node, rule, node)
        for result in getattr(outcome.result, "results", [])
        for rule, node in found[result.node.unique_id]
        if node.status in _FAILED
    ]
    if not failed:
        reason = " ".join(str(outcome.exception or "no node failed").split())
        return f"dbt could not build the warehouse: {reason} (log: {folder / 'dbt.log'})"
    with build_connection(paths.build_database) as connection:
        lines = "\n".join(
            f"- {result.name}: {' '.join(str(result.message).split())} (SQL: {_sql_path(node)})"
            f"{set_one_aside(documents_at_fault(connection, node, rule))}"
            for node, rule, result in failed
        )
    return f"dbt failed on {len(failed)} node(s):\n{lines}\nLog: {folder / 'dbt.log'}"


def _sql_path(node: Any) -> str:
    """Return the path of the SQL that ran; for a seed, the path of the seed."""
    return str(getattr(node, "compiled_path", None) or node.original_file_path)
