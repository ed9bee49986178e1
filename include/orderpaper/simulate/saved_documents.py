"""Documents of the simulated Parliament as a person would have saved them: text files of five kinds in one folder.

Their people sit in the simulated Parliament of the same seed, and some of their written questions are those that its
API serves. As in the real sites that they imitate, not everything they print is right: some names are misspelt or
unknown to the register, a party or a seat is another's, a count is wrong.
"""

import datetime as dt
import hashlib
from pathlib import Path

from orderpaper.errors import ConfigError
from orderpaper.simulate import DEFAULT_AS_OF, DEFAULT_TO, sittings
from orderpaper.simulate.dice import dice
from orderpaper.simulate.parliament import SimulatedParliament
from orderpaper.simulate.saved_debates import debate_digest, oral_sitting
from orderpaper.simulate.saved_listings import bare_questions, listing
from orderpaper.simulate.saved_posts import press_post


def write(folder: Path, *, seed: int, first: dt.date, last: dt.date) -> list[Path]:
    """Write the documents of the days from `first` to `last` and return their paths; the same bytes every time.

    File names say nothing of what is in them. Files of these names are replaced, others are left alone. Where no day
    is a sitting day, there is nothing to write.

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
    """The documents of some days, in no order that tells their kinds."""
    days = sittings.sitting_days(first, last)
    if not days:
        return []
    parliament = SimulatedParliament(seed, as_of=last + (DEFAULT_AS_OF - DEFAULT_TO))
    rng = dice(seed, first, last, "documents")
    texts = [
        listing(rng, parliament.questions, parliament.people, first, last, has_headings=True),
        listing(rng, parliament.questions, parliament.people, first, last, has_headings=False),
        *bare_questions(rng, parliament.questions, first, last),
        *(debate_digest(rng, parliament.people, rng.choice(days)) for _ in range(2)),
        *(oral_sitting(rng, parliament.people, rng.choice(days)) for _ in range(2)),
        *(press_post(rng, parliament.people, rng.choice(days), nth) for nth in range(5)),
    ]
    rng.shuffle(texts)
    return texts
