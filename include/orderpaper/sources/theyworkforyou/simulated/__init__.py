"""TheyWorkForYou in the simulated world: each sitting day a division in each House, written answers and statements.

Its files have business that the simulated Hansard does not have, so that nothing is in the warehouse twice.
"""

from collections.abc import Callable, Sequence, Set

from orderpaper.simulate.parliament import SimulatedParliament
from orderpaper.simulate.part import Page, Part
from orderpaper.simulate.query import Query
from orderpaper.sources.theyworkforyou.folders import LISTING, ROOT
from orderpaper.sources.theyworkforyou.simulated.files import FILES, write_file

_VERSIONS = "ab"


def simulated(parliament: SimulatedParliament, _faults: Set[str]) -> Part:
    """Return the site with the files of every sitting day. Each is in two versions, of which the second is read."""
    names = {
        f"{folder}/{prefix}{day}{version}.xml": (section, day)
        for section, (folder, prefix) in FILES.items()
        for day in parliament.sitting_days(None, None)
        for version in _VERSIONS
    }

    def body(name: str) -> bytes | None:
        found = names.get(name)
        return write_file(parliament, *found) if found else None

    return part(list(names), body)


def part(names: Sequence[str], body: Callable[[str], bytes | None]) -> Part:
    """Return the site with some files, named by folder and file, each folder with its list."""

    def listing(_: Query, folder: str) -> Page:
        files = (name.partition("/")[2] for name in names if name.startswith(f"{folder}/"))
        lines = (f"{number},{name}\n" for number, name in enumerate(files, start=1_250_000_000))
        return Page("".join(lines).encode(), "text/plain;charset=UTF-8")

    def file(_: Query, name: str) -> Page | None:
        found = body(name)
        return Page(found, "application/xml") if found is not None else None

    return Part(routes=[(rf"{ROOT}([a-z]+)/{LISTING}", listing), (rf"{ROOT}([a-z]+/[\w-]+\.xml)", file)])
