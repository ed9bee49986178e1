"""The checks of the dimensions."""

from orderpaper.catalogue import load_sources
from orderpaper.quality.checks import between, facts, never, no_rows, reconciles, suite, unique, warn
from orderpaper.quality.suites.common import IS_SHA256

_LIMITS = ", ".join(f"('{source.name}', {source.max_quarantine_share})" for source in load_sources().values())

SUITES = {
    **suite(
        "marts.dim_document",
        facts(at_least={"byte_count": 0}),
        IS_SHA256,
        reconciles(
            "reconciles_with_raw",
            "Every loaded document is in dim_document, and nothing else.",
            "SELECT document_id FROM $table",
            "SELECT document_id FROM raw.document",
        ),
        reconciles(
            "quarantine_reconciles_with_raw",
            "A document is marked as quarantined if, and only if, it is in quarantine.",
            "SELECT document_id, source FROM $table WHERE is_quarantined",
            """
            SELECT DISTINCT quarantine.document_id, quarantine.source FROM raw.quarantine AS quarantine
            SEMI JOIN $table AS document
                ON quarantine.document_id = document.document_id AND quarantine.source = document.source
                    AND quarantine.parser_version = document.parser_version AND quarantine.row_address IS NULL
            """,
        ),
        no_rows(
            "quarantine_share",
            "No source has a larger share of its documents in quarantine than its source.yml allows, or more than"
            " one that is tolerated.",
            f"""
            SELECT source, count(*) FILTER (is_quarantined) AS quarantined_count, count(*) AS document_count
            FROM $table INNER JOIN (VALUES {_LIMITS}) AS allowed (source, share) USING (source)
            LEFT JOIN ops.fct_source_loss AS loss USING (source)
            GROUP BY source, share
            HAVING count(*) FILTER (is_quarantined) > greatest(
                share * count(*), coalesce(max(loss.lost_document_count) FILTER (loss.tolerated_row_count > 0), 0)
            )
            """,
        ),
        warn(
            no_rows(
                "list_of_posts_is_given",
                "The site gave the list of government posts when the register was last read. Without it, a change of"
                " posts is seen only when biographies are read, once a month.",
                """
                SELECT max(fetched_at) FILTER (document_kind = 'government_posts') AS posts_given_at,
                    max(fetched_at) FILTER (document_kind = 'member_search') AS register_given_at
                FROM raw.document WHERE source = 'members'
                HAVING count(*) FILTER (document_kind = 'member_biography') > 0
                    AND coalesce(posts_given_at, TIMESTAMPTZ '1900-01-01') < register_given_at - INTERVAL 1 DAY
                """,
                "posts_given_at",
            )
        ),
        warn(
            no_rows(
                "published_before_fetched",
                "No document is dated after the day on which it was fetched.",
                """
                SELECT document.document_id, document.published_on, loaded.fetched_at
                FROM $table AS document
                INNER JOIN raw.document AS loaded USING (document_id, source)
                WHERE document.published_on > CAST(loaded.fetched_at AS DATE) + 1
                """,
                "published_on",
            )
        ),
    ),
    **suite(
        "marts.bridge_member_status",
        warn(
            no_rows(
                "reason_is_known",
                "Each reason that the register gives for the end of a membership is in the seed membership_end_reason.",
                """
                SELECT member_id, status_text, valid_from FROM $table WHERE status_kind = 'unrecognised'
                """,
                "valid_from",
            )
        ),
    ),
    **suite(
        "marts.dim_date",
        between("weekday_number", 1, 7),
        no_rows(
            "has_no_gap",
            "Every day from the first to the last has a row.",
            """
            SELECT min(date_on) AS first_on, max(date_on) AS last_on, count(*) AS day_count FROM $table
            HAVING count(*) != max(date_on) - min(date_on) + 1
            """,
        ),
        warn(
            no_rows(
                "no_weekend_sittings",
                "No House sits at a weekend, which is rare.",
                "SELECT date_on FROM $table WHERE is_sitting_day AND is_weekend",
                "is_sitting_day",
            )
        ),
    ),
    **suite("marts.dim_department", unique("answering_body_id")),
    **suite(
        "marts.dim_member",
        never(
            "verified_has_member_id",
            "A member is verified if, and only if, Parliament has given an id.",
            "is_verified != (member_id IS NOT NULL)",
            "member_id",
        ),
        no_rows(
            "periods_do_not_overlap",
            "The periods of one member do not overlap, and each ends after it begins.",
            """
            SELECT * FROM (
                SELECT *,
                    lead(valid_from) OVER (PARTITION BY member_id ORDER BY valid_from NULLS FIRST) AS next_from
                FROM $table WHERE member_id IS NOT NULL
            )
            WHERE valid_to <= valid_from OR next_from < coalesce(valid_to, DATE '9999-12-31')
            """,
            "valid_from",
        ),
        no_rows(
            "one_current_period",
            "A member has one current period at most.",
            """
            SELECT member_id, count(*) AS current_count FROM $table
            WHERE is_current GROUP BY member_id HAVING count(*) > 1
            """,
            "is_current",
        ),
        reconciles(
            "reconciles_with_raw",
            "Every member of the register is in dim_member, but for ids that were merged into others.",
            "SELECT member_id FROM $table WHERE is_verified EXCEPT SELECT member_id FROM raw.member_merge",
            "SELECT member_id FROM raw.member EXCEPT SELECT member_id FROM raw.member_merge",
        ),
    ),
    **suite(
        "marts.dim_government_post",
        facts(required="document_id"),
        warn(never("ends_after_start", "No post ends before it begins.", "end_on < start_on", "end_on")),
    ),
}
