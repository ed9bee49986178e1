"""Change what is in the packs of a landing zone, as a bad disk does."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq


def pack_of(landing: Path, document_id: str | None = None) -> Path:
    """Return the pack that has a document's body, or the only pack."""
    packs = list(landing.glob("packs/*/[!.]*.parquet"))
    if document_id is not None:
        packs = [
            pack
            for pack in packs
            if any(row["document_id"] == document_id and row["body"] for row in pq.read_table(pack).to_pylist())
        ]
    (pack,) = packs
    return pack


def change_body(landing: Path, old: bytes, new: bytes, document_id: str | None = None) -> None:
    """Change bytes in the bodies of a pack, or in that of one document; the pack keeps its name."""
    pack = pack_of(landing, document_id)
    table = pq.read_table(pack)
    rows = table.to_pylist()
    for row in rows:
        if row["body"] and document_id in (None, row["document_id"]):
            row["body"] = row["body"].replace(old, new, 1)
    pq.write_table(pa.Table.from_pylist(rows, schema=table.schema), pack, row_group_size=100)
