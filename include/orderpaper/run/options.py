"""The checked request of a command: which upstream, which days, which folders."""

import calendar
import datetime as dt
import hashlib
import tempfile
from dataclasses import dataclass
from pathlib import Path

from orderpaper.config import Paths
from orderpaper.errors import ConfigError
from orderpaper.simulate import DEFAULT_FROM, DEFAULT_TO

LIVE_DAYS = 7
"""How many days back a live run looks if no first day is given. A week in session always has sitting days."""


@dataclass(frozen=True, slots=True)
class Options:
    """A checked request."""

    source: str
    """The upstream world: simulated, live or replay."""
    replay: Path | None
    """The folder of captured payloads, if the source is replay."""
    from_on: dt.date
    to_on: dt.date
    """The days to ingest, both inclusive."""
    inbox: Path | None
    """The folder of saved documents that the user named."""
    paths: Paths


def check(
    home: Path,
    source: str = "simulated",
    *,
    replay: Path | None = None,
    from_on: dt.date | None = None,
    to_on: dt.date | None = None,
    inbox: Path | None = None,
) -> Options:
    """Return the request, with defaults for what is not given, if its parts agree.

    Raises:
        ConfigError: they do not agree, or the home cannot be written; the message says what to do.
    """
    if source == "replay" and replay is None:
        raise ConfigError("SOURCE=replay needs REPLAY=<folder of captured payloads>.")
    if source != "replay" and replay is not None:
        raise ConfigError(f"REPLAY is for SOURCE=replay, but SOURCE is {source!r}.")
    default_from, default_to = _default_days(source, replay)
    from_on, to_on = from_on or default_from, to_on or default_to
    if from_on > to_on:
        raise ConfigError(f"FROM ({from_on}) is after TO ({to_on}); swap them, or give both.")
    replay = replay.resolve() if replay else None
    realm = source if replay is None else f"replay-{hashlib.sha256(bytes(replay)).hexdigest()[:8]}"
    return Options(source, replay, from_on, to_on, inbox.resolve() if inbox else None, Paths(_writable(home), realm))


def _default_days(source: str, replay: Path | None) -> tuple[dt.date, dt.date]:
    if source == "live":
        today = dt.datetime.now(dt.UTC).date()
        return today - dt.timedelta(days=LIVE_DAYS), today
    return _captured_days(replay) if replay else (DEFAULT_FROM, DEFAULT_TO)


def _captured_days(replay: Path) -> tuple[dt.date, dt.date]:
    """Return the first and the last day of the months whose lists were captured."""
    months = sorted(path.stem for path in replay.glob("written_questions/[0-9][0-9][0-9][0-9]-[0-9][0-9].json"))
    if not months:
        raise ConfigError(f"REPLAY is {str(replay)!r}, which has no written_questions/YYYY-MM.json in it.")
    year, month = map(int, months[-1].split("-"))
    return dt.date.fromisoformat(f"{months[0]}-01"), dt.date(year, month, calendar.monthrange(year, month)[1])


def _writable(home: Path) -> Path:
    """Create the home if necessary and return its absolute path."""
    home = home.absolute()
    try:
        home.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=home):
            return home.resolve()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ConfigError(f"ORDERPAPER_HOME is {home}, which cannot be written ({reason}).") from error
