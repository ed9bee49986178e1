"""Which of the rows that several batches have of a document are kept, as SQL that DuckDB and Spark run alike."""

from orderpaper.ingest.rows import UNREAD_VERSION


def precedence(documents: str, present_version: str) -> str:
    """Return the SQL of a value that is greatest for the rows to keep of a document.

    Rows of the present parser version come before all others, rows of an unread document after all others, and newer
    rows before older ones. Rows from before `parsed_at` was introduced count as the oldest.

    Args:
        documents: the name of a relation that has the columns of `raw.document`.
        present_version: the expression of the present version of the parser of their source.
    """
    return f"""(
        coalesce({documents}.parser_version = {present_version}, false),
        {documents}.parser_version != '{UNREAD_VERSION}',
        coalesce({documents}.parsed_at, to_timestamp(0))
    )"""


def chosen(found: str) -> str:
    """Return the query for the batch whose rows of a document are kept.

    Batches that share a document and a version hold equal rows for it, so one of them serves it.

    Args:
        found: a relation with `document_id`, `source`, `parser_version`, `precedence` and `batch_id`.
    """
    return f"""
        SELECT document_id, source, parser_version, precedence, batch_id
        FROM (
            SELECT document_id, source, parser_version, precedence, batch_id,
                row_number() OVER (PARTITION BY document_id, source ORDER BY precedence DESC, batch_id) AS rank
            FROM {found}
        ) AS ranked
        WHERE rank = 1
    """


def sighted(sightings: str) -> str:
    """Return the query for the address, kind and time of each document.

    A body may come from several addresses, as an empty page does. It keeps the first address by name and the last time,
    so that the order of loading makes no difference.

    Args:
        sightings: a relation with `document_id`, `source`, `kind`, `url`, `media_type` and `fetched_at`.
    """
    return f"""
        SELECT document_id, source, url, kind, media_type, last_fetched_at AS fetched_at
        FROM (
            SELECT document_id, source, url, kind, media_type,
                max(fetched_at) OVER (PARTITION BY document_id, source) AS last_fetched_at,
                row_number() OVER (PARTITION BY document_id, source ORDER BY url, kind, media_type) AS rank
            FROM {sightings}
        ) AS ranked
        WHERE rank = 1
    """
