"""The short names of the Makefile pass what they are given to `orderpaper`, character by character."""

import json
import os
import re
import shutil
import subprocess
import sys

import pytest

from orderpaper.cli.main import app
from orderpaper.config import PROJECT

PROGRAM = f"""#!{sys.executable}
import json, os, sys
print(json.dumps([sys.argv[1:], os.environ.get(os.environ["SHOW"])]))
"""

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="there is no make on this machine")


@pytest.fixture
def make(tmp_path):
    """Run `make` with a program in place of `orderpaper` that shows its arguments and one variable."""
    program = tmp_path / "venv" / "bin" / "orderpaper"
    program.parent.mkdir(parents=True)
    program.write_text(PROGRAM)
    program.chmod(0o755)
    (tmp_path / "venv" / "installed").touch()

    def make(*arguments, show="Q", **variables):
        done = subprocess.run(
            ["make", "--no-print-directory", f"VENV={tmp_path}/venv", *arguments],
            cwd=PROJECT,
            env=os.environ | variables | {"SHOW": show},
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, "")
        return json.loads(done.stdout)

    return make


TEXTS = [
    "select $$1 £|$$ || '$' || '|$'",
    "select regexp_extract(text, '£(\\d+)$|^(\\d+)p$', 1) from fct_answer",
    "select 'a$|b', $HOME, ${HOME}, `id`, \"it's\" -- # not a comment",
    "select 1\nfrom t\n\twhere x = '\\n'",
    "$(shell touch touched)",
    "$(error stop)",
    "spaces  within and after  ",
    "a \\",
    "100% * ? [a] ~ ; & <>",
]


@pytest.mark.parametrize("command", ["sql", "csv"])
@pytest.mark.parametrize("text", TEXTS)
def test_a_query_is_passed_as_it_was_written(make, text, command):
    assert make(command, f"Q={text}") == [[command], text]
    assert not (PROJECT / "touched").exists()


@pytest.mark.parametrize("text", TEXTS)
def test_a_query_of_the_environment_is_passed_as_it_was_written(make, text):
    assert make("sql", Q=text) == [["sql"], text]


@pytest.mark.parametrize("name", ["INBOX", "REPLAY", "ORDERPAPER_HOME", "FROM", "SOURCE"])
def test_so_is_every_other_value(make, name):
    assert make("run", f"{name}=a $(shell touch touched) $$b", show=name) == [
        ["run"],
        "a $(shell touch touched) $$b",
    ]
    assert not (PROJECT / "touched").exists()


@pytest.mark.parametrize(
    ("command", "name"), [("quarantine", "REASON"), ("quarantine", "DOCUMENT"), ("diff", "OUT"), ("run", "ANYTHING")]
)
@pytest.mark.parametrize("text", TEXTS)
def test_a_value_of_any_name_is_passed_as_it_was_written(make, command, name, text):
    assert make(command, f"{name}={text}", show=name) == [[command], text]
    assert not (PROJECT / "touched").exists()


def test_what_is_not_given_is_empty(make):
    assert make("sql") == [["sql"], ""]


def test_live_wins_over_a_source_that_is_set(make):
    assert make("live", SOURCE="replay")[0] == ["run", "--source", "live"]


def test_every_sub_command_that_is_called_is_there():
    called = set(re.findall(r"\$\(BIN\)/orderpaper ([a-z-]+)", (PROJECT / "Makefile").read_text()))
    there = {command.name or command.callback.__name__.replace("_", "-") for command in app.registered_commands}
    assert called - there == set()


def test_every_script_and_module_that_is_run_is_there():
    text = (PROJECT / "Makefile").read_text()
    for script in re.findall(r"python (?:-W ignore )?([\w/-]+\.py)", text):
        assert (PROJECT / script).is_file(), script
    assert set(re.findall(r"python -m ([\w.]+)", text)) <= {"pip", "venv"}, "call a sub-command of orderpaper"
