"""The one thing this package makes: a sum of money as a text states it."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Figure:
    """A sum of money as stated: `text[start:end] == surface`.

    Amounts are in whole units of `currency` (pounds, not pence). The meanings of qualifier, category, is_increase and
    period are set out in docs/funding.md.
    """

    surface: str
    """The sum as printed: number, scale word and currency; a range is one surface from its first to its last sign."""
    amount_low: Decimal
    amount_high: Decimal
    """The same as `amount_low` unless a range is stated."""
    currency: str
    """ISO 4217 code."""
    qualifier: str
    """exact | approx | at_least | at_most"""
    category: str
    """funding | spend | rate | other"""
    is_increase: bool
    """The sum is itself a change or an extra: "a further £5m", "an increase of £30m", "a cut of £2bn"."""
    period: str | None
    """Year that the text ties to the sum: 2025-26 (financial), 2025 (calendar), 2021-22/2024-25 (span)."""
    programme: str | None
    """Name of the fund, grant, programme or scheme, as printed, without an article; a part has its total's."""
    recipient: str | None
    """Who receives it, as printed, without an article."""
    rule: str
    """What decided the category, strongest first, and any flag on how the amount was read."""
    sentence: str
    lead: str | None
    """The sentence that leads into the list whose item this stands in."""
    start: int
    end: int
    total: int | None = None
    """Index, among the figures of the same text, of the sum that this one is a part of."""
