"""Access rights: readers can only read the warehouse, and every server listens on this machine only."""

import os
import re
import socket
import subprocess
import sys

import duckdb
import psutil
import pytest

from orderpaper import config
from orderpaper.config import PROJECT
from orderpaper.errors import ConfigError
from orderpaper.run import service
from orderpaper.simulate.parliament import SimulatedParliament
from orderpaper.simulate.server import serve
from orderpaper.warehouse import connect
from orderpaper.warehouse.reader import CONFIG

FORBIDDEN = [
    "SELECT * FROM read_text('/etc/passwd')",
    "SELECT * FROM read_csv('/etc/passwd')",
    "SELECT * FROM '/etc/passwd'",
    "SELECT * FROM glob('/etc/*')",
    "SELECT * FROM read_text('https://evil.example/')",
    "COPY fct_question TO 'questions.csv'",
    "EXPORT DATABASE 'everything'",
    "ATTACH 'other.duckdb'",
    "INSTALL httpfs",
    "LOAD httpfs",
    "CREATE SECRET (TYPE s3)",
    "SET enable_external_access = true",
    "SET lock_configuration = false",
    "RESET enable_external_access",
    "INSERT INTO fct_question VALUES ('Whether?')",
    "UPDATE fct_question SET text = ''",
    "DROP TABLE fct_question",
    "CREATE TABLE marts.mine AS SELECT 1",
]


@pytest.fixture
def home(tmp_path, monkeypatch):
    database = tmp_path / "warehouse" / "orderpaper.duckdb"
    database.parent.mkdir()
    with duckdb.connect(database) as connection:
        connection.execute("CREATE SCHEMA marts; CREATE SCHEMA ops")
        connection.execute("CREATE TABLE marts.fct_question AS SELECT unnest(['Why?', '=1+1']) AS text")
    monkeypatch.setenv("ORDERPAPER_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("query", FORBIDDEN)
def test_a_connection_for_readers_reads_the_warehouse_and_nothing_else(home, query):
    with connect() as connection, connect() as other:
        with pytest.raises(duckdb.Error):
            connection.execute(query)
        for reader in (connection, other):
            assert reader.execute("SELECT count(*) FROM fct_question").fetchall() == [(2,)]
    assert [path.name for path in home.iterdir()] == ["warehouse"]


@pytest.mark.parametrize("query", FORBIDDEN)
def test_a_bi_tool_over_sqlalchemy_gets_the_same(home, query):
    sqlalchemy = pytest.importorskip("sqlalchemy")
    engine = sqlalchemy.create_engine(
        f"duckdb:///{home}/warehouse/orderpaper.duckdb", connect_args={"read_only": True, "config": CONFIG}
    )
    with engine.connect() as connection:
        text = sqlalchemy.text("SELECT count(*) FROM marts.fct_question")
        assert connection.execute(text).fetchall() == [(2,)]
        with pytest.raises(sqlalchemy.exc.DBAPIError):
            connection.execute(sqlalchemy.text(query.replace(":", r"\:").replace(" fct_", " marts.fct_")))


def run(*arguments, typed=None):
    return subprocess.run(
        [sys.executable, "-m", "orderpaper", *arguments],
        env=os.environ,
        input=typed,
        stdin=None if typed else subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    "typed",
    [
        "SELECT * FROM read_text('/etc/passwd');",
        "COPY fct_question TO 'questions.csv';",
        "ATTACH 'other.duckdb';",
        "INSTALL httpfs;",
        "INSERT INTO fct_question VALUES ('Whether?');",
        "SET enable_external_access = true;",
        ".shell touch touched",
        ".system touch touched",
        ".read /etc/passwd",
        ".import /etc/passwd stolen",
        ".output questions.csv\nFROM fct_question;",
        ".once questions.csv\nFROM fct_question;",
        ".excel\nFROM fct_question;",
        ".open other.duckdb",
        ".log questions.log",
    ],
)
def test_the_prompt_of_make_sql_reads_the_warehouse_and_nothing_else(home, typed):
    result = run("sql", typed=f"{typed}\n")
    assert "root:" not in result.stdout
    assert result.returncode != 0 or result.stderr
    assert [path.name for path in home.iterdir()] == ["warehouse"]


def test_make_csv_neither_computes_nor_reaches_beyond(home):
    assert run("csv", "FROM fct_question").stdout == "text\nWhy?\n'=1+1\n"
    refused = run("csv", "SELECT * FROM read_text('/etc/passwd')")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.startswith("Permission Error")
    assert run("csv").stderr == "Missing argument 'query'.\n"


def test_our_own_servers_listen_on_loopback_only():
    assert service.HOST == "127.0.0.1"
    with serve(SimulatedParliament()) as server:
        assert server.server_address[0] == "127.0.0.1"
        addresses = {a.address for found in psutil.net_if_addrs().values() for a in found if a.family == socket.AF_INET}
        for address in addresses - {"127.0.0.1"}:
            with socket.socket() as probe:
                assert probe.connect_ex((address, server.server_address[1])) != 0


def test_no_file_of_the_project_holds_a_password_or_key():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("this is no git checkout, so its files are not known from the user's")
    assigned = re.compile(
        r"""(?i)\b\w*(?:password|passwd|secret|token|api_?key)\w*\s*[:=]\s*["']?(?=\S*\d)[A-Za-z0-9+/_-]{12,}["'\s]"""
    )
    key = re.compile("-----BEGIN [A-Z ]*PRIVATE " + "KEY-----")
    names = [name for name in listed.stdout.split("\0") if name and not name.startswith(("tests/", "requirements"))]
    assert len(names) > 100
    for name in names:
        text = (PROJECT / name).read_bytes().decode("utf-8", "replace") if (PROJECT / name).is_file() else ""
        assert not assigned.search(text), name
        assert not key.search(text), name


@pytest.mark.parametrize("realm", ["../live", "/etc", "live/..", "Live", "a b", ".", "live\n"])
def test_a_realm_is_no_path(monkeypatch, realm):
    monkeypatch.setenv("ORDERPAPER_REALM", realm)
    with pytest.raises(ConfigError, match="ORDERPAPER_REALM is"):
        config.paths()
