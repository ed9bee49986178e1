"""The command line: what it accepts, what it passes on, and how it fails."""

import contextlib
import datetime as dt
import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from orderpaper.cli import main as cli
from orderpaper.errors import AuditError, BusyError, ConfigError, UpstreamError
from orderpaper.run import launch, service
from orderpaper.run.options import check
from orderpaper.warehouse import reader, search

VARIABLES = ("SOURCE", "REPLAY", "FROM", "TO", "INBOX", "ALL", "PORT", "Q", "COLUMN", "ORDERPAPER_HOME")
HEAVY = ("airflow", "dbt", "duckdb", "great_expectations", "lxml", "msgspec", "pandas", "pyarrow", "requests", "yaml")


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ORDERPAPER_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def called(monkeypatch):
    """The calls that commands make, in place of the work."""
    calls = []

    def remember(name):
        return lambda *arguments, **options: calls.append((name, arguments, options))

    monkeypatch.setattr(launch, "ingest", remember("ingest"))
    monkeypatch.setattr(launch, "requeue", remember("requeue"))
    monkeypatch.setattr(service, "up", remember("up"))
    return calls


def test_options_reach_the_work_with_their_types(called, home, tmp_path):
    (tmp_path / "in box").mkdir()
    inbox = f"{tmp_path}/in box/"
    assert cli.main(["run", "--from", "2025-03-10", "--to", "2025-03-11", "--inbox", inbox]) == 0
    expected = check(home, from_on=dt.date(2025, 3, 10), to_on=dt.date(2025, 3, 11), inbox=tmp_path / "in box")
    assert called == [("ingest", (expected,), {})]


def test_the_environment_gives_the_same_as_options(called, monkeypatch):
    assert cli.main(["backfill", "--source", "live", "--from", "2025-03-10", "--to", "2025-03-11"]) == 0
    for name, value in {"SOURCE": "live", "FROM": "2025-03-10", "TO": "2025-03-11"}.items():
        monkeypatch.setenv(name, value)
    assert cli.main(["backfill"]) == 0
    assert called[0] == called[1]
    assert called[0][2] == {"is_backfill": True}


def test_an_empty_variable_is_one_that_is_not_set(called, monkeypatch):
    commands = (["run"], ["requeue"], ["up"])
    for command in commands:
        assert cli.main(command) == 0
    for name in VARIABLES[:-1]:
        monkeypatch.setenv(name, "")
    for command in commands:
        assert cli.main(command) == 0
    assert called[:3] == called[3:]


def test_a_number_is_a_number_and_a_flag_is_a_flag(called, monkeypatch):
    monkeypatch.setenv("PORT", "8081")
    monkeypatch.setenv("ALL", "1")
    assert cli.main(["up"]) == 0
    assert cli.main(["requeue"]) == 0
    assert called[0][1][1] == 8081
    assert called[1][2] == {"is_everything": True}


def test_a_folder_may_begin_with_the_users_home(called, tmp_path, monkeypatch):
    (tmp_path / "saved").mkdir()
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("INBOX", "~/saved")
    assert cli.main(["run"]) == 0
    assert called[0][1][0].inbox == tmp_path / "saved"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["backfill"], "Missing option '--from' (env var: 'FROM')."),
        (
            ["run", "--source", "dead"],
            "Invalid value for '--source' (env var: 'SOURCE'): 'dead' is not one of 'simulated', 'live', 'replay'.",
        ),
        (
            ["run", "--from", "yesterday"],
            "Invalid value for '--from' (env var: 'FROM'): 'yesterday' is not a date; write it as YYYY-MM-DD.",
        ),
        (
            ["run", "--to", "2025-02-30"],
            "Invalid value for '--to' (env var: 'TO'): '2025-02-30' is not a date; write it as YYYY-MM-DD.",
        ),
        (
            ["run", "--to", "20250310"],
            "Invalid value for '--to' (env var: 'TO'): '20250310' is not a date; write it as YYYY-MM-DD.",
        ),
        (
            ["run", "--replay", "/nowhere"],
            "Invalid value for '--replay' (env var: 'REPLAY'): '/nowhere' does not exist.",
        ),
        (
            ["run", "--inbox", "/dev/null"],
            "Invalid value for '--inbox' (env var: 'INBOX'): '/dev/null' is not a folder.",
        ),
        (["backfill", "--from", "2025-03-31"], "FROM (2025-03-31) is after TO (2025-03-14); swap them, or give both."),
        (["csv"], "Missing argument 'query'."),
        (["lineage"], "Missing argument 'SCHEMA.TABLE.COLUMN'."),
        (["publish"], "No such command 'publish'."),
    ],
)
def test_wrong_usage_is_one_sentence_and_exit_code_2(arguments, sentence, capsys):
    assert cli.main(arguments) == 2
    assert capsys.readouterr() == ("", f"{sentence}\n")


@pytest.mark.parametrize("port", ["0", "70000", "web"])
def test_a_port_that_cannot_be_is_wrong_usage(port, capsys):
    assert cli.main(["up", "--port", port]) == 2
    assert capsys.readouterr().err.startswith("Invalid value for '--port' (env var: 'PORT'): Input should be")


@pytest.mark.parametrize(
    ("error", "code"),
    [(UpstreamError("Down."), 1), (AuditError("Refused."), 1), (ConfigError("Wrong."), 2), (BusyError("Busy."), 3)],
)
def test_an_expected_error_is_its_sentence_and_its_exit_code(error, code, monkeypatch, capsys):
    def fail(*_, **__):
        raise error

    monkeypatch.setattr(launch, "ingest", fail)
    assert cli.main(["run"]) == code
    assert capsys.readouterr() == ("", f"{error}\n")


def test_ctrl_c_says_how_to_continue(monkeypatch, capsys):
    def interrupt(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(launch, "ingest", interrupt)
    assert cli.main(["run"]) == 130
    assert capsys.readouterr().err == "\nStopped. Nothing is lost: run the same command again to continue.\n"


def test_an_unexpected_error_keeps_its_traceback(monkeypatch):
    def fail(*_, **__):
        raise ZeroDivisionError

    monkeypatch.setattr(launch, "ingest", fail)
    with pytest.raises(ZeroDivisionError):
        cli.main(["run"])


def commands():
    for group in cli.app.registered_commands:
        yield (group.name or group.callback.__name__).replace("_", "-"), group.callback


@pytest.mark.parametrize(("name", "callback"), commands())
def test_every_command_shows_an_example_of_itself(name, callback, capsys):
    try:
        code = cli.main([name, "--help"])
    except SystemExit as ended:  # the simulator has a parser of its own
        code = ended.code
    assert code == 0
    assert "usage:" in capsys.readouterr().out.lower()
    assert f"orderpaper {name}" in callback.__doc__.partition("Example: ")[2]


def orderpaper(*arguments, **variables):
    return subprocess.run(
        [sys.executable, "-m", "orderpaper", *arguments],
        env=os.environ | variables,
        capture_output=True,
        text=True,
        check=False,
    )


def test_help_and_wrong_usage_import_nothing_heavy():
    program = (
        "import sys; from orderpaper.cli.main import main\n"
        "codes = main(['--help']), main(['run', '--help']), main(['run', '--from', 'x'])\n"
        f"print(codes, [name for name in {HEAVY} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[-1] == "(0, 0, 2) []", done.stderr


def test_the_shell_completes_commands_and_choices():
    for words, index, expected in (("orderpaper sna", 1, "snapshots"), ("orderpaper run --source l", 3, "live")):
        completing = {"COMP_WORDS": words, "COMP_CWORD": str(index), "_ORDERPAPER_COMPLETE": "complete_bash"}
        assert orderpaper(**completing).stdout.split() == [expected]


def test_the_simulators_own_commands_are_reached(tmp_path):
    shown = orderpaper("simulate", "serve", "--help")
    assert shown.returncode == 0
    assert "--questions-per-day" in shown.stdout
    written = orderpaper(
        "simulate", "write-documents", "--directory", str(tmp_path), "--from", "2025-03-10", "--to", "2025-03-10"
    )
    assert written.returncode == 0, written.stderr
    assert list(Path(tmp_path).iterdir())
    assert orderpaper("simulate", "serve", "--fault", "no-such-fault").returncode == 2


def test_a_command_whose_rows_nobody_reads_any_more_ends_quietly(home):
    (home / "warehouse").mkdir(parents=True)
    with duckdb.connect(home / "warehouse" / "orderpaper.duckdb") as connection:
        connection.execute("CREATE SCHEMA marts; CREATE SCHEMA ops")
    command = [sys.executable, "-m", "orderpaper", "csv", "FROM range(100_000)"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"range\r\n"
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 0


def test_the_filters_of_a_search_are_variables_of_make_too(monkeypatch):
    given = {"Q": "knife crime", "KIND": "answer", "FROM": "2025-03-12", "DEPARTMENT": "Home Office", "COUNT": "3"}
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    asked = {}

    def find(_connection, phrase, **options):
        asked.setdefault(phrase, options)
        return []

    monkeypatch.setattr(reader, "published", lambda home: home)
    monkeypatch.setattr(reader, "connect", lambda _: contextlib.nullcontext())
    monkeypatch.setattr(search, "find", find)
    assert cli.main(["search"]) == 0
    found = {name: value for name, value in asked["knife crime"].items() if value is not None}
    day = dt.date(2025, 3, 12)
    assert found == {"kind": "answer", "since": day, "department": "Home Office", "row_count": 3}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["health"], "No statement has any of these words.\n"),
        (["health", "--house", "Lords"], "No statement has any of these words.\n"),
        (
            ["police", "--said-by", "Nobody", "--since", "2025-03-01"],
            "Statements have these words, but none of them fits the filter: since 2025-03-01, said by Nobody.\n",
        ),
    ],
)
def test_a_search_that_finds_nothing_says_whether_the_filter_is_why(monkeypatch, capsys, arguments, said):
    def find(_, phrase, **options):
        is_filtered = any(value is not None for name, value in options.items() if name != "row_count")
        return [] if is_filtered or phrase != "police" else [{}]

    monkeypatch.setattr(reader, "published", lambda home: home)
    monkeypatch.setattr(reader, "connect", contextlib.nullcontext)
    monkeypatch.setattr(search, "find", find)
    assert cli.main(["search", *arguments]) == 0
    assert capsys.readouterr().out == said
