"""A day's build writes what the day changed, and ends where a build from nothing ends."""

from pathlib import Path

import duckdb
import pytest
from parliament import Landed, document_id, parliament
from run_dbt import run_dbt

from orderpaper.config import DATABASE_NAME
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


def build(database: Path, folder: Path, *options: str) -> None:
    done = run_dbt(["build", *MODELS, *options], database, folder)
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse that was built before the late documents came."""
    folder = tmp_path_factory.mktemp("incremental")
    with duckdb.connect(folder / DATABASE_NAME) as connection:
        share(is_late=False).write(connection)
    build(folder / DATABASE_NAME, folder)
    return folder / DATABASE_NAME


def test_a_day_s_build_touches_what_the_day_changed(database: Path, built: Path) -> None:
    before = rows(database)
    with duckdb.connect(database) as connection:
        share(is_late=True).write(connection)
    build(database, database.parent)
    after = rows(database)

    assert content_hash(database) == content_hash(built)
    # No table is made anew: each keeps its id, and a row that says what it said keeps its place.
    assert {table for table, _ in before} <= {table for table, _ in after}
    was, now = sorted(before.values()), sorted(after.values())
    same = [row for row in before if row in after and before[row] == after[row]]
    assert len(same) == len(was) - len(set(was) - set(now))

    build(database, database.parent)
    assert rows(database) == after

    build(database, database.parent, "--full-refresh")
    assert content_hash(database) == content_hash(built)
