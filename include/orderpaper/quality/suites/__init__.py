"""Which checks hold for each table: one suite a table, in the order of the warehouse.

A check stops publication when what it guards is a promise to whoever queries the warehouse: keys, references, accepted
values, citations, nothing lost on the way from `raw`. It warns when what it guards is in the hands of those who publish
the documents, or shows that the build differs from what is published.
"""

from orderpaper.quality.checks import Check
from orderpaper.quality.suites import dimensions, evidence, operations, raw, reports, statements

SUITES: dict[str, tuple[Check, ...]] = (
    raw.SUITES | dimensions.SUITES | statements.SUITES | evidence.SUITES | reports.SUITES | operations.SUITES
)
"""Table with its schema → its checks."""
