"""`make audit` against an index of our own."""

import json
import os
import subprocess
import sys

import pytest

from orderpaper.config import PROJECT
from orderpaper.errors import ConfigError, OrderPaperError
from orderpaper.run import lock_audit

KNOWN = {
    "id": "OP-2026-1",
    "aliases": ["CVE-2026-1"],
    "fixed_in": ["1.1", "2.0.1"],
    "link": "https://advisories.example/1",
    "withdrawn": None,
    "details": "Long.",
}
LOCK = """\
alpha==1.0 \\
    --hash=sha256:00
beta.two==2.0 ; python_full_version < '3.12' \\
    --hash=sha256:00
"""


@pytest.fixture
def lock(tmp_path):
    (tmp_path / "lock.txt").write_text(LOCK)
    return tmp_path / "lock.txt"


@pytest.fixture
def index(site, monkeypatch):
    monkeypatch.setenv("PIP_INDEX_URL", f"{site.url.replace('://', '://desk:Sesame1@')}/simple/")
    return site


def releases(**vulnerabilities):
    def respond(path):
        _, _, name, version, _ = path.split("/")
        return json.dumps({"info": {"version": version}, "vulnerabilities": vulnerabilities.get(name, [])}).encode()

    return respond


def test_every_locked_release_is_asked_for_and_what_is_known_is_a_line(index, lock):
    index.respond = releases(alpha=[KNOWN, KNOWN | {"withdrawn": "2026-01-01"}])
    assert list(lock_audit.audit([lock, lock])) == [
        "alpha 1.0: OP-2026-1 CVE-2026-1, fixed in 1.1, 2.0.1; https://advisories.example/1"
    ]
    assert sorted(path for path, _ in index.requests) == ["/pypi/alpha/1.0/json", "/pypi/beta.two/2.0/json"]


@pytest.mark.parametrize(
    "answer",
    [(404, {}, b""), (200, {"Content-Type": "text/html"}, b"<html>"), (200, {}, b'{"info": {}}'), (500, {}, b"")],
)
def test_an_index_that_cannot_answer_is_one_sentence(index, lock, answer):
    index.answers = [answer]
    with pytest.raises(OrderPaperError, match=r"does not say what is known of alpha 1\.0") as caught:
        list(lock_audit.audit([lock]))
    assert "Sesame1" not in str(caught.value)
    assert len(index.requests) == 1


def test_without_an_index_it_says_what_to_do(lock, monkeypatch):
    for name in lock_audit._INDEX_VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ConfigError, match=r"No package index is configured; name one"):
        lock_audit.index_url()
    monkeypatch.setenv("PIP_INDEX_URL", "https://desk:Sesame1@packages.example/team/dev")
    with pytest.raises(ConfigError, match=r"index https://packages\.example/team/dev does not end in /simple"):
        lock_audit.index_url()


def test_the_command_reads_both_locks_and_its_exit_code_says_what_it_found(index):
    index.respond = releases(requests=[KNOWN])
    result = subprocess.run(
        [sys.executable, "-m", "orderpaper", "audit-lock"], env=os.environ, capture_output=True, text=True, check=False
    )
    assert result.returncode == 1
    assert result.stdout.startswith("requests 2.")
    assert len(result.stdout.splitlines()) == 1
    pins = {pin for lock in lock_audit.LOCKS for pin in lock_audit.requirements(PROJECT / lock)}
    assert len(index.requests) == len(pins) > 150
