"""Snapshots and exports in a bucket of a real S3 server, read in place by DuckDB."""

import datetime as dt
import json
from importlib import resources
from pathlib import Path

import duckdb
import pytest
import s3

from orderpaper.config import Paths
from orderpaper.errors import StorageError
from orderpaper.storage import Store
from orderpaper.storage import bucket as bucket_module
from orderpaper.warehouse import shared
from orderpaper.warehouse.snapshots import SNAPSHOTS_KEPT, alone, put_in_force

BUCKET = f"s3://{s3.BUCKET}"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with s3.server(tmp_path_factory.mktemp("s3")) as url:
        yield url


@pytest.fixture
def faults(server, monkeypatch):
    with s3.proxy(server) as (url, found):
        for name, value in s3.environment(url).items():
            monkeypatch.setenv(name, value)
        yield found


@pytest.fixture
def paths(tmp_path, monkeypatch, faults):
    monkeypatch.setenv("ORDERPAPER_PUBLISH", f"{BUCKET}/{tmp_path.name}")
    return Paths(tmp_path, "simulated")


def publish(paths, number):
    """Put a snapshot with one row in force, as `publish` does, and show it to readers elsewhere."""
    snapshot_id = f"2025031{number}T120000Z-0{number}"
    database = paths.snapshots / snapshot_id / "orderpaper.duckdb"
    database.parent.mkdir(parents=True)
    with duckdb.connect(database) as connection:
        connection.execute("CREATE SCHEMA marts")
        connection.execute(f"CREATE TABLE marts.t AS SELECT {number} AS number, repeat('x', 1_000_000) AS text")
    with alone(paths):
        put_in_force(paths, snapshot_id, "run")
        shared.follow(paths)
    return snapshot_id


@pytest.fixture
def reader(faults, server):
    """A DuckDB that reads from the bucket, as `docs/storage.md` says."""
    extension = Path(str(resources.files("duckdb_extension_httpfs"))) / "extensions" / f"v{duckdb.__version__}"
    connection = duckdb.connect()
    connection.execute(f"LOAD '{extension / 'httpfs.duckdb_extension'}'")
    keys = s3.environment(server)
    connection.execute(
        f"""
        CREATE SECRET (TYPE s3, KEY_ID '{keys["AWS_ACCESS_KEY_ID"]}', SECRET '{keys["AWS_SECRET_ACCESS_KEY"]}',
            ENDPOINT '{server.removeprefix("http://")}', URL_STYLE 'path', USE_SSL false)
        """
    )
    yield connection
    connection.close()


def seen(reader, paths):
    """Return what a reader elsewhere finds, who knows where the snapshots are and nothing more."""
    ((url,),) = reader.execute(f"SELECT url FROM read_json('{paths.published}/{shared.POINTER}')").fetchall()
    reader.execute(f"ATTACH '{url}' AS orderpaper (READ_ONLY)")
    rows = reader.execute("SELECT number FROM orderpaper.marts.t").fetchall()
    reader.execute("DETACH orderpaper")
    return rows[0][0]


def test_readers_elsewhere_see_what_was_published_last(paths, reader):
    for number in (1, 2):
        publish(paths, number)
        assert seen(reader, paths) == number


def test_a_reader_can_finish_on_the_snapshot_that_it_has_open(paths, reader):
    first = publish(paths, 1)
    reader.execute(f"ATTACH '{paths.published}/snapshots/{first}/orderpaper.duckdb' AS orderpaper (READ_ONLY)")
    publish(paths, 2)
    assert reader.execute("SELECT number, length(text) FROM orderpaper.marts.t").fetchall() == [(1, 1_000_000)]


def test_what_is_no_longer_kept_is_removed(paths):
    ids = [publish(paths, number) for number in range(SNAPSHOTS_KEPT + 2)]
    found = {entry.name.split("/")[1] for entry in Store(paths.published).entries("snapshots")}
    assert found == {*ids[-SNAPSHOTS_KEPT:]}


def test_going_back_leads_readers_elsewhere_back(paths, reader):
    first = publish(paths, 1)
    publish(paths, 2)
    with alone(paths):
        put_in_force(paths, first, run_id=None)
        shared.follow(paths)
    assert seen(reader, paths) == 1


@pytest.mark.parametrize("pattern", ["orderpaper.duckdb$", "current.json$"])
def test_a_copy_that_fails_leaves_what_readers_saw_and_is_made_by_the_next_try(
    paths, reader, faults, monkeypatch, pattern
):
    monkeypatch.setattr(bucket_module, "RETRY_FOR", dt.timedelta(seconds=1))
    publish(paths, 1)
    faults.refuses = s3.once("PUT", pattern, times=1000)
    with pytest.raises(StorageError, match="cannot be written"):
        publish(paths, 2)
    assert seen(reader, paths) == 1
    faults.refuses = lambda method, path: False
    with alone(paths):
        shared.follow(paths)
    assert seen(reader, paths) == 2


def test_nothing_is_copied_unless_it_is_asked_for(tmp_path, monkeypatch):
    monkeypatch.delenv("ORDERPAPER_PUBLISH", raising=False)
    publish(Paths(tmp_path, "simulated"), 1)
    assert sorted(path.name for path in (tmp_path / "simulated").iterdir()) == [
        "current",
        "publications.jsonl",
        "snapshots",
    ]


def test_an_export_in_a_bucket_is_read_in_place(paths, reader, faults):
    def write(folder):
        made = folder / "orderpaper-1"
        (made / "data").mkdir(parents=True)
        duckdb.sql(f"COPY (SELECT range AS n FROM range(1000)) TO '{made / 'data' / 't.parquet'}'")
        (made / "datapackage.json").write_text(json.dumps({"name": "orderpaper"}))
        return made

    target = f"{paths.published}/exports"
    assert shared.export(write, target) == f"{target}/orderpaper-1"
    put = [path for method, path in faults.requests if method == "PUT"]
    assert [path.rpartition("/")[2] for path in put] == ["t.parquet", "datapackage.json"], "what describes it is last"
    found = reader.execute(f"SELECT count(*), max(n) FROM '{target}/orderpaper-1/data/*.parquet'").fetchall()
    assert found == [(1000, 999)]
    assert shared.export(write, str(paths.home / "here")) == f"{paths.home}/here/orderpaper-1"
