"""Where a column comes from: model by model, from what dbt compiled, as OpenLineage events and as a tree to read.

`python -m orderpaper.warehouse.lineage marts.fct_answer.answer_text` prints the tree. It ends in a column of `raw`,
which a parser filled: the row's `document_id` leads to the document (`marts.dim_document`) and to the runs that fetched
it (`ops.fct_document_run`).
"""

import datetime as dt
import json
import re
import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from orderpaper import config
from orderpaper.errors import ConfigError, OrderPaperError
from orderpaper.landing import write_atomically

NAMESPACE = "orderpaper"
_PRODUCER = "https://openlineage.io/spec"
_RUN_EVENT = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent"
_COLUMNS = "https://openlineage.io/spec/facets/1-2-0/ColumnLineageDatasetFacet.json#/$defs/ColumnLineageDatasetFacet"
_IMPORT = re.compile(r'(\w+) as \(\s*select (?:\w+\.)?\* from ("[^\s)]+"|\w+)', re.IGNORECASE)
"""A CTE that takes every column of a table or of another CTE, as our models begin; its columns keep their names."""

Column = tuple[str, str]
"""Table with its schema, and a column of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelLineage:
    """One model: the tables that it reads, and for its columns those that they are made of, as far as SQL tells."""

    table: str
    inputs: tuple[str, ...]
    columns: dict[str, tuple[Column, ...]]


def read(manifest: Path) -> dict[str, ModelLineage]:
    """The lineage of every model of a dbt manifest, by table."""
    document = json.loads(manifest.read_text(encoding="utf-8"))
    nodes = document["nodes"] | document["sources"]
    tables = {name: f"{node['schema']}.{node.get('alias') or node['identifier']}" for name, node in nodes.items()}
    return {
        tables[name]: ModelLineage(
            table=tables[name],
            inputs=tuple(sorted(tables[parent] for parent in node["depends_on"]["nodes"] if parent in tables)),
            columns=dict.fromkeys(node["columns"], ()) | _columns(node["compiled_code"]),
        )
        for name, node in document["nodes"].items()
        if node["resource_type"] == "model" and node.get("compiled_code")
    }


def _columns(sql: str) -> dict[str, tuple[Column, ...]]:
    from openlineage_sql import parse  # noqa: PLC0415  # a compiled parser, needed here alone

    imports = {name.lower(): target for name, target in _IMPORT.findall(sql)}

    def table(name: str) -> str:
        """The table that a name in the SQL stands for; the name itself where it is a CTE of its own making."""
        seen: set[str] = set()
        while name.lower() in imports and name not in seen:
            seen.add(name)
            name = imports[name.lower()]
        return ".".join(name.replace('"', "").split(".")[-2:])

    found = parse([f"CREATE TABLE made AS {sql}"], dialect="generic")
    columns: dict[str, tuple[Column, ...]] = {}
    for column in found.column_lineage if found else ():
        origins = {(table(str(origin.origin.name)), origin.name) for origin in column.lineage if origin.origin}
        columns[column.descendant.name] = tuple(sorted(origin for origin in origins if "." in origin[0]))
    return columns


def write_events(manifest: Path, run_id: str, path: Path) -> None:
    """Write an OpenLineage event for every model of a build, one JSON object a line."""
    at = dt.datetime.now(dt.UTC).isoformat()
    lines = (json.dumps(_event(model, run_id, at)) for model in read(manifest).values())
    write_atomically(path, "".join(f"{line}\n" for line in lines).encode())


def _event(model: ModelLineage, run_id: str, at: str) -> dict[str, Any]:
    fields = {
        name: {"inputFields": [{"namespace": NAMESPACE, "name": table, "field": column} for table, column in origins]}
        for name, origins in model.columns.items()
    }
    facet = {"_producer": _PRODUCER, "_schemaURL": _COLUMNS, "fields": fields}
    return {
        "eventType": "COMPLETE",
        "eventTime": at,
        "producer": _PRODUCER,
        "schemaURL": _RUN_EVENT,
        "run": {"runId": str(uuid.uuid5(uuid.NAMESPACE_URL, f"{run_id}/{model.table}"))},
        "job": {"namespace": NAMESPACE, "name": f"build_warehouse.transform.{model.table}"},
        "inputs": [{"namespace": NAMESPACE, "name": table} for table in model.inputs],
        "outputs": [{"namespace": NAMESPACE, "name": model.table, "facets": {"columnLineage": facet}}],
    }


def trace(models: dict[str, ModelLineage], table: str, column: str) -> Iterator[tuple[int, str]]:
    """A column and all that it is made of, each with its depth; a column met again is not followed again.

    Raises:
        ConfigError: there is no such table or column.
    """
    if table not in models or column not in models[table].columns:
        known = ", ".join(sorted(models[table].columns if table in models else models))
        what = "column" if table in models else "model"
        raise ConfigError(f"There is no {what} {table}.{column}; there are {known}.")
    seen: set[Column] = set()

    def follow(at: Column, depth: int) -> Iterator[tuple[int, str]]:
        yield depth, ".".join(at)
        if at in seen:
            return
        seen.add(at)
        model = models.get(at[0])
        origins = model.columns.get(at[1], ()) if model else ()
        for origin in origins:
            yield from follow(origin, depth + 1)
        if model and not origins:
            yield depth + 1, f"computed from {', '.join(model.inputs)}"

    yield from follow((table, column), 0)


def main() -> int:
    """Entry point: `python -m orderpaper.warehouse.lineage SCHEMA.TABLE.COLUMN`."""
    try:
        table, _, column = (sys.argv[1] if len(sys.argv) == 2 else "").rpartition(".")
        if "." not in table:
            raise ConfigError("Name a column: make lineage COLUMN=marts.fct_answer.answer_text")
        home = config.paths().home
        # The models are the same in every realm.
        manifests = sorted(home.glob("*/runs/*/dbt/manifest.json"), key=lambda path: path.stat().st_mtime)
        if not manifests:
            raise ConfigError(f"Nothing has been built yet under {home}; run `make run` first.")
        for depth, text in trace(read(manifests[-1]), table, column):
            sys.stdout.write(f"{'  ' * depth}{text}\n")
    except OrderPaperError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
