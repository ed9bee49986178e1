"""The checks of the dimensions."""

from orderpaper.catalogue import load_sources
from orderpaper.quality.checks import (
    between,
    key,
    matches,
    no_rows,
    not_null,
    one_of,
    reconciles,
    references,
    suite,
    unique,
    warn,
)
from orderpaper.quality.suites.common import HOUSES, department, document, member

_LIMITS = ", ".join(f"('{source.name}', {source.max_quarantine_share})" for source in load_sources().values())

SUITES = {
    **suite("marts.dim_source", *key("source"), not_null("title")),
    **suite(
        "marts.dim_document",
        *key("document_id"),
        matches("document_id", "[0-9a-f]{64}", "document_id is a sha256 in hex."),
        not_null("source"),
        references("source", "marts.dim_source"),
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
                    AND quarantine.parser_version = document.parser_version
            """,
        ),
        no_rows(
            "quarantine_share",
            "No source has a larger share of its documents in quarantine than its source.yml allows.",
            f"""
            SELECT source, count(*) FILTER (is_quarantined) AS quarantined_count, count(*) AS document_count
            FROM $table INNER JOIN (VALUES {_LIMITS}) AS allowed (source, share) USING (source)
            GROUP BY source, share HAVING count(*) FILTER (is_quarantined) > share * count(*)
            """,
        ),
        not_null("is_current"),
        between("byte_count", 0),
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
        "marts.dim_date",
        *key("date_on"),
        not_null("sitting_day_basis"),
        one_of("sitting_day_basis", ("hansard", "inferred", "not_loaded")),
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
    **suite("marts.dim_party", *key("party_key"), not_null("party_name")),
    **suite("marts.dim_constituency", *key("constituency_key"), not_null("constituency_name")),
    **suite(
        "marts.dim_department",
        *key("department_key"),
        not_null("department_name"),
        unique("answering_body_id"),
        references("successor_department_key", "marts.dim_department", "department_key"),
    ),
    **suite(
        "marts.dim_department_name",
        *key("department_name_key"),
        not_null("department_key"),
        department(),
        not_null("alias"),
        one_of("alias_kind", ("name", "abbreviation", "alias")),
    ),
    **suite(
        "marts.dim_member",
        *key("member_key"),
        not_null("name"),
        not_null("is_verified"),
        one_of("house", HOUSES),
        references("party_key", "marts.dim_party"),
        references("constituency_key", "marts.dim_constituency"),
        no_rows(
            "verified_has_member_id",
            "A member is verified if, and only if, Parliament has given an id.",
            "SELECT * FROM $table WHERE is_verified != (member_id IS NOT NULL)",
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
            "Every member of the register is in dim_member.",
            "SELECT member_id FROM $table WHERE is_verified",
            "SELECT member_id FROM raw.member",
        ),
    ),
    **suite(
        "marts.dim_government_post",
        *key("government_post_key"),
        *document(),
        not_null("post_text"),
        member(),
        department(),
        warn(
            no_rows(
                "ends_after_start",
                "No post ends before it begins.",
                "SELECT * FROM $table WHERE end_on < start_on",
                "end_on",
            )
        ),
    ),
}
