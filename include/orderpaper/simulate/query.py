"""The query of a request, read as the APIs read theirs: names in any case, the last of several values."""

import datetime as dt
from collections.abc import Mapping, Sequence

Query = Mapping[str, Sequence[str]]
"""Parameter name in lower case → its values."""


class BadRequestError(ValueError):
    """A parameter that the API refuses."""


def last(query: Query, name: str) -> str | None:
    """The last value of a parameter; None if it is missing or empty."""
    values = query.get(name)
    return values[-1] if values and values[-1] else None


def integer(value: str) -> int:
    """A whole number.

    Raises:
        BadRequestError: it is none.
    """
    try:
        return int(value)
    except ValueError:
        raise BadRequestError(f"The value '{value}' is not valid.") from None


def integer_or_none(query: Query, name: str) -> int | None:
    """A parameter that is a whole number, if it is given."""
    value = last(query, name)
    return None if value is None else integer(value)


def date(query: Query, name: str) -> dt.date | None:
    """A parameter that is a day or a time, if it is given."""
    value = last(query, name)
    return None if value is None else parse_date(value)


def parse_date(value: str) -> dt.date:
    """The day of an ISO date or time.

    Raises:
        BadRequestError: it is none.
    """
    try:
        return dt.datetime.fromisoformat(value).date()
    except ValueError:
        raise BadRequestError(f"The value '{value}' is not valid.") from None
