"""Records that the enrichment finds in the text of statements."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, ClassVar

from orderpaper.records.types.base import Finding, OneOf, RowOf


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberMention(Finding):
    """A member named in a text: "the hon. Member for Stourbridge (Cat Eccles)", "the Home Secretary"."""

    ROW: ClassVar = "mention of a member in a document"
    NAME: ClassVar = "mention"
    ROLE: ClassVar = "mentioned"

    as_printed: str
    member_name_text: str | None = None
    constituency_text: str | None = None
    post_text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FundingFigure(Finding):
    """A sum of money as stated. docs/funding.md explains the fields."""

    ROW: ClassVar = "sum of money in a document"
    NAME: ClassVar = "figure"

    surface: str
    """The words and digits that state the sum."""
    amount_low: Decimal
    amount_high: Decimal
    currency: str
    """ISO 4217 code."""
    qualifier: Annotated[str, OneOf("exact", "approx", "at_least", "at_most")]
    category: Annotated[str, OneOf("funding", "spend", "rate", "other")]
    direction: Annotated[str, OneOf("out", "in", "none")]
    """Which way the money goes, seen from the public purse."""
    certainty: Annotated[str, OneOf("announced", "planned", "estimated", "actual")]
    is_increase: bool
    period: str | None = None
    """2025-26 | 2025 | 2021-22/2024-25"""
    programme_text: str | None = None
    recipient_text: str | None = None
    rule: str
    """The rule that decided the category, so that a reader can disagree with it."""
    sentence: str
    """The sentence of the sum or, of one longer than 10,000 characters, the words around the sum."""
    list_lead_text: str | None = None
    """The sentence that leads into the list whose item the sum stands in."""
    total_ordinal: Annotated[int, RowOf("funding_figure")] | None = None
    """Ordinal of the figure of the same statement that this one is a part of."""
