"""Written ministerial statements."""

import datetime as dt
from dataclasses import dataclass, field
from typing import ClassVar

from orderpaper.records.types.base import House, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenStatement(Statement):
    """A statement that a minister makes to a House in writing."""

    ROW: ClassVar = "written statement in a document"
    ROLE: ClassVar = "minister"
    LIST_ID: ClassVar = "statement_id"
    KEY: ClassVar = ("statement_id",)

    statement_id: int | None = None
    """Parliament's own id of the statement, where it has one: statements have had ids since November 2014."""
    uin: str | None = None
    """Unique identifying number: HCWS in the Commons, HLWS in the Lords. It is used again in another session."""
    house: House
    made_on: dt.date
    member_id: int | None = None
    """The minister who makes the statement."""
    made_by_text: str | None = None
    """The minister's name, as printed."""
    post_text: str | None = None
    """The minister's post, as printed."""
    answering_body_id: int | None = None
    answering_body_text: str | None = None
    heading: str
    html: str | None = None
    """The text with its markup, where the source has any."""
    is_truncated: bool = False
    """The source cut the text. A fuller document of the same statement is preferred."""
    linked_statement_ids: list[int] = field(default_factory=list)
    """Statements that this one names as linked, such as the same statement in the other House."""
    attachment_titles: list[str] = field(default_factory=list)
    attachment_urls: list[str] = field(default_factory=list)
    """In the order of their titles."""
