"""Sums of money in the ways in which departments print them."""

import datetime as dt
import random
from collections.abc import Callable

Form = Callable[[random.Random], str]

_MILLIONS: dict[float, Form] = {
    0.40: lambda rng: f"£{rng.randint(2, 480)} million",
    0.65: lambda rng: f"£{rng.randint(1, 96)}.{rng.randint(1, 9)} million",
    0.77: lambda rng: f"£{rng.choice((5, 12, 25, 40, 75, 120, 200, 350))}m",
    0.85: lambda rng: f"£{rng.randint(1, 6)}.{rng.randint(1, 9)} billion",
    0.89: lambda rng: f"£{rng.randint(1, 4)}.{rng.randint(1, 9)}bn",
    1.00: lambda rng: f"£{rng.randint(1, 24)},{rng.randrange(100, 1000, 50)},000",
}
"""The share of sums that have a form or one above it → the form."""
_THOUSANDS: dict[float, Form] = {
    0.60: lambda rng: f"£{rng.randrange(20, 950, 5)},000",
    0.75: lambda rng: f"£{rng.randrange(15, 500, 5)}k",
    1.00: lambda rng: f"£{rng.randint(1, 98)},{rng.randint(100, 999)}",
}


def financial_year(day: dt.date, years_later: int = 0) -> str:
    """Return the financial year of `day`, or a later one, as printed: "2025-26". It begins on 6 April."""
    first = day.year + years_later - (day < dt.date(day.year, 4, 6))
    return f"{first}-{(first + 1) % 100:02d}"


def millions(rng: random.Random) -> str:
    """Return an exact sum in millions: "£13.1 million", "£200m", "£1.25 billion", "£4,750,000"."""
    return _sum(rng, _MILLIONS)


def thousands(rng: random.Random) -> str:
    """Return a smaller sum: "£450,000", "£85k", "£2,364"."""
    return _sum(rng, _THOUSANDS)


def _sum(rng: random.Random, forms: dict[float, Form]) -> str:
    style = rng.random()
    return next(form(rng) for share, form in forms.items() if style < share)


def qualified(rng: random.Random) -> str:
    """Return a sum with a qualifier: "over £19 million", "between £5 and £10 million", "up to £2m"."""
    low = rng.randint(2, 60)
    return rng.choice(
        (
            f"over {millions(rng)}",
            f"more than {millions(rng)}",
            f"nearly {millions(rng)}",
            f"around {millions(rng)}",
            f"approximately {millions(rng)}",
            f"up to {millions(rng)}",
            f"at least {millions(rng)}",
            f"between £{low} and £{low + rng.randint(2, 20)} million",
            f"between £{low} million and £{low + rng.randint(2, 20)} million",
            f"£{low}-£{low + rng.randint(2, 20)} million",
            millions(rng),
            millions(rng),
        )
    )
