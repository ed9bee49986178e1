"""The result of this package: a sum of money as a text states it."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Figure:
    """A sum of money as stated: `text[start:end] == surface`.

    Amounts are in whole units of `currency` (pounds, not pence). docs/funding.md explains qualifier, category,
    is_increase and period.
    """

    surface: str
    """The sum as printed, with scale word and currency. A range is one surface from its first to its last character."""
    amount_low: Decimal
    amount_high: Decimal
    """The same as `amount_low`, unless the sum is a range."""
    currency: str
    """ISO 4217 code."""
    qualifier: str
    """exact | approx | at_least | at_most"""
    category: str
    """funding | spend | rate | other"""
    direction: str
    """out | in | none, seen from the public purse"""
    certainty: str
    """announced | planned | estimated | actual"""
    is_increase: bool
    """Whether the sum is a change or an extra: "a further £5m", "an increase of £30m", "a cut of £2bn"."""
    period: str | None
    """The year to which the text assigns the sum: 2025-26 (financial), 2025 (calendar), 2021-22/2024-25 (span)."""
    programme: str | None
    """The name of the fund, grant, programme or scheme, as printed, without an article. A part has its total's."""
    recipient: str | None
    """The recipient, as printed, without an article."""
    rule: str
    """The words that decided the category, and notes on how the amount was read."""
    sentence: str
    lead: str | None
    """The sentence that introduces the list in which the sum stands, if any."""
    start: int
    end: int
    total: int | None = None
    """The index, in the figures of the text, of the sum of which this one is a part."""
