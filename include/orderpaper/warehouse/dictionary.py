"""The data dictionary, docs/data-dictionary.md, generated from `dbt`, `warehouse/about.py` and `warehouse/ops.py`."""

import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from orderpaper.config import PROJECT
from orderpaper.errors import OrderPaperError
from orderpaper.warehouse import about
from orderpaper.warehouse.ops import ensure_ops

PATH = PROJECT / "docs" / "data-dictionary.md"

_SCHEMAS = {
    "main": "Wide views of the marts, for a first query without a join. They need no prefix. Beside them stands the "
    "table macro `search('words')`, which ranks all statements by the words in them. `about` and the tables "
    "whose names begin with it say the same as this page, and more, inside the file.",
    "marts": "What analysts query. Facts begin with `fct_`, what they refer to with `dim_`, links of many to many with "
    "`bridge_`, ready answers with `rpt_`. No value here depends on when the warehouse was built.",
    "reference": "The lists that the marts are made with, as they stand in `dbt/seeds`: what match methods and issue "
    "kinds mean, the phrases of topics and non-answers, names of departments, parties and offices.",
    "ops": "What the pipeline notes about itself, with the times at which things happened.",
}
_INTRODUCTION = """# Data dictionary

Generated from `dbt/models` by `make docs`; do not edit it here.

Columns end in what they are: `_key` (our key), `_id` (somebody else's), `_on` (a day), `_at` (a moment, UTC), `is_` and
`has_` (true or false), `_count`, `_gbp` (pounds sterling), `_text` (as printed). `document_id` and, in texts,
`char_start` and `char_end` cite where a row comes from:
`substr(document_text, char_start + 1, char_end - char_start)` in `marts.dim_document`.
"""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a published table."""

    name: str
    data_type: str
    description: str


@dataclass(frozen=True, slots=True)
class Table:
    """A published table. The first line of its description says what a row is."""

    schema: str
    name: str
    description: str
    columns: list[Column]


def read_tables(manifest: dict[str, Any]) -> list[Table]:
    """Return every published table, by schema and name: dbt's models and seeds, and the tables that Python writes."""
    return sorted([*_dbt_tables(manifest), *_python_tables()], key=lambda table: (table.schema, table.name))


def render(tables: list[Table]) -> str:
    """Return the dictionary as Markdown."""
    parts = [_INTRODUCTION]
    for schema, introduction in _SCHEMAS.items():
        parts.append(f"## Schema `{schema}`\n\n{introduction}\n")
        parts += [_section(table) for table in tables if table.schema == schema]
    return "\n".join(parts)


def _section(table: Table) -> str:
    heading = f"### {table.schema}.{table.name}\n\n{table.description.strip()}\n\n"
    rows = [f"| `{column.name}` | {column.data_type} | {_cell(column.description)} |\n" for column in table.columns]
    return heading + "| column | type | what it is |\n|---|---|---|\n" + "".join(rows)


def _dbt_tables(manifest: dict[str, Any]) -> list[Table]:
    nodes = [node for node in manifest["nodes"].values() if node["resource_type"] in ("model", "seed")]
    return [
        Table(
            schema=node["config"]["schema"],
            name=node["name"],
            description=node["description"],
            columns=[
                Column(
                    column["name"],
                    column["data_type"] or node["config"]["column_types"][column["name"]],
                    column["description"],
                )
                for column in node["columns"].values()
            ],
        )
        for node in nodes
        if node["config"]["schema"] in _SCHEMAS
    ]


def read_manifest() -> dict[str, Any]:
    """Return dbt's manifest of the project; open no database.

    Raises:
        OrderPaperError: dbt cannot read its project.
    """
    from dbt.cli.main import dbtRunner  # noqa: PLC0415  # 1.8 s

    os.environ.setdefault("ORDERPAPER_BUILD_DATABASE", ":memory:")
    with tempfile.TemporaryDirectory() as target:
        project = PROJECT / "dbt"
        outcome = dbtRunner().invoke(
            [
                *("parse", "--quiet", "--no-send-anonymous-usage-stats"),
                *("--project-dir", str(project), "--profiles-dir", str(project)),
                *("--target-path", target, "--log-path", target),
            ]
        )
        if not outcome.success:
            raise OrderPaperError(f"dbt cannot read the project in {project}: {outcome.exception}")
        manifest: dict[str, Any] = json.loads((Path(target) / "manifest.json").read_text(encoding="utf-8"))
    return manifest


def _python_tables() -> list[Table]:
    with duckdb.connect() as connection:
        ensure_ops(connection)
        about.create(connection)
        columns = connection.execute(
            """
            SELECT
                tables.schema_name, tables.table_name, tables.comment,
                columns.column_name, lower(columns.data_type), columns.comment
            FROM duckdb_tables() AS tables INNER JOIN duckdb_columns() AS columns USING (table_oid)
            ORDER BY tables.schema_name, tables.table_name, columns.column_index
            """
        ).fetchall()
    described: dict[tuple[str, str, str], list[Column]] = {}
    for schema, table, description, *column in columns:
        described.setdefault((schema, table, description), []).append(Column(*column))
    return [Table(*table, found) for table, found in described.items()]


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
