"""The record types: the contract between parsers and the warehouse.

A parser turns one document into a `Parsed`: what the document says about itself, and a list of records. It does not
fill in provenance. `ingest/rows.py` adds `document_id`, `source` and `parser_version` to every row and writes one
Parquet file for each record type, which is loaded into `raw.<table>` unchanged.

Every record type that stands in a module of this package is found. `base.py` says what it declares.
"""

import importlib
import pkgutil
from collections.abc import Iterator

from orderpaper.records.types.base import Reading, Record, Statement, table_name


def _record_types() -> Iterator[type[Record]]:
    for module in sorted(info.name for info in pkgutil.iter_modules(__path__, f"{__name__}.")):
        for value in vars(importlib.import_module(module)).values():
            if isinstance(value, type) and issubclass(value, Record) and "ROW" in vars(value):
                yield value


RECORD_TYPES: dict[str, type[Record]] = {table_name(record_type): record_type for record_type in _record_types()}
"""Table in schema `raw` → record type."""

STATEMENT_TYPES = {table: found for table, found in RECORD_TYPES.items() if issubclass(found, Statement)}
"""Table in schema `raw` → record type whose text is a statement. The table is the statement's kind."""

READING_TYPES = {table: found for table, found in RECORD_TYPES.items() if issubclass(found, Reading)}
"""Table in schema `raw` → record type that is made again when the lists of phrases change."""
