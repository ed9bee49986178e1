"""Records of what happens in the House: sitting days, debates and turns of a debate."""

import datetime as dt
from dataclasses import dataclass
from typing import Annotated, ClassVar

from orderpaper.records.types.base import AtLeast, House, OneOf, Record, RowOf, Statement

ContributionRole = Annotated[
    str,
    OneOf("statement", "question", "supplementary", "reply", "shadow", "chair", "intervention", "speech", "proceeding"),
]
"""`proceeding` is something that happened, which Hansard reports without a speaker."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Debate(Record):
    """An item of business of a sitting that a document reports: a debate, a statement, a question time."""

    ROW: ClassVar = "debate in a document"
    ROLE: ClassVar = "lead"
    KEY: ClassVar = ("debate_id",)

    debate_id: str | None = None
    """Hansard's own id (ExtId), which stands in the debate's public address."""
    title: str | None = None
    house: House | None = None
    debated_on: dt.date | None = None
    debate_type_text: str | None = None
    lead_member_text: str | None = None
    announced_contributor_count: Annotated[int, AtLeast(0)] | None = None
    """The number of other contributors that the document itself announces."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution(Statement):
    """One turn of a debate or question time, in order."""

    ROW: ClassVar = "turn in a document"
    ROLE: ClassVar = "speaker"
    SAME_TEXT: ClassVar = ("question_ordinal", "answer_ordinal")

    debate_ordinal: Annotated[int, RowOf("debate")]
    contribution_id: str | None = None
    """Hansard's own id of the item that the turn begins with, an anchor on the debate's public page."""
    role: ContributionRole
    is_role_inferred: bool = False
    """The document does not print who speaks. The role was read from the wording."""
    speaker_member_id: int | None = None
    speaker_text: str | None = None
    speaker_party_text: str | None = None
    speaker_constituency_text: str | None = None
    speaker_post_text: str | None = None
    reply_to_ordinal: Annotated[int, RowOf("contribution")] | None = None
    """Ordinal of the contribution that this one replies to."""
    question_ordinal: Annotated[int, RowOf("question")] | None = None
    """The Question of the same document with the same text, if this turn is one."""
    answer_ordinal: Annotated[int, RowOf("answer")] | None = None
    """The Answer of the same document with the same text, if this turn is one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingDay(Record):
    """A day on which a House sat, by the headings of Hansard for that day."""

    ROW: ClassVar = "day on which a document says that a House sat"
    KEEPS_OLD_VERSIONS: ClassVar = True
    KEY: ClassVar = ("house", "sat_on")

    house: House
    sat_on: dt.date
