import json
import sqlite3
from pathlib import Path

import pytest

from orderpaper.catalogue import load_sources
from orderpaper.run import airflow_home
from orderpaper.run.options import Options, check


@pytest.fixture
def options(tmp_path: Path) -> Options:
    return check(tmp_path)


def test_secrets_are_made_once_and_are_the_owners_alone(options: Options) -> None:
    first = airflow_home.settings(options, None)
    second = airflow_home.settings(options, None)
    assert first == second
    assert len(first["AIRFLOW__API_AUTH__JWT_SECRET"].encode()) >= 64
    assert (options.paths.airflow / "secret.json").stat().st_mode & 0o777 == 0o600


def test_the_password_is_new_only_once(options: Options) -> None:
    options.paths.airflow.mkdir()
    password, is_new = airflow_home.admin_password(options.paths.airflow)
    assert is_new
    assert airflow_home.admin_password(options.paths.airflow) == (password, False)
    file = options.paths.airflow / airflow_home.PASSWORDS
    assert json.loads(file.read_text()) == {"admin": password}
    assert file.stat().st_mode & 0o777 == 0o600


def test_every_connection_points_at_the_upstream_given(options: Options) -> None:
    environment = airflow_home.settings(options, "http://127.0.0.1:4711")
    connections = {s.connection_id for s in load_sources().values() if s.connection_id}
    assert connections
    for connection in connections:
        assert json.loads(environment[f"AIRFLOW_CONN_{connection.upper()}"])["host"] == "http://127.0.0.1:4711"


def test_the_public_sites_need_no_connection(options: Options, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIRFLOW_CONN_ORDERPAPER_MEMBERS", "mine")
    environment = airflow_home.settings(options, None)
    assert {k: v for k, v in environment.items() if k.startswith("AIRFLOW_CONN_")} == {
        "AIRFLOW_CONN_ORDERPAPER_MEMBERS": "mine"
    }


def test_no_task_is_forked_to_write_its_lineage(options: Options) -> None:
    assert airflow_home.settings(options, None)["AIRFLOW__OPENLINEAGE__EXECUTE_IN_THREAD"] == "True"


def test_a_sound_database_stays(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "airflow.db") as connection:
        connection.execute("CREATE TABLE runs (id)")
    assert airflow_home.set_aside_if_corrupt(tmp_path) is None
    assert (tmp_path / "airflow.db").exists()


@pytest.mark.parametrize("damage", [b"not a database at all", b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_database_is_set_aside_with_all_that_belongs_to_it(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "airflow.db").write_bytes(damage)
    (tmp_path / "airflow.db-wal").write_bytes(damage)
    (tmp_path / airflow_home.MIGRATED).write_text("3.3.2")
    aside = airflow_home.set_aside_if_corrupt(tmp_path)
    assert aside
    assert aside.read_bytes() == damage
    assert [path.name for path in tmp_path.iterdir()] == [aside.name]
