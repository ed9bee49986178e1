"""The marts as open data: a folder of Parquet and CSV files with a Frictionless data package: `make export`.

Facts are a file for each month. What has not changed since the newest earlier export in the same folder is linked to
its file, so a daily export takes little time and disk, and equal rows are equal bytes.

The package follows https://specs.frictionlessdata.io/data-package/: it names each column's type and description, the
keys, the licences and the sources, and frictionless and other tools can validate it.
"""

import hashlib
import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from orderpaper.errors import OrderPaperError
from orderpaper.warehouse import months
from orderpaper.warehouse.content import quote, tables
from orderpaper.warehouse.declared import ForeignKey, foreign_keys, primary_keys
from orderpaper.warehouse.export import write_csv
from orderpaper.warehouse.months import Part

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

- `data/<table>.parquet` and `data/<table>.csv` have the same rows. Facts are a folder with a file for each month:
  `data/<table>/2025-03.csv`. In the CSV files a text that a spreadsheet would compute has an apostrophe before it.
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
        parts = divide(connection)
        package = describe(connection, snapshot, parts)
        earlier = sorted(folder.glob("orderpaper-*/datapackage.json"))
        kept = _Kept.read(earlier[-1].parent) if earlier else None
        for resource in package["resources"]:
            for part in parts[resource["name"]]:
                if kept is None or not kept.link(part, unfinished):
                    _write_part(connection, part, unfinished / "data")
            if isinstance(resource["path"], str):  # validators do not add up the sizes of several files
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


@dataclass(frozen=True, slots=True)
class _Kept:
    """An earlier export, with the checksums and digests that it states."""

    folder: Path
    checksums: dict[str, str]
    digests: dict[str, str]

    @classmethod
    def read(cls, folder: Path) -> "_Kept":
        lines = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
        package = json.loads((folder / "datapackage.json").read_bytes())
        return cls(folder, {name: sha256 for sha256, name in (line.split("  ", 1) for line in lines)}, package["parts"])

    def link(self, part: Part, folder: Path) -> bool:
        """Link the files of a part into `folder` if they have the same rows and are as they were written."""
        names = [f"data/{part.name}.{ending}" for ending in ("csv", "parquet")]
        if self.digests.get(part.name) != part.digest:
            return False
        if any(_checksum(self.folder / name) != self.checksums.get(name) for name in names):
            return False
        for name in names:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).hardlink_to(self.folder / name)
        return True


def divide(connection: duckdb.DuckDBPyConnection) -> dict[str, list[Part]]:
    """Return the parts of each mart."""
    keys = foreign_keys()
    return {
        table: months.parts(connection, table, [key for key in keys if key.table == table])
        for table in tables(connection, "marts")
    }


def describe(connection: duckdb.DuckDBPyConnection, snapshot: str, parts: dict[str, list[Part]]) -> dict[str, Any]:
    """Return the content of datapackage.json, without the sizes of files."""
    keys = foreign_keys()
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
                "path": _paths(table, parts[table]),
                "format": "csv",
                "encoding": "utf-8",
                "description": _comment(connection, table),
                "schema": _schema(connection, table, [key for key in keys if key.table == table]),
            }
            for table in parts
        ],
        "parts": {part.name: part.digest for table in parts for part in parts[table]},
    }


def _paths(table: str, parts: list[Part]) -> str | list[str]:
    """Return the file of a table, or its files if it is a folder."""
    if [part.name for part in parts] == [table]:
        return f"data/{table}.csv"
    return [f"data/{part.name}.csv" for part in parts]


def _write_part(connection: duckdb.DuckDBPyConnection, part: Part, folder: Path) -> None:
    path = folder / f"{part.name}.parquet"
    path.parent.mkdir(exist_ok=True)
    connection.execute(f"COPY ({part.query}) TO {quote(str(path))} (FORMAT parquet, COMPRESSION zstd)")
    with path.with_suffix(".csv").open("w", encoding="utf-8", newline="") as out:
        write_csv(connection, part.query, out)


def _schema(connection: duckdb.DuckDBPyConnection, table: str, keys: list[ForeignKey]) -> dict[str, Any]:
    columns = connection.execute(
        """
        SELECT column_name, data_type, is_nullable, coalesce(comment, '') FROM duckdb_columns()
        WHERE database_name = current_database() AND schema_name = 'marts' AND table_name = ? ORDER BY column_index
        """,
        [table],
    ).fetchall()
    return {
        "fields": [
            {"name": name, "type": _type(data_type), "description": comment}
            | ({} if is_nullable else {"constraints": {"required": True}})
            for name, data_type, is_nullable, comment in columns
        ],
        "primaryKey": primary_keys()[table],
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
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return "".join(f"{_checksum(path)}  {path.relative_to(folder)}\n" for path in paths)


def _checksum(path: Path) -> str | None:
    """Return the sha256 of a file, or None if there is none."""
    if not path.is_file():
        return None
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
