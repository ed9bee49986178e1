"""Measure builds of several sizes: from nothing, and with a day's documents on top, each to the published snapshot.

usage: make bench-build [COPIES="5 40 400"]

A few weeks of the simulated Parliament are fetched, parsed and loaded once, then copied with other ids, days and words
until the warehouse has the wanted size; 40 copies have about 100,000 questions. A fifth of the answers keeps its words
in three copies, so that clusters of repeated answers have the sizes that they have in Parliament's record. One 256th of
the documents of one copy in ten comes late. Each step is a process of its own, so that its memory is measured. At the
end everything is built from nothing again, and every mart must have the rows that the day's build gave it.
"""

import json
import os
import random
import resource
import string
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import duckdb
from results import fetch_weeks, keep

from orderpaper import ingest
from orderpaper.config import Paths
from orderpaper.quality import audit
from orderpaper.warehouse.content import content_hash, quote
from orderpaper.warehouse.load import build_connection, load
from orderpaper.warehouse.publish import publish
from orderpaper.warehouse.transform import build

WEEKS = 3
LATE = 350
"""How many documents come a day later."""
SHIFTED = ("tabled_on", "due_on", "answered_on", "held_on", "corrected_on", "published_on", "debated_on", "sat_on")
QUOTED = ("surface", "as_printed")
"""Columns that repeat words of a statement."""
HASHES = ("word_hashes", "run_hashes", "band_hashes", "number_hashes", "name_hashes", "place_hashes", "filling_hashes")
STEPS = {"build": build, "audit": audit, "publish": publish}


def fill(paths: Paths) -> None:
    """Fetch, parse and load a few weeks of the simulated Parliament."""
    for source, manifest in fetch_weeks(paths, WEEKS).items():
        ingest.parse(paths, source, manifest)
    load(paths)


def copy(database: Path, copies: int) -> None:
    """Add copies of all documents except the register's, each with other ids, days and words."""
    with duckdb.connect(database) as connection:
        connection.execute("SET memory_limit = '3GB'")
        connection.execute("CREATE TEMP TABLE letters (variant INTEGER, letters VARCHAR)")
        connection.executemany("INSERT INTO letters VALUES (?, ?)", [(n, shuffled(n)) for n in range(copies)])
        # The same words in three copies, for a fifth of the documents; otherwise other words in each copy.
        variant = "CASE WHEN document_id < '33' THEN copy // 3 ELSE copy END"
        for name in tables_with_documents(connection, "raw"):
            columns = {row[0] for row in connection.execute(f"DESCRIBE raw.{name}").fetchall()}
            changed = {"document_id": "sha256(document_id || copy)"}
            changed |= {day: f"({day} - CAST(copy * 91 % 36500 AS INTEGER))::DATE" for day in SHIFTED if day in columns}
            if name == "document":
                changed |= {"url": "url || '#' || copy", "fetched_at": "fetched_at - to_hours(copy::INTEGER)"}
            if "question_id" in columns:
                changed["question_id"] = "question_id + copy * 10_000_000"
            for column in {"text", *QUOTED} & columns:
                translated = f"translate({column}, '{string.ascii_lowercase}', letters)"
                kind = "statement_kind" if "statement_kind" in columns else quote(name)
                changed[column] = f"CASE WHEN {kind} IN ('question', 'answer') THEN {translated} ELSE {column} END"
            for column in HASHES:
                if column in columns:
                    changed[column] = f"list_transform({column}, x -> (hash(x, variant) // 4)::BIGINT)"
            replaced = ", ".join(f"{sql} AS {column}" for column, sql in changed.items())
            connection.execute(
                f"""
                INSERT INTO raw.{name}
                SELECT rows.* EXCLUDE (copy, variant, letters) REPLACE ({replaced}) FROM (
                    SELECT * FROM (SELECT t.*, copy, {variant} AS variant FROM raw.{name} AS t, range(1, ?) AS r(copy)
                        WHERE source != 'members') JOIN letters USING (variant)
                ) AS rows
                """,
                [copies],
            )


def shuffled(variant: int) -> str:
    """Return the alphabet in an order that the number of the variant decides; the first is as usual."""
    letters = list(string.ascii_lowercase)
    if variant:
        random.Random(variant).shuffle(letters)  # no secret
    return "".join(letters)


def hold_back(database: Path) -> None:
    """Move the rows of the late documents from `raw` to another schema. They are of the first copy, in a random order.

    A page of a list does not come late, because the audit finds that the list is not whole; nor does a document that
    was fetched, because the audit finds that it is not loaded.
    """
    with duckdb.connect(database) as connection:
        connection.execute("CREATE SCHEMA aside")
        connection.execute(
            "CREATE TABLE aside.late AS SELECT document_id FROM raw.document WHERE url LIKE '%#1'"
            f" AND url NOT LIKE '%skip=%' ORDER BY document_id LIMIT {LATE}"
        )
        for name in tables_with_documents(connection, "raw"):
            connection.execute(f"CREATE TABLE aside.{name} AS FROM raw.{name} SEMI JOIN aside.late USING (document_id)")
            connection.execute(f"DELETE FROM raw.{name} WHERE document_id IN (FROM aside.late)")


def let_in(database: Path) -> None:
    """Move the rows of the late documents back, as a load does."""
    with duckdb.connect(database) as connection:
        for name in tables_with_documents(connection, "aside"):
            if name != "late":
                connection.execute(f"INSERT INTO raw.{name} FROM aside.{name}")


def tables_with_documents(connection: duckdb.DuckDBPyConnection, schema: str) -> list[str]:
    rows = connection.execute(
        "SELECT table_name FROM duckdb_columns() WHERE schema_name = ? AND column_name = 'document_id'"
        " AND table_name != 'fetch'",
        [schema],
    ).fetchall()
    return [name for (name,) in rows]


def step(home: str, name: str, run_id: str) -> None:
    """Run one step of the pipeline in this process and print what it took, as JSON."""
    paths, started = Paths(home=Path(home), realm="simulated"), time.monotonic()
    STEPS[name](paths, run_id)
    used = resource.getrusage(resource.RUSAGE_SELF)
    taken = {
        "seconds": round(time.monotonic() - started, 1),
        "cpu_seconds": round(used.ru_utime + used.ru_stime, 1),
        "peak_gb": round(used.ru_maxrss / 1e6, 2),
        "written_gb": round(used.ru_oublock * 512 / 1e9, 2),
    }
    sys.stdout.write(json.dumps(taken))


def measured(home: Path, name: str, run_id: str) -> dict[str, float]:
    command = [sys.executable, "-W", "ignore", __file__, "step", str(home), name, run_id]
    ended = subprocess.run(command, check=False, capture_output=True, text=True)
    if ended.returncode:
        raise SystemExit(f"The step {name} of {run_id} failed:\n{ended.stderr}")
    taken: dict[str, float] = json.loads(ended.stdout.splitlines()[-1])
    figures = "  ".join(f"{value:8.2f} {unit}" for unit, value in taken.items())
    sys.stdout.write(f"  {run_id:8} {name:8} {figures}\n")
    sys.stdout.flush()
    return taken


def slowest(paths: Paths, run_id: str, count: int = 12) -> dict[str, float]:
    """Return the seconds of the models that took longest."""
    found = json.loads((paths.runs / run_id / "dbt" / "run_results.json").read_bytes())["results"]
    seconds = {result["unique_id"].split(".")[2]: round(result["execution_time"], 2) for result in found}
    return dict(sorted(seconds.items(), key=lambda item: -item[1])[:count])


def measure(folder: Path, copies: int) -> dict[str, Any]:
    """Measure one size."""
    home = folder / str(copies)
    paths = Paths(home=home, realm="simulated")
    if not paths.work_database.exists():
        fill(paths)
        copy(paths.work_database, copies)
        hold_back(paths.work_database)
    result: dict[str, Any] = {"copies": copies}
    for run_id in ("first", "day"):
        result[run_id] = {name: measured(home, name, run_id) for name in STEPS}
        result[run_id]["slowest"] = slowest(paths, run_id)
        if run_id == "first":
            let_in(paths.work_database)
    by_day = content_hash(paths.build_database)
    with build_connection(paths.build_database) as connection:
        (result["questions"],) = connection.execute("SELECT count(*) FROM marts.fct_question").fetchone() or (0,)
        (result["late"],) = connection.execute("SELECT count(*) FROM aside.document").fetchone() or (0,)
    paths.build_database.with_name("dbt_project.sha256").unlink()
    result["anew"] = {"build": measured(home, "build", "anew")}
    from_nothing = content_hash(paths.build_database)
    if by_day != from_nothing:
        different = sorted(table for table in from_nothing if from_nothing[table] != by_day.get(table))
        raise SystemExit(f"The day's build gave other rows than a build from nothing: {different}")
    return result


def main() -> None:
    if sys.argv[1:2] == ["step"]:
        step(*sys.argv[2:])
        return
    sizes = [int(copies) for copies in (os.environ.get("COPIES") or "5 40").split()]
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_FOLDER")) as folder:
        results = []
        for copies in sizes:
            sys.stdout.write(f"{copies} copies\n")
            results.append(measure(Path(folder), copies))
    keep("build", results)
    sys.stdout.write(table(results))


def table(results: list[dict[str, Any]]) -> str:
    """Return the figures as a Markdown table, each size compared with the first."""
    lines = ["| | " + " | ".join(f"{result['questions']:,} questions" for result in results) + " |"]
    lines.append("|---|" + "---|" * len(results))
    for run_id, title in (("first", "from nothing"), ("day", "a day on top")):
        for name in STEPS:
            taken = [result[run_id][name] for result in results]
            cells = [f"{t['seconds']:.0f} s, {t['cpu_seconds']:.0f} s of CPU, {t['peak_gb']:.1f} GB" for t in taken]
            lines.append(f"| {title}: {name} | " + " | ".join(cells) + " |")
    whole = [sum(result["day"][name]["cpu_seconds"] for name in STEPS) for result in results]
    lines.append("| the day's CPU against the smallest | " + " | ".join(f"{w / whole[0]:.2f}" for w in whole) + " |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
