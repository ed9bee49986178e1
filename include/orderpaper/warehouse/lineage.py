"""The columns that a column is made of, model by model, read from the SQL that dbt compiled.

They are written as OpenLineage events after a build and shown as a tree by `make lineage`. The tree ends in columns of
`raw`, which parsers filled. The `document_id` of a row leads to its document (`marts.dim_document`) and to the runs
that fetched it (`ops.fct_document_run`).
"""

import datetime as dt
import json
import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from orderpaper.errors import ConfigError, OrderPaperError
from orderpaper.storage import write_atomically

NAMESPACE = "orderpaper"
_PRODUCER = "https://openlineage.io/spec"
_RUN_EVENT = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent"
_COLUMNS = "https://openlineage.io/spec/facets/1-2-0/ColumnLineageDatasetFacet.json#/$defs/ColumnLineageDatasetFacet"
_IMPORT = re.compile(r'(\w+) as \(\s*select (?:\w+\.)?\* from ("[^\s)]+"|\w+)', re.IGNORECASE)
"""A CTE that selects every column of a table or of another CTE. Our models begin with such CTEs."""

Column = tuple[str, str]
"""A table with its schema, and a column of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelLineage:
    """A model with the tables that it reads, and the columns that each of its columns is made of, where SQL says so."""

    table: str
    inputs: tuple[str, ...]
    columns: dict[str, tuple[Column, ...]]


def read(manifest: Path) -> dict[str, ModelLineage]:
    """Return the lineage of every model of a dbt manifest, by table."""
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


def newest_manifest(home: Path) -> Path:
    """Return the manifest that the last build wrote, in any realm, because the models are the same in all of them.

    Raises:
        OrderPaperError: nothing has been built yet.
    """
    manifests = home.absolute().glob("*/runs/*/dbt/manifest.json")
    newest = max(manifests, key=lambda path: path.stat().st_mtime, default=None)
    if newest is None:
        raise OrderPaperError(f"Nothing has been built yet under {home.absolute()}; run `make run` first.")
    return newest


def _columns(sql: str) -> dict[str, tuple[Column, ...]]:
    from openlineage_sql import parse  # noqa: PLC0415  # a compiled parser that only this needs

    imports = {name.lower(): target for name, target in _IMPORT.findall(sql)}

    def table(name: str) -> str:
        """Return the table that a name in the SQL stands for, or the name itself if it is a CTE with logic."""
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
    """Write an OpenLineage event for every model of a build, one JSON object for each line."""
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


def trace(models: dict[str, ModelLineage], name: str) -> Iterator[tuple[int, str]]:
    """Return a column and all that it is made of, each with its depth; no column is followed twice.

    Args:
        models: the lineage of every model.
        name: the column as SCHEMA.TABLE.COLUMN.

    Raises:
        ConfigError: there is no such table or column.
    """
    table, _, column = name.rpartition(".")
    if table not in models or column not in models[table].columns:
        known = ", ".join(sorted(models[table].columns if table in models else models))
        what = "column" if table in models else "model"
        raise ConfigError(f"There is no {what} {name}; there are {known}.")
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
