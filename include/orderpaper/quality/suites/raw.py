"""The checks of schema `raw`: everything that landed was loaded, once, and every document's rows fit together.

The rows of a document are loaded together, so a check that compares them watches no others.
"""

from collections.abc import Iterator

from orderpaper.quality.checks import Check, between, facts, never, no_rows, one_of, share_at_most, suite, unique, warn
from orderpaper.quality.suites.common import IS_SHA256, STATEMENT_KINDS
from orderpaper.records import READING_TYPES, RECORD_TYPES, Record
from orderpaper.records.types.base import AtLeast, Column, Finding, OneOf, Reading, RowOf, columns

_RECORD_COUNTS = " UNION ALL ".join(
    f"SELECT document_id, source FROM raw.{table}" for table in RECORD_TYPES if table not in READING_TYPES
)
_STATEMENTS = " UNION ALL ".join(
    f"SELECT document_id, source, '{kind}' AS statement_kind, ordinal AS statement_ordinal FROM raw.{kind}"
    for kind in STATEMENT_KINDS
)
_LISTED = " UNION ALL ".join(
    f"SELECT document_id, source, {record_type.LIST_ID} AS id FROM raw.{table}"
    for table, record_type in RECORD_TYPES.items()
    if record_type.LIST_ID
)


def _declared(record_type: type[Record]) -> Iterator[Check]:
    """Yield the checks that follow from the declaration of a record type."""
    yield unique("document_id", "source", "ordinal")
    yield no_rows(
        "of_its_document",
        "Every row belongs to a loaded document, and both come from the same version of the parser.",
        """
        SELECT record.* FROM $table AS record
        ANTI JOIN raw.document AS document
            ON record.document_id = document.document_id
            AND record.source = document.source
            AND record.parser_version = document.parser_version
        """,
        watched=(),
    )
    required = [column.name for column in columns(record_type) if column.is_required]
    is_missing = " OR ".join(f"{name} IS NULL" for name in required)
    yield never("required_values", f"Every row has {', '.join(required)}.", is_missing)
    for column in columns(record_type):
        for rule in column.rules:
            yield _check(column, rule)
    if issubclass(record_type, Finding | Reading):
        yield one_of("statement_kind", STATEMENT_KINDS)
        yield no_rows(
            "statement_in_document",
            "Every row stands in a statement of its own document.",
            f"""
            SELECT child.* FROM $table AS child
            ANTI JOIN ({_STATEMENTS}) AS statement USING (document_id, source, statement_kind, statement_ordinal)
            """,
            "statement_ordinal",
            watched=(),
        )


def _check(column: Column, rule: object) -> Check:
    match rule:
        case OneOf():
            return one_of(column.name, rule.values)
        case AtLeast():
            return between(column.name, rule.least)
        case RowOf() if column.type is int:
            return _in_document(column.name, rule.table, column.name)
        case RowOf():
            # A row whose list is empty names no row: it is among those that are found.
            listed = f"unnest(CASE WHEN len({column.name}) > 0 THEN {column.name} ELSE [0] END)"
            return _in_document(column.name, rule.table, listed)
    raise TypeError(f"no check for {rule!r}")


def _in_document(column: str, table: str, ordinal: str) -> Check:
    return no_rows(
        f"{column}_in_document",
        f"Every row of {table} that {column} names stands in the same document.",
        f"""
        SELECT child.* FROM (SELECT *, {ordinal} AS named_ordinal FROM $table) AS child
        ANTI JOIN raw.{table} AS parent
            ON child.document_id = parent.document_id
            AND child.source = parent.source
            AND child.named_ordinal = parent.ordinal
        WHERE child.named_ordinal IS NOT NULL
        """,
        column,
        watched=(),
    )


_PAGES = r"""
    SELECT document_id, source, parser_version, fetched_at, announced_count, document_kind IS NULL AS is_quarantined,
        regexp_replace(url, '[?&](parameters\.)?skip=[0-9]+', '') AS query_text
    FROM raw.document WHERE source != 'inbox' AND url LIKE '%skip=%'
    QUALIFY row_number() OVER (PARTITION BY source, url ORDER BY fetched_at DESC) = 1
"""
"""The newest page at every address that is part of a list, with the query that all pages of the list share."""

SUITES = {
    **suite("raw.source", facts(keys="source", required="licence")),
    **suite(
        "raw.batch",
        facts(keys="batch_id", at_least={"document_count": 0}, refers_to={"source": "raw.source"}),
        never(
            "interval_in_order",
            "The interval of every batch begins before it ends, or on the same day.",
            "(interval_start <= interval_end) IS NOT TRUE",
            "interval_start",
        ),
    ),
    **suite(
        "raw.fetch",
        facts(keys="fetch_id", required="outcome requested_at", at_least={"attempt": 1}),
        warn(
            share_at_most(
                "failed_share",
                "At most one request in ten fails.",
                0.1,
                "outcome NOT IN ('fetched', 'not_modified', 'not_found', 'redirected')",
            )
        ),
    ),
    **suite("raw.fetch_file", facts(keys="file_name")),
    **suite(
        "raw.document",
        unique("document_id", "source"),
        facts(required="fetched_at", at_least={"byte_count": 0}, refers_to={"source": "raw.source"}),
        IS_SHA256,
        no_rows(
            "understood_or_quarantined",
            "Every document was understood or refused by the parser that read it last, and not both.",
            """
            SELECT document.document_id, document.source, document.document_kind, quarantine.reason
            FROM $table AS document
            LEFT JOIN raw.quarantine AS quarantine
                ON document.document_id = quarantine.document_id AND document.source = quarantine.source
                    AND document.parser_version = quarantine.parser_version AND quarantine.row_address IS NULL
            WHERE (document.document_kind IS NULL) != (quarantine.document_id IS NOT NULL)
            """,
            "document_kind",
        ),
        no_rows(
            "records_reconcile",
            "Every document has as many records as its parser made of it.",
            f"""
            SELECT document.document_id, document.source, document.record_count, coalesce(loaded.row_count, 0) AS loaded
            FROM $table AS document
            LEFT JOIN (
                SELECT document_id, source, count(*) AS row_count FROM ({_RECORD_COUNTS})
                WHERE document_id IN (SELECT document_id FROM $table) GROUP BY document_id, source
            ) AS loaded ON document.document_id = loaded.document_id AND document.source = loaded.source
            WHERE document.record_count != coalesce(loaded.row_count, 0)
            """,
            "record_count",
            watched=(),
        ),
        no_rows(
            "announced_reconcile",
            "Every list that was read whole has as many different rows as its pages announce, or they were refused.",
            f"""
            WITH pages AS ({_PAGES}),
            lists AS (
                SELECT source, query_text, arg_max(announced_count, fetched_at) AS announced_count
                FROM pages GROUP BY source, query_text HAVING NOT bool_or(is_quarantined)
            ),
            listed AS ({_LISTED}),
            refused AS (
                SELECT document_id, source, parser_version, row_address FROM raw.quarantine
                WHERE regexp_full_match(row_address, '[$][.][A-Za-z]+[[][0-9]+[]]')
            )
            SELECT source, query_text, announced_count, count(DISTINCT listed.id) AS found_count,
                count(DISTINCT (refused.document_id, row_address)) FILTER (row_address IS NOT NULL) AS refused_count
            FROM lists
            INNER JOIN pages USING (source, query_text, announced_count)
            LEFT JOIN listed USING (document_id, source)
            LEFT JOIN refused USING (document_id, source, parser_version)
            GROUP BY source, query_text, announced_count
            HAVING found_count NOT BETWEEN announced_count - refused_count AND announced_count
            """,
            "announced_count",
        ),
        warn(
            no_rows(
                "no_page_in_quarantine",
                "No page of a list is in quarantine: its rows would be missing.",
                f"SELECT document_id, source, query_text FROM ({_PAGES}) WHERE is_quarantined",
                "url",
            )
        ),
    ),
    **suite(
        "raw.quarantine",
        facts(required="reason excerpt", allowed={"stage": ("landing", "parse", "manual")}),
        no_rows(
            "of_its_document",
            "Every row belongs to a loaded document.",
            """
            SELECT quarantine.* FROM $table AS quarantine
            ANTI JOIN raw.document AS document
                ON quarantine.document_id = document.document_id AND quarantine.source = document.source
            """,
        ),
    ),
}
for _table, _record_type in RECORD_TYPES.items():
    SUITES |= suite(f"raw.{_table}", _declared(_record_type))
