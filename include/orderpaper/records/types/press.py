"""Press posts: their sections and the people they quote."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from orderpaper.records.types.base import Record, RowOf, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class PostSection(Statement):
    """A headed part of a press post. The introduction has heading None."""

    ROW: ClassVar = "section of a press post"
    NAME: ClassVar = "section"

    heading: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote(Record):
    """Words that a press post quotes somebody as saying, as a block or between quotation marks."""

    ROW: ClassVar = "quotation in a press post"
    ROLE: ClassVar = "quoted"

    section_ordinal: Annotated[int, RowOf("post_section")]
    speaker_text: str | None = None
    speaker_post_text: str | None = None
    is_block: bool = True
    """A block quotation ("X said:" and paragraphs) rather than a phrase between quotation marks."""
    text: str
    char_start: int | None = None
    char_end: int | None = None
