"""Fixtures for every test: property tests without a clock, folders made once for all workers, and dbt."""

import contextlib
import fcntl
import gc
import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from orderpaper.config import DATABASE_NAME, PROJECT, Paths
from orderpaper.warehouse import dbt_project

# Tests, dbt and Great Expectations make millions of objects that stay. Looking for garbage among them at Python's own
# pace takes a fifth of the time of a build.
gc.set_threshold(100_000, 50, 100)

# A busy machine must not fail a property test. CI tries the same examples every time.
settings.register_profile(
    "orderpaper", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize="CI" in os.environ
)
settings.load_profile("orderpaper")

LONGEST = (
    "integration/test_make_run.py",
    "acceptance/test_replay_in_the_warehouse.py",
    "unit/simulate/test_data_faults.py",
    "integration/test_killed_backfill.py",
    "dbt/test_incremental.py",
    "unit/quality/test_suites.py",
    "integration/test_object_storage.py",
    "unit/warehouse/test_transform.py",
    "integration/test_audit_publish.py",
    "acceptance/test_seeds_in_the_warehouse.py",
    "acceptance/test_seeds.py",
    "acceptance/test_offices.py",
    "integration/test_killed_run.py",
    "integration/test_up.py",
    "fuzz/test_fuzzing.py",
    "integration/",
    "dbt/",
    "unit/test_ingest.py",
    "unit/warehouse/test_publish.py",
    "dags/",
    "unit/quality/test_written.py",
)
"""Files and folders that take longest, in the order in which the workers begin them.

The first worker lets dbt read the project and makes a whole run. Until then, what needs either would wait.
"""

Once = Callable[[str, Callable[[Path], object]], Path]
RunDbt = Callable[..., Any]


def pytest_sessionstart() -> None:
    """Heed Ctrl-C, which the background jobs of a shell, and all that they start, ignore."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take longest, so that at the end no worker waits for another."""
    items.sort(key=lambda item: next((i for i, name in enumerate(LONGEST) if name in item.nodeid), len(LONGEST)))


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Return a function that makes a folder once for all pytest-xdist workers: `once("name", make)`.

    The first worker that asks runs `make(folder)`; the others wait for it and get the same folder. Copy what a test
    changes.
    """
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def once(name: str, make: Callable[[Path], object]) -> Path:
        folder, is_made = shared / name, shared / f"{name}.made"
        with (shared / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not is_made.exists():
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir()
                make(folder)
                is_made.touch()
        return folder

    return once


@pytest.fixture(scope="session")
def dbt_parse(once: Once) -> Path:
    """Parse the dbt project once; return the folder with manifest.json, partial_parse.msgpack and warnings.txt."""

    def parse(folder: Path) -> None:
        warnings: list[str] = []
        _invoke_dbt(folder, ["parse"], on_warning=warnings.append)
        (folder / "target" / "warnings.txt").write_text("\n".join(warnings))

    return once("dbt_parse", parse) / "target"


@pytest.fixture(scope="session")
def run_dbt(dbt_parse: Path) -> RunDbt:
    """Return a function that runs a dbt command on the database in a folder: `run_dbt(folder, "build", …)`."""

    def run(folder: Path, *command: str) -> Any:
        target = folder / "target"
        if not target.exists():
            target.mkdir()
            shutil.copy(dbt_parse / "partial_parse.msgpack", target)
        return _invoke_dbt(folder, [*command, "--no-write-json"])

    return run


@pytest.fixture(scope="session")
def give_parse(dbt_parse: Path) -> Callable[[Paths], None]:
    """Return a function that gives a realm what dbt has parsed, which its first build would parse for 10 seconds."""

    def give(paths: Paths) -> None:
        target = paths.build_database.parent / "dbt"
        target.mkdir(parents=True, exist_ok=True)
        shutil.copy(dbt_parse / "partial_parse.msgpack", target)
        dbt_project.note_read(paths, dbt_project.version())

    return give


def _invoke_dbt(
    folder: Path, command: list[str] | tuple[str, ...], on_warning: Callable[[str], object] = lambda _: None
) -> Any:
    """Run dbt in this process, in `folder`; raise AssertionError with every node that failed."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.cli.main import dbtRunner

    from orderpaper.warehouse import dbt_events

    def report(event: Any) -> None:
        if event.info.level == "warn":
            on_warning(event.info.msg)

    project = PROJECT / "dbt"
    # The path of the database is relative. dbt parses the whole project again whenever the path changes.
    with contextlib.chdir(folder), pytest.MonkeyPatch.context() as environment:
        environment.setenv("ORDERPAPER_BUILD_DATABASE", DATABASE_NAME)
        environment.setenv("DO_NOT_TRACK", "1")
        dbt_events.drop_unread()
        try:
            outcome = dbtRunner(callbacks=[report]).invoke(
                [
                    *command,
                    f"--project-dir={project}",
                    f"--profiles-dir={project}",
                    f"--target-path={folder / 'target'}",
                    f"--log-path={folder / 'logs'}",
                    "--log-level=none",
                    "--log-level-file=none",
                    "--no-send-anonymous-usage-stats",
                ]
            )
        finally:
            # dbt-duckdb holds the file until the process ends; the test opens it next.
            DuckDBConnectionManager.close_all_connections()
    failed = [
        f"{result.node.name}: {result.message}"
        for result in getattr(outcome.result, "results", [])
        if str(result.status) in ("error", "fail", "runtime error")
    ]
    assert outcome.success, failed or outcome.exception
    return outcome
