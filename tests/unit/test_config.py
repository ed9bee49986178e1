import pytest

from orderpaper import config
from orderpaper.errors import ConfigError
from orderpaper.warehouse.load import build_connection


@pytest.mark.parametrize("limit", ["800MB", "3GB", "1.5 GiB"])
def test_duckdb_takes_the_memory_limit(tmp_path, monkeypatch, limit):
    monkeypatch.setenv("ORDERPAPER_MEMORY_LIMIT", limit)
    with build_connection(tmp_path / "orderpaper.duckdb") as connection:
        (ours,) = connection.execute("SELECT current_setting('memory_limit')").fetchone()
        connection.execute(f"SET memory_limit = '{limit}'")
        assert connection.execute("SELECT current_setting('memory_limit')").fetchone() == (ours,)


@pytest.mark.parametrize("limit", ["3", "-1GB", "80%", "much", "3GB'; DROP TABLE x; --"])
def test_a_memory_limit_that_is_none_is_one_sentence(tmp_path, monkeypatch, limit):
    monkeypatch.setenv("ORDERPAPER_MEMORY_LIMIT", limit)
    with pytest.raises(ConfigError, match=r"give a number with a unit, such as 2\.5GB"):
        config.memory_limit()


@pytest.mark.parametrize(
    ("limit", "expected"), [("800MB", 800_000_000), ("3GB", 3_000_000_000), ("1.5 GiB", 1_610_612_736)]
)
def test_the_memory_limit_in_bytes(monkeypatch, limit, expected):
    monkeypatch.setenv("ORDERPAPER_MEMORY_LIMIT", limit)
    assert config.memory_bytes() == expected


def test_the_default_leaves_room_on_a_machine_of_four_gigabytes(monkeypatch):
    monkeypatch.delenv("ORDERPAPER_MEMORY_LIMIT", raising=False)
    assert config.memory_limit() == "2.5GB"
