"""The views of schema `main`, which dbt makes in the build database, copied to a snapshot."""

import graphlib
import re

import duckdb

from orderpaper.warehouse.content import quote


def copy_views(build: duckdb.DuckDBPyConnection, snapshot: duckdb.DuckDBPyConnection) -> list[str]:
    """Create the build's views in the snapshot, with their comments; return their names.

    The name of the database is taken out of them, so that they work when a reader attaches the file under any name.
    """
    (database,) = build.execute("SELECT current_database()").fetchone() or ("",)
    views = {
        name: (sql.replace(f"{database}.", ""), comment)
        for name, sql, comment in build.execute(
            """
            SELECT view_name, sql, comment FROM duckdb_views()
            WHERE database_name = ? AND schema_name = 'main' AND NOT internal
            """,
            [database],
        ).fetchall()
    }
    reads = {name: set(re.findall(r"\bmain\.(\w+)", sql)) for name, (sql, _) in views.items()}
    for name in graphlib.TopologicalSorter(reads).static_order():
        sql, comment = views[name]
        snapshot.execute(sql)
        snapshot.execute(f"COMMENT ON VIEW main.{name} IS {quote(comment or '')}")
    for view, column, comment in build.execute(
        """
        SELECT table_name, column_name, comment FROM duckdb_columns()
        WHERE database_name = ? AND schema_name = 'main' AND NOT internal AND comment IS NOT NULL
        """,
        [database],
    ).fetchall():
        snapshot.execute(f'COMMENT ON COLUMN main."{view}"."{column}" IS {quote(comment)}')
    return list(views)
