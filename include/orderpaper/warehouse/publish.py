"""Publish an audited build as a new snapshot, to which readers move in one step.

A snapshot is a folder that is written under a hidden name and renamed when it is complete. `current` is a symlink that
is replaced in one step (see `snapshots`). Readers that have the previous snapshot open can finish. All links are
relative, so that `$ORDERPAPER_HOME` can be moved.
"""

import datetime as dt
import graphlib
import hashlib
import logging
import os
import shutil
from pathlib import Path

import duckdb

from orderpaper.config import DATABASE_NAME, Paths, memory_limit
from orderpaper.errors import AuditError, OrderPaperError
from orderpaper.warehouse import about, declared, ops, search
from orderpaper.warehouse.audit_report import AuditReport, read_report
from orderpaper.warehouse.content import content_hash, hash_marts, quote, row_counts, tables
from orderpaper.warehouse.declared import ForeignKey
from orderpaper.warehouse.load import build_connection
from orderpaper.warehouse.snapshots import (
    Publication,
    alone,
    check,
    current_id,
    link,
    prune,
    publications,
    put_in_force,
    sync,
)
from orderpaper.warehouse.views import copy_views

__all__ = ["content_hash", "publish", "row_counts"]

_log = logging.getLogger(__name__)

_SCHEMAS = ("marts", "ops", "reference")


def publish(paths: Paths, run_id: str) -> Path:
    """Publish the build that passed the run's audit; return the database of the snapshot.

    Publishing the same audit again publishes the same snapshot. If the process is killed, the previous snapshot stays
    published, and the next publication removes the remains.

    Raises:
        AuditError: the run was not audited, its audit failed, or the build has changed since.
        OrderPaperError: the snapshot could not be written.
    """
    report = _passed(paths, run_id)
    identity = hashlib.sha256(repr(sorted(report.content.items())).encode()).hexdigest()[:8]
    snapshot_id = f"{report.audited_at:%Y%m%dT%H%M%SZ}-{identity}"
    snapshot = paths.snapshots / snapshot_id
    # The connection is also a lock, because only one process can have the build database open for writing.
    with build_connection(paths.build_database) as connection, alone(paths):
        try:
            _remove_leftovers(paths)
            if snapshot.exists():
                _log.info("The snapshot %s exists already; its hash is checked.", snapshot_id)
                check(paths, snapshot_id)
            else:
                this = Publication(
                    published_at=dt.datetime.now(dt.UTC),
                    snapshot_id=snapshot_id,
                    run_id=run_id,
                    replaced_id=current_id(paths),
                )
                ops.record_publications(connection, [*publications(paths), this])
                _write(connection, report, snapshot, paths.realm)
            if current_id(paths) != snapshot_id:
                put_in_force(paths, snapshot_id, run_id)
                _log.info("Readers now see %s.", snapshot_id)
            link(paths.warehouse, Path(os.path.relpath(paths.current / DATABASE_NAME, paths.warehouse.parent)))
            prune(paths)
        except (OSError, duckdb.Error) as error:
            _remove_leftovers(paths)
            raise OrderPaperError(f"The snapshot {snapshot} could not be published: {error}") from error
        ops.finish_run(connection, run_id, "published", snapshot_id)
    return snapshot / DATABASE_NAME


def _passed(paths: Paths, run_id: str) -> AuditReport:
    report = read_report(paths, run_id)
    if report is None:
        raise AuditError(f"Run {run_id} was not audited, so it is not published; run the audit first.")
    report.raise_for_stops()
    return report


def _write(connection: duckdb.DuckDBPyConnection, report: AuditReport, snapshot: Path, realm: str) -> None:
    """Write the folder of the snapshot; rename it when it is complete, on disk and read-only."""
    folder = snapshot.with_name(f".{snapshot.name}")
    folder.mkdir(parents=True)
    database = folder / DATABASE_NAME
    _log.info("Copying the audited marts into the snapshot %s.", snapshot.name)
    _copy(connection, database)
    with duckdb.connect(database) as copy:
        copy.execute(f"SET memory_limit = {quote(memory_limit())}")
        if hash_marts(copy) != report.content:
            raise AuditError(f"The build database has changed since the audit of run {report.run_id}; audit it again.")
        if "statements" in copy_views(connection, copy):
            _log.info("Indexing the statements for search.")
            search.build_index(copy)
        ops.finish_run(copy, report.run_id, "published", snapshot.name)
        about.fill(copy, snapshot.name, realm)
        copy.execute("CHECKPOINT")
    if (leftover := database.with_name(f"{DATABASE_NAME}.wal")).exists():
        raise OrderPaperError(f"{leftover} was left behind: the snapshot is not complete.")
    database.chmod(0o444)
    sync(database)
    sync(folder)
    folder.rename(snapshot)
    sync(snapshot.parent)


def _copy(connection: duckdb.DuckDBPyConnection, database: Path) -> None:
    """Copy the tables of the published schemas, with constraints and comments, into a new, compact database.

    The references between marts, which dbt has tested, become foreign keys.
    """
    (build,) = connection.execute("SELECT current_database()").fetchone() or ("",)
    keys = _foreign_keys(connection)
    names = [(schema, table) for schema in _SCHEMAS for table in _by_reference(connection, schema, keys)]
    definitions = {
        (schema, table): (sql, comment)
        for schema, table, sql, comment in connection.execute(
            "SELECT schema_name, table_name, sql, comment FROM duckdb_tables() WHERE database_name = ?", [build]
        ).fetchall()
    }
    columns = connection.execute(
        """
        SELECT schema_name, table_name, column_name, comment FROM duckdb_columns()
        WHERE database_name = ? AND comment IS NOT NULL
        """,
        [build],
    ).fetchall()
    connection.execute(f"ATTACH {quote(str(database))} AS snapshot")
    try:
        connection.execute("USE snapshot")
        for schema in _SCHEMAS:
            connection.execute(f"CREATE SCHEMA {schema}")
        for schema, table in names:
            sql, comment = definitions[schema, table]
            references = [
                f', FOREIGN KEY ("{key.column}") REFERENCES marts."{key.target_table}" ("{key.target_column}")'
                for key in keys
                if (schema, table) == ("marts", key.table)
            ]
            connection.execute(sql.removesuffix(");") + "".join(references) + ")")
            connection.execute(f'INSERT INTO {schema}."{table}" FROM "{build}".{schema}."{table}"')
            if comment:
                connection.execute(f'COMMENT ON TABLE {schema}."{table}" IS {quote(comment)}')
        for schema, table, column, comment in columns:
            if schema in _SCHEMAS:
                connection.execute(f'COMMENT ON COLUMN {schema}."{table}"."{column}" IS {quote(comment)}')
    finally:
        connection.execute(f'USE "{build}"')
        connection.execute("DETACH snapshot")


def _foreign_keys(connection: duckdb.DuckDBPyConnection) -> list[ForeignKey]:
    """Return the references between marts that DuckDB can declare: to the whole primary key, and in no circle."""
    columns = connection.execute(
        """
        SELECT table_name, column_name FROM duckdb_columns()
        WHERE database_name = current_database() AND schema_name = 'marts'
        """
    ).fetchall()
    primary = connection.execute(
        """
        SELECT table_name, constraint_column_names FROM duckdb_constraints()
        WHERE database_name = current_database() AND schema_name = 'marts' AND constraint_type = 'PRIMARY KEY'
        """
    ).fetchall()
    return declared.without_circles(
        key
        for key in declared.foreign_keys()
        if (key.table, key.column) in columns and (key.target_table, [key.target_column]) in primary
    )


def _by_reference(connection: duckdb.DuckDBPyConnection, schema: str, keys: list[ForeignKey]) -> list[str]:
    """Return the tables of a schema, each after the tables that its foreign keys refer to."""
    order: graphlib.TopologicalSorter[str] = graphlib.TopologicalSorter()
    for table in tables(connection, schema):
        order.add(table)
    if schema == "marts":
        for key in keys:
            order.add(key.table, key.target_table)
    return list(order.static_order())


def _remove_leftovers(paths: Paths) -> None:
    """Remove the unfinished snapshots of failed or killed publications."""
    paths.snapshots.mkdir(parents=True, exist_ok=True)
    for folder in paths.snapshots.glob(".*"):
        shutil.rmtree(folder)
