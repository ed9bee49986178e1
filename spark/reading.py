"""Read the words of statements again, on Spark, as `orderpaper.warehouse.rereading` does in DuckDB."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import fields

import pyarrow as pa
from pyspark.sql import SparkSession
from pyspark.sql.pandas.types import from_arrow_schema

from orderpaper.enrichment import words
from orderpaper.records import READING_TYPES, STATEMENT_TYPES
from orderpaper.records.schema import document_table_schema
from orderpaper.records.types.base import table_name


def outdated_readings(session: SparkSession) -> bool:
    """Find the documents that other lists of phrases were used for; return whether there are any.

    Then the view `outdated` has them, and `reread_<table>` has the new readings of each kind.
    """
    session.sql(
        f"""
        SELECT found.document_id, found.source, found.parser_version
        FROM found_document AS found
        INNER JOIN chosen ON found.document_id = chosen.document_id AND found.source = chosen.source
            AND found.batch_id = chosen.batch_id
        LEFT ANTI JOIN set_aside ON found.document_id = set_aside.document_id
        WHERE found.document_kind IS NOT NULL AND NOT found.reading_version <=> '{words.version()}'
        """
    ).createOrReplaceTempView("outdated")
    if session.table("outdated").isEmpty():
        return False
    joins, lists = "", ""
    for table, statement_type in STATEMENT_TYPES.items():
        columns = ", ".join(f"found.{field.name}" for field in fields(statement_type))
        lists += f", {table}.statements AS {table}"
        joins += f"""
            LEFT JOIN (
                SELECT found.document_id, found.source, sort_array(collect_list(struct({columns}))) AS statements
                FROM found_{table} AS found
                INNER JOIN chosen ON found.document_id = chosen.document_id AND found.source = chosen.source
                    AND found.batch_id = chosen.batch_id
                GROUP BY found.document_id, found.source
            ) AS {table} ON outdated.document_id = {table}.document_id AND outdated.source = {table}.source
        """
    statements = session.sql(f"SELECT outdated.*{lists} FROM outdated {joins}")
    read = statements.mapInArrow(_read, "name string, readings binary").cache()
    for table, reading_type in READING_TYPES.items():
        schema = document_table_schema(reading_type)
        own = read.where(read.name == table).select("readings")
        own.mapInArrow(_rows_of(schema), from_arrow_schema(schema)).createOrReplaceTempView(f"reread_{table}")
    return True


def _read(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Yield the readings of some documents: the name of a table, and its rows as a stream of Arrow."""
    for batch in batches:
        rows: dict[str, list[dict[str, object]]] = defaultdict(list)
        for document in batch.to_pylist():
            provenance = {name: document[name] for name in ("document_id", "source", "parser_version")}
            statements = [
                statement_type(**facts)
                for table, statement_type in STATEMENT_TYPES.items()
                for facts in document[table] or ()
            ]
            for reading in words.read_words(statements):
                own = {field.name: getattr(reading, field.name) for field in fields(reading)}
                rows[table_name(type(reading))].append(own | provenance)
        streams = []
        for table, found in rows.items():
            sink = pa.BufferOutputStream()
            readings = pa.Table.from_pylist(found, schema=document_table_schema(READING_TYPES[table]))
            with pa.ipc.new_stream(sink, readings.schema) as writer:
                writer.write_table(readings)
            streams.append(sink.getvalue().to_pybytes())
        yield pa.record_batch([pa.array(list(rows), pa.string()), pa.array(streams, pa.binary())], ["name", "readings"])


def _rows_of(schema: pa.Schema) -> Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """Return the function that yields the rows of streams of Arrow."""

    def rows(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            for stream in batch.column(0):
                with pa.ipc.open_stream(stream.as_buffer()) as reader:
                    yield from reader

    return rows
