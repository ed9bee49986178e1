"""The checks of divisions and votes."""

from orderpaper.quality.checks import facts, never, no_rows, suite, warn
from orderpaper.quality.suites.common import HOUSES, MATCHED, rows_in_order

SUITES = {
    **suite(
        "marts.fct_division",
        facts(allowed={"house": HOUSES}, at_least={"aye_count": 0, "no_count": 0}),
        rows_in_order("division", "division", "Every division of a current document is one row, in order."),
        warn(
            never(
                "names_are_as_many_as_announced",
                "A division names at least nine in ten of the members that it announces on each side.",
                "aye_count < 0.9 * announced_aye_count OR no_count < 0.9 * announced_no_count",
            )
        ),
    ),
    **suite(
        "marts.fct_division_vote",
        MATCHED,
        facts(
            allowed={
                "house": HOUSES,
                "side": ("aye", "no", "content", "not_content", "both", "abstained"),
            }
        ),
        rows_in_order("vote", "vote", "Every vote in a division of a current document is one row, in order."),
        warn(
            no_rows(
                "once_in_a_division",
                "No member is twice on one side of a division.",
                """
                SELECT division_key, side, member_key FROM $table
                WHERE member_key IS NOT NULL
                GROUP BY division_key, side, member_key
                HAVING count(*) > 1
                """,
            )
        ),
    ),
}
