"""Compare dbt's build with the same compiled SQL run straight in DuckDB.

usage: make bench-transform [WEEKS=2]

Some weeks of the simulated Parliament are fetched, parsed and loaded. dbt builds every model from nothing. Then the
statements that dbt compiled are run again, in the same order and in one connection, on a copy of the database as it was
before. Times are from the start of the first model to the end of the last, without the start of dbt and its parsing.
"""

import json
import os
import shutil
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path
from typing import Any

from results import fetch_weeks, keep

from orderpaper import ingest
from orderpaper.config import PROJECT, Paths
from orderpaper.warehouse.load import build_connection, load
from orderpaper.warehouse.transform import build


def models_of(results: list[dict[str, Any]]) -> list[str]:
    """Return the models that dbt built as tables or views, in the order in which they began."""
    began = {result["unique_id"]: moment(result, 0) for result in results if result["unique_id"].startswith("model.")}
    return sorted(began, key=lambda name: began[name])


def moment(result: dict[str, Any], which: int) -> float:
    """Return when a node began (0) or ended (-1)."""
    times = [part for part in result["timing"] if part["name"] == "execute"]
    key = "started_at" if which == 0 else "completed_at"
    return datetime.fromisoformat(times[0][key]).timestamp()


def straight(database: Path, target: Path, models: list[str], nodes: dict[str, Any]) -> float:
    """Return the seconds that the compiled statements take."""
    with build_connection(database) as connection:
        started = time.monotonic()
        for name in models:
            node = nodes[name]
            kind = "VIEW" if node["config"]["materialized"] == "view" else "TABLE"
            if node["config"]["materialized"] == "ephemeral":
                continue
            sql = (target / "compiled" / node["package_name"] / node["original_file_path"]).read_text()
            relation = f'"{node["database"]}"."{node["schema"]}"."{node["name"]}"'
            connection.execute(f"CREATE OR REPLACE {kind} {relation} AS {sql}")
        connection.commit()
        return time.monotonic() - started


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        paths = Paths(home=Path(folder), realm="simulated")
        for source, manifest in fetch_weeks(paths, int(os.environ.get("WEEKS") or 2)).items():
            ingest.parse(paths, source, manifest)
        load(paths)
        started = time.monotonic()
        build(paths, "bench", PROJECT / "dbt")
        whole = time.monotonic() - started
        dbt = paths.runs / "bench" / "dbt"
        results = json.loads((dbt / "run_results.json").read_bytes())["results"]
        nodes = json.loads((dbt / "manifest.json").read_bytes())["nodes"]
        models = models_of(results)
        ran = [result for result in results if result["unique_id"] in models]
        by_dbt = max(moment(result, -1) for result in ran) - min(moment(result, 0) for result in ran)
        executing = sum(result["execution_time"] for result in ran)
        copy = paths.build_database.with_name("copy") / paths.build_database.name
        copy.parent.mkdir()
        # The compiled SQL reads the seeds, which dbt has loaded.
        for database in (paths.build_database, paths.work_database):
            shutil.copyfile(database, copy.with_name(database.name))
        by_duckdb = straight(copy, paths.build_database.parent / "dbt", models, nodes)
    result = {
        "models": len(models),
        "dbt_whole_s": round(whole, 1),
        "dbt_models_s": round(by_dbt, 1),
        "dbt_sum_of_models_s": round(executing, 1),
        "straight_s": round(by_duckdb, 1),
        "of_straight": round(by_dbt / by_duckdb, 2),
    }
    keep("transform", result)
    sys.stdout.write("".join(f"{key:22} {value:>8}\n" for key, value in result.items()))


if __name__ == "__main__":
    main()
