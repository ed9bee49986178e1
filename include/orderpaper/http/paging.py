"""Read all pages of a list, even if rows move between pages or cannot be read.

A count alone does not prove that a list was read whole: a row that leaves and one that arrives while it is read keep
the total, and a row between two pages is lost. So each page begins with the last row of the page before. Where it does
not, rows have moved, or the list has no fixed order; then only two passes that give the same rows count.
"""

import hashlib
from collections.abc import Callable, Iterable
from typing import ClassVar, Generic, NamedTuple, Protocol, TypeVar

import msgspec

from orderpaper.errors import ParseError, UpstreamError
from orderpaper.http import Landed
from orderpaper.reading.dates import check_days

PASSES = 4
MOST_ROWS = 100_000
"""A list that announces more rows is not read. A month of written questions has about 10,000."""


class _Identified(Protocol):
    __struct_fields__: ClassVar[tuple[str, ...]]
    id: int


Row = TypeVar("Row", bound=_Identified)
Shape = TypeVar("Shape")
ReadPage = Callable[[int, bool], tuple[int, list[msgspec.Raw]]]


class Listed(NamedTuple, Generic[Row]):
    """A row of a list, with a hash of its bytes, which changes when anything in the row changes."""

    row: Row
    state: str


class _Pass(Generic[Row]):
    """The rows that one pass over a list found. A row that cannot be read still counts; the parser refuses it."""

    def __init__(self) -> None:
        self.by_id: dict[int, Listed[Row]] = {}
        self.totals: set[int] = set()
        self.is_joined = True
        """Whether each page begins with the last row of the page before."""
        self.names: set[str] = set()
        """The id of each row, or the hash of one that cannot be read, with a number if a page has it several times."""

    @property
    def adds_up(self) -> bool:
        """Return whether there are as many rows as every page announced."""
        return self.totals == {len(self.names)}

    def add(self, values: Iterable[msgspec.Raw], shape: type[Row]) -> list[str]:
        """Decode and add the rows of a page; return their names in order."""
        names: list[str] = []
        for value in values:
            state = hashlib.sha256(value).hexdigest()
            try:
                row = msgspec.json.decode(value, type=shape)
                check_days(getattr(row, name) for name in row.__struct_fields__)
            except (msgspec.ValidationError, ParseError):
                count = sum(name.startswith(state) for name in names)
                names.append(f"{state} {count}" if count else state)
            else:
                self.by_id[row.id] = Listed(row, state)
                names.append(f"{row.id}")
        self.names.update(names)
        return names


def read_whole(read_page: ReadPage, shape: type[Row], page_size: int, what: str) -> dict[int, Listed[Row]]:
    """Return every row of a list by its id. All pages are read again if rows moved between them meanwhile.

    Args:
        read_page: a function of how many rows to skip and whether this is a repeat, which returns the list's total
            and the page's rows.
        shape: the type of a row.
        page_size: the number of rows of every page but the last.
        what: source and rows as the message names them: "members: sitting members of the Lords".

    Raises:
        UpstreamError: the list announces too many rows, or no pass could be shown to be whole; the message has the
            numbers.
    """
    source, _, rows = what.partition(": ")
    before: set[str] | None = None
    for number in range(PASSES):
        found = _read_once(read_page, shape, page_size, is_repeat=number > 0)
        if (most := max(found.totals)) > MOST_ROWS:
            raise UpstreamError(
                f"{source}: the API announces {most:,} {rows}; a list of more than {MOST_ROWS:,} is not read."
            )
        if found.adds_up and (found.is_joined or found.names == before):
            return found.by_id
        before = found.names
    if found.adds_up:
        raise UpstreamError(
            f"{source}: the API gave other {rows} in each of {PASSES} passes, {len(found.names)} in the last;"
            " try again later."
        )
    raise UpstreamError(
        f"{source}: the API announces {max(found.totals)} {rows} but gave {len(found.names)} different ones in each of"
        f" {PASSES} passes; try again later."
    )


def _read_once(read_page: ReadPage, shape: type[Row], page_size: int, *, is_repeat: bool) -> _Pass[Row]:
    """Return what one pass over the pages finds. It stops where it can no longer add up."""
    found: _Pass[Row] = _Pass()
    skip, last = 0, None
    while True:
        known = len(found.names)
        total, values = read_page(skip, is_repeat)
        found.totals.add(total)
        names = found.add(values, shape)
        if skip:
            found.is_joined = found.is_joined and names[:1] == [last]
        skip += page_size - 1
        # After a full last page there may be another one, if the total is too small.
        is_last = skip > total or len(values) < page_size
        if is_last or len(found.totals) > 1 or total > MOST_ROWS or len(found.names) == known:
            return found
        last = names[-1]


def read_page(landed: Landed | None, shape: type[Shape], source: str) -> Shape:
    """Return a page, decoded as `shape`.

    Raises:
        UpstreamError: the page has another shape.
    """
    if landed is None:
        raise AssertionError("a page of a list is not optional")
    try:
        return msgspec.json.decode(landed.body, type=shape)
    except msgspec.ValidationError as error:
        raise UpstreamError(f"{source}: {landed.ref.url} is not a page of a list: {error}") from error
