"""The part of a source in the simulated Parliament stands in the folder of the source, and is found there."""

import ast
import datetime as dt
import sys
from pathlib import Path
from types import ModuleType

import pytest
import requests

import orderpaper
from orderpaper import ingest
from orderpaper.catalogue import load_sources
from orderpaper.config import Paths
from orderpaper.landing import Window
from orderpaper.simulate import part
from orderpaper.simulate.api import Api
from orderpaper.simulate.parliament import BEFORE_ALL, SimulatedParliament
from orderpaper.simulate.part import find_modules
from orderpaper.simulate.replay import Replay
from orderpaper.simulate.server import serve

FOLDER = Path(orderpaper.__file__).parent
NEW = """
import datetime as dt
from orderpaper.simulate.data_faults import DataFault
from orderpaper.simulate.part import Part

FAULTS = {"silent_ministers": DataFault("Ministers say nothing.")}

def simulated(parliament, faults):
    days = () if "silent_ministers" in faults else parliament.sitting_days(dt.date(2025, 3, 10), None)
    said = [{"day": str(day), "minister": parliament.people.ministers(17, 1, day)[0].member_id,
             "sum": parliament.dice(day, "statements").randint(1, 9)} for day in days]
    return Part(routes=[("/api/statements", lambda query: said)])

def saved(rng, parliament, first, last):
    return [f"A statement of {rng.randint(1, 9)}"]
"""


def imports(path: Path) -> set[str]:
    """Return the modules that a file imports anywhere."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{name.name}" for name in node.names}
    return found


def test_no_source_fetches_or_parses_with_its_simulation() -> None:
    for path in (FOLDER / "sources").rglob("*.py"):
        if "simulated" not in path.parts and path.stem not in ("simulated", "replayed"):
            assert not [name for name in imports(path) if {"simulated", "replayed"} & set(name.split("."))], path


@pytest.fixture
def newcomer(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Add a source with one module."""
    module = ModuleType("simulated_newcomer")
    exec(compile(NEW, "newcomer/simulated.py", "exec"), module.__dict__)
    modules = find_modules("simulated")
    found = {"newcomer": module, **modules}
    ours = [module for name, module in sys.modules.items() if name.startswith("orderpaper.")]
    for user in (part, *(module for module in ours if getattr(module, "find_modules", None) is find_modules)):
        monkeypatch.setattr(user, "find_modules", lambda name: found if name == "simulated" else find_modules(name))
    return module


def test_a_new_source_is_served_and_leaves_the_others_as_they_are(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    from orderpaper.simulate import data_faults
    from orderpaper.sources.inbox import simulated as inbox

    week = {"seed": 1, "first": dt.date(2025, 3, 10), "last": dt.date(2025, 3, 14)}
    paths = ("/feed/atom", "/oralquestions/list", "/api/Members/Search", "/overview/sectionsforday.json")
    query = {"date": ["2025-03-12"], "house": ["Commons"]}
    before = [Api(SimulatedParliament(), shifting_pages=False).answer(path, query) for path in paths]
    saved = [path.name for path in inbox.write(tmp_path, **week)]
    request.getfixturevalue("newcomer")
    api = Api(SimulatedParliament(), shifting_pages=False)
    assert [api.answer(path, query) for path in paths] == before
    status, said = api.answer("/api/statements", {})
    assert status == 200
    assert [row["day"] for row in said][:5] == [f"2025-03-{number}" for number in range(10, 15)]
    assert [path.name for path in inbox.write(tmp_path, **week)][:-1] == saved
    assert "silent_ministers" in data_faults.fault_names()
    silent = Api(SimulatedParliament(), shifting_pages=False, faults=["silent_ministers"])
    assert silent.answer("/api/statements", {}) == (200, [])


def test_before_all_there_is_nothing_of_any_source() -> None:
    parliament = SimulatedParliament(as_of=BEFORE_ALL)
    assert parliament.sitting_days(None, None) == ()
    with serve(parliament, shifting_pages=False) as server:
        assert requests.get(f"{server.url}/api/Members/Search", timeout=10).json()["totalResults"] == 0
        assert requests.get(f"{server.url}/feed/atom/", timeout=10).text.count("<entry>") == 0
        assert requests.get(f"{server.url}/oralquestions/list", timeout=10).json()["Response"] == []


UNCAPTURED = find_modules("simulated").keys() - find_modules("replayed").keys() - {"inbox"}


@pytest.mark.parametrize("source", [n for n, facts in load_sources().items() if facts.is_enabled and n in UNCAPTURED])
def test_a_source_of_which_nothing_was_captured_has_nothing(tmp_path: Path, source: str) -> None:
    capture = tmp_path / "capture" / "written_questions"
    capture.mkdir(parents=True)
    (capture / "2024-11.json").write_text("[]")
    paths = Paths(tmp_path, "replay")
    with serve(Replay(capture.parent), shifting_pages=False) as server:
        fetched = ingest.fetch(paths, source, Window(dt.date(2024, 11, 1), dt.date(2024, 11, 20)), server.url, "run")
    parsed = ingest.parse(paths, source, fetched.manifest)
    assert parsed.quarantined_count == 0
    assert parsed.record_counts.keys() <= {"document"}
