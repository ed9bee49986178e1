"""The checks that follow from what the models of the marts declare in their yml.

A build does not run dbt's tests of the marts: the audit checks the same, once, before the database is published.
"""

import re
from collections.abc import Iterator
from typing import Any

from orderpaper.quality.checks import Check, not_null, one_of, references, suite, unique
from orderpaper.warehouse import rules
from orderpaper.warehouse.declared import marts


def _checks(model: dict[str, Any]) -> Iterator[Check]:
    """Yield the checks that a model declares: for its rows, and for its columns."""
    for test in model.get("data_tests", ()):
        if rules.TEST in test:
            for rule in rules.declared(test[rules.TEST]["arguments"]):
                yield not_null(*rule.columns) if rule.kind == "not_null" else unique(*rule.columns)
    for column in model["columns"]:
        for test in column.get("data_tests", ()):
            yield _check(column["name"], test)


def _check(column: str, test: dict[str, Any]) -> Check:
    match test:
        case {"accepted_values": {"arguments": {"values": values}}}:
            return one_of(column, values)
        case {"relationships": {"arguments": {"to": target, "field": field}}}:
            return references(column, "marts." + re.sub(r"ref\('(\w+)'\)", r"\1", target), field)
    raise TypeError(f"no check for {test!r} of {column}")


SUITES: dict[str, tuple[Check, ...]] = {}
for _mart in marts():
    SUITES |= suite(f"marts.{_mart['name']}", _checks(_mart))
