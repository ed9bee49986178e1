"""Sums of money in the ways in which departments print them."""

import datetime as dt
import random


def financial_year(day: dt.date, years_later: int = 0) -> str:
    """Return the financial year of `day`, or a later one, as printed: "2025-26". It begins on 6 April."""
    first = day.year + years_later - (day < dt.date(day.year, 4, 6))
    return f"{first}-{(first + 1) % 100:02d}"


def millions(rng: random.Random) -> str:
    """Return an exact sum in millions: "£13.1 million", "£200m", "£1.25 billion", "£4,750,000"."""
    style = rng.random()
    if style < 0.40:
        return f"£{rng.randint(2, 480)} million"
    if style < 0.65:
        return f"£{rng.randint(1, 96)}.{rng.randint(1, 9)} million"
    if style < 0.77:
        return f"£{rng.choice((5, 12, 25, 40, 75, 120, 200, 350))}m"
    if style < 0.85:
        return f"£{rng.randint(1, 6)}.{rng.randint(1, 9)} billion"
    if style < 0.89:
        return f"£{rng.randint(1, 4)}.{rng.randint(1, 9)}bn"
    return f"£{rng.randint(1, 24)},{rng.randrange(100, 1000, 50)},000"


def thousands(rng: random.Random) -> str:
    """Return a smaller sum: "£450,000", "£85k", "£2,364"."""
    style = rng.random()
    if style < 0.6:
        return f"£{rng.randrange(20, 950, 5)},000"
    if style < 0.75:
        return f"£{rng.randrange(15, 500, 5)}k"
    return f"£{rng.randint(1, 98)},{rng.randint(100, 999)}"


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
