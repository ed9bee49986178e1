"""The suites: the checks of each table. Those of the marts are the checks that dbt's models declare, and further rules.

A check stops publication if it protects a promise to the users of the warehouse: keys, references, accepted values,
citations, and no rows lost after `raw`. It warns if its result depends on the publishers of the documents, or if it
finds a difference from the published snapshot.
"""

from orderpaper.quality.checks import Check
from orderpaper.quality.suites import declared, dimensions, divisions, evidence, operations, raw, reports, statements

_RULES = dimensions.SUITES | statements.SUITES | divisions.SUITES | evidence.SUITES | reports.SUITES
_MARTS = {table: (*checks, *_RULES.get(table, ())) for table, checks in declared.SUITES.items()}

SUITES: dict[str, tuple[Check, ...]] = raw.SUITES | _MARTS | operations.SUITES
"""Table with its schema → its checks."""
