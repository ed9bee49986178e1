"""Put the bodies that are files of their own into packs: of a landing zone that an older version filled."""

import sys

from orderpaper.catalogue import load_sources
from orderpaper.landing import Landing
from orderpaper.run.lock import HomeLock
from orderpaper.run.options import Options


def pack_landing(options: Options) -> None:
    """Make a pack of the bodies of each fetch that are files of their own, and say how many there were.

    What it does not finish, because it is killed, it does when it is called again.

    Raises:
        BusyError: another command is using the same home.
        OrderPaperError: a manifest cannot be read, or the disk refuses.
    """
    _held = HomeLock(options.paths.home, "make pack-landing")  # until this process ends
    landing = Landing(options.paths.landing)
    for source in load_sources():
        names = landing.manifests(source)
        sealed_count = 0
        for name in reversed(names):
            sealed_count += landing.seal(source, landing.read_manifest(source, name).documents)
        if names:
            sys.stdout.write(f"{source}: {sealed_count:,} documents of {len(names):,} fetches were put into packs.\n")
