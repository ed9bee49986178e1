"""The views of schema `main`, which dbt makes in the build database, in a snapshot."""

import graphlib
import re

import duckdb

from orderpaper.warehouse.content import quote


def free_views(snapshot: duckdb.DuckDBPyConnection) -> list[str]:
    """Take the name of the database out of the views of a snapshot, and return the names of the views.

    So they work when a reader attaches the file under any name. Their comments stay.
    """
    (database,) = snapshot.execute("SELECT current_database()").fetchone() or ("",)
    views = {
        name: (sql.replace(f"{database}.", ""), comment)
        for name, sql, comment in snapshot.execute(
            """
            SELECT view_name, sql, comment FROM duckdb_views()
            WHERE database_name = current_database() AND schema_name = 'main' AND NOT internal
            """
        ).fetchall()
    }
    columns = snapshot.execute(
        f"""
        SELECT table_name, column_name, comment FROM duckdb_columns()
        WHERE database_name = current_database() AND schema_name = 'main' AND comment IS NOT NULL
            AND list_contains([{", ".join(quote(name) for name in views)}]::VARCHAR[], table_name)
        """
    ).fetchall()
    reads = {name: set(re.findall(r"\bmain\.(\w+)", sql)) for name, (sql, _) in views.items()}
    for name in graphlib.TopologicalSorter(reads).static_order():
        sql, comment = views[name]
        snapshot.execute(sql.replace("CREATE VIEW", "CREATE OR REPLACE VIEW", 1))
        snapshot.execute(f"COMMENT ON VIEW main.{name} IS {quote(comment or '')}")
    for view, column, comment in columns:
        snapshot.execute(f'COMMENT ON COLUMN main."{view}"."{column}" IS {quote(comment)}')
    return list(views)
