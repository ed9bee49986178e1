"""The settings of the environment, and the layout of `$ORDERPAPER_HOME`."""

import os
import re
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from orderpaper.errors import ConfigError

PROJECT = Path(__file__).resolve().parents[2]
"""The checkout, which holds dags/, dbt/, include/ and plugins/."""

DATABASE_NAME = "orderpaper.duckdb"
"""The same for every database, because DuckDB names the catalog after the file."""

WORK_NAME = "work.duckdb"
"""The database beside the build database with what is not published; attached, it is the catalog `work`."""


@dataclass(frozen=True, slots=True)
class Paths:
    """The folders of one realm.

    A realm is one upstream world: `simulated`, `live` or `replay-<hash>`. Each has its own landing zone, build database
    and snapshots, so that invented people are never mixed with real ones.
    """

    home: Path
    realm: str

    @property
    def root(self) -> Path:
        """Return the folder of this realm."""
        return self.home / self.realm

    @property
    def landing(self) -> Path | str:
        """Return the folder or URL of documents, fetch log and manifests: the only state that cannot be rebuilt."""
        return self._located("ORDERPAPER_LANDING", "landing")

    @property
    def records(self) -> Path:
        """Return the folder of parsed records, which has a folder for each batch.

        If records are in a bucket, it has those that this machine made or has read.
        """
        located = self._located("ORDERPAPER_RECORDS", "records")
        return located if isinstance(located, Path) else self.root / "records"

    @property
    def records_url(self) -> str | None:
        """Return the URL of the records that several machines share; None if they are only in the folder."""
        located = self._located("ORDERPAPER_RECORDS", "records")
        return None if isinstance(located, Path) else located

    @property
    def build_database(self) -> Path:
        """Return the private database with what the next snapshot will have: the marts, `ops`, the seeds, the views."""
        return self.root / "build" / DATABASE_NAME

    @property
    def work_database(self) -> Path:
        """Return the private database with what marts are made of: `raw`, `staging`, `intermediate`, `changes`."""
        return self.root / "build" / WORK_NAME

    @property
    def runs(self) -> Path:
        """Return the folder of what each build leaves: dbt artifacts, audit results, Data Docs."""
        return self.root / "runs"

    @property
    def snapshots(self) -> Path:
        """Return the folder of published versions, which has a folder for each."""
        return self.root / "snapshots"

    @property
    def published(self) -> Path | str | None:
        """Return the folder or URL of the copies of snapshots for readers elsewhere; None if there are none."""
        return self._located("ORDERPAPER_PUBLISH", "published") if os.environ.get("ORDERPAPER_PUBLISH") else None

    @property
    def current(self) -> Path:
        """Return the symlink to the folder of the published version."""
        return self.root / "current"

    @property
    def warehouse(self) -> Path:
        """Return the symlink that readers open: to the database published last, in any realm."""
        return self.home / "warehouse" / DATABASE_NAME

    @property
    def incidents(self) -> Path:
        """Return the folder that has a file for each task that fails now."""
        return self.root / "incidents"

    @property
    def cache(self) -> Path:
        """Return the folder of what this machine keeps of what is elsewhere. It can be deleted."""
        return self.home / "cache"

    @property
    def pace(self) -> Path:
        """Return the folder in which the processes of this machine share the pace of each upstream host."""
        return self.home / "pace"

    @property
    def airflow(self) -> Path:
        """Return `AIRFLOW_HOME`."""
        return self.home / "airflow"

    def _located(self, variable: str, name: str) -> Path | str:
        """Return where a part of the realm is: below the folder or URL that a variable names, or in this home.

        A folder may be written as a URL that begins with `file://`.
        """
        named = os.environ.get(variable, "").removeprefix("file://").rstrip("/")
        if not named:
            return self.root / name
        if "://" in named:
            return f"{named}/{self.realm}/{name}"
        return Path(named).resolve() / self.realm / name


def paths(home: Path | None = None) -> Paths:
    """Return the paths of a realm.

    Args:
        home: the folder that holds everything; `$ORDERPAPER_HOME` if not given, and `./data` if that is not set.

    The realm is the one that `$ORDERPAPER_REALM` names, or `live`.

    Raises:
        ConfigError: the realm's name could leave its folder.
    """
    realm = os.environ.get("ORDERPAPER_REALM") or "live"
    if not re.fullmatch(r"[a-z][a-z0-9-]*", realm):
        raise ConfigError(f"ORDERPAPER_REALM is {realm!r}; use lower-case letters, digits and hyphens.")
    home = home or Path(os.environ.get("ORDERPAPER_HOME") or "data")
    return Paths(home=home.resolve(), realm=realm)


def build_id(run_id: str) -> str:
    """Return the id of an Airflow run as the name of a folder."""
    return re.sub(r"[^A-Za-z0-9_-]+", "-", run_id)


def inbox() -> Path:
    """Return the folder of saved documents: `$ORDERPAPER_INBOX`, or `inbox` in the folder of the realm."""
    named = os.environ.get("ORDERPAPER_INBOX")
    return Path(named).resolve() if named else paths().root / "inbox"


def memory_limit() -> str:
    """Return how much memory DuckDB may use while it builds, such as "2.5GB"; what does not fit goes to disk.

    `$ORDERPAPER_MEMORY_LIMIT`, or 2.5GB, which leaves room for Python on a machine of 4 GB.

    Raises:
        ConfigError: it is not a number with a unit.
    """
    limit = os.environ.get("ORDERPAPER_MEMORY_LIMIT") or "2.5GB"
    if not re.fullmatch(r"[1-9]\d*(\.\d+)? ?[KMGT]i?B", limit):
        raise ConfigError(f"ORDERPAPER_MEMORY_LIMIT is {limit!r}; give a number with a unit, such as 2.5GB or 800MB.")
    return limit


def memory_bytes() -> int:
    """Return the memory limit of `memory_limit` in bytes."""
    limit = memory_limit().removesuffix("B")
    base = 1024 if limit.endswith("i") else 1000
    limit = limit.removesuffix("i")
    return int(float(limit[:-1]) * base ** (1 + "KMGT".index(limit[-1])))


def workers() -> int:
    """Return how many processes parse the documents of a batch: `$ORDERPAPER_WORKERS`, or one for each core.

    Raises:
        ConfigError: it is not a number from 1 on.
    """
    named = os.environ.get("ORDERPAPER_WORKERS")
    if not named:
        return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if not re.fullmatch(r"[1-9]\d{0,3}", named):
        raise ConfigError(f"ORDERPAPER_WORKERS is {named!r}; give the number of processes that parse, such as 4.")
    return int(named)


def alert_urls() -> list[str]:
    """Return the services that get alerts: the URLs of `$ORDERPAPER_ALERT_URLS`, with spaces between them."""
    return os.environ.get("ORDERPAPER_ALERT_URLS", "").split()


def page_url() -> str:
    """Return the address of Airflow's web page, without a slash at its end; empty if there is no page."""
    return os.environ.get("AIRFLOW__API__BASE_URL", "").rstrip("/")


def is_parsed_on_spark() -> bool:
    """Return whether Spark parses what was fetched: `$ORDERPAPER_PARSE_ON` is `spark`.

    Raises:
        ConfigError: it is neither `spark` nor `cores`.
    """
    return _is_on_spark("ORDERPAPER_PARSE_ON", "cores", "this machine")


def is_built_on_spark() -> bool:
    """Return whether Spark builds what is published: `$ORDERPAPER_BUILD_ON` is `spark`.

    Raises:
        ConfigError: it is neither `spark` nor `duckdb`.
    """
    return _is_on_spark("ORDERPAPER_BUILD_ON", "duckdb", "one machine")


def _is_on_spark(variable: str, otherwise: str, where: str) -> bool:
    named = os.environ.get(variable) or otherwise
    if named not in (otherwise, "spark"):
        raise ConfigError(f"{variable} is {named!r}; use {otherwise}, for {where}, or spark.")
    return named == "spark"


def user_agent() -> str:
    """Return the name, version and contact that requests carry; `ORDERPAPER_CONTACT` is an address or URL."""
    contact = os.environ.get("ORDERPAPER_CONTACT") or "no contact given"
    return f"OrderPaper/{metadata.version('orderpaper')} ({contact})"


def create_private(file: Path, text: str) -> bool:
    """Write a file that only its owner can read, atomically; return False if it exists already."""
    if file.exists():
        return False
    temporary = file.with_suffix(".tmp")
    temporary.unlink(missing_ok=True)
    with os.fdopen(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())  # a power failure must not leave an empty file
    temporary.replace(file)
    return True
