"""`make ide` in an environment of its own, in a terminal."""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from orderpaper.config import PROJECT
from orderpaper.warehouse import ide
from orderpaper.warehouse.reader import published

pytestmark = pytest.mark.slow  # it installs Harlequin
PATIENCE_SECONDS = 120


@pytest.fixture(scope="module")
def home(finished_home: Path) -> Path:
    subprocess.run(["make", "--silent", ".ide/installed"], cwd=PROJECT, check=True)
    return finished_home


@pytest.fixture(scope="module")
def ask(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], "subprocess.CompletedProcess[str]"]:
    """Ask a query with Harlequin's own connection, which its program `hsql` also uses."""
    script = ide.prepare(tmp_path_factory.mktemp("ide"))

    def ask(query: str) -> "subprocess.CompletedProcess[str]":
        line = [str(ide.PROGRAM.with_name("hsql")), *ide.options(script), "--csv", "--command", query]
        return subprocess.run([*line, str(published(home))], capture_output=True, text=True, check=False)

    return ask


def test_views_and_search_need_no_prefix(ask: Callable[[str], "subprocess.CompletedProcess[str]"]) -> None:
    done = ask("SELECT count(*) > 100 AS is_enough FROM questions")
    assert (done.returncode, done.stdout.split()) == (0, ["is_enough", "true"]), done.stderr
    assert ask("SELECT rank FROM search('knife crime', row_count := 1)").stdout.split() == ["rank", "1"]


@pytest.mark.parametrize(
    "query",
    ["FROM read_text('/etc/hostname')", "COPY about TO 'about.csv'", "ATTACH 'other.duckdb'", "DROP VIEW answers"],
)
def test_a_query_reads_nothing_else(ask: Callable[[str], "subprocess.CompletedProcess[str]"], query: str) -> None:
    done = ask(query)
    assert done.returncode != 0
    assert re.search("disabled|not allowed|read-only", done.stderr + done.stdout), done.stderr


def test_the_editor_lists_the_schemas_and_closes(home: Path) -> None:
    main, terminal = pty.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 160, 0, 0))
    with subprocess.Popen(
        [sys.executable, "-m", "orderpaper", "ide"],
        env=os.environ | {"ORDERPAPER_HOME": str(home), "TERM": "xterm-256color"},
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        start_new_session=True,
    ) as process:
        os.close(terminal)
        try:
            shown, deadline = "", time.monotonic() + PATIENCE_SECONDS
            while not ("orderpaper" in shown and "Query Editor" in shown) and time.monotonic() < deadline:
                if select.select([main], [], [], 1)[0]:
                    shown += os.read(main, 65536).decode(errors="replace")
            assert "Query Editor" in shown and "orderpaper" in shown, shown[-500:]
            os.write(main, b"\x11")  # Ctrl+Q
            while process.poll() is None and time.monotonic() < deadline:
                if select.select([main], [], [], 0.2)[0]:
                    try:
                        os.read(main, 65536)
                    except OSError:  # the terminal is gone with the editor
                        break
            assert process.wait(PATIENCE_SECONDS) == 0
        finally:
            process.kill()
            os.close(main)
