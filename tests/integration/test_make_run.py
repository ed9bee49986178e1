"""`make run` as a user meets it: one process per command, a home of its own, the week that it loads by default."""

import contextlib
import re
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path

import duckdb
import psutil
import pytest

from orderpaper.catalogue import load_sources
from orderpaper.config import Paths
from orderpaper.warehouse import cookbook, news
from orderpaper.warehouse.content import content_hash
from orderpaper.warehouse.reader import connect, published

Start = Callable[..., "subprocess.Popen[str]"]
Finish = Callable[..., tuple[int, str, str]]


def rows(home: Path, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(home / "warehouse" / "orderpaper.duckdb", read_only=True) as connection:
        return connection.execute(query).fetchall()


@pytest.fixture(scope="module")
def finished(finished_home: Path) -> tuple[Path, str]:
    """Return a home with one finished run, and what that run printed."""
    return finished_home, (finished_home / "out.txt").read_text()


def test_a_run_publishes_and_says_what(finished: tuple[Path, str]) -> None:
    home, out = finished
    assert re.search(r"fetch written_questions … [\d,]+ documents, [1-9]", out)
    assert re.search(r"Audit passed: (\d+) of \1 checks hold", out)
    (count,) = rows(home, "SELECT count(*) FROM marts.fct_question")
    assert count[0] > 50  # type: ignore[operator]
    assert re.search(rf"marts\.fct_question +{count[0]:,}\n", out)
    assert str((home / "simulated" / "current").resolve()) in out
    # The commands that it names work as they stand, for the home that was used.
    for command in ("sql", "search", "up"):
        assert f"  make {command} ORDERPAPER_HOME={home}" in out
    assert len(out.splitlines()) < 90, "a summary, not a wall of log"


def test_readers_have_views_and_search(finished: tuple[Path, str]) -> None:
    with connect(published(finished[0])) as connection:
        for view in ("questions", "answers", "statements", "funding", "members", "departments"):
            ((count,),) = connection.execute(f"SELECT count(*) FROM {view}").fetchall()
            assert count > 0, view
        ((uncited,),) = connection.execute(
            "SELECT count(*) FROM questions WHERE question_type = 'written' AND uin IS NOT NULL"
            " AND tabled_on IS NOT NULL AND public_url IS NULL"
        ).fetchall()
        assert uncited == 0
        (heading,) = connection.execute("SELECT heading FROM questions WHERE heading IS NOT NULL LIMIT 1").fetchone()
        ((found,),) = connection.execute("SELECT count(*) FROM search(?)", [heading]).fetchall()
        assert found > 0


def test_every_recipe_answers_as_the_cookbook_says(finished: tuple[Path, str]) -> None:
    with connect(published(finished[0])) as connection:
        for recipe in cookbook.read_recipes():
            assert connection.execute(recipe.sql).fetchall(), recipe.name
        assert cookbook.render(connection) == cookbook.PATH.read_text(encoding="utf-8"), "run `make cookbook`"


def test_every_site_and_the_writer_have_a_pool_of_one_slot(finished: tuple[Path, str]) -> None:
    with contextlib.closing(sqlite3.connect(finished[0] / "airflow" / "airflow.db")) as connection:
        pools = dict(connection.execute("SELECT pool, slots FROM slot_pool"))
    connections = {source.connection_id for source in load_sources().values() if source.connection_id}
    assert {pool for pool, slots in pools.items() if slots == 1} == {*connections, "duckdb_writer"}


def test_nothing_is_left_running_or_unfinished(finished: tuple[Path, str]) -> None:
    home, _ = finished
    mine = [p for p in psutil.process_iter(["cmdline"]) if str(home) in " ".join(p.info["cmdline"] or [])]
    assert mine == []
    assert rows(home, "SELECT DISTINCT status FROM ops.fct_run") == [("published",)]


@pytest.mark.slow
def test_what_is_built_again_from_the_same_records_is_equal(finish: Finish, copy_home: Callable[[], Path]) -> None:
    home = copy_home()
    before = content_hash(home / "warehouse" / "orderpaper.duckdb")
    news.forget(Paths(home, "simulated"))
    code, out, err = finish("run", home)
    assert (code, err) == (0, ""), out + err
    assert "Audit passed" in out
    assert content_hash(home / "warehouse" / "orderpaper.duckdb") == before


def test_an_upstream_that_is_down_is_one_sentence_with_its_task(
    finish: Finish, give_parse: Callable[[Paths], None], tmp_path: Path
) -> None:
    give_parse(Paths(tmp_path, "live"))
    nobody = '{"conn_type": "http", "host": "http://127.0.0.1:9"}'
    sites = [source.connection_id for source in load_sources().values() if source.connection_id]
    connections = [f"AIRFLOW_CONN_{site.upper()}" for site in sites]
    code, out, err = finish("run", tmp_path, SOURCE="live", **dict.fromkeys(connections, nobody))
    assert code == 1
    (log,) = (tmp_path / "live" / "logs").iterdir()
    asked = [source.name for source in load_sources().values() if source.is_enabled and source.connection_id]
    assert [line.split(" failed: ")[0] for line in err.splitlines()] == [f"fetch {name}" for name in asked]
    for name, line in zip(asked, err.splitlines(), strict=True):
        assert f"fetch {name} … failed\n" in out
        assert "http://127.0.0.1:9" in line
        assert line.endswith(f"(log: {log})")
    assert "load" not in out
    assert not (tmp_path / "warehouse").exists()


@pytest.mark.slow
def test_a_source_that_fails_keeps_no_other_from_being_published(finish: Finish, copy_home: Callable[[], Path]) -> None:
    home = copy_home()
    before = (home / "simulated" / "current").readlink()
    news.forget(Paths(home, "simulated"))
    (home / "simulated" / "landing" / "unanswered" / "written_questions.json").write_text("damaged")
    code, out, err = finish("run", home)
    assert code == 1
    assert "fetch written_questions … failed\n" in out
    assert "Audit passed" in out
    assert err.startswith("fetch written_questions failed: ")
    assert err.endswith("What is whole was published; the warehouse lacks what failed.\n")
    assert (home / "simulated" / "current").readlink() != before


def test_what_cannot_be_is_one_sentence_before_anything_starts(finish: Finish, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for home, variables, sentence in (
        (tmp_path / "file" / "home", {}, r"ORDERPAPER_HOME is .*/file/home, which cannot be written \(.+\)\."),
        (tmp_path / "home", {"FROM": "2025-03-14", "TO": "2025-03-10"}, r"FROM \(2025-03-14\) is after TO .*\."),
        (
            tmp_path / "home",
            {"INBOX": str(tmp_path / "file")},
            r"Invalid value for '--inbox' .*file' is not a folder\.",
        ),
    ):
        code, out, err = finish("run", home, **variables)
        assert (code, out) == (2, "")
        assert re.fullmatch(sentence + "\n", err)
