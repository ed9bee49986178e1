"""Great Expectations' check of a SQL query, which must find no rows, in a form that only counts the rows."""

from typing import Any, ClassVar

from great_expectations import expectations


class UnexpectedRowCountExpectation(expectations.UnexpectedRowsExpectation):  # type: ignore[misc]  # it has no types
    """A query must find no rows.

    The inherited class runs the query twice, to count the rows and to fetch them. The audit asks for a few rows itself,
    and only where the count is not 0.
    """

    metric_dependencies: ClassVar[tuple[str, ...]] = ("unexpected_rows_query.row_count",)

    def _validate(self, metrics: dict[str, Any], *_: Any, **__: Any) -> dict[str, Any]:
        count = metrics["unexpected_rows_query.row_count"]
        return {"success": count == 0, "result": {"observed_value": count}}
