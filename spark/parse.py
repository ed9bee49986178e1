"""Parse the documents of a manifest on Spark: the same parsers, and the same files of records as on one machine.

`parse.py HOME REALM SOURCE MANIFEST` runs in the environment `.spark`. Every worker must see the landing zone.
"""

import argparse
import pickle
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa
from pyspark import StorageLevel
from pyspark.sql import SparkSession
from session import open_session

from orderpaper import ingest
from orderpaper.config import Paths
from orderpaper.errors import OrderPaperError
from orderpaper.ingest.chunks import Chunk, ChunkRecords, parse_chunk


def main() -> None:
    """Parse what the command line names, or end with the reason why it cannot be parsed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path, help="the folder that holds everything")
    parser.add_argument("realm", help="the realm of the manifest")
    parser.add_argument("source", help="the source whose documents the manifest names")
    parser.add_argument("manifest", help="the manifest")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="spark-") as warehouse:
        session = open_session(Path(warehouse))
        try:
            _, is_new = ingest.make_batch(
                Paths(given.home.resolve(), given.realm),
                given.source,
                given.manifest,
                lambda chunks: parse_chunks(session, chunks),
            )
        except OrderPaperError as error:
            sys.exit(str(error))
        finally:
            session.stop()
    sys.stdout.write("new\n" if is_new else "made before\n")


def parse_chunks(session: SparkSession, chunks: Sequence[Chunk]) -> Iterator[ChunkRecords]:
    """Yield the records of each chunk, in the order of the chunks; the workers of the session parse them.

    The records wait on the disks of the workers, so that this process holds those of a few chunks.
    """
    if not chunks:
        return
    numbered = [(number, pickle.dumps(chunk)) for number, chunk in enumerate(chunks)]
    given = session.createDataFrame(numbered, "number int, chunk binary").repartition(len(chunks), "number")
    parsed = given.mapInArrow(_parse, "number int, records binary").persist(StorageLevel.DISK_ONLY)
    try:
        for row in parsed.orderBy("number").toLocalIterator():
            yield pickle.loads(row.records)  # noqa: S301  # our own worker wrote it
    finally:
        parsed.unpersist()


def _parse(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Yield the records of each chunk, one at a time, because those of several may not fit in memory."""
    for batch in batches:
        for number, chunk in zip(batch["number"], batch["chunk"], strict=True):
            records = pickle.dumps(parse_chunk(pickle.loads(chunk.as_py())))  # noqa: S301  # the driver wrote it
            yield pa.record_batch(
                [pa.array([number.as_py()], pa.int32()), pa.array([records], pa.binary())], ["number", "records"]
            )


if __name__ == "__main__":
    main()
