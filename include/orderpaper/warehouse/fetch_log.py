"""Load the requests of the fetch log into schema `raw`: those of files that are new or have grown."""

from pathlib import Path

import duckdb
import pyarrow as pa

from orderpaper.storage import Store
from orderpaper.warehouse.content import quote


def load(connection: duckdb.DuckDBPyConnection, store: Store) -> int:
    """Insert the requests of log files that are new or have grown; return their number."""
    loaded = dict(connection.execute("SELECT file_name, byte_count FROM raw.fetch_file").fetchall())
    sizes = {entry.name.removeprefix("fetch_log/"): entry.byte_count for entry in store.entries("fetch_log")}
    grown = {name: size for name, size in sizes.items() if loaded.get(name) != size and size}
    if not grown:
        return 0
    with store.local_files(f"fetch_log/{name}" for name in sorted(grown)) as files:
        return _insert_requests(connection, files, grown)


def _insert_requests(connection: duckdb.DuckDBPyConnection, files: list[Path], grown: dict[str, int]) -> int:
    """Insert the requests of log files, and remember how large the files were; return how many requests were new."""
    names = ", ".join(quote(str(file)) for file in files)
    columns = {row[0]: row[1] for row in connection.execute("DESCRIBE raw.fetch").fetchall()}
    types = ", ".join(f"{name}: '{kind}'" for name, kind in columns.items())
    # A killed worker leaves a torn last line, which ignore_errors reads as nulls and the filter leaves out.
    before = connection.execute("SELECT count(*) FROM raw.fetch").fetchall()[0][0]
    connection.execute(
        f"""
        INSERT INTO raw.fetch
        SELECT incoming.* FROM read_json(
            [{names}], format = 'newline_delimited', columns = {{{types}}}, ignore_errors = true
        ) AS incoming
        ANTI JOIN raw.fetch AS held ON incoming.fetch_id = held.fetch_id
        WHERE incoming.fetch_id IS NOT NULL
        """
    )
    connection.register("grown", pa.table({"file_name": list(grown), "byte_count": list(grown.values())}))
    connection.execute("DELETE FROM raw.fetch_file USING grown WHERE fetch_file.file_name = grown.file_name")
    connection.execute("INSERT INTO raw.fetch_file FROM grown")
    connection.unregister("grown")
    return int(connection.execute("SELECT count(*) FROM raw.fetch").fetchall()[0][0]) - int(before)
