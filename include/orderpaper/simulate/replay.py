"""Captured files, served as the sites that they were captured from.

A capture is a folder with a folder for each source of which something was captured. The `replayed` module of a source
says in which files, and makes its site from them. A source without that module is served as if nothing was captured of
it: as the simulated Parliament would answer before it had a member.
"""

from collections.abc import Sequence, Set
from pathlib import Path

from orderpaper.errors import ConfigError
from orderpaper.simulate.parliament import BEFORE_ALL, SimulatedParliament
from orderpaper.simulate.part import Part, find_modules


class Replay:
    """The sites that a capture amounts to.

    Raises:
        ConfigError: there is no such folder, it is not a capture, or a file is not in the layout.
    """

    def __init__(self, directory: Path) -> None:
        if not any(directory.glob("*/*.json")):
            raise ConfigError(
                f"{directory} is not a capture: there is no file such as written_questions/2024-11.json in it; "
                "REPLAY must name a folder of captured payloads."
            )
        modules = find_modules("replayed")
        self._parts = [module.replayed(directory) for module in modules.values()]
        empty = SimulatedParliament(as_of=BEFORE_ALL)
        for source, module in find_modules("simulated").items():
            if source not in modules and hasattr(module, "simulated"):
                self._parts.append(module.simulated(empty, frozenset()))

    def parts(self, _faults: Set[str]) -> Sequence[Part]:
        """Return the sites of all sources. A capture has no data faults but its own."""
        return self._parts
