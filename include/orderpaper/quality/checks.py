"""The type of a check, and functions that write common ones; `suites` lists the checks of each table.

A check is an expectation of Great Expectations with a name, a severity and a sentence that says what must be true. In
its SQL, `$table` is the table of the check; all other tables are named with their schema.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

Severity = Literal["stop", "warn"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One expectation of one table."""

    name: str
    """Unique within its table."""
    expectation: str
    """The class in `great_expectations.expectations`."""
    arguments: Mapping[str, object]
    description: str
    column: str | None = None
    severity: Severity = "stop"
    """stop: a failure prevents publication. warn: a failure is reported."""


def suite(table: str, *checks: Check) -> dict[str, tuple[Check, ...]]:
    """Return the checks of one table, with `$table` in their SQL replaced."""
    return {table: tuple(replace(check, arguments=_fill(check.arguments, table)) for check in checks)}


def _fill(arguments: Mapping[str, object], table: str) -> dict[str, object]:
    return {name: text.replace("$table", table) if isinstance(text, str) else text for name, text in arguments.items()}


def warn(check: Check) -> Check:
    """Return the same check as a warning."""
    return replace(check, severity="warn")


def key(column: str) -> tuple[Check, Check]:
    """Return the checks that `column` is never null and never has the same value twice."""
    return not_null(column), unique(column)


def unique(*columns: str) -> Check:
    """Return the check that no two rows have the same values of `columns`."""
    name = "_".join(columns) + "_unique"
    description = f"No two rows share {' and '.join(columns)}."
    if len(columns) > 1:
        arguments = {"column_list": list(columns)}
        return Check(
            name=name, expectation="ExpectCompoundColumnsToBeUnique", arguments=arguments, description=description
        )
    return Check(
        name=name,
        expectation="ExpectColumnValuesToBeUnique",
        arguments={"column": columns[0]},
        description=description,
        column=columns[0],
    )


def not_null(column: str) -> Check:
    """Return the check that every row has a value in `column`."""
    return Check(
        name=f"{column}_not_null",
        expectation="ExpectColumnValuesToNotBeNull",
        arguments={"column": column},
        description=f"Every row has {column}.",
        column=column,
    )


def one_of(column: str, values: Iterable[str]) -> Check:
    """Return the check that `column`, unless null, is one of `values`."""
    accepted = list(values)
    return Check(
        name=f"{column}_accepted",
        expectation="ExpectColumnValuesToBeInSet",
        arguments={"column": column, "value_set": accepted},
        description=f"{column} is one of {', '.join(accepted)}.",
        column=column,
    )


def between(column: str, low: float | None = None, high: float | None = None) -> Check:
    """Return the check that `column`, unless null, is from `low` to `high`."""
    bounds = [f"at least {low:,}" if low is not None else "", f"at most {high:,}" if high is not None else ""]
    return Check(
        name=f"{column}_range",
        expectation="ExpectColumnValuesToBeBetween",
        arguments={"column": column, "min_value": low, "max_value": high},
        description=f"{column} is {' and '.join(filter(None, bounds))}.",
        column=column,
    )


def no_rows(name: str, description: str, sql: str, column: str | None = None) -> Check:
    """Return the check that `sql`, which selects the rows that break a rule, selects none."""
    # The expectation replaces braces in its query and requires {batch}, but our SQL names its tables itself.
    query = " ".join(sql.split()).replace("{", "{{").replace("}", "}}") + " /* {batch} */"
    return Check(
        name=name,
        expectation="UnexpectedRowsExpectation",
        arguments={"unexpected_rows_query": query},
        description=description,
        column=column,
    )


def matches(column: str, pattern: str, description: str) -> Check:
    """Return the check that the whole of `column`, unless null, matches the regular expression `pattern`."""
    return no_rows(
        f"{column}_pattern",
        description,
        f"SELECT {column} FROM $table WHERE NOT regexp_full_match({column}, '{pattern}')",
        column,
    )


def references(column: str, target: str, target_column: str | None = None) -> Check:
    """Return the check that `column`, unless null, is in `target_column` of `target` (by default of the same name)."""
    wanted = target_column or column
    return no_rows(
        f"{column}_references",
        f"Every {column} stands in {target}.{wanted}.",
        f"""
        SELECT child.* FROM $table AS child
        ANTI JOIN {target} AS parent ON child.{column} = parent.{wanted}
        WHERE child.{column} IS NOT NULL
        """,
        column,
    )


def reconciles(name: str, description: str, mart: str, raw: str) -> Check:
    """Return the check that the queries `mart` and `raw` give the same distinct rows."""
    return no_rows(
        name,
        description,
        f"""
        SELECT 'only in raw' AS finding, * FROM (({raw}) EXCEPT ({mart}))
        UNION ALL
        SELECT 'only in marts' AS finding, * FROM (({mart}) EXCEPT ({raw}))
        """,
    )


def share_at_most(name: str, description: str, limit: float, condition: str, among: str = "TRUE") -> Check:
    """Return the check that at most the share `limit` of the rows that fulfil `among` fulfils `condition`."""
    return no_rows(
        name,
        description,
        f"""
        SELECT count(*) FILTER ({condition}) AS found_count, count(*) AS row_count
        FROM $table WHERE {among}
        HAVING count(*) FILTER ({condition}) > {limit} * count(*)
        """,
    )
