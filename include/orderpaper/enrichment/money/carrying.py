"""Carry a programme and a recipient from one sum to the next, where the text names them for both."""

import re
from typing import NamedTuple

from orderpaper.enrichment.money import meaning, programme, recipient
from orderpaper.enrichment.money.figure import Figure

_GOES_ON = re.compile(
    r"(?:This|That|It|These)\s(?:\w+\s)?(?:brings?|takes?|makes?)\b[^.;£]*\b(?:total|overall)\b"
    r"|(?:This|That|It)\s(?:is|was|represents)\s(?:(?:an?|around|about|over|nearly|almost|approximately|increase|rise|uplift|of)\s){0,5}$"
    r"|(?:This|That|It)\s(?:is|was)\s(?:increasing|rising|set\sto\s(?:increase|rise)|up|down)\s(?:to|from)\s(?:[a-z]+\s){0,2}$"
)
"""Matches a sentence that says more of the sum before: "This brings the total to £5m", "This is a £5m increase"."""


class Names(NamedTuple):
    """The programme and the recipient of a sum."""

    programme: str | None
    recipient: str | None

    def or_else(self, other: "Names") -> "Names":
        """Return these names, and the other's where there is none."""
        return Names(self.programme or other.programme, self.recipient or other.recipient)


def carry(earlier: Figure, category: str, own: Names, *, gap: str, opening: str, after: str) -> tuple[Names, Names]:
    """Return the names of a sum and those of the sum before it.

    Args:
        earlier: the figure of the sum before.
        category: the category of the sum.
        own: the names that its own sentence gives.
        gap: the words between the two, if they stand in one sentence.
        opening: the words of its sentence before the sum, if that is the next one.
        after: the sentence after the sum.
    """
    names = Names(earlier.programme, earlier.recipient)
    if not gap:
        return (own.or_else(names) if _GOES_ON.match(opening) else own), names
    if meaning.is_shared(gap) or meaning.is_series(gap) or meaning.is_total_of(gap):
        return own.or_else(names), names
    if names.recipient and not own.recipient:
        own = Names(own.programme, recipient.elided(gap))
    if meaning.are_two_kinds(gap):
        return own.or_else(names), names.or_else(own)
    is_alike = own.programme is not None and names.programme is None and earlier.category == category
    if is_alike and meaning.are_both(gap) and programme.is_through(after, own.programme or ""):
        names = Names(own.programme, names.recipient)
    return own, names
