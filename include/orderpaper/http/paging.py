"""Read all pages of a list, even if rows move between pages or cannot be read."""

import hashlib
from collections.abc import Callable, Iterable
from typing import Generic, NamedTuple, Protocol, TypeVar

import msgspec

from orderpaper.errors import UpstreamError
from orderpaper.http import Landed

PASSES = 4


class _Identified(Protocol):
    id: int


Row = TypeVar("Row", bound=_Identified)
Shape = TypeVar("Shape")


class Listed(NamedTuple, Generic[Row]):
    """A row of a list, with a hash of its bytes, which changes when anything in the row changes."""

    row: Row
    state: str


class Rows(Generic[Row]):
    """Rows by id. A row that cannot be read still counts, and the parser puts its page in quarantine."""

    def __init__(self) -> None:
        self.by_id: dict[int, Listed[Row]] = {}
        self._unreadable: set[str] = set()

    def __len__(self) -> int:
        return len(self.by_id) + len(self._unreadable)

    def add(self, values: Iterable[msgspec.Raw], shape: type[Row]) -> None:
        """Decode rows and add them."""
        for value in values:
            state = hashlib.sha256(value).hexdigest()
            try:
                row = msgspec.json.decode(value, type=shape)
            except msgspec.ValidationError:
                self._unreadable.add(state)
            else:
                self.by_id[row.id] = Listed(row, state)


def read_whole(
    read_page: Callable[[int, bool], tuple[int, list[msgspec.Raw]]], shape: type[Row], page_size: int, what: str
) -> dict[int, Listed[Row]]:
    """Return every row of a list by its id. All pages are read again if rows moved between them meanwhile.

    Args:
        read_page: a function of how many rows to skip and whether this is a repeat, which returns the list's total
            and the page's rows.
        shape: the type of a row.
        page_size: the number of rows of every page but the last.
        what: source and rows as the message names them: "members: sitting members of the Lords".

    Raises:
        UpstreamError: in no pass did the number of rows equal the total; the message has both numbers.
    """
    for number in range(PASSES):
        found: Rows[Row] = Rows()
        totals: set[int] = set()
        skip = 0
        while True:
            total, values = read_page(skip, number > 0)
            totals.add(total)
            found.add(values, shape)
            skip += page_size
            # After a full last page there may be another one, if the total is too small.
            if skip > total or len(values) < page_size:
                break
        if totals == {len(found)}:
            return found.by_id
    source, _, rows = what.partition(": ")
    raise UpstreamError(
        f"{source}: the API announces {max(totals)} {rows} but gave {len(found)} different ones in each of"
        f" {PASSES} passes; try again later."
    )


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
