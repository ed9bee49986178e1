"""TheyWorkForYou in the simulated world: an empty folder, because the site has only days of the real House."""

from collections.abc import Mapping, Set

from orderpaper.simulate.parliament import SimulatedParliament
from orderpaper.simulate.part import Page, Part
from orderpaper.simulate.query import Query

PATH = "/pwdata/scrapedxml/debates"


def simulated(_parliament: SimulatedParliament, _faults: Set[str]) -> Part:
    """Return the site without a day."""
    return part({})


def part(files: Mapping[str, bytes]) -> Part:
    """Return the site with some files, by name, in a folder as a web server lists it."""
    rows = "".join(f'<tr><td><a href="{name}">{name}</a></td></tr>\n' for name in files)
    title = f"Index of {PATH}"
    head = f"<html>\n<head><title>{title}</title></head>\n<body><h1>{title}</h1>\n"
    listing = Page(f"{head}<table>\n{rows}</table></body></html>\n".encode(), "text/html;charset=UTF-8")

    def file(_: Query, name: str) -> Page | None:
        return Page(files[name], "application/xml") if name in files else None

    return Part(routes=[(PATH, lambda _: listing), (rf"{PATH}/(debates[0-9a-z-]+\.xml)", file)])
