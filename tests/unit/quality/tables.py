"""A build database with a few rows: its tables are those of the library and of the dbt models' contracts."""

import shutil
from dataclasses import MISSING, fields

import duckdb
import pyarrow as pa
import yaml

from orderpaper.config import PROJECT, Paths
from orderpaper.records import RECORD_TYPES
from orderpaper.warehouse import rules
from orderpaper.warehouse.ops import ensure_ops
from orderpaper.warehouse.raw_tables import ensure_raw


def create(database, rows):
    """Create every table of `raw`, `marts` and `ops`, and insert `rows` (table with schema → rows)."""
    with duckdb.connect(database) as connection:
        ensure_raw(connection)
        connection.execute("DELETE FROM raw.source; CREATE SCHEMA marts")
        ensure_ops(connection)
        models = declared("marts") | declared("ops")
        for table, model in models.items():
            definitions = ", ".join(f"{column['name']} {column['data_type']}" for column in model["columns"])
            connection.execute(f"CREATE TABLE {table} ({definitions})")
        for table, given in rows.items():
            usual = defaults(table.removeprefix("raw."))
            model = models.get(table, {"columns": ()})
            insert(connection, table, [usual | filled(model, number) | row for number, row in enumerate(given)])
    return database


def place(database, home):
    """Return a realm in a new home whose build database is a copy of `database`."""
    paths = Paths(home=home, realm="simulated")
    paths.build_database.parent.mkdir(parents=True)
    shutil.copy(database, paths.build_database)
    return paths


def declared(schema):
    """Table with schema → what the yml of its dbt model declares."""
    paths = sorted((PROJECT / "dbt" / "models" / schema).glob("*.yml"))
    models = [model for path in paths for model in yaml.load(path.read_text(), yaml.CSafeLoader)["models"]]
    return {f"{schema}.{model['name']}": model for model in models}


def filled(model, number):
    """Values for the columns that a row must have, whatever they are."""
    values = {"boolean": False, "bigint": 1, "integer": 1, "date": "2024-11-20"}
    tests = [test[rules.TEST]["arguments"] for test in model.get("data_tests", ()) if rules.TEST in test]
    needed = {name for arguments in tests for name in arguments.get("not_null", ())}
    return {
        column["name"]: values.get(column["data_type"], 1 if "decimal" in column["data_type"] else f"{number}")
        for column in model["columns"]
        if column["name"] in needed
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
