"""What `make spark` does around Spark: it says what is missing, and shows the files of a build as tables."""

from pathlib import Path

import duckdb
import pytest

from orderpaper import config
from orderpaper.errors import ConfigError, OrderPaperError
from orderpaper.warehouse import spark


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in for the Python of `.spark`, and hide Java."""
    program = tmp_path / "python"
    monkeypatch.setattr(spark, "PROGRAM", program)
    monkeypatch.setenv("PATH", "/usr/bin/without-java")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    return program


def test_what_is_missing_is_said(program: Path, tmp_path: Path) -> None:
    paths = config.Paths(tmp_path, "simulated")
    with pytest.raises(OrderPaperError, match="Spark is not installed in "):
        spark.build(paths)
    program.touch()
    with pytest.raises(OrderPaperError, match="Spark needs Java 17"):
        spark.make_batch(paths, "inbox", "manifest")


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


def test_a_build_is_shown_as_tables(tmp_path: Path) -> None:
    with duckdb.connect() as connection:
        for month, day in [("2025-03", "2025-03-10"), ("undated", None)]:
            folder = tmp_path / "marts" / "fct_quote" / f"month={month}"
            folder.mkdir(parents=True)
            rows = connection.sql("SELECT $1 AS quote_key, $2::DATE AS stated_on", params=[month, day])
            rows.write_parquet(str(folder / "part.parquet"))
    database = spark.attach(tmp_path)
    assert database.stat().st_mode & 0o222 == 0
    with duckdb.connect(database, read_only=True) as connection:
        assert connection.sql("FROM marts.fct_quote").columns == ["quote_key", "stated_on"]
        assert connection.sql("FROM marts.fct_quote").fetchall()[1:] == [("undated", None)]


def test_the_machine_that_parses_is_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ORDERPAPER_PARSE_ON", raising=False)
    assert not config.is_parsed_on_spark()
    monkeypatch.setenv("ORDERPAPER_PARSE_ON", "spark")
    assert config.is_parsed_on_spark()
    monkeypatch.setenv("ORDERPAPER_PARSE_ON", "Spark")
    with pytest.raises(ConfigError, match="use cores, for this machine, or spark"):
        config.is_parsed_on_spark()
