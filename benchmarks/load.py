"""Compare the load of records into `raw` with other ways into DuckDB.

usage: make bench-load [ROWS=300000 DLT=<python with dlt>]

A batch of written questions is made of copies of the simulated Parliament's, with other ids, until it has the wanted
number of rows. The same Parquet files are then loaded by `orderpaper`, which keeps one version of each document, and by
`read_parquet` into tables. Some of the questions are loaded by `executemany`, and by dlt if it is installed. dlt does
not fit into this environment: `python -m venv .dlt && .dlt/bin/pip install "dlt[duckdb]" duckdb==1.5.5`, then
DLT=.dlt/bin/python.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from results import fetch_weeks, keep

from orderpaper import ingest
from orderpaper.config import Paths
from orderpaper.ingest import checksums, versions
from orderpaper.ingest.batch import folder_name
from orderpaper.warehouse.load import load

FEW = 2_000
"""How many rows the slow ways load."""
BY_DLT = """
import sys, time, dlt, duckdb
found = duckdb.read_parquet(sys.argv[1]).limit(int(sys.argv[2]))
rows = [dict(zip(found.columns, row)) for row in found.fetchall()]
pipeline = dlt.pipeline("bench", destination=dlt.destinations.duckdb(sys.argv[3]), dataset_name="raw")
started = time.monotonic()
pipeline.run(rows, table_name="question")
print(time.monotonic() - started)
"""


def make_batch(paths: Paths, folder: Path, count: int) -> list[Path]:
    """Write a batch of written questions with so many rows in all tables; return its files."""
    made = paths.records / ingest.parse(paths, "written_questions", fetch_weeks(paths, 1)["written_questions"]).batch_id
    tables = {path.stem: pq.read_table(path) for path in sorted(made.glob("*.parquet"))}
    copies = -(-count // sum(map(len, tables.values())))
    manifest = "2025-03-10_2025-03-14_000000000000"
    version = versions.parser_version("written_questions")
    batch = folder / "records" / "written_questions" / folder_name(manifest, version)
    batch.mkdir(parents=True)
    for name, table in tables.items():
        if name != "batch":
            pq.write_table(
                pa.concat_tables([copy_of(table, number) for number in range(copies)]), batch / f"{name}.parquet"
            )
    batch_id = pa.array([f"written_questions/{batch.name}"])
    pq.write_table(tables["batch"].set_column(0, tables["batch"].schema.field(0), batch_id), batch / "batch.parquet")
    checksums.write(batch)
    return [path for path in sorted(batch.glob("*.parquet")) if path.stem != "batch"]


def copy_of(table: pa.Table, number: int) -> pa.Table:
    """Return a table with other document ids."""
    place = table.schema.get_field_index("document_id")
    ids = pc.binary_join_element_wise(f"{number:08x}", pc.utf8_slice_codeunits(table.column(place), 8), "")
    return table.set_column(place, table.schema.field(place), ids)


def timed(action) -> float:
    started = time.monotonic()
    action()
    return time.monotonic() - started


def by_read_parquet(database: Path, files: list[Path]) -> None:
    with duckdb.connect(database) as connection:
        for file in files:
            connection.execute(f"CREATE TABLE {file.stem} AS FROM read_parquet('{file}')")


def by_executemany(database: Path, file: Path) -> float:
    rows = pq.read_table(file).slice(0, FEW).to_pylist()
    with duckdb.connect(database) as connection:
        connection.execute(f"CREATE TABLE question AS FROM read_parquet('{file}') LIMIT 0")
        sql = f"INSERT INTO question VALUES ({', '.join('?' * len(rows[0]))})"
        return timed(lambda: connection.executemany(sql, [list(row.values()) for row in rows]))


def main() -> None:
    count = int(os.environ.get("ROWS") or 300_000)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "load").mkdir()
        paths = Paths(home=folder / "load", realm="simulated")
        files = make_batch(Paths(home=folder / "source", realm="simulated"), paths.root, count)
        rows = sum(pq.read_metadata(file).num_rows for file in files)
        question = next(file for file in files if file.stem == "question")
        load(Paths(home=folder / "warm", realm="simulated"))  # the first load of a process imports and compiles
        ours = timed(lambda: load(paths))
        parquet = timed(lambda: by_read_parquet(folder / "parquet.duckdb", files))
        many = by_executemany(folder / "many.duckdb", question)
        result = {
            "rows": rows,
            "load_rows_per_s": round(rows / ours),
            "read_parquet_rows_per_s": round(rows / parquet),
            "of_read_parquet": round(parquet / ours, 2),
            "executemany_rows_per_s": round(FEW / many),
            "times_executemany": round(rows / ours / (FEW / many)),
        }
        if python := os.environ.get("DLT"):
            command = [python, "-c", BY_DLT, str(question), str(FEW * 5), str(folder / "dlt.duckdb")]
            seconds = float(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.split()[-1])
            result |= {
                "dlt_rows_per_s": round(FEW * 5 / seconds),
                "times_dlt": round(rows / ours / (FEW * 5 / seconds)),
            }
    keep("load", result)
    sys.stdout.write("".join(f"{key:26} {value:>12,}\n" for key, value in result.items()))


if __name__ == "__main__":
    main()
