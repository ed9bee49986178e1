"""What a check is, and short ways to write one; `suites` says which hold for each table.

A check is a Great Expectations expectation with a name, a severity and one sentence that says what must hold. In its
SQL, `$table` stands for the table that it is a check of; all else is named with its schema.
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
    """stop: a failure keeps the warehouse from being published. warn: it is reported."""


def suite(table: str, *checks: Check) -> dict[str, tuple[Check, ...]]:
    """The checks of one table, `$table` in their SQL filled in."""
    return {table: tuple(replace(check, arguments=_fill(check.arguments, table)) for check in checks)}


def _fill(arguments: Mapping[str, object], table: str) -> dict[str, object]:
    return {name: text.replace("$table", table) if isinstance(text, str) else text for name, text in arguments.items()}


def warn(check: Check) -> Check:
    """The same check, reported only."""
    return replace(check, severity="warn")


def key(column: str) -> tuple[Check, Check]:
    """`column` identifies a row: never null, never twice."""
    return not_null(column), unique(column)


def unique(*columns: str) -> Check:
    """No two rows share the values of `columns`."""
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
    """Every row has a value in `column`."""
    return Check(
        name=f"{column}_not_null",
        expectation="ExpectColumnValuesToNotBeNull",
        arguments={"column": column},
        description=f"Every row has {column}.",
        column=column,
    )


def one_of(column: str, values: Iterable[str]) -> Check:
    """Where `column` is given it is one of `values`."""
    accepted = list(values)
    return Check(
        name=f"{column}_accepted",
        expectation="ExpectColumnValuesToBeInSet",
        arguments={"column": column, "value_set": accepted},
        description=f"{column} is one of {', '.join(accepted)}.",
        column=column,
    )


def between(column: str, low: float | None = None, high: float | None = None) -> Check:
    """Where `column` is given it is at least `low` and at most `high`."""
    bounds = [f"at least {low:,}" if low is not None else "", f"at most {high:,}" if high is not None else ""]
    return Check(
        name=f"{column}_range",
        expectation="ExpectColumnValuesToBeBetween",
        arguments={"column": column, "min_value": low, "max_value": high},
        description=f"{column} is {' and '.join(filter(None, bounds))}.",
        column=column,
    )


def no_rows(name: str, description: str, sql: str, column: str | None = None) -> Check:
    """`sql` selects the rows that break the rule: there must be none."""
    # The expectation formats braces in its query and asks for {batch}; our SQL names its tables itself.
    query = " ".join(sql.split()).replace("{", "{{").replace("}", "}}") + " /* {batch} */"
    return Check(
        name=name,
        expectation="UnexpectedRowsExpectation",
        arguments={"unexpected_rows_query": query},
        description=description,
        column=column,
    )


def matches(column: str, pattern: str, description: str) -> Check:
    """Where `column` is given it matches the whole of the regular expression `pattern`."""
    return no_rows(
        f"{column}_pattern",
        description,
        f"SELECT {column} FROM $table WHERE NOT regexp_full_match({column}, '{pattern}')",
        column,
    )


def references(column: str, target: str, target_column: str | None = None) -> Check:
    """Where `column` is given, a row of `target` has it in `target_column` (default: the same name)."""
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
    """The queries `mart` and `raw` give the same distinct rows."""
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
    """Of the rows that fulfil `among`, at most the share `limit` fulfils `condition`."""
    return no_rows(
        name,
        description,
        f"""
        SELECT count(*) FILTER ({condition}) AS found_count, count(*) AS row_count
        FROM $table WHERE {among}
        HAVING count(*) FILTER ({condition}) > {limit} * count(*)
        """,
    )
