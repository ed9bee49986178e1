"""Results of checks, read from what Great Expectations finds."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orderpaper.quality.checks import Check
from orderpaper.warehouse import damage
from orderpaper.warehouse.audit_report import CheckResult

if TYPE_CHECKING:
    from sqlalchemy import Engine

SAMPLE_ROWS = 3
SAMPLE_CHARACTERS = 200


def read(engine: "Engine", table: str, checks: tuple[Check, ...], outcomes: Any) -> list[CheckResult]:
    """Return the results of the checks of one table from the outcomes that Great Expectations gives."""
    by_check = {outcome.expectation_config.meta["check"]: outcome for outcome in outcomes.results}
    return [_read(engine, table, check, by_check[check.name]) for check in checks]


def _read(engine: "Engine", table: str, check: Check, outcome: Any) -> CheckResult:
    """Return the result of one check from the outcome that Great Expectations gives."""
    error = _error(outcome.exception_info)
    if error is not None:
        folder = Path(str(engine.url.database)).parent
        return result(table, check, error=error + damage.advice(error, folder))
    found = outcome.result
    observed = found.get("observed_value")
    query = check.arguments_for(table).get("unexpected_rows_query")
    if query is not None:
        rows = [] if outcome.success else _sample(engine, str(query))
        return result(table, check, outcome.success, unexpected_count=int(observed), rows=rows)
    if observed is not None:
        return result(table, check, outcome.success, observed=str(observed))
    return result(
        table,
        check,
        outcome.success,
        observed=f"{found['unexpected_count']} of {found['element_count']} rows",
        unexpected_count=found["unexpected_count"],
        rows=found.get("unexpected_rows") or [],
    )


def result(
    table: str,
    check: Check,
    is_success: bool = False,
    *,
    error: str | None = None,
    observed: str | None = None,
    unexpected_count: int | None = None,
    rows: list[dict[str, Any]] | None = None,
) -> CheckResult:
    """Return the result of one check: whether it held, or why it could not be evaluated."""
    brief = [{name: _brief(value) for name, value in row.items() if value is not None} for row in rows or []]
    return CheckResult(
        table=table,
        check=check.name,
        column=check.column,
        expectation=check.expectation,
        severity=check.severity,
        description=check.description,
        is_success=bool(is_success),
        error=error,
        observed=observed,
        unexpected_count=unexpected_count,
        sample=json.dumps(brief, ensure_ascii=False, default=str),
    )


def _error(exception_info: dict[str, Any]) -> str | None:
    """Return the first line of what an expectation raised, or None. The keys are 'raised_exception' or metrics."""
    infos = [exception_info] if "raised_exception" in exception_info else list(exception_info.values())
    raised = [info for info in infos if info["raised_exception"]]
    return str(raised[0]["exception_message"]).strip().splitlines()[0] if raised else None


def _sample(engine: "Engine", query: str) -> list[dict[str, Any]]:
    sql = query.replace("/* {batch} */", "").replace("{{", "{").replace("}}", "}")
    with engine.connect() as connection:
        rows = connection.exec_driver_sql(f"SELECT * FROM ({sql}) LIMIT {SAMPLE_ROWS}").mappings().all()
    return [dict(row) for row in rows]


def _brief(value: Any) -> Any:
    return value[:SAMPLE_CHARACTERS] if isinstance(value, str) else value
