"""The base classes of all record types, and the rules that a record type declares.

A record type is a frozen dataclass. Its class constants, its annotations and its base class are the only place that
says what its rows are. The schema of `raw`, the checks of `raw`, dbt's staging models and the enrichment are made
from them.

- A field that may be None may be null in the warehouse. No other field may.
- `Annotated[..., rule]` adds a rule about the values of a field: `OneOf`, `AtLeast` or `RowOf`.
- `Statement` is the base of the record types whose text people say or write. `Finding` is the base of those that are
  found in the text of a statement, `Reading` of those that follow from its words and from lists that people change.

Conventions: `ordinal` counts the records of one type within their document from 1, in reading order. `char_start` and
`char_end` are a half-open span of Python characters in the document's text (`Parsed.text`). They are None for documents
that are not text (JSON payloads). Names, parties, seats and posts are kept as printed in `*_text` fields. Ids are
Parliament's own.
"""

import re
import typing
from dataclasses import dataclass, fields
from functools import cache
from typing import Annotated, ClassVar


class OneOf:
    """The rule that a value is one of those listed."""

    def __init__(self, *values: str) -> None:
        self.values = values


@dataclass(frozen=True, slots=True)
class AtLeast:
    """The rule that a number is not less than `least`."""

    least: int


@dataclass(frozen=True, slots=True)
class RowOf:
    """The rule that a value is the ordinal of a row of `table` in the same document.

    A list of ordinals has at least one.
    """

    table: str


House = Annotated[str, OneOf("Commons", "Lords")]
Ordinal = Annotated[int, AtLeast(1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A row that a parser, or the enrichment, makes of a part of a document."""

    ROW: ClassVar[str]
    """The meaning of a row, as words that follow "One row per": "question in a document"."""
    NAME: ClassVar[str | None] = None
    """The name that the columns of its ordinal and its text begin with in the warehouse; the table's, if None."""
    ROLE: ClassVar[str | None] = None
    """The role of the person whom a row names: of a statement, the person who says it."""
    LIST_ID: ClassVar[str | None] = None
    """The field with the upstream's own id, where rows come in paged lists that announce how many rows there are."""
    KEY: ClassVar[tuple[str, ...]] = ()
    """Fields of which no two rows of a document have the same values, unless one of the values is missing."""
    KEEPS_OLD_VERSIONS: ClassVar[bool] = False
    """Whether rows still hold when a newer version of their document no longer has them."""

    ordinal: Ordinal


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Record):
    """A record whose text is a statement: sums of money and members are looked for in it.

    The mart of a statement is `fct_<table>`, with its key in `<name>_key` and its text in `<name>_text`.
    """

    SAME_TEXT: ClassVar[tuple[str, ...]] = ()
    """Fields that name another row with the same text. Where one of them is filled in, that row is the statement."""

    text: str
    char_start: int | None = None
    char_end: int | None = None

    @property
    def is_searched(self) -> bool:
        """Return whether sums and members are looked for: the source has not cut the text, and it is not a repeat."""
        return not getattr(self, "is_truncated", False) and not self.is_repeat

    @property
    def is_repeat(self) -> bool:
        """Return whether another row has the same text."""
        return any(getattr(self, name) is not None for name in self.SAME_TEXT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding(Record):
    """A record of something that stands in the text of a statement."""

    statement_kind: str
    """The table of the statement."""
    statement_ordinal: Ordinal
    text_char_start: int
    """Span in the statement's own text."""
    text_char_end: int
    char_start: int | None = None
    char_end: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading(Record):
    """A record that follows from the words of one statement and from lists of phrases that people change.

    The load makes it again from the statement's record when these lists are others than those that it was made with.
    """

    statement_kind: str
    """The table of the statement."""
    statement_ordinal: Ordinal


def table_name(record_type: type[Record]) -> str:
    """Return the name of the record type's table in `raw`: post_section for PostSection."""
    return _snake_case(record_type.__name__)


@cache
def _snake_case(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def short_name(record_type: type[Record]) -> str:
    """Return the name that its own columns begin with in the warehouse: section for PostSection."""
    return record_type.NAME or table_name(record_type)


@dataclass(frozen=True, slots=True)
class Column:
    """A field of a record type, as it is annotated."""

    name: str
    type: object
    is_required: bool
    rules: tuple[object, ...]


def columns(row_type: type) -> tuple[Column, ...]:
    """Return the columns of a record type, or of any other dataclass, in the order in which they are declared."""
    hints = typing.get_type_hints(row_type, include_extras=True)
    return tuple(_column(field.name, hints[field.name]) for field in fields(row_type))


def _column(name: str, annotation: object) -> Column:
    rules: list[object] = []
    is_required = True
    while True:
        if typing.get_origin(annotation) is Annotated:
            annotation, *found = typing.get_args(annotation)
            rules += found
        elif type(None) in typing.get_args(annotation):
            is_required = False
            (annotation,) = (part for part in typing.get_args(annotation) if part is not type(None))
        else:
            return Column(name, annotation, is_required, tuple(rules))
