"""A build database with a few rows: its tables are those of the library and of the dbt models' contracts."""

import shutil
from dataclasses import MISSING, fields

import duckdb
import pyarrow as pa
import yaml

from orderpaper.config import PROJECT, Paths
from orderpaper.records import RECORD_TYPES
from orderpaper.warehouse.load import ensure_raw
from orderpaper.warehouse.ops import ensure_ops


def create(database, rows):
    """Create every table of `raw`, `marts` and `ops`, and insert `rows` (table with schema → rows)."""
    with duckdb.connect(database) as connection:
        ensure_raw(connection)
        connection.execute("DELETE FROM raw.source; CREATE SCHEMA marts")
        ensure_ops(connection)
        models = columns_of("marts") | columns_of("ops")
        for table, columns in models.items():
            definitions = ", ".join(f"{column['name']} {column['data_type']}" for column in columns)
            connection.execute(f"CREATE TABLE {table} ({definitions})")
        for table, given in rows.items():
            usual = defaults(table.removeprefix("raw."))
            needed = models.get(table, ())
            insert(connection, table, [usual | filled(needed, number) | row for number, row in enumerate(given)])
    return database


def place(database, home):
    """Return a realm in a new home whose build database is a copy of `database`."""
    paths = Paths(home=home, realm="simulated")
    paths.build_database.parent.mkdir(parents=True)
    shutil.copy(database, paths.build_database)
    return paths


def columns_of(schema):
    """Table with schema → its columns, as the contracts of the dbt models declare them."""
    paths = sorted((PROJECT / "dbt" / "models" / schema).glob("*.yml"))
    models = [model for path in paths for model in yaml.load(path.read_text(), yaml.CSafeLoader)["models"]]
    return {f"{schema}.{model['name']}": model["columns"] for model in models}


def filled(columns, number):
    """Values for the columns that a row must have, whatever they are."""
    values = {"boolean": False, "bigint": 1, "integer": 1, "date": "2024-11-20"}
    return {
        column["name"]: values.get(column["data_type"], 1 if "decimal" in column["data_type"] else f"{number}")
        for column in columns
        if "not_null" in column.get("data_tests", ())
    }


def defaults(table):
    """The values that the fields of a record have unless a parser gives others."""
    own = fields(RECORD_TYPES[table]) if table in RECORD_TYPES else ()
    return {f.name: f.default_factory() if f.default is MISSING else f.default for f in own if has_default(f)}


def has_default(field):
    return field.default is not MISSING or field.default_factory is not MISSING


def insert(connection, table, rows):
    for row in rows:
        connection.register("incoming", pa.Table.from_pylist([row]))
        connection.execute(f"INSERT INTO {table} BY NAME FROM incoming")
        connection.unregister("incoming")
