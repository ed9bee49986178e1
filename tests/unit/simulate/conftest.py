"""A simulated Parliament over loopback HTTP, shared by tests that only read from it."""

from collections.abc import Iterator

import pytest
from asking import Asker

from orderpaper.simulate.parliament import SimulatedParliament
from orderpaper.simulate.server import serve


@pytest.fixture(scope="session")
def parliament() -> SimulatedParliament:
    return SimulatedParliament()


@pytest.fixture(scope="session")
def asker(parliament: SimulatedParliament) -> Iterator[Asker]:
    with serve(parliament, shifting_pages=False) as server:
        yield Asker(server.url)
