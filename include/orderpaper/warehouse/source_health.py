"""The health of one source for its page: which days were fetched, and what was refused, failed, missing or unknown."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import duckdb

from orderpaper.config import DATABASE_NAME, Paths
from orderpaper.warehouse.content import tables

WEEKS = 53
"""The number of weeks that the calendar has at most."""
FEWEST_WEEKS = 26
_LIMIT = 200

Row = dict[str, Any]

_STRETCHES = """
SELECT house, complete_from_on, as_of_on, expected_until_on, is_current
FROM ops.fct_as_of WHERE source = ? ORDER BY house, complete_from_on
"""
_SITTING_DAYS = """
SELECT date_on, is_commons_sitting_day, is_lords_sitting_day, is_sitting_day FROM marts.dim_date
"""
_QUARANTINE = f"""
SELECT document_id, upstream_kind, stage, url, row_address, reason, excerpt, first_seen_at, last_seen_at
FROM ops.fct_quarantine WHERE source = ? AND NOT is_resolved
ORDER BY last_seen_at DESC, document_id, row_address LIMIT {_LIMIT}
"""
_FAILURES = f"""
SELECT requested_at, outcome, status_code, url, error_text, attempt, run_id
FROM ops.fct_fetch WHERE source = ? AND outcome NOT IN ('fetched', 'not_modified', 'redirected')
ORDER BY requested_at DESC LIMIT {_LIMIT}
"""
_DRIFT = "SELECT field_path, example, document_count FROM ops.fct_drift WHERE source = ? ORDER BY field_path"
_LOSS = "SELECT row_count, refused_row_count, lost_row_share FROM ops.fct_source_loss WHERE source = ?"


class State(StrEnum):
    """The state of a day of a source and House."""

    BEFORE = "before the first day that was asked for"
    FETCHED = "fetched"
    INCOMPLETE = "fetched, but a document is missing"
    MISSING = "not fetched"
    QUIET = "not fetched, and the House did not sit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day in the calendar of a source."""

    date_on: dt.date
    state: State
    is_sitting_day: bool | None
    """Whether the House sat; None if that is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceDetail:
    """The parts of the page of a source; those that an older version did not publish are empty."""

    calendars: dict[str, list[Day]] = field(default_factory=dict)
    """House, or an empty text, → its days."""
    stretches: list[Row] = field(default_factory=list)
    """The stretches of days that were fetched whole."""
    quarantine: list[Row] = field(default_factory=list)
    failures: list[Row] = field(default_factory=list)
    """Requests that failed, the newest first."""
    drift: list[Row] = field(default_factory=list)
    """Fields that the site sends and no parser knows."""
    loss: Row | None = None


def read(paths: Paths, source: str, missing_on: set[dt.date]) -> SourceDetail:
    """Return the detail of a source from the published snapshot; `missing_on` has the days with a missing document."""
    database = paths.current.resolve() / DATABASE_NAME
    if not database.exists():
        return SourceDetail()
    with duckdb.connect(database, read_only=True) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        present = {*tables(connection, "ops")}

        def rows(table: str, query: str) -> list[Row]:
            return _rows(connection, query, source) if table in present else []

        stretches = rows("fct_as_of", _STRETCHES)
        sitting = {}
        if stretches:
            sitting = {row[0]: row[1:] for row in connection.execute(_SITTING_DAYS).fetchall()}
        return SourceDetail(
            calendars=dict(_calendars(stretches, sitting, missing_on)),
            stretches=stretches,
            quarantine=rows("fct_quarantine", _QUARANTINE),
            failures=rows("fct_fetch", _FAILURES),
            drift=rows("fct_drift", _DRIFT),
            loss=next(iter(rows("fct_source_loss", _LOSS)), None),
        )


def is_quarantined(paths: Paths, document_id: str) -> bool:
    """Return whether the published snapshot says that a document, or a row of it, was ever refused."""
    database = paths.current.resolve() / DATABASE_NAME
    if not database.exists():
        return False
    with duckdb.connect(database, read_only=True) as connection:
        if "fct_quarantine" not in tables(connection, "ops"):
            return False
        query = "SELECT 1 FROM ops.fct_quarantine WHERE document_id = ? LIMIT 1"
        return connection.execute(query, [document_id]).fetchone() is not None


def _rows(connection: duckdb.DuckDBPyConnection, query: str, *values: object) -> list[Row]:
    found = connection.execute(query, values)
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _calendars(
    stretches: list[Row], sitting: dict[dt.date, tuple[bool | None, ...]], missing_on: set[dt.date]
) -> Iterator[tuple[str, list[Day]]]:
    """Yield each House with its days: whole weeks up to the day that is expected."""
    for house in dict.fromkeys(row["house"] for row in stretches):
        mine = [row for row in stretches if row["house"] == house]
        position = {"Commons": 0, "Lords": 1}.get(house or "", 2)
        end = max(row["expected_until_on"] for row in mine)
        first = min(row["complete_from_on"] for row in mine)
        weeks = min(max((end - first).days // 7 + 1, FEWEST_WEEKS), WEEKS)
        begin = end - dt.timedelta(weeks * 7 - 1)
        begin -= dt.timedelta(begin.weekday())
        days = []
        for number in range((end - begin).days + 1):
            day = begin + dt.timedelta(number)
            known = sitting.get(day)
            is_sitting = known[position] if known else None
            days.append(Day(date_on=day, state=_state(day, mine, is_sitting, missing_on), is_sitting_day=is_sitting))
        yield house or "", days


def _state(day: dt.date, stretches: list[Row], is_sitting: bool | None, missing_on: set[dt.date]) -> State:
    if any(row["complete_from_on"] <= day <= row["as_of_on"] for row in stretches):
        return State.INCOMPLETE if day in missing_on else State.FETCHED
    if day < min(row["complete_from_on"] for row in stretches):
        return State.BEFORE
    # A weekday of which nothing is known may be a sitting day, as in `ops.fct_as_of`.
    may_sit = day.isoweekday() < 6 if is_sitting is None else is_sitting  # Saturday
    return State.MISSING if may_sit else State.QUIET
