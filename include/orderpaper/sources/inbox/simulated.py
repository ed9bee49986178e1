"""The documents that a person drops in the inbox in the simulated world: texts saved from the sites of other sources.

Their people sit in the simulated Parliament, and some of their written questions are those of its API. Each source
makes its own, with `saved` in its `simulated` module.
"""

import datetime as dt
import hashlib
from pathlib import Path

from orderpaper.errors import ConfigError
from orderpaper.simulate import DEFAULT_AS_OF, DEFAULT_TO
from orderpaper.simulate.parliament import SimulatedParliament
from orderpaper.simulate.part import find_modules

_SHARED = ("question_listing", "debate_digest", "oral_sitting", "press_blog")
"""Sources that draw from one random stream, in this order. Any other source has a stream of its own, so that adding it
leaves the documents of these as they are."""


def write(folder: Path, *, seed: int, first: dt.date, last: dt.date) -> list[Path]:
    """Write the documents of the days from `first` to `last` and return their paths. The bytes are the same every time.

    File names do not show what is in the files. A file of the same name is replaced, and other files are left alone.
    If no day is a sitting day, nothing is written.

    Raises:
        ConfigError: the days lie outside the simulated calendar, or the folder cannot be written.
    """
    paths = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for number, text in enumerate(_texts(seed, first, last)):
            body = text.encode()
            path = folder / f"{number:03d}_{hashlib.sha256(body).hexdigest()[:16]}.txt"
            path.write_bytes(body)
            paths.append(path)
    except OSError as error:
        raise ConfigError(f"The documents cannot be written to {folder}: {error.strerror}.") from error
    return paths


def _texts(seed: int, first: dt.date, last: dt.date) -> list[str]:
    """Return the documents of some days, in an order that does not show their kinds."""
    parliament = SimulatedParliament(seed, as_of=last + (DEFAULT_AS_OF - DEFAULT_TO))
    if not parliament.sitting_days(first, last):
        return []
    makers = {name: module.saved for name, module in find_modules("simulated").items() if hasattr(module, "saved")}
    rng = parliament.dice(first, last, "documents")
    texts: list[str] = [text for name in _SHARED for text in makers[name](rng, parliament, first, last)]
    rng.shuffle(texts)
    for name in sorted(makers.keys() - set(_SHARED)):
        texts += makers[name](parliament.dice(first, last, "documents", name), parliament, first, last)
    return texts
