"""The turns of a debate: who spoke, in order, and the question of the order paper that a turn puts."""

from dataclasses import dataclass

from orderpaper.enrichment.people.attribution import Attribution
from orderpaper.sources._official_report.divisions import ListedDivision


@dataclass(frozen=True, slots=True)
class PrintedQuestion:
    """A question as it stands on the order paper, and what the member said when putting it."""

    is_topical: bool
    uin: str | None
    printed: str
    """The question with its number and UIN, as the report prints it."""
    tabled: str
    """The question alone."""
    spoken: str


@dataclass(frozen=True, slots=True)
class Turn:
    """The words of one speaker until somebody else speaks or, without a speaker, an event."""

    text: str
    speaker: Attribution | None
    member_id: int | None
    contribution_id: str | None
    question: PrintedQuestion | None = None
    division: ListedDivision | None = None
    """The division that the turn prints."""
    is_lost: bool = False
    """Whether somebody spoke here whose words are refused. Nothing is known of who it was, or to whom it was said."""

    @property
    def is_member(self) -> bool:
        """Return whether the speaker is a known member who is not in the Chair."""
        if self.speaker is None:
            return self.member_id is not None
        return not self.speaker.is_chair and not self.speaker.is_crowd

    @property
    def who(self) -> int | str | None:
        """Return a value that is different for each speaker of a debate."""
        if self.member_id or self.speaker is None:
            return self.member_id
        return self.speaker.name or self.speaker.post


LOST = Turn("", None, None, None, is_lost=True)
"""A turn whose words are refused."""
