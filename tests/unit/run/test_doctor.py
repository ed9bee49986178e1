"""`make doctor` says of each site whether it answers in the expected shape, and what differs."""

import contextlib
import json
import os
import subprocess
import sys

import pytest

from orderpaper.catalogue import load_sources
from orderpaper.run import doctor
from orderpaper.run.options import check
from orderpaper.simulate.faults import Fault
from orderpaper.simulate.parliament import SimulatedParliament
from orderpaper.simulate.server import serve

ASKED = [source for source in load_sources().values() if source.is_enabled and source.connection_id]


@pytest.fixture(scope="module")
def parliament():
    return SimulatedParliament(member_count=20, questions_per_day=8)


@pytest.fixture
def examine(tmp_path, parliament, monkeypatch):
    monkeypatch.setattr("time.sleep", lambda _: None)

    def examine(**faults):
        with serve(parliament, shifting_pages=False, **faults) as server:
            monkeypatch.setattr("orderpaper.run.upstream.running", lambda *_: contextlib.nullcontext(server.url))
            findings = doctor.examine(check(tmp_path))
        assert not (tmp_path / "simulated").exists(), "nothing is kept"
        return findings

    return examine


def test_every_site_of_an_enabled_source_is_asked():
    assert [source.name for source in ASKED if source.probe is None] == []


def test_a_well_site_is_as_expected(examine, capsys):
    findings = examine()
    assert {finding.source for finding in findings} == {source.name for source in ASKED}
    assert len(findings) == sum(1 + len(source.further_sites) for source in ASKED)
    assert doctor.show(findings)
    assert capsys.readouterr().out.count("as expected") == len(findings)


def test_a_new_field_is_named_and_nothing_is_wrong(examine):
    findings = {finding.source: finding for finding in examine(data_faults=["unknown_field"])}
    found = findings["written_questions"]
    assert found.is_as_expected
    assert found.differs == "new fields, which are ignored: value.mood"


def test_a_renamed_field_is_named(examine, capsys):
    findings = examine(data_faults=["renamed_field"])
    found = {finding.source: finding for finding in findings}["written_questions"]
    assert (found.is_reachable, found.is_as_expected) == (True, False)
    assert "missing required field" in found.differs
    assert not doctor.show(findings)
    assert "differs" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("fault", "is_reachable", "words"),
    [
        ("http_500", True, "HTTP 500"),
        ("html_for_json", True, "where JSON is due"),
        ("in_band_500", True, "HTTP 200 with status 500 inside"),
        ("reset", False, "no complete answer"),
    ],
)
def test_a_broken_site_is_named_with_its_answer(examine, fault, is_reachable, words):
    found = {finding.source: finding for finding in examine(faults=[Fault(fault)])}["members"]
    assert (found.is_reachable, found.is_as_expected) == (is_reachable, False)
    assert words in found.differs
    assert not found.differs.startswith("members: ")


def test_an_empty_answer_is_not_what_was_asked_for(examine, monkeypatch):
    probe = load_sources()["written_questions"].probe
    monkeypatch.setitem(probe.params, "tabledWhenFrom", "1900-01-01")
    monkeypatch.setitem(probe.params, "tabledWhenTo", "1900-01-01")
    found = {finding.source: finding for finding in examine()}["written_questions"]
    assert (found.is_as_expected, found.differs) == (False, "the answer has no question, although it was asked for one")


@pytest.mark.slow
def test_the_command_asks_the_sites_of_airflows_connections_and_ends_red(tmp_path):
    nobody = json.dumps({"conn_type": "http", "host": "http://127.0.0.1:9"})
    connections = {f"AIRFLOW_CONN_{source.connection_id.upper()}": nobody for source in ASKED}
    done = subprocess.run(
        [sys.executable, "-m", "orderpaper", "doctor"],
        env=os.environ | connections | {"ORDERPAPER_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    for source in ASKED:
        assert f"{source.name} " in done.stdout
    assert done.stdout.count("http://127.0.0.1:9") >= len(ASKED)
