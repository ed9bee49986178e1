"""Prepare Airflow's metadata database: its schema, its pools, and the runs that a killed `make run` left open.

`python -m orderpaper.run.metadata` prepares it for a scheduler. It needs the environment of `airflow_home.settings`.
"""

import os
from pathlib import Path

from airflow import __version__ as airflow_version
from airflow.configuration import conf
from airflow.dag_processing.bundles.manager import DagBundlesManager
from airflow.dag_processing.dagbag import BundleDagBag, sync_bag_to_db
from airflow.models.dagrun import DagRun
from airflow.models.pool import Pool
from airflow.models.taskinstance import TaskInstance
from airflow.utils.db import initdb
from airflow.utils.session import create_session
from airflow.utils.state import State
from airflow.utils.types import DagRunTriggeredByType
from sqlalchemy import select, update

from orderpaper.catalogue import load_sources
from orderpaper.run.airflow_home import MIGRATED, is_migrated


def prepare(home: Path) -> None:
    """Migrate Airflow's database, create its pools, and close the runs that a killed command left open.

    Nothing else uses the home at that time, so a run of `make run` that is still open was killed.
    """
    # What a server such as Postgres holds does not follow from the home, so Airflow looks there each time.
    is_in_home = conf.get("database", "sql_alchemy_conn").startswith("sqlite:")
    if not (is_in_home and is_migrated(home)):
        initdb()
    if is_in_home:
        (home / MIGRATED).write_text(airflow_version)
    _create_pools()
    _close_killed_runs()


def _create_pools() -> None:
    pools = {s.connection_id: f"Requests to the site of {s.title}" for s in load_sources().values() if s.connection_id}
    pools["duckdb_writer"] = "The one writer of the build database"
    for name, description in pools.items():
        Pool.create_or_update_pool(name, slots=1, description=description, include_deferred=False)


def _close_killed_runs() -> None:
    killed = DagRun.triggered_by == DagRunTriggeredByType.TEST, DagRun.state.in_(State.unfinished_dr_states)
    with create_session() as session:
        run_ids = list(session.scalars(select(DagRun.run_id).where(*killed)))
        session.execute(
            update(TaskInstance)
            .where(TaskInstance.run_id.in_(run_ids), TaskInstance.state.in_([s for s in State.unfinished if s]))
            .values(state="failed")
        )
        session.execute(update(DagRun).where(*killed).values(state="failed"))


def register_dags() -> None:
    """Write the DAGs to the database, so that the web page shows them as soon as it starts."""
    manager = DagBundlesManager()  # type: ignore[no-untyped-call]
    manager.sync_bundles_to_db()
    for bundle in manager.get_all_dag_bundles():
        bundle.initialize()
        bag = BundleDagBag(bundle.path, bundle_path=bundle.path, bundle_name=bundle.name)
        sync_bag_to_db(bag, bundle.name, bundle.version)


if __name__ == "__main__":
    _home = Path(os.environ["AIRFLOW_HOME"])
    _home.mkdir(parents=True, exist_ok=True)
    prepare(_home)
    register_dags()
