"""The Airflow home under `$ORDERPAPER_HOME/airflow`: its settings as environment variables, its secrets, its database.

There is no airflow.cfg. Every setting that differs from Airflow's default is here.
"""

import contextlib
import json
import os
import secrets
import sqlite3
from importlib import metadata
from pathlib import Path

from orderpaper.catalogue import load_sources
from orderpaper.config import PROJECT, create_private
from orderpaper.run.options import Options

PASSWORDS = "passwords.json"
"""File in AIRFLOW_HOME with the generated password of user `admin`, as SimpleAuthManager reads it."""

LOCKED_SECONDS = 60
"""How long Airflow's processes wait for each other's writes to its database. SQLite's own five seconds are too few on a
busy machine: then a request fails, and with it the task."""


def settings(options: Options, base_url: str | None) -> dict[str, str]:
    """Return the environment in which Airflow and its tasks run.

    Args:
        options: the request.
        base_url: the address of every upstream; None for the public sites.
    """
    home = options.paths.airflow
    home.mkdir(exist_ok=True)
    secret = _secret(home / "secret.json")
    environment = {
        **os.environ,
        "ORDERPAPER_HOME": str(options.paths.home),
        "ORDERPAPER_REALM": options.paths.realm,
        "ORDERPAPER_INBOX": str(options.inbox or options.paths.root / "inbox"),
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__CORE__DAGS_FOLDER": str(PROJECT / "dags"),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(PROJECT / "plugins"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
        "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
        "AIRFLOW__CORE__PARALLELISM": "2",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": "admin:admin",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(home / PASSWORDS),
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{home / 'airflow.db'}?timeout={LOCKED_SECONDS}",
        "AIRFLOW__LOGGING__BASE_LOG_FOLDER": str(home / "logs"),
        "AIRFLOW__LOGGING__LOGGING_LEVEL": "INFO",
        # The log of a task is what the task says of itself, without Airflow's lines on how it is run.
        "AIRFLOW__LOGGING__NAMESPACE_LEVELS": QUIET,
        "AIRFLOW__API_AUTH__JWT_SECRET": secret,
        "AIRFLOW__API__SECRET_KEY": secret,
        # On a small machine the API server's first response takes longer than the default of 5 s.
        "AIRFLOW__WORKERS__EXECUTION_API_TIMEOUT": "60",
        "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
        "AIRFLOW__OPENLINEAGE__TRANSPORT": json.dumps(
            {"type": "file", "log_file_path": str(home / "lineage.jsonl"), "append": True}
        ),
        "AIRFLOW__OPENLINEAGE__NAMESPACE": "orderpaper",
        # Otherwise two forks of each task write its events.
        "AIRFLOW__OPENLINEAGE__EXECUTE_IN_THREAD": "True",
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "False",
        "GX_ANALYTICS_ENABLED": "False",
        "DO_NOT_TRACK": "1",
    }
    if os.environ.get("OTEL_EXPORTER_OTLP_ENDPOINT"):
        environment |= {
            "AIRFLOW__METRICS__OTEL_ON": "True",
            "AIRFLOW__METRICS__LEGACY_NAMES_ON": "False",
            "OTEL_SERVICE_NAME": os.environ.get("OTEL_SERVICE_NAME", "orderpaper"),
        }
    if base_url:
        for source in load_sources().values():
            if source.connection_id:
                environment[f"AIRFLOW_CONN_{source.connection_id.upper()}"] = json.dumps(
                    {"conn_type": "http", "host": base_url}
                )
    return environment


def set_aside_if_corrupt(home: Path) -> Path | None:
    """Rename Airflow's database if SQLite cannot read it; return the new path.

    It holds only the history of runs, so a new one can replace it.
    """
    database = home / "airflow.db"
    if not database.exists() or _is_sound(database):
        return None
    aside = database.with_suffix(".corrupt")
    database.replace(aside)
    for companion in ("airflow.db-wal", "airflow.db-shm", "airflow.db-journal", MIGRATED):
        (home / companion).unlink(missing_ok=True)
    return aside


def admin_password(home: Path) -> tuple[str, bool]:
    """Return the password of user `admin`, and whether it was generated just now."""
    file = home / PASSWORDS
    is_new = create_private(file, json.dumps({"admin": secrets.token_urlsafe(15)}))
    return json.loads(file.read_text())["admin"], is_new


QUIET = (
    "airflow.dag_processing.bundles=WARNING airflow.dag_processing.dagbag=WARNING"
    " airflow.providers.openlineage=WARNING airflow.task.operators=WARNING"
)
"""The levels of Airflow's own loggers that stand in the log of each task and say nothing about its work."""
MIGRATED = "airflow.db.version"
"""File in AIRFLOW_HOME that names the Airflow version whose schema the database has."""


def is_migrated(home: Path) -> bool:
    """Return whether Airflow's database has the schema of the Airflow that is installed."""
    marker = home / MIGRATED
    return marker.exists() and marker.read_text() == metadata.version("apache-airflow")


def _is_sound(database: Path) -> bool:
    try:
        with contextlib.closing(sqlite3.connect(database)) as connection:
            return bool(connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
    except sqlite3.DatabaseError:
        return False


def _secret(file: Path) -> str:
    create_private(file, json.dumps(secrets.token_urlsafe(64)))
    return str(json.loads(file.read_text()))
