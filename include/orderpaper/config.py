"""Where things are: the one place that reads the environment and lays out `$ORDERPAPER_HOME`."""

import os
import re
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from orderpaper.errors import ConfigError

PROJECT = Path(__file__).resolve().parents[2]
"""The checkout: holds dags/, dbt/, include/, plugins/."""

DATABASE_NAME = "orderpaper.duckdb"
"""Kept constant: a DuckDB file's name is the name of its catalog."""


@dataclass(frozen=True, slots=True)
class Paths:
    """The folders of one realm.

    A realm is one upstream world (`simulated`, `live`, `replay-<hash>`): each has a landing zone, a build database
    and snapshots of its own, so that invented people never stand beside real ones.
    """

    home: Path
    realm: str

    @property
    def root(self) -> Path:
        """Everything of this realm."""
        return self.home / self.realm

    @property
    def landing(self) -> Path:
        """Immutable documents, fetch log and manifests: the only state that cannot be rebuilt."""
        return self.root / "landing"

    @property
    def records(self) -> Path:
        """Parsed records, one folder a batch."""
        return self.root / "records"

    @property
    def build_database(self) -> Path:
        """The private database that load, dbt and the audit work on."""
        return self.root / "build" / DATABASE_NAME

    @property
    def runs(self) -> Path:
        """What each build leaves behind: dbt artifacts, audit results, Data Docs."""
        return self.root / "runs"

    @property
    def snapshots(self) -> Path:
        """Published versions, one folder each."""
        return self.root / "snapshots"

    @property
    def current(self) -> Path:
        """Symlink to the published version's folder."""
        return self.root / "current"

    @property
    def warehouse(self) -> Path:
        """What readers open: a symlink to the database published last, in whichever realm."""
        return self.home / "warehouse" / DATABASE_NAME

    @property
    def pace(self) -> Path:
        """Where the processes of this machine agree on how fast each upstream host is asked."""
        return self.home / "pace"

    @property
    def airflow(self) -> Path:
        """AIRFLOW_HOME."""
        return self.home / "airflow"


def paths() -> Paths:
    """The paths that `ORDERPAPER_HOME` (default `./data`) and `ORDERPAPER_REALM` (default `live`) name.

    Raises:
        ConfigError: the realm's name could leave its folder.
    """
    realm = os.environ.get("ORDERPAPER_REALM") or "live"
    if not re.fullmatch(r"[a-z][a-z0-9-]*", realm):
        raise ConfigError(f"ORDERPAPER_REALM is {realm!r}; use lower-case letters, digits and hyphens.")
    return Paths(home=Path(os.environ.get("ORDERPAPER_HOME") or "data").resolve(), realm=realm)


def inbox() -> Path:
    """The folder whose files a person dropped: `ORDERPAPER_INBOX`, or `inbox` in the realm's folder."""
    named = os.environ.get("ORDERPAPER_INBOX")
    return Path(named).resolve() if named else paths().root / "inbox"


def user_agent() -> str:
    """Return the name, version and contact that requests carry; `ORDERPAPER_CONTACT` is an address or URL."""
    contact = os.environ.get("ORDERPAPER_CONTACT") or "no contact given"
    return f"OrderPaper/{metadata.version('orderpaper')} ({contact})"
