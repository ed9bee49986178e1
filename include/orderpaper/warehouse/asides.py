"""Keep documents that a person has set aside out of the build database."""

import duckdb

from orderpaper.records import RECORD_TYPES

BY_HAND = "manual"
"""The stage of the refusals of documents that a person has set aside."""


def forget_released(connection: duckdb.DuckDBPyConnection, reasons: dict[str, str]) -> None:
    """Remove the documents that are no longer set aside, and the names of their batches, to load them again."""
    released = connection.execute(
        """
        SELECT DISTINCT document.document_id, document.source FROM raw.document AS document
        INNER JOIN raw.quarantine AS quarantine USING (document_id, source, parser_version)
        WHERE document.document_kind IS NULL AND quarantine.stage = $stage
            AND NOT list_contains($ids::VARCHAR[], document.document_id)
        """,
        {"stage": BY_HAND, "ids": list(reasons)},
    ).fetchall()
    for document_id, source in released:
        connection.execute(
            "DELETE FROM raw.quarantine WHERE document_id = ? AND source = ? AND stage = ?",
            [document_id, source, BY_HAND],
        )
        connection.execute("DELETE FROM raw.document WHERE document_id = ? AND source = ?", [document_id, source])
        connection.execute("DELETE FROM raw.batch WHERE source = ?", [source])


def keep_out(connection: duckdb.DuckDBPyConnection, reasons: dict[str, str]) -> None:
    """Put the documents that a person has set aside in quarantine, with none of their rows."""
    if not reasons:
        return
    ids = {"ids": list(reasons)}
    connection.execute(
        f"""
        INSERT INTO raw.quarantine BY NAME
        SELECT document_id, source, parser_version, kind, url, '{BY_HAND}' AS stage, given.reason, '' AS excerpt,
            now() AS quarantined_at
        FROM raw.document
        INNER JOIN (SELECT unnest($ids) AS document_id, unnest($reasons) AS reason) AS given USING (document_id)
        WHERE document_kind IS NOT NULL
        """,
        ids | {"reasons": list(reasons.values())},
    )
    for table in RECORD_TYPES:
        connection.execute(f"DELETE FROM raw.{table} WHERE list_contains($ids, document_id)", ids)
    connection.execute(
        """
        UPDATE raw.document SET document_kind = NULL, title = NULL, published_on = NULL, text = NULL, record_count = 0,
            announced_count = NULL, row_count = NULL, refused_row_count = 0
        WHERE document_kind IS NOT NULL AND list_contains($ids, document_id)
        """,
        ids,
    )
