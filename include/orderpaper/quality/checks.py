"""The type of a check, and functions that write common ones; `suites` lists the checks of each table.

A check is an expectation of Great Expectations with a name, a severity and a sentence that says what must be true. In
its SQL, `$table` is the table of the check; all other tables are named with their schema. A check that says what the
result of a row depends on is made of the rows for which that has changed since they passed (`written`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

Severity = Literal["stop", "warn"]


@dataclass(frozen=True, slots=True)
class Watched:
    """Rows of a mart on which the result of a row of another table depends: they share a value with it."""

    mart: str
    """The mart, without its schema."""
    column: str
    """The column of the mart that has the value: one of its primary key."""
    own: str
    """The column of the table of the check that has it."""
    is_until_gone: bool = False
    """Whether the result depends only on there being such a row."""


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
    watched: tuple[Watched, ...] | None = None
    """The rows of marts on which the result of a row depends, beside the row itself: none if it passes or fails by
    itself. None instead of a tuple if the result depends on the whole table."""
    unique_columns: tuple[str, ...] = ()
    """The columns that no two rows share, if the check is about that."""

    def arguments_for(self, table: str) -> dict[str, object]:
        """Return the arguments of the expectation for `table`, which is the table of the check or a copy of rows."""
        return {
            name: value.replace("$table", table) if isinstance(value, str) else value
            for name, value in self.arguments.items()
        }


def suite(table: str, *checks: Check | Iterable[Check]) -> dict[str, tuple[Check, ...]]:
    """Return the checks of one table."""
    return {table: tuple(check for found in checks for check in ([found] if isinstance(found, Check) else found))}


def warn(*checks: Check) -> tuple[Check, ...]:
    """Return the same checks as warnings."""
    return tuple(replace(check, severity="warn") for check in checks)


def facts(
    *,
    keys: str = "",
    required: str = "",
    allowed: Mapping[str, Iterable[str]] = MappingProxyType({}),
    at_least: Mapping[str, float] = MappingProxyType({}),
    shares: str = "",
    refers_to: Mapping[str, str] = MappingProxyType({}),
) -> list[Check]:
    """Return the checks of single columns. Lists of columns are separated by spaces.

    Args:
        keys: columns that are never null and never have the same value twice.
        required: columns that are never null.
        allowed: the values of columns that are one of a list, unless null.
        at_least: the least values of columns of numbers, unless null.
        shares: columns of numbers from 0 to 1, unless null.
        refers_to: column → the table, or the column of a table, in which its values stand, unless null. A table without
            a column has one of the same name.
    """
    found = [check for column in keys.split() for check in key(column)]
    found += [not_null(column) for column in required.split()]
    found += [one_of(column, values) for column, values in allowed.items()]
    found += [between(column, least) for column, least in at_least.items()]
    found += [between(column, 0, 1) for column in shares.split()]
    for column, target in refers_to.items():
        schema, table, *wanted = target.split(".")
        found.append(references(column, f"{schema}.{table}", *wanted))
    return found


def key(column: str) -> tuple[Check, Check]:
    """Return the checks that `column` is never null and never has the same value twice."""
    return not_null(column), unique(column)


def unique(*columns: str) -> Check:
    """Return the check that no two rows have the same values of `columns`."""
    is_one = len(columns) == 1
    return Check(
        name="_".join(columns) + "_unique",
        expectation="ExpectColumnValuesToBeUnique" if is_one else "ExpectCompoundColumnsToBeUnique",
        arguments={"column": columns[0]} if is_one else {"column_list": list(columns)},
        description=f"No two rows share {' and '.join(columns)}.",
        column=columns[0] if is_one else None,
        unique_columns=columns,
    )


def _of_column(rule: str, expectation: str, column: str, description: str, **arguments: object) -> Check:
    """Return a check of the values of one column, named after the column and the rule."""
    return Check(
        name=f"{column}_{rule}",
        expectation=expectation,
        arguments={"column": column, **arguments},
        description=description,
        column=column,
        watched=(),
    )


def not_null(column: str) -> Check:
    """Return the check that every row has a value in `column`."""
    return _of_column("not_null", "ExpectColumnValuesToNotBeNull", column, f"Every row has {column}.")


def one_of(column: str, values: Iterable[str]) -> Check:
    """Return the check that `column`, unless null, is one of `values`."""
    accepted = list(values)
    description = f"{column} is one of {', '.join(accepted)}."
    return _of_column("accepted", "ExpectColumnValuesToBeInSet", column, description, value_set=accepted)


def between(column: str, low: float, high: float | None = None) -> Check:
    """Return the check that `column`, unless null, is from `low` to `high`."""
    description = f"{column} is at least {low:,}" + ("." if high is None else f" and at most {high:,}.")
    expectation = "ExpectColumnValuesToBeBetween"
    return _of_column("range", expectation, column, description, min_value=low, max_value=high)


def no_rows(
    name: str, description: str, sql: str, column: str | None = None, watched: tuple[Watched, ...] | None = None
) -> Check:
    """Return the check that `sql`, which selects the rows that break a rule, selects none."""
    # The expectation replaces braces in its query and requires {batch}, but our SQL names its tables itself.
    query = " ".join(sql.split()).replace("{", "{{").replace("}", "}}") + " /* {batch} */"
    return Check(
        name=name,
        expectation="UnexpectedRowsExpectation",
        arguments={"unexpected_rows_query": query},
        description=description,
        column=column,
        watched=watched,
    )


def never(name: str, description: str, condition: str, column: str | None = None) -> Check:
    """Return the check that no row of the table fulfils `condition`, which is about the columns of one row."""
    return no_rows(name, description, f"SELECT * FROM $table WHERE {condition}", column, watched=())


def matches(column: str, pattern: str, description: str) -> Check:
    """Return the check that the whole of `column`, unless null, matches the regular expression `pattern`."""
    return never(f"{column}_pattern", description, f"NOT regexp_full_match({column}, '{pattern}')", column)


def references(column: str, target: str, target_column: str | None = None) -> Check:
    """Return the check that `column`, unless null, is in `target_column` of `target` (by default of the same name)."""
    wanted = target_column or column
    schema, mart = target.split(".")
    return no_rows(
        f"{column}_references",
        f"Every {column} stands in {target}.{wanted}.",
        f"""
        SELECT child.* FROM $table AS child
        ANTI JOIN {target} AS parent ON child.{column} = parent.{wanted}
        WHERE child.{column} IS NOT NULL
        """,
        column,
        (Watched(mart, wanted, column, is_until_gone=True),) if schema == "marts" else None,
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
