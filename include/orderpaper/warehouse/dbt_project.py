"""Call dbt in this process, and know which version of its project was built last.

`python -m orderpaper.warehouse.dbt_project HOME REALM` lets dbt read the project, so that the next build need not.
"""

import datetime as dt
import fcntl
import hashlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import chdir, contextmanager
from pathlib import Path
from typing import Any

import duckdb

from orderpaper.config import DATABASE_NAME, PROJECT, Paths, memory_bytes, memory_limit
from orderpaper.storage import write_atomically
from orderpaper.warehouse.health import expected_until

FOLDER = PROJECT / "dbt"
"""The project."""


def target(paths: Paths) -> Path:
    """Return the folder where dbt keeps what it has read of the project between runs."""
    return paths.build_database.parent / "dbt"


def built_version(paths: Paths) -> bytes | None:
    """Return the version of the project in the last build, or None if that did not succeed."""
    stamp = _stamp(paths)
    return stamp.read_bytes() if stamp.exists() else None


def note_built(paths: Paths, built: bytes | None) -> None:
    """Note that a version of the project has been built, or with None that a build from nothing begins."""
    if built is None:
        _stamp(paths).unlink(missing_ok=True)
    else:
        write_atomically(_stamp(paths), built)


def is_read(paths: Paths) -> bool:
    """Return whether dbt has read the project as it is now, so that the next build need not."""
    stamp = _read_stamp(paths)
    now = version()
    return built_version(paths) == now or (stamp.exists() and stamp.read_bytes() == now)


def note_read(paths: Paths, read: bytes) -> None:
    """Note that dbt has read a version of the project."""
    write_atomically(_read_stamp(paths), read)


def invoke(
    paths: Paths,
    project: Path,
    command: Sequence[str],
    on_event: Callable[[Any], None] | None = None,
    *,
    models_at_once: int = 2,
) -> Any:
    """Run a command of dbt on the build database and return dbt's own result object."""
    # The path of the database is relative. dbt parses the whole project again whenever the path changes.
    paths.build_database.parent.mkdir(parents=True, exist_ok=True)
    expected = expected_until(paths, dt.datetime.now(dt.UTC))
    with (
        _alone(paths),
        chdir(paths.build_database.parent),
        _environment(
            ORDERPAPER_BUILD_DATABASE=DATABASE_NAME,
            ORDERPAPER_MEMORY_LIMIT=memory_limit(),
            ORDERPAPER_DBT_THREADS=str(models_at_once),
            ORDERPAPER_EXPECTED_UNTIL=expected.isoformat() if expected else "",
            DO_NOT_TRACK="1",
        ),
    ):
        from dbt.adapters.duckdb.connections import DuckDBConnectionManager  # noqa: PLC0415  # 1.8 s
        from dbt.cli.main import dbtRunner  # noqa: PLC0415

        from orderpaper.warehouse import dbt_events  # noqa: PLC0415

        dbt_events.drop_unread()
        try:
            return dbtRunner(callbacks=[on_event] if on_event else []).invoke(
                [
                    *command,
                    f"--project-dir={project}",
                    f"--profiles-dir={project}",
                    f"--target-path={target(paths)}",
                    "--log-level=none",
                    "--no-send-anonymous-usage-stats",
                ]
            )
        finally:
            # dbt-duckdb keeps the file open until the process ends; the audit opens it next, read-only.
            DuckDBConnectionManager.close_all_connections()


def is_memory_short(paths: Paths) -> bool:
    """Return whether two models that read all rows would need more memory than both may use."""
    work = paths.work_database
    return work.exists() and work.stat().st_size > memory_bytes() / 2


def _stamp(paths: Paths) -> Path:
    return paths.build_database.parent / "dbt_project.sha256"


def _read_stamp(paths: Paths) -> Path:
    return target(paths) / "read.sha256"


def version(project: Path = FOLDER) -> bytes:
    """Return the sha256 of everything that decides the result of dbt: models, macros, seeds, settings, DuckDB."""
    digest = hashlib.sha256(duckdb.__version__.encode())
    kinds = ("*.yml", "models/**/*.sql", "models/**/*.yml", "macros/**/*.sql", "seeds/**/*.csv", "seeds/**/*.yml")
    for path in sorted(path for kind in kinds for path in project.glob(kind)):
        digest.update(f"{path.relative_to(project)}\0".encode() + path.read_bytes())
    return digest.hexdigest().encode()


@contextmanager
def _alone(paths: Paths) -> Iterator[None]:
    """Wait while another process uses the folder where dbt keeps what it has read."""
    with paths.build_database.with_name("dbt.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


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


if __name__ == "__main__":
    _paths, _version = Paths(Path(sys.argv[1]), sys.argv[2]), version()
    if invoke(_paths, FOLDER, ["parse", "--no-write-json", "--log-level-file=none"]).success:
        note_read(_paths, _version)
