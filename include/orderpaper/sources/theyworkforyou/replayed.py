"""Captured days of TheyWorkForYou.

hansard/debates*.xml   the file of a day, as captured
"""

from pathlib import Path

from orderpaper.errors import ConfigError
from orderpaper.simulate.part import Part
from orderpaper.sources.theyworkforyou.simulated import part


def replayed(directory: Path) -> Part:
    """Return the site with the captured days of a folder.

    Raises:
        ConfigError: a file cannot be read.
    """
    files = {}
    for path in sorted((directory / "hansard").glob("debates*.xml")):
        try:
            files[path.name] = path.read_bytes()
        except OSError as error:
            raise ConfigError(f"{path} cannot be replayed: {error}.") from error
    return part(files)
