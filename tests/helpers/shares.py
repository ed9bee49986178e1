"""Tests that go through very many places: `make test` takes some of them, and `make test-all` takes all.

A test with the mark `@shared(one_in=6)` goes through `share.of(places)` in place of `places`.
"""

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

import pytest

Item = TypeVar("Item")


@dataclass(frozen=True)
class Share:
    """One item in `one_in`, or the rest of them. Together, the two shares are all items."""

    one_in: int
    is_rest: bool

    def of(self, items: Iterable[Item], *names: str) -> list[Item]:
        """Return the items of this share. Where it begins follows from the names, so that each case has others."""
        first = zlib.crc32("/".join(names).encode()) % self.one_in
        return [item for number, item in enumerate(items) if (number % self.one_in == first) != self.is_rest]


def shared(one_in: int) -> pytest.MarkDecorator:
    """Run a test with `share`: one item in `one_in` in `make test`, and the rest in `make test-all` only."""
    return pytest.mark.parametrize(
        "share",
        [
            pytest.param(Share(one_in, is_rest=False), id=f"one in {one_in}"),
            pytest.param(Share(one_in, is_rest=True), id="the rest", marks=pytest.mark.slow),
        ],
    )
