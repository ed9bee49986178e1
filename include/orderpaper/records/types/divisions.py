"""Records of divisions: the votes that a House or a committee takes by counting."""

import datetime as dt
from dataclasses import dataclass
from typing import Annotated, ClassVar

from orderpaper.records.types.base import AtLeast, House, OneOf, Record, RowOf

Side = Annotated[str, OneOf("aye", "no", "content", "not_content", "both", "abstained")]
"""The Commons and committees divide into ayes and noes, the Lords into contents and not-contents."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Division(Record):
    """A division as a report prints it, with the numbers that it announces."""

    ROW: ClassVar = "division in a document"

    debate_ordinal: Annotated[int, RowOf("debate")]
    contribution_ordinal: Annotated[int, RowOf("contribution")]
    """The turn that prints the division among the proceedings."""
    division_number: int | None = None
    house: House
    divided_on: dt.date
    announced_aye_count: Annotated[int, AtLeast(0)] | None = None
    """The number of ayes or contents."""
    announced_no_count: Annotated[int, AtLeast(0)] | None = None
    """The number of noes or not-contents."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote(Record):
    """A member on one side of a division."""

    ROW: ClassVar = "vote of a member in a division of a document"
    ROLE: ClassVar = "voter"

    division_ordinal: Annotated[int, RowOf("division")]
    side: Side
    is_teller: bool = False
    """The member counted the votes of this side."""
    printed_name_text: str
    """The name as the list prints it: "Ainsworth, Mr. Peter"."""
    voter_text: str
    """The name in the order in which it is spoken: "Mr. Peter Ainsworth"."""
    voter_constituency_text: str | None = None
