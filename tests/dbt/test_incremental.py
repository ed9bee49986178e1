"""A day's build writes what the day changed, and ends where a build from nothing ends."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest
from building import Landed, document_id
from parliament import parliament

from orderpaper.warehouse.content import content_hash

MODELS = ["--resource-type", "model", "--resource-type", "seed"]
LATE = {document_id(name) for name in ("list of Friday", "history", "digest", "detail of 5002")}
"""An answer after a holding answer, and one nearly the same as an earlier one; a withdrawal; a party changed in
retrospect; a debate; an uncut wording."""

Rows = dict[tuple[str, int], str]
"""Table and row id → a hash of the row."""


def share(*, is_late: bool) -> Landed:
    """The Parliament's rows that land with the first build, or those that land later."""
    landed = parliament()
    for table, rows in landed.rows.items():
        if table not in ("batch", "fetch"):
            landed.rows[table] = [row for row in rows if (row["document_id"] in LATE) == is_late]
        elif is_late:
            landed.rows[table] = []
    return landed


def rows(database: Path) -> Rows:
    with duckdb.connect(database, read_only=True) as connection:
        tables = connection.execute(
            "SELECT table_name, table_oid FROM duckdb_tables() WHERE schema_name = 'marts'"
        ).fetchall()
        return {
            (f"{table} {oid}", rowid): digest
            for table, oid in tables
            for rowid, digest in connection.execute(
                f"SELECT rowid, hash(mart)::VARCHAR FROM marts.{table} AS mart"
            ).fetchall()
        }


@pytest.fixture(scope="module")
def database(build: Callable[..., Path]) -> Path:
    """Build a warehouse before the late documents come."""
    return build(share(is_late=False), *MODELS)


def test_a_day_s_build_touches_what_the_day_changed(database: Path, built: Path, run_dbt: Callable[..., Any]) -> None:
    before = rows(database)
    with duckdb.connect(database) as connection:
        share(is_late=True).write(connection)
    run_dbt(database.parent, "build", *MODELS)
    after = rows(database)

    assert content_hash(database) == content_hash(built)
    # No table is made anew: each keeps its id, and a row that says what it said keeps its place.
    assert {table for table, _ in before} <= {table for table, _ in after}
    was, now = sorted(before.values()), sorted(after.values())
    same = [row for row in before if row in after and before[row] == after[row]]
    assert len(same) == len(was) - len(set(was) - set(now))

    run_dbt(database.parent, "build", *MODELS)
    assert rows(database) == after

    run_dbt(database.parent, "build", *MODELS, "--full-refresh")
    assert content_hash(database) == content_hash(built)
