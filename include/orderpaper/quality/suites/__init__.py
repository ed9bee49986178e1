"""The suites: the checks of each table, in the order of the warehouse.

A check stops publication if it protects a promise to the users of the warehouse: keys, references, accepted values,
citations, and no rows lost after `raw`. It warns if its result depends on the publishers of the documents, or if it
finds a difference from the published snapshot.
"""

from orderpaper.quality.checks import Check
from orderpaper.quality.suites import dimensions, evidence, operations, raw, reports, statements

SUITES: dict[str, tuple[Check, ...]] = (
    raw.SUITES | dimensions.SUITES | statements.SUITES | evidence.SUITES | reports.SUITES | operations.SUITES
)
"""Table with its schema → its checks."""
