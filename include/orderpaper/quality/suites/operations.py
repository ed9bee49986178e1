"""The checks that compare the build with the published snapshot, and that every source has been read in time."""

from orderpaper.catalogue import load_sources
from orderpaper.quality.checks import Check, key, never, no_rows, suite, warn

MOST_FALL_SHARE = 0.05
MOST_GROWTH = 3
SHARE_RISE_WARNED, SHARE_RISE_REFUSED = 0.05, 0.25
_FEW_ROWS = 10
"""Tables with fewer rows are not compared, because their number changes often."""

_ACCUMULATING = "table_name NOT LIKE 'marts.rpt_%' AND table_name != 'marts.fct_attribution_issue'"
"""The tables that never shrink, because documents are never removed. Reports may shrink."""

_MEASURED = """
    FROM $table WHERE run_id = (SELECT arg_max(run_id, measured_at) FROM $table)
    AND published_value IS NOT NULL AND measure
"""


def _fall(name: str, tables: str, which: str) -> Check:
    return no_rows(
        name,
        f"{tables} has lost more than {MOST_FALL_SHARE:.0%} of the rows that are published.",
        f"""
        SELECT table_name, value AS row_count, published_value AS published_row_count {_MEASURED} = 'row_count'
        AND ({which}) AND value < published_value * {1 - MOST_FALL_SHARE}
        AND (published_value - value > {_FEW_ROWS} OR value = 0)
        """,
        "value",
    )


def _rise(name: str, limit: float) -> Check:
    return no_rows(
        name,
        f"No share of what is empty, unresolved or not understood has risen by more than {limit * 100:.0f} points.",
        f"""
        SELECT table_name, measure, value, published_value {_MEASURED} LIKE '%_share'
        AND value > published_value + {limit}
        """,
        "value",
    )


_MOST_LOST = ", ".join(f"('{source.name}', {source.max_quarantine_share})" for source in load_sources().values())

SUITES = {
    **suite(
        "ops.fct_measurement",
        _fall("row_count_fall", "No table", _ACCUMULATING),
        warn(_fall("report_row_count_fall", "No report", f"NOT ({_ACCUMULATING})")),
        warn(
            no_rows(
                "row_count_growth",
                f"No table has grown to more than {MOST_GROWTH} times the rows that are published.",
                f"""
                SELECT table_name, value AS row_count, published_value AS published_row_count {_MEASURED} = 'row_count'
                AND value > published_value * {MOST_GROWTH} AND value - published_value > 1000
                AND table_name != 'marts.dim_date'
                """,
                "value",
            )
        ),
        _rise("share_rise_refused", SHARE_RISE_REFUSED),
        warn(_rise("share_rise", SHARE_RISE_WARNED)),
        no_rows(
            "everything_landed_is_loaded",
            "Every document that a batch's manifest names is loaded.",
            """
            SELECT table_name, measure, value FROM $table
            WHERE run_id = (SELECT arg_max(run_id, measured_at) FROM $table)
            AND measure = 'missing_count' AND value > 0
            """,
            "value",
        ),
    ),
    **suite(
        "ops.fct_source_loss",
        *key("source"),
        no_rows(
            "lost_rows",
            "No source has lost a larger share of its rows to quarantine than its source.yml allows.",
            f"""
            SELECT loss.* FROM $table AS loss
            INNER JOIN (VALUES {_MOST_LOST}) AS allowed (source, most_lost_share) USING (source)
            WHERE refused_row_count - tolerated_row_count > most_lost_share * (row_count + refused_row_count)
            """,
            "lost_row_share",
        ),
        warn(
            no_rows(
                "document_tolerated",
                "Every document of a source is understood, or so many are not that their share is bounded: one is"
                " tolerated.",
                f"""
                SELECT loss.source, quarantine.document_id, quarantine.url, quarantine.reason FROM $table AS loss
                INNER JOIN (VALUES {_MOST_LOST}) AS allowed (source, most_lost_share) USING (source)
                LEFT JOIN ops.fct_quarantine AS quarantine
                    ON loss.source = quarantine.source AND quarantine.row_address IS NULL
                        AND NOT quarantine.is_resolved
                WHERE tolerated_row_count > 0 AND most_lost_share < 1
                """,
                "tolerated_row_count",
            )
        ),
    ),
    **suite(
        "ops.fct_as_of",
        *key("as_of_key"),
        warn(
            never(
                "read_in_time",
                "Every source is complete up to the day that is expected, or lags by no more sitting days than it may.",
                "is_behind",
                "as_of_on",
            )
        ),
    ),
}
