"""The checks of schema `raw`: what landed was loaded, whole and once, and hangs together within its document."""

from orderpaper.quality.checks import (
    Check,
    between,
    key,
    matches,
    no_rows,
    not_null,
    one_of,
    references,
    share_at_most,
    suite,
    unique,
    warn,
)
from orderpaper.quality.suites.common import HOUSES, QUESTION_TYPES, ROLES, STATEMENT_KINDS
from orderpaper.records import RECORD_TYPES

_RECORD_COUNTS = " UNION ALL ".join(f"SELECT document_id, source FROM raw.{table}" for table in RECORD_TYPES)
_STATEMENTS = " UNION ALL ".join(
    f"SELECT document_id, source, '{kind}' AS statement_kind, ordinal AS statement_ordinal FROM raw.{kind}"
    for kind in STATEMENT_KINDS
)


def _records() -> tuple[Check, ...]:
    """What holds for the rows of every record type."""
    return (
        unique("document_id", "source", "ordinal"),
        between("ordinal", 1),
        no_rows(
            "of_its_document",
            "Every row belongs to a loaded document, and both come from the same version of the parser.",
            """
            SELECT record.* FROM $table AS record
            ANTI JOIN raw.document AS document
                ON record.document_id = document.document_id
                AND record.source = document.source
                AND record.parser_version = document.parser_version
            """,
        ),
    )


def _within(column: str, table: str, target_column: str = "ordinal") -> Check:
    """Where `column` is given, the same document has a row of `table` with that ordinal."""
    return no_rows(
        f"{column}_in_document",
        f"Every {column} is that of a row of {table} from the same document.",
        f"""
        SELECT child.* FROM $table AS child
        ANTI JOIN {table} AS parent
            ON child.document_id = parent.document_id
            AND child.source = parent.source
            AND child.{column} = parent.{target_column}
        WHERE child.{column} IS NOT NULL
        """,
        column,
    )


def _statement() -> Check:
    return no_rows(
        "statement_in_document",
        "Every row stands in a statement of its own document.",
        f"""
        SELECT child.* FROM $table AS child
        ANTI JOIN ({_STATEMENTS}) AS statement USING (document_id, source, statement_kind, statement_ordinal)
        """,
        "statement_ordinal",
    )


_PAGES = r"""
    SELECT document_id, source, fetched_at, announced_count, document_kind IS NULL AS is_quarantined,
        regexp_replace(url, '[?&](parameters\.)?skip=[0-9]+', '') AS query_text
    FROM raw.document WHERE source != 'inbox' AND url LIKE '%skip=%'
    QUALIFY row_number() OVER (PARTITION BY source, url ORDER BY fetched_at DESC) = 1
"""
"""The newest page of every address that is a part of a list, with the query that all pages of the list share."""

_CHECKS: dict[str, tuple[Check, ...]] = {
    "question": (
        one_of("question_type", QUESTION_TYPES),
        not_null("question_type"),
        not_null("text"),
        one_of("house", HOUSES),
    ),
    "answer": (
        not_null("text"),
        no_rows(
            "questions_in_document",
            "Every answer names a question of its own document.",
            """
            SELECT answer.document_id, answer.ordinal, answer.question_ordinals
            FROM (SELECT document_id, source, ordinal, question_ordinals,
                unnest(CASE WHEN len(question_ordinals) > 0 THEN question_ordinals ELSE [NULL] END) AS question_ordinal
                FROM $table) AS answer
            ANTI JOIN raw.question AS question
                ON answer.document_id = question.document_id
                AND answer.source = question.source
                AND answer.question_ordinal = question.ordinal
            """,
            "question_ordinals",
        ),
    ),
    "debate": (one_of("house", HOUSES),),
    "contribution": (
        not_null("text"),
        one_of("role", ROLES),
        _within("debate_ordinal", "raw.debate"),
        _within("reply_to_ordinal", "raw.contribution"),
        _within("question_ordinal", "raw.question"),
        _within("answer_ordinal", "raw.answer"),
    ),
    "post_section": (not_null("text"),),
    "quote": (
        not_null("text"),
        _within("section_ordinal", "raw.post_section"),
    ),
    "member_mention": (
        _statement(),
        not_null("as_printed"),
    ),
    "funding_figure": (
        _statement(),
        not_null("amount_low"),
        not_null("amount_high"),
    ),
    "member": (
        not_null("member_id"),
        not_null("name"),
        one_of("house", HOUSES),
    ),
    "member_period": (
        not_null("member_id"),
        one_of("attribute", ("party", "house", "constituency", "name")),
    ),
    "government_post": (not_null("post_text"),),
    "sitting_day": (one_of("house", HOUSES), not_null("house"), not_null("sat_on")),
    "drift": (not_null("field_path"),),
}
"""Record type → what must hold for its rows beside what holds for those of all."""

SUITES = {
    **suite("raw.source", *key("source"), not_null("licence")),
    **suite(
        "raw.batch",
        *key("batch_id"),
        references("source", "raw.source"),
        no_rows(
            "interval_in_order",
            "Every batch is of an interval that begins before it ends.",
            "SELECT * FROM $table WHERE (interval_start <= interval_end) IS NOT TRUE",
            "interval_start",
        ),
        between("document_count", 0),
    ),
    **suite(
        "raw.fetch",
        *key("fetch_id"),
        not_null("outcome"),
        not_null("requested_at"),
        between("attempt", 1),
        warn(
            share_at_most(
                "failed_share",
                "At most one request in ten fails.",
                0.1,
                "outcome NOT IN ('fetched', 'not_modified', 'not_found', 'redirected')",
            )
        ),
    ),
    **suite("raw.fetch_file", *key("file_name")),
    **suite(
        "raw.document",
        unique("document_id", "source"),
        matches("document_id", "[0-9a-f]{64}", "document_id is a sha256 in hex."),
        references("source", "raw.source"),
        not_null("fetched_at"),
        between("byte_count", 0),
        no_rows(
            "understood_or_quarantined",
            "Every document was understood or refused by the parser that read it last, never both and never neither.",
            """
            SELECT document.document_id, document.source, document.document_kind, quarantine.reason
            FROM $table AS document
            LEFT JOIN raw.quarantine AS quarantine
                ON document.document_id = quarantine.document_id AND document.source = quarantine.source
                    AND document.parser_version = quarantine.parser_version
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
                SELECT document_id, source, count(*) AS row_count FROM ({_RECORD_COUNTS}) GROUP BY document_id, source
            ) AS loaded ON document.document_id = loaded.document_id AND document.source = loaded.source
            WHERE document.record_count != coalesce(loaded.row_count, 0)
            """,
            "record_count",
        ),
        no_rows(
            "announced_reconcile",
            "Every list that was read whole has as many different rows as its pages announce.",
            f"""
            WITH pages AS ({_PAGES}),
            lists AS (
                SELECT source, query_text, arg_max(announced_count, fetched_at) AS announced_count
                FROM pages GROUP BY source, query_text HAVING NOT bool_or(is_quarantined)
            ),
            listed AS (
                SELECT document_id, source, question_id AS id FROM raw.question
                UNION ALL SELECT document_id, source, member_id FROM raw.member
            )
            SELECT source, query_text, announced_count, count(DISTINCT listed.id) AS found_count
            FROM lists
            INNER JOIN pages USING (source, query_text, announced_count)
            LEFT JOIN listed USING (document_id, source)
            GROUP BY source, query_text, announced_count HAVING count(DISTINCT listed.id) != announced_count
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
        one_of("stage", ("landing", "parse")),
        not_null("reason"),
        not_null("excerpt"),
        no_rows(
            "of_its_document",
            "Every row is that of a loaded document.",
            """
            SELECT quarantine.* FROM $table AS quarantine
            ANTI JOIN raw.document AS document
                ON quarantine.document_id = document.document_id AND quarantine.source = document.source
            """,
        ),
    ),
    **{
        name: checks
        for table in RECORD_TYPES
        for name, checks in suite(f"raw.{table}", *_records(), *_CHECKS.get(table, ())).items()
    },
}
