"""The marts as open data: a folder of Parquet and CSV files with a Frictionless data package: `make export`.

The package follows https://specs.frictionlessdata.io/data-package/: it names each column's type and description, the
keys, the licences and the sources, and frictionless and other tools can validate it.
"""

import hashlib
import json
import re
import shutil
from pathlib import Path
from typing import Any

import duckdb

from orderpaper.errors import OrderPaperError
from orderpaper.warehouse.content import quote, tables
from orderpaper.warehouse.declared import ForeignKey, foreign_keys
from orderpaper.warehouse.export import write_csv

_TYPES = {
    "VARCHAR": "string",
    "BIGINT": "integer",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "DOUBLE": "number",
    "TIMESTAMP WITH TIME ZONE": "datetime",
}
_README = """# Order Paper: open data

Snapshot {snapshot} of a warehouse of what the UK Parliament and government publish about themselves.

- `data/<table>.parquet` and `data/<table>.csv` have the same rows. In the CSV files a text that a spreadsheet would
  compute has an apostrophe before it.
- `datapackage.json` describes every table and column, and says which columns are keys
  (https://specs.frictionlessdata.io/data-package/).
- `SHA256SUMS` has the checksum of every file: `sha256sum --check SHA256SUMS`.

## Licences

{licences}

## How to cite

Order Paper, snapshot {snapshot}. Cite a single statement with its `cite_as` and `public_url`.
"""


def write(connection: duckdb.DuckDBPyConnection, snapshot: str, folder: Path) -> Path:
    """Write the marts of a snapshot to `folder`/orderpaper-`snapshot`; return that folder.

    The folder appears when it is complete. If it is there already, nothing is done, because a snapshot never changes.

    Args:
        connection: a connection to the snapshot that may write files.
        snapshot: the id of the snapshot.
        folder: the folder in which the export is made.

    Raises:
        OrderPaperError: the folder cannot be written.
    """
    finished = folder / f"orderpaper-{snapshot}"
    if finished.exists():
        return finished
    unfinished = finished.with_name(f".{finished.name}")
    try:
        shutil.rmtree(unfinished, ignore_errors=True)
        (unfinished / "data").mkdir(parents=True)
        package = describe(connection, snapshot)
        for resource in package["resources"]:
            _write_table(connection, resource["name"], unfinished / "data" / resource["name"])
            resource["bytes"] = (unfinished / resource["path"]).stat().st_size
        text = json.dumps(package, indent=2, ensure_ascii=False)
        (unfinished / "datapackage.json").write_text(text + "\n", encoding="utf-8")
        licences = "\n".join(f"- {source['title']}: {source['licence']}" for source in package["sources"])
        readme = _README.format(snapshot=snapshot, licences=licences)
        (unfinished / "README.md").write_text(readme, encoding="utf-8")
        (unfinished / "SHA256SUMS").write_text(_checksums(unfinished), encoding="utf-8")
        unfinished.rename(finished)
    except OSError as error:
        raise OrderPaperError(f"The export could not be written to {finished}: {error}") from error
    return finished


def describe(connection: duckdb.DuckDBPyConnection, snapshot: str) -> dict[str, Any]:
    """Return the content of datapackage.json, without the sizes of files."""
    keys: dict[str, list[ForeignKey]] = {}
    for key in foreign_keys():
        keys.setdefault(key.table, []).append(key)
    sources = connection.execute("SELECT title, base_url, licence FROM marts.dim_source ORDER BY source").fetchall()
    licences = sorted({licence for _, _, licence in sources})
    return {
        "profile": "tabular-data-package",
        "name": "orderpaper",
        "title": "Order Paper: what the UK Parliament and government say about themselves",
        "version": snapshot,
        "licenses": [{"name": re.sub(r"[^A-Za-z0-9.]+", "-", licence), "title": licence} for licence in licences],
        "sources": [
            {"title": title, "licence": licence} | ({"path": base_url} if base_url else {})
            for title, base_url, licence in sources
        ],
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": table,
                "path": f"data/{table}.csv",
                "format": "csv",
                "encoding": "utf-8",
                "description": _comment(connection, table),
                "schema": _schema(connection, table, keys.get(table, [])),
            }
            for table in tables(connection, "marts")
        ],
    }


def _write_table(connection: duckdb.DuckDBPyConnection, table: str, path: Path) -> None:
    parquet = path.with_suffix(".parquet")
    query = f'FROM marts."{table}" ORDER BY ALL'
    connection.execute(f"COPY ({query}) TO {quote(str(parquet))} (FORMAT parquet, COMPRESSION zstd)")
    with path.with_suffix(".csv").open("w", encoding="utf-8", newline="") as out:
        write_csv(connection, query, out)


def _schema(connection: duckdb.DuckDBPyConnection, table: str, keys: list[ForeignKey]) -> dict[str, Any]:
    columns = connection.execute(
        """
        SELECT column_name, data_type, is_nullable, coalesce(comment, '') FROM duckdb_columns()
        WHERE database_name = current_database() AND schema_name = 'marts' AND table_name = ? ORDER BY column_index
        """,
        [table],
    ).fetchall()
    primary = connection.execute(
        """
        SELECT constraint_column_names FROM duckdb_constraints()
        WHERE schema_name = 'marts' AND table_name = ? AND constraint_type = 'PRIMARY KEY'
        """,
        [table],
    ).fetchone()
    return {
        "fields": [
            {"name": name, "type": _type(data_type), "description": comment}
            | ({} if is_nullable else {"constraints": {"required": True}})
            for name, data_type, is_nullable, comment in columns
        ],
        **({"primaryKey": list(primary[0])} if primary else {}),
        "foreignKeys": [
            # The empty name stands for the table itself.
            {
                "fields": key.column,
                "reference": {
                    "resource": "" if key.target_table == table else key.target_table,
                    "fields": key.target_column,
                },
            }
            for key in keys
            if any(name == key.column for name, *_ in columns)
        ],
    }


def _type(data_type: str) -> str:
    return "number" if data_type.startswith("DECIMAL") else _TYPES[data_type]


def _comment(connection: duckdb.DuckDBPyConnection, table: str) -> str:
    ((comment,),) = connection.execute(
        "SELECT coalesce(comment, '') FROM duckdb_tables() WHERE schema_name = 'marts' AND table_name = ?", [table]
    ).fetchall()
    return str(comment)


def _checksums(folder: Path) -> str:
    lines = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        with path.open("rb") as file:
            lines.append(f"{hashlib.file_digest(file, 'sha256').hexdigest()}  {path.relative_to(folder)}\n")
    return "".join(lines)
