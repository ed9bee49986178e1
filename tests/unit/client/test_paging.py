"""A list is read whole, whatever moves in it meanwhile, or the reading ends with one sentence."""

import datetime as dt

import msgspec
import pytest

from orderpaper.errors import UpstreamError
from orderpaper.http.paging import MOST_ROWS, PASSES, read_whole

PAGE_SIZE = 10


class Row(msgspec.Struct):
    id: int
    on: dt.datetime | None = None


class Listing:
    """A list that changes as a test says: `changes` has what to do before a request of that number."""

    def __init__(self, count, total=None, changes=None):
        self.rows = list(range(1, count + 1))
        self.total = total
        self.changes = changes or {}
        self.request_count = 0

    def page(self, skip):
        return self.rows[skip : skip + PAGE_SIZE]

    def __call__(self, skip, is_repeat):
        self.request_count += 1
        self.changes.get(self.request_count, lambda _: None)(self)
        rows = [row if isinstance(row, bytes) else b'{"id": %d}' % row for row in self.page(skip)]
        return self.total if self.total is not None else len(self.rows), list(map(msgspec.Raw, rows))

    def read(self):
        return sorted(read_whole(self, Row, PAGE_SIZE, "made_up: rows"))


def swap(gone, new):
    def change(listing):
        listing.rows.remove(gone)
        listing.rows.append(new)

    return change


@pytest.mark.parametrize("count", [0, 1, 9, 10, 11, 19, 20, 45])
def test_a_list_that_stands_still_is_read_once(count):
    listing = Listing(count)
    assert listing.read() == listing.rows
    assert listing.request_count <= 1 + count // (PAGE_SIZE - 1)


@pytest.mark.parametrize("request_number", [2, 3, 4])
@pytest.mark.parametrize("gone", [1, 9, 10])
def test_a_row_that_goes_while_another_comes_loses_no_row(request_number, gone):
    listing = Listing(35, changes={request_number: swap(gone, 99)})
    assert listing.read() == sorted(listing.rows)
    assert listing.request_count > 4


def test_a_list_that_is_another_in_every_pass_is_an_error():
    listing = Listing(15)
    listing.page = lambda skip: (
        range(100 * listing.request_count, 100 * listing.request_count + 5) if skip else range(10)
    )
    with pytest.raises(UpstreamError, match="gave other rows in each of 4 passes, 15 in the last; try again later"):
        listing.read()
    assert listing.request_count == 2 * PASSES


def test_a_list_without_a_fixed_order_is_whole_when_two_passes_agree():
    listing = Listing(15)
    listing.page = lambda skip: (
        [*listing.rows[skip : skip + PAGE_SIZE - 1], 15] if skip == 0 else [10, *listing.rows[skip : skip + 5]]
    )
    assert listing.read() == listing.rows


def test_a_row_that_cannot_be_read_is_no_reason_to_read_again():
    listing = Listing(35)
    listing.rows[9] = b'{"id": "ten"}'
    assert listing.read() == [row for row in range(1, 36) if row != 10]
    assert listing.request_count == 4


@pytest.mark.parametrize("day", ["0001-01-01T00:00:00+05:00", "9999-12-31T23:59:59-05:00", "0001-01-01T00:00:00"])
def test_a_row_with_an_absurd_day_is_one_that_cannot_be_read(day):
    listing = Listing(25)
    listing.rows[5] = b'{"id": 6, "on": "%s"}' % day.encode()
    assert listing.read() == [number for number in range(1, 26) if number != 6]


def test_a_row_that_cannot_be_read_and_comes_twice_counts_twice():
    listing = Listing(35)
    listing.rows[9] = listing.rows[11] = b"null"
    assert listing.read() == [row for row in range(1, 36) if row not in (10, 12)]


class Repeating(Listing):
    """A list of which every page is the first one."""

    def page(self, skip):
        return self.rows[:PAGE_SIZE]


class Growing(Listing):
    """A list that gives new rows, and announces more, for ever."""

    def page(self, skip):
        self.total = skip + 2 * PAGE_SIZE
        return range(self.request_count * 1000, self.request_count * 1000 + PAGE_SIZE)


@pytest.mark.parametrize(
    "listing", [Repeating(10, total=5000), Growing(10), Listing(0, total=50), Listing(9, total=50)]
)
def test_a_list_that_never_ends_is_given_up_soon(listing):
    with pytest.raises(UpstreamError, match=r"^made_up: the API announces \d+ rows but gave \d+ different ones"):
        listing.read()
    assert listing.request_count <= 2 * PASSES


def test_a_list_that_announces_too_much_is_not_read():
    listing = Repeating(10, total=MOST_ROWS + 1)
    with pytest.raises(UpstreamError, match="announces 100,001 rows; a list of more than 100,000 is not read"):
        listing.read()
    assert listing.request_count == 1
