"""The sites that a command asks: the public ones, or a simulated or captured Parliament on a free loopback port."""

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from orderpaper.errors import OrderPaperError
from orderpaper.run import child
from orderpaper.run.options import Options
from orderpaper.simulate import DEFAULT_AS_OF, DEFAULT_SEED, DEFAULT_TO
from orderpaper.sources.inbox.simulated import write


@contextmanager
def running(options: Options, log: IO[bytes]) -> Iterator[str | None]:
    """Serve the upstream of the options while the block runs. Yield its base URL, or None for the public sites.

    Raises:
        OrderPaperError: it did not start.
    """
    if options.source == "live":
        yield None
        return
    process = child.start("orderpaper.simulate", arguments(options), environment=os.environ, log=log)
    try:
        yield read_url(process, Path(log.name))
    finally:
        child.stop(process)


def arguments(options: Options, as_of: str | None = None) -> list[str]:
    """Return the arguments of the simulator. `as_of` is the day on which its Parliament is asked, or "today"."""
    if options.replay:
        return ["replay", "--directory", str(options.replay)]
    as_of = as_of or (options.to_on + (DEFAULT_AS_OF - DEFAULT_TO)).isoformat()
    # A list that gains a row whenever it is paged would be news to every run.
    return ["serve", "--as-of", as_of, "--no-shifting-pages"]


def read_url(process: subprocess.Popen[str], log: Path) -> str:
    """Wait until the simulator prints its URL, and return it.

    Raises:
        OrderPaperError: it ended instead.
    """
    line = process.stdout.readline() if process.stdout else ""
    if not line:
        raise OrderPaperError(f"The simulated upstream did not start; see {log}.")
    return str(json.loads(line)["url"])


def fill_inbox(options: Options) -> None:
    """Write documents such as a person would save to the simulated inbox, unless the user named another inbox."""
    if options.source == "simulated" and options.inbox is None:
        write(options.paths.root / "inbox", seed=DEFAULT_SEED, first=options.from_on, last=options.to_on)


def describe(options: Options, base_url: str | None) -> str:
    """Return the upstream in a few words."""
    if options.source == "live":
        return "Parliament's own sites"
    name = f"Captured payloads of {options.replay}" if options.replay else "A simulated Parliament"
    return f"{name} on {base_url}"
