"""Build the marts from `raw` with dbt, inside the calling process, and log one table of the results."""

import io
import json
import logging
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
from rich.console import Console
from rich.table import Table

from orderpaper.config import Paths
from orderpaper.errors import OrderPaperError
from orderpaper.storage import write_atomically
from orderpaper.warehouse import changes, damage, dbt_project, lineage, ops, rules, search_index
from orderpaper.warehouse.audit_report import set_one_aside
from orderpaper.warehouse.content import count_rows
from orderpaper.warehouse.culprits import documents_at_fault
from orderpaper.warehouse.load import build_connection
from orderpaper.warehouse.ops import NodeResult
from orderpaper.warehouse.rules import Rule

log = logging.getLogger(__name__)

RUNS_KEPT = 20
_FAILED = ("error", "fail", "runtime error")
_WITHOUT_VIEWS = ["--exclude", "path:models/views,resource_type:test"]
"""The tests of the views' keys read every row of the marts. They are run when the views are new: what views join on is
keys of marts, which each audit finds unique."""
_Found = dict[str, list[tuple[Rule | None, NodeResult]]]
"""For each node of dbt by id its result, or the rules that it checks together and their results."""


@dataclass(frozen=True, slots=True)
class TransformSummary:
    """The result of one dbt build."""

    model_count: int
    test_count: int
    warning_count: int
    seconds: float


def build(paths: Paths, run_id: str, project: Path = dbt_project.FOLDER) -> TransformSummary:
    """Build and test every dbt node on the build database; keep the artifacts in runs/<run_id>/dbt.

    The tables of the last build are updated; if the project has changed since, they are built from nothing. When this
    returns or raises, nothing in this process has the build database open.

    Raises:
        OrderPaperError: a node failed, or dbt could not start; the message names each and where its SQL is. Or the
            index of `search` could not be updated.
    """
    started = time.monotonic()
    is_whole = paths.build_database.exists() and paths.work_database.exists()
    _prune(paths)
    folder = paths.runs / run_id / "dbt"
    version = dbt_project.version(project)
    is_same = is_whole and dbt_project.built_version(paths) == version
    if not is_same:
        dbt_project.note_built(paths, None)
    with build_connection(paths.build_database) as connection:
        _remove_former_layout(connection)
        ops.start_run(connection, run_id)
    log.info(
        "dbt reads the project, then builds and tests the warehouse%s.",
        "" if is_same else " from nothing, because there is no whole build of this dbt project",
    )
    options = _WITHOUT_VIEWS if is_same else ["--full-refresh"]
    is_short = not is_same and dbt_project.is_memory_short(paths)
    outcome = _invoke(paths, project, folder, options, models_at_once=1 if is_short else 2)
    if not is_short and _is_out_of_memory(outcome):
        log.warning("Two models at once need more memory than there is, so dbt builds again, one at a time.")
        outcome = _invoke(paths, project, folder, options, models_at_once=1)
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
    _keep_artifacts(dbt_project.target(paths), folder, found)
    if nodes:
        log.info("dbt:\n%s", render(nodes))
    if not outcome.success:
        raise OrderPaperError(_failure(outcome, found, folder, paths))
    _update_search(paths)
    lineage.write_events(folder / "manifest.json", run_id, folder.parent / "lineage.jsonl")
    dbt_project.note_built(paths, version)
    return TransformSummary(
        model_count=sum(node.resource_type == "model" for node in nodes),
        test_count=sum(node.resource_type in ("test", "unit_test") for node in nodes),
        warning_count=sum(node.status == "warn" for node in nodes),
        seconds=round(time.monotonic() - started, 3),
    )


def _update_search(paths: Paths) -> None:
    """Let the index of `search` take in what the build changed.

    Raises:
        OrderPaperError: it could not, for example because there is too little memory.
    """
    try:
        with build_connection(paths.build_database) as connection:
            search_index.update(connection)
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        raise OrderPaperError(
            f"The models were built, but the index of search was not: {reason} Run the build again when this is mended."
        ) from error


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


def _invoke(paths: Paths, project: Path, folder: Path, options: list[str], models_at_once: int) -> Any:
    """Build with dbt and return its own result object; its log goes to `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    command = [
        "build",
        *options,
        "--exclude-resource-type=unit_test",  # they test models, not data; `make test` runs them
        "--exclude=path:models/marts,resource_type:test",  # the audit makes checks of the same declarations
        "--exclude-resource-type=exposure",  # they are documentation, and nothing is built for them
        f"--log-path={folder}",
        "--log-level-file=info",
    ]
    return dbt_project.invoke(paths, project, command, _log_progress, models_at_once=models_at_once)


def _is_out_of_memory(outcome: Any) -> bool:
    return any("Out of Memory" in str(result.message) for result in getattr(outcome.result, "results", []))


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
    what_to_do = damage.advice(lines, paths.build_database.parent)
    return f"dbt failed on {len(failed)} node(s){what_to_do}:\n{lines}\nLog: {folder / 'dbt.log'}"


def _sql_path(node: Any) -> str:
    """Return the path of the SQL that ran; for a seed, the path of the seed."""
    return str(getattr(node, "compiled_path", None) or node.original_file_path)
