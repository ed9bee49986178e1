"""Reads the query of a request as the APIs read theirs: names in any case, the last of several values."""

import datetime as dt
from collections.abc import Mapping, Sequence

from orderpaper.simulate.sittings import Span

Query = Mapping[str, Sequence[str]]
"""Parameter name in lower case → its values."""


class BadRequestError(ValueError):
    """A parameter has a value that the API refuses."""


def last(query: Query, name: str) -> str | None:
    """Return the last value of a parameter, or None if it is missing or empty."""
    values = query.get(name)
    return values[-1] if values and values[-1] else None


def integer(value: str) -> int:
    """Return a value as a whole number.

    Raises:
        BadRequestError: it is not one.
    """
    try:
        return int(value)
    except ValueError:
        raise BadRequestError(f"The value '{value}' is not valid.") from None


def integer_or_none(query: Query, name: str) -> int | None:
    """Return a parameter as a whole number, or None if it is not given."""
    value = last(query, name)
    return None if value is None else integer(value)


def date(query: Query, name: str) -> dt.date | None:
    """Return the day of a parameter that is a date or a time, or None if it is not given."""
    value = last(query, name)
    return None if value is None else parse_date(value)


def parse_date(value: str) -> dt.date:
    """Return the day of an ISO date or time.

    Raises:
        BadRequestError: it is neither.
    """
    try:
        return dt.datetime.fromisoformat(value).date()
    except ValueError:
        raise BadRequestError(f"The value '{value}' is not valid.") from None


def span(query: Query, first: str, last: str) -> Span:
    """Return the days between two parameters."""
    return Span(date(query, first), date(query, last))


def skip_and_take(query: Query, *, default: int, limit: int, prefix: str = "") -> tuple[int, int]:
    """Return how many rows to skip and how many to give: `default` if the query does not say, at most `limit`."""
    skip = max(0, integer_or_none(query, f"{prefix}skip") or 0)
    return skip, min(integer_or_none(query, f"{prefix}take") or default, limit)
