"""Captured files of TheyWorkForYou.

theyworkforyou/<folder>/*.xml   the files of a folder, in any versions
hansard/debates*.xml            days of the Commons, as if they were in the folder debates

The lists of the folders name the files that were captured, because a list of the real site names all others too.
"""

from pathlib import Path

from orderpaper.errors import ConfigError
from orderpaper.simulate.part import Part
from orderpaper.sources.theyworkforyou.folders import FILE
from orderpaper.sources.theyworkforyou.simulated import part


def replayed(directory: Path) -> Part:
    """Return the site with the captured files of a folder.

    Raises:
        ConfigError: a file cannot be read.
    """
    files = {}
    paths = {f"{path.parent.name}/{path.name}": path for path in (directory / "theyworkforyou").glob("*/*.xml")}
    paths |= {f"debates/{path.name}": path for path in (directory / "hansard").glob("debates*.xml")}
    for name, path in sorted(paths.items()):
        if not FILE.fullmatch(path.name):
            continue
        try:
            files[name] = path.read_bytes()
        except OSError as error:
            raise ConfigError(f"{path} cannot be replayed: {error}.") from error
    return part(list(files), files.get)
