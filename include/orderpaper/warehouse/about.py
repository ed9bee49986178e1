"""The tables in which a snapshot explains itself: which version it is, its tables, columns, keys and values.

They are filled from what the snapshot has already: the descriptions that dbt writes as comments, the constraints of its
tables, and the keys and values that the yml of the marts declares. So nothing is described twice.
"""

import datetime as dt
from importlib import metadata

import duckdb

from orderpaper.warehouse import declared
from orderpaper.warehouse.content import count_rows, quote

_TABLES = {
    "about": (
        "One row: which snapshot this is, and up to which day it knows.",
        {
            "snapshot_id": ("VARCHAR PRIMARY KEY", "The snapshot, as `make snapshots` lists it."),
            "published_at": ("TIMESTAMPTZ NOT NULL", "When it was published."),
            "as_of_on": (
                "DATE",
                "The last day up to which written questions were fetched: what happened later is not in here.",
            ),
            "realm": (
                "VARCHAR NOT NULL",
                "Where the documents come from: `live` (Parliament's own sites), `replay-…` (captured documents) or"
                " `simulated`.",
            ),
            "is_invented": ("BOOLEAN NOT NULL", "Whether the people, questions and sums are those of the simulator."),
            "orderpaper_version": ("VARCHAR NOT NULL", "The version of Order Paper that built it."),
            "document_count": ("BIGINT", "Documents from which its rows come."),
            "cite_as": ("VARCHAR NOT NULL", "A reference to this version that can be pasted into a text."),
        },
    ),
    "about_tables": (
        "One row per table or view of this warehouse.",
        {
            "schema_name": ("VARCHAR NOT NULL", "Its schema."),
            "table_name": ("VARCHAR NOT NULL", "Its name."),
            "is_view": ("BOOLEAN NOT NULL", "Whether it is a view of other tables."),
            "grain": ("VARCHAR", "What one row is."),
            "usage_warning": ("VARCHAR", "What would mislead somebody who uses the table without knowing it."),
            "description": ("VARCHAR", "The whole description, as in docs/data-dictionary.md."),
            "row_count": ("BIGINT", "Its rows; null for a view."),
        },
    ),
    "about_columns": (
        "One row per column of this warehouse.",
        {
            "schema_name": ("VARCHAR NOT NULL", "The schema of its table."),
            "table_name": ("VARCHAR NOT NULL", "Its table or view."),
            "column_name": ("VARCHAR NOT NULL", "Its name."),
            "position": ("BIGINT NOT NULL", "Its place in the table, from 1."),
            "data_type": ("VARCHAR NOT NULL", "Its type in DuckDB."),
            "is_required": ("BOOLEAN NOT NULL", "Whether the table forbids nulls in it; false for views."),
            "description": ("VARCHAR", "What it is."),
        },
    ),
    "about_keys": (
        "One row per primary key and per reference from a column to another table.",
        {
            "schema_name": ("VARCHAR NOT NULL", "The schema of the table."),
            "table_name": ("VARCHAR NOT NULL", "The table."),
            "key_kind": ("VARCHAR NOT NULL", "`primary` or `foreign`."),
            "column_names": ("VARCHAR NOT NULL", "The columns of the key, separated by commas."),
            "target_table": ("VARCHAR", "The table, of the same schema, to which a foreign key refers."),
            "target_column": ("VARCHAR", "The column to which a foreign key refers."),
            "is_declared": (
                "BOOLEAN NOT NULL",
                "Whether it is a constraint of the table. Keys and references of marts are not: the audit checks them.",
            ),
        },
    ),
    "about_values": (
        "One row per value that a column with a closed list of values may have; the column's description says what they"
        " mean.",
        {
            "schema_name": ("VARCHAR NOT NULL", "The schema of the table."),
            "table_name": ("VARCHAR NOT NULL", "The table."),
            "column_name": ("VARCHAR NOT NULL", "The column."),
            "value": ("VARCHAR NOT NULL", "The value."),
        },
    ),
}

_DESCRIPTIONS = """
INSERT INTO about_tables
SELECT
    schema_name,
    table_name,
    is_view,
    replace(split_part(comment, chr(10) || chr(10), 1), chr(10), ' '),
    nullif(replace(regexp_extract(comment, 'Usage warning: (.*)', 1, 's'), chr(10), ' '), ''),
    comment,
    NULL
FROM (
    SELECT schema_name, table_name, false AS is_view, comment, internal, database_name FROM duckdb_tables()
    UNION ALL
    SELECT schema_name, view_name, true, comment, internal, database_name FROM duckdb_views()
)
WHERE database_name = current_database() AND NOT internal AND schema_name != 'search'
ORDER BY ALL;

INSERT INTO about_columns
SELECT schema_name, table_name, column_name, column_index, data_type, NOT is_nullable, comment
FROM duckdb_columns()
WHERE database_name = current_database() AND NOT internal AND schema_name != 'search'
ORDER BY schema_name, table_name, column_index;

INSERT INTO about_keys
SELECT
    schema_name,
    table_name,
    'primary',
    array_to_string(constraint_column_names, ', '),
    NULL,
    NULL,
    true
FROM duckdb_constraints()
WHERE database_name = current_database() AND constraint_type = 'PRIMARY KEY'
ORDER BY ALL;
"""


def create(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the tables, empty, with their comments, in schema `main` of the current database."""
    for table, (description, columns) in _TABLES.items():
        definitions = ", ".join(f"{name} {kind}" for name, (kind, _) in columns.items())
        connection.execute(f"CREATE TABLE main.{table} ({definitions})")
        connection.execute(f"COMMENT ON TABLE main.{table} IS {quote(description)}")
        for name, (_, comment) in columns.items():
            connection.execute(f"COMMENT ON COLUMN main.{table}.{name} IS {quote(comment)}")


def fill(connection: duckdb.DuckDBPyConnection, snapshot_id: str, realm: str) -> None:
    """Create and fill the tables in the current database, whose other tables and views are complete.

    Args:
        connection: a connection to the database of the snapshot, which is published now.
        snapshot_id: the id of the snapshot.
        realm: the realm to which it belongs.
    """
    create(connection)
    connection.execute(
        "INSERT INTO about VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            snapshot_id,
            dt.datetime.now(dt.UTC),
            None,
            realm,
            realm == "simulated",
            metadata.version("orderpaper"),
            count_rows(connection, "marts").get("marts.dim_document"),
            f"Order Paper, snapshot {snapshot_id}",
        ],
    )
    connection.execute(_DESCRIPTIONS)
    if connection.execute(
        "FROM about_columns WHERE table_name = 'fct_question' AND column_name = 'as_of_on'"
    ).fetchone():
        connection.execute("UPDATE about SET as_of_on = (SELECT max(as_of_on) FROM marts.fct_question)")
    _add_keys(connection)
    _add_values(connection)
    counts = count_rows(connection)
    connection.execute(
        """
        UPDATE about_tables SET row_count = counted.row_count
        FROM (SELECT unnest($tables) AS name, unnest($counts) AS row_count) AS counted
        WHERE about_tables.schema_name || '.' || about_tables.table_name = counted.name
        """,
        {"tables": list(counts), "counts": list(counts.values())},
    )


def _add_values(connection: duckdb.DuckDBPyConnection) -> None:
    """Add the values of the columns whose values the yml of the marts lists."""
    names, columns, values = zip(*declared.allowed_values(), strict=True)
    connection.execute(
        """
        INSERT INTO about_values
        SELECT 'marts', allowed.*
        FROM (
            SELECT unnest($names) AS table_name, unnest($columns) AS column_name, unnest($values) AS value
        ) AS allowed
        SEMI JOIN about_columns USING (table_name, column_name)
        ORDER BY ALL
        """,
        {"names": list(names), "columns": list(columns), "values": list(values)},
    )


def _add_keys(connection: duckdb.DuckDBPyConnection) -> None:
    """Add the keys and references that the yml of the marts declares, which are no constraints of the tables."""
    primary = [(table, "primary", ", ".join(key), None, None) for table, key in declared.primary_keys().items()]
    foreign = [
        (key.table, "foreign", key.column, key.target_table, key.target_column) for key in declared.foreign_keys()
    ]
    tables, kinds, columns, target_tables, target_columns = zip(*primary, *foreign, strict=True)
    connection.execute(
        """
        INSERT INTO about_keys
        SELECT 'marts', key.*, false
        FROM (
            SELECT
                unnest($tables) AS table_name, unnest($kinds) AS key_kind, unnest($columns) AS column_names,
                unnest($target_tables) AS target_table, unnest($target_columns) AS target_column
        ) AS key
        SEMI JOIN (FROM about_columns WHERE schema_name = 'marts') AS present
            ON key.table_name = present.table_name AND split_part(key.column_names, ', ', 1) = present.column_name
        ORDER BY ALL
        """,
        {
            "tables": list(tables),
            "kinds": list(kinds),
            "columns": list(columns),
            "target_tables": list(target_tables),
            "target_columns": list(target_columns),
        },
    )
