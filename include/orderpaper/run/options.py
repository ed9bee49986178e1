"""What the user asked for: the variables of `make run` and `make up`, checked before anything starts."""

import calendar
import datetime as dt
import hashlib
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from orderpaper.config import Paths
from orderpaper.errors import ConfigError
from orderpaper.simulate import DEFAULT_FROM, DEFAULT_TO

SOURCES = ("simulated", "live", "replay")
LIVE_DAYS = 7
"""How far back `SOURCE=live` looks when no FROM is given: at least the last sitting days in session."""


@dataclass(frozen=True, slots=True)
class Options:
    """One checked request."""

    source: str
    """simulated | live | replay: which upstream world."""
    replay: Path | None
    """Folder of captured payloads, if the source is `replay`."""
    from_on: dt.date
    to_on: dt.date
    """Days to ingest, both inclusive."""
    inbox: Path | None
    """Folder of dropped files that the user named."""
    paths: Paths


def read_options(variables: Mapping[str, str]) -> Options:
    """Check INBOX, SOURCE, REPLAY, FROM, TO and ORDERPAPER_HOME; an empty variable is one that is not set.

    Raises:
        ConfigError: one of them is wrong; the message says which and what to do.
    """
    source = variables.get("SOURCE") or "simulated"
    if source not in SOURCES:
        raise ConfigError(f"SOURCE is {source!r}; use one of {', '.join(SOURCES)}.")
    replay = _folder(variables, "REPLAY")
    if source == "replay" and replay is None:
        raise ConfigError("SOURCE=replay needs REPLAY=<folder of captured payloads>.")
    if source != "replay" and replay is not None:
        raise ConfigError(f"REPLAY is for SOURCE=replay, but SOURCE is {source!r}.")
    from_on, to_on = _days(variables, source, replay)
    realm = source if replay is None else f"replay-{hashlib.sha256(bytes(replay)).hexdigest()[:8]}"
    home = _writable(Path(variables.get("ORDERPAPER_HOME") or "data").absolute())
    return Options(source, replay, from_on, to_on, _folder(variables, "INBOX"), Paths(home, realm))


def _folder(variables: Mapping[str, str], name: str) -> Path | None:
    if not variables.get(name):
        return None
    folder = Path(variables[name]).expanduser()
    if not folder.is_dir():
        problem = "is not a folder" if folder.exists() else "does not exist"
        raise ConfigError(f"{name} is {str(folder)!r}, which {problem}.")
    return folder.resolve()


def _days(variables: Mapping[str, str], source: str, replay: Path | None) -> tuple[dt.date, dt.date]:
    from_on, to_on = DEFAULT_FROM, DEFAULT_TO
    if source == "live":
        to_on = dt.datetime.now(dt.UTC).date()
        from_on = to_on - dt.timedelta(days=LIVE_DAYS)
    elif replay:
        from_on, to_on = _captured_span(replay)
    from_on = _day(variables, "FROM") or from_on
    to_on = _day(variables, "TO") or to_on
    if from_on > to_on:
        raise ConfigError(f"FROM ({from_on}) is after TO ({to_on}); swap them, or give both.")
    return from_on, to_on


def _captured_span(replay: Path) -> tuple[dt.date, dt.date]:
    """First and last day of the months whose lists were captured: written_questions/YYYY-MM.json."""
    months = sorted(path.stem for path in replay.glob("written_questions/[0-9][0-9][0-9][0-9]-[0-9][0-9].json"))
    if not months:
        raise ConfigError(f"REPLAY is {str(replay)!r}, which has no written_questions/YYYY-MM.json in it.")
    year, month = map(int, months[-1].split("-"))
    return dt.date.fromisoformat(f"{months[0]}-01"), dt.date(year, month, calendar.monthrange(year, month)[1])


def _day(variables: Mapping[str, str], name: str) -> dt.date | None:
    value = variables.get(name)
    if not value:
        return None
    try:
        return dt.datetime.strptime(value, "%Y-%m-%d").replace(tzinfo=dt.UTC).date()
    except ValueError:
        raise ConfigError(f"{name} is {value!r}, which is not a date; write it as YYYY-MM-DD.") from None


def _writable(home: Path) -> Path:
    try:
        home.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=home):
            return home.resolve()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ConfigError(f"ORDERPAPER_HOME is {home}, which cannot be written ({reason}).") from error
