"""Compare the time of a day's build with that of a build from nothing, and check that both give the same rows.

usage: make bench-build [COPIES=40]

A few weeks of the simulated Parliament are fetched, parsed and loaded once, then copied with other ids, days and
words until the warehouse has the wanted size. One 256th of the documents, about a day's share of a year, comes late.
"""

import datetime as dt
import os
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from orderpaper import ingest
from orderpaper.catalogue import load_sources
from orderpaper.config import Paths
from orderpaper.landing import Window
from orderpaper.simulate import DEFAULT_TO
from orderpaper.simulate.parliament import SimulatedParliament
from orderpaper.simulate.server import serve
from orderpaper.warehouse.content import content_hash
from orderpaper.warehouse.load import load
from orderpaper.warehouse.transform import build

WEEKS = 3
LATE = "document_id < '01'"
SHIFTED = ("tabled_on", "due_on", "answered_on", "held_on", "corrected_on", "published_on", "debated_on", "sat_on")


def fill(paths: Paths) -> None:
    """Fetch, parse and load a few weeks of the simulated Parliament."""
    window = Window(DEFAULT_TO - dt.timedelta(weeks=WEEKS), DEFAULT_TO)
    with serve(SimulatedParliament()) as server:
        for source in load_sources().values():
            if source.is_enabled and source.connection_id:
                fetched = ingest.fetch(paths, source.name, window, server.url, "bench")
                ingest.parse(paths, source.name, fetched.manifest)
    load(paths)


def copy(database: Path, copies: int) -> None:
    """Add copies of all documents except the register's, each with other ids, days and words."""
    with duckdb.connect(database) as connection:
        for name in tables_with_documents(connection, "raw"):
            columns = {row[0] for row in connection.execute(f"DESCRIBE raw.{name}").fetchall()}
            changed = {"document_id": "sha256(document_id || copy)"}
            changed |= {day: f"({day} - CAST(copy * 91 AS INTEGER))::DATE" for day in SHIFTED if day in columns}
            if name == "document":
                changed |= {"url": "url || '#' || copy", "fetched_at": "fetched_at - to_days(copy::INTEGER * 91)"}
            if "question_id" in columns:
                changed["question_id"] = "question_id + copy * 10_000_000"
            if name in ("question", "answer"):
                changed["text"] = "text || ' (' || copy || ')'"
            replaced = ", ".join(f"{sql} AS {column}" for column, sql in changed.items())
            connection.execute(
                f"INSERT INTO raw.{name} SELECT t.* REPLACE ({replaced}) FROM raw.{name} AS t, range(1, ?) AS r(copy)"
                " WHERE source != 'members'",
                [copies],
            )


def hold_back(database: Path) -> None:
    """Move the rows of the late documents from `raw` to another schema."""
    with duckdb.connect(database) as connection:
        connection.execute("CREATE SCHEMA aside")
        for name in tables_with_documents(connection, "raw"):
            connection.execute(f"CREATE TABLE aside.{name} AS FROM raw.{name} WHERE {LATE}")
            connection.execute(f"DELETE FROM raw.{name} WHERE {LATE}")


def let_in(database: Path) -> None:
    """Move the rows of the late documents back, as a load does."""
    with duckdb.connect(database) as connection:
        for name in tables_with_documents(connection, "aside"):
            connection.execute(f"INSERT INTO raw.{name} FROM aside.{name}")


def tables_with_documents(connection: duckdb.DuckDBPyConnection, schema: str) -> list[str]:
    rows = connection.execute(
        "SELECT table_name FROM duckdb_columns() WHERE schema_name = ? AND column_name = 'document_id'"
        " AND table_name != 'fetch'",
        [schema],
    ).fetchall()
    return [name for (name,) in rows]


def timed(paths: Paths, run_id: str) -> tuple[float, dict[str, str]]:
    started = time.monotonic()
    build(paths, run_id)
    return time.monotonic() - started, content_hash(paths.build_database)


def main() -> None:
    copies = int(os.environ.get("COPIES") or 40)
    with tempfile.TemporaryDirectory() as folder:
        paths = Paths(home=Path(folder), realm="simulated")
        fill(paths)
        copy(paths.build_database, copies)
        hold_back(paths.build_database)
        first, _ = timed(paths, "first")
        let_in(paths.build_database)
        day, incremental = timed(paths, "day")
        paths.build_database.with_name("dbt_project.sha256").unlink()
        anew, full = timed(paths, "anew")
        with duckdb.connect(paths.build_database, read_only=True) as connection:
            (questions,) = connection.execute("SELECT count(*) FROM marts.fct_question").fetchone() or (0,)
            (late,) = connection.execute("SELECT count(*) FROM aside.document").fetchone() or (0,)
    sys.stdout.write(
        f"{questions:,} questions; {late:,} documents came late; tests of dbt included\n"
        f"from nothing   {first:6.1f} s\n"
        f"the late ones  {day:6.1f} s\n"
        f"anew           {anew:6.1f} s\n"
        f"a day's build takes {day / anew:.2f} of a build from nothing; same rows: {incremental == full}\n"
    )
    if incremental != full:
        raise SystemExit(f"different: {sorted(table for table in full if full[table] != incremental.get(table))}")


if __name__ == "__main__":
    main()
