"""The parts of the dbt project that follow from the record types; `make staging` writes them.

- `dbt/models/staging/records`: for each record type its source, and the model `stg_records__<table>` with its yml.
- `dbt/macros/records.sql`: what follows for each kind of statement and each role: the models that are united.

The description of a column is the doc block of its name, in a Markdown file below `dbt/models`.
"""

import inspect
from collections.abc import Iterable
from pathlib import Path

from orderpaper.config import PROJECT
from orderpaper.records.types import RECORD_TYPES, STATEMENT_TYPES
from orderpaper.records.types.base import Record, columns, short_name

MODELS = PROJECT / "dbt" / "models" / "staging" / "records"
MACROS = PROJECT / "dbt" / "macros" / "records.sql"

_NOTE = "Made by `make staging` from include/orderpaper/records/types; change it there."
_COMMON = ("document_id", "source")
_STAGED_NAMES = {
    "ordinal": "{}_ordinal",
    "text": "{}_text",
    "html": "{}_html",
    "original_text": "original_{}_text",
}
"""Fields that have the same name in several record types, and their columns' names in the warehouse."""


def render() -> dict[Path, str]:
    """Return the text of every generated file, by path."""
    files = {MACROS: _macros()}
    for table, record_type in RECORD_TYPES.items():
        staged = _staged(record_type)
        files[MODELS / f"stg_records__{table}.sql"] = _model(table, record_type, staged)
        files[MODELS / f"stg_records__{table}.yml"] = _properties(table, record_type, staged)
    return files


def _staged(record_type: type[Record]) -> dict[str, str]:
    """Return the columns of a staging model: the name of each, and the expression on the raw row that gives its value.

    `document_id` and `source`, which every record has, are left out.
    """
    name = short_name(record_type)
    staged = {
        _STAGED_NAMES.get(column.name, column.name).format(name): column.name
        for column in columns(record_type)
        if column.name not in _COMMON
    }
    if f"{name}_html" in staged:
        staged["has_markup"] = "html is not null"
    return staged


def _model(table: str, record_type: type[Record], staged: dict[str, str]) -> str:
    selected = (
        f'"{expression}"' if expression == name else f'"{expression} as {name}"' for name, expression in staged.items()
    )
    versions = ", keeps_old_versions=true" if record_type.KEEPS_OLD_VERSIONS else ""
    return f"""\
-- {_NOTE}
{{{{ staged_records("{table}", [
    {_joined(selected, ",")}
]{versions}) }}}}
"""


def _properties(table: str, record_type: type[Record], staged: dict[str, str]) -> str:
    described = (f"- {{name: {name}, description: '{{{{ doc(\"{name}\") }}}}'}}" for name in [*_COMMON, *staged])
    return f"""\
# {_NOTE}
sources:
  - name: records
    database: "{{{{ 'work' if target.type == 'duckdb' else '' }}}}"
    schema: raw
    description: The records that parsers made, one table for each record type.
    tables:
      - name: {table}
        description: >-
          {inspect.cleandoc(record_type.__doc__ or "").splitlines()[0]}

models:
  - name: stg_records__{table}
    description: One row per {record_type.ROW}.
    data_tests:
      - well_formed:
          arguments: {{unique: [[document_id, {short_name(record_type)}_ordinal]]}}
    columns:
      {_joined(described, "", "      ")}
"""


def _macros() -> str:
    statements = (f"int_{table}_statements" for table in STATEMENT_TYPES)
    roles = dict.fromkeys(found.ROLE for found in RECORD_TYPES.values() if found.ROLE)
    attributions = (f"int_{role}_attributions" for role in roles)
    authorless = (f"'{table}'" for table, found in STATEMENT_TYPES.items() if not found.ROLE)
    return f"""\
{{# {_NOTE} #}}

{{# The models of statements, one for each kind. #}}
{{% macro statement_models() -%}}
    {_joined(statements, "")}
{{%- endmacro %}}


{{# The models of attributions, one for each role. #}}
{{% macro attribution_models() -%}}
    {_joined(attributions, "")}
{{%- endmacro %}}


{{# The kinds of statement that no person makes: a department publishes them. #}}
{{% macro kinds_without_author() -%}}
    {_joined(authorless, ",")}
{{%- endmacro %}}

"""


def _joined(parts: Iterable[str], separator: str, indent: str = "    ") -> str:
    return f"{separator}\n{indent}".join(parts)


def write() -> list[Path]:
    """Write the generated files that differ, remove the models of record types that are gone, and return both."""
    files = render()
    gone = [path for path in MODELS.iterdir() if path not in files]
    for path in gone:
        path.unlink()
    changed = [path for path, text in files.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    for path in changed:
        path.write_text(files[path], encoding="utf-8")
    return [*changed, *gone]
