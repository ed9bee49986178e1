"""What `make spark` does around Spark: it says what is missing, and shows the files of a build as tables."""

import os
import shutil
from pathlib import Path

import duckdb
import pytest

from orderpaper import config
from orderpaper.errors import ConfigError, OrderPaperError
from orderpaper.warehouse import spark
from orderpaper.warehouse.content import count_rows
from orderpaper.warehouse.load import build_connection


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in for the Python of `.spark`, and hide Java."""
    program = tmp_path / "python"
    monkeypatch.setattr(spark, "PROGRAM", program)
    monkeypatch.setenv("PATH", "/usr/bin/without-java")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.delenv("SPARK_REMOTE", raising=False)
    return program


def test_what_is_missing_is_said(program: Path, tmp_path: Path) -> None:
    paths = spark.SparkPaths(tmp_path, "simulated", "run")
    with pytest.raises(OrderPaperError, match="Spark is not installed in "):
        spark.build(paths)
    program.touch()
    with pytest.raises(OrderPaperError, match="Spark needs Java 17"):
        spark.make_batch(paths, "inbox", "manifest")


def test_a_client_of_a_server_needs_no_java(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program.touch()
    monkeypatch.setenv("SPARK_REMOTE", "sc://127.0.0.1:15002")
    spark.check_installed()


@pytest.mark.parametrize(("printed", "is_new"), [("new", True), ("made before", False)])
def test_spark_says_whether_the_batch_is_new(
    program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, printed: str, is_new: bool
) -> None:
    program.write_text(f"#!/bin/sh\necho $2 $3 $4 $5 > {tmp_path}/asked\necho words of Spark\necho {printed}\n")
    program.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", "/opt/java")
    assert spark.make_batch(config.Paths(tmp_path, "simulated"), "inbox", "2025-03-10_2025-03-14_0a") is is_new
    assert (tmp_path / "asked").read_text().split() == [f"{tmp_path}", "simulated", "inbox", "2025-03-10_2025-03-14_0a"]


def test_a_parse_that_fails_says_why(program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program.write_text("#!/bin/sh\necho the landing zone is not there >&2\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", "/opt/java")
    with pytest.raises(OrderPaperError, match="inbox: Spark could not parse m: the landing zone is not there"):
        spark.make_batch(config.Paths(tmp_path, "simulated"), "inbox", "m")


def write(folder: Path, question_keys: list[str | None]) -> None:
    """Write what Spark writes: a fact by month, and a table of `raw`."""
    with duckdb.connect() as connection:
        for month, key in zip(("2025-03", "undated"), question_keys, strict=False):
            own = folder / "marts" / "fct_question" / f"month={month}"
            own.mkdir(parents=True)
            rows = connection.sql("SELECT $1 AS question_key, $2 AS month_text", params=[key, month])
            rows.write_parquet(str(own / "part.parquet"))
        (folder / "raw" / "document").mkdir(parents=True)
        connection.sql("SELECT 'a' AS document_id, 'kind' AS document_kind").write_parquet(
            str(folder / "raw" / "document" / "part.parquet")
        )
    (folder / "summary.json").write_text('{"document": 1, "seed": 0, "model": 2, "test": 3, "warning": 1}')


def test_a_build_is_shown_as_tables(program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAVA_HOME", "/opt/java")
    monkeypatch.setattr(spark, "add_views", lambda paths: None)  # they need all marts: test_spark_views.py
    written = tmp_path / "written"
    write(written, ["q1", None])
    program.write_text(f'#!/bin/sh\nPATH=/usr/bin:/bin\nmkdir -p $(dirname $4)\ncp -r {written} "$4"\n')
    program.chmod(0o755)
    paths = spark.SparkPaths(tmp_path / "home", "simulated", "run1")
    for _ in "repeated", "task":
        summary = spark.build(paths)
        assert (summary.model_count, summary.test_count, summary.warning_count) == (2, 3, 1)
    with build_connection(paths.build_database) as connection:
        assert connection.sql("FROM marts.fct_question").columns == ["question_key", "month_text"]
        assert count_rows(connection, "marts", "raw") == {"marts.fct_question": 2, "raw.document": 1}
        assert connection.sql("SELECT status, document_count FROM ops.fct_run").fetchall() == [("built", 1)]
    assert spark.put_in_force(paths).samefile(paths.build_database)


def test_builds_are_kept_that_a_snapshot_shows(tmp_path: Path) -> None:
    builds = [spark.SparkPaths(tmp_path, "simulated", f"run{number}") for number in range(5)]
    for age, paths in enumerate(builds):
        folder = paths.build_database.parent
        write(folder, ["q1"])
        spark.attach(folder)
        os.utime(folder, (age, age))
    published = tmp_path / "simulated" / "snapshots" / "1" / config.DATABASE_NAME
    published.parent.mkdir(parents=True)
    shutil.copy(builds[1].build_database, published)
    spark.put_in_force(builds[4])
    kept = {folder.name for folder in builds[4].builds.iterdir()}
    assert kept == {"current", "run1", "run3", "run4"}
    assert (builds[4].builds / "run4" / "raw").exists()
    assert not (builds[4].builds / "run3" / "raw").exists()
    with duckdb.connect(published, read_only=True) as connection:
        assert connection.sql("SELECT question_key FROM marts.fct_question").fetchall() == [("q1",)]


def test_where_spark_works_is_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ORDERPAPER_PARSE_ON", raising=False)
    monkeypatch.delenv("ORDERPAPER_BUILD_ON", raising=False)
    assert not config.is_parsed_on_spark()
    monkeypatch.setenv("ORDERPAPER_PARSE_ON", "spark")
    assert config.is_parsed_on_spark()
    monkeypatch.setenv("ORDERPAPER_PARSE_ON", "Spark")
    with pytest.raises(ConfigError, match="use cores, for this machine, or spark"):
        config.is_parsed_on_spark()
    assert not config.is_built_on_spark()
    monkeypatch.setenv("ORDERPAPER_BUILD_ON", "spark")
    assert config.is_built_on_spark()
    monkeypatch.setenv("ORDERPAPER_BUILD_ON", "both")
    with pytest.raises(ConfigError, match="use duckdb, for one machine, or spark"):
        config.is_built_on_spark()
