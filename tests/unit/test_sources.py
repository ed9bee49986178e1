import datetime as dt
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from croniter import croniter

from orderpaper import catalogue
from orderpaper.catalogue import load_sources
from orderpaper.cli import sources_page
from orderpaper.config import PROJECT
from orderpaper.errors import ConfigError
from orderpaper.records import RECORD_TYPES


def test_every_source_says_where_it_is_from():
    found = load_sources()
    assert {"written_questions", "oral_questions", "hansard", "members", "press_blog", "inbox"} <= {
        name for name, source in found.items() if source.is_enabled
    }
    for source in found.values():
        assert source.base_url is None or source.connection_id is not None, source.name
        assert source.base_url or source.obeys_robots or source.connection_id is None, source.name
        for address in filter(None, [source.base_url, *(site.base_url for site in source.further_sites)]):
            assert re.fullmatch(r"https://[a-z.-]+", address), source.name


def test_further_sites_are_their_own_hosts_or_below_the_address_that_a_connection_names():
    blogs = load_sources()["press_blog"]
    assert blogs.sites_at(blogs.base_url)[1] == ("https://deframedia.blog.gov.uk", "https://deframedia.blog.gov.uk")
    assert blogs.sites_at("http://127.0.0.1:8080/")[:2] == [
        ("http://127.0.0.1:8080/", ""),
        ("http://127.0.0.1:8080/deframedia", "https://deframedia.blog.gov.uk"),
    ]


def test_a_source_yields_what_its_parser_makes_of_the_examples():
    folder = Path(__file__).parent / "parsers/examples"
    for source in load_sources().values():
        examples = [json.loads(path.read_text()) for path in folder.glob(f"{source.name}/*.expected.json")]
        made = {record["type"] for example in examples for record in example["records"]} - {"drift"}
        yields = set(source.yields) - {"member_merge"}  # shows only in a member that was fetched by another id
        assert made == yields if source.name != "inbox" else made < yields, source.name
        assert set(source.yields) <= set(RECORD_TYPES)


def test_the_tests_that_a_source_names_are_there():
    for source in load_sources().values():
        missing = [test for test in source.tests if not (PROJECT / test).is_file()]
        assert source.tests and not missing, source.name


def test_the_page_of_sources_is_up_to_date():
    assert sources_page.PATH.read_text(encoding="utf-8") == sources_page.render(), "run `make docs`"


FACTS = (catalogue._FOLDER / "members" / "source.yml").read_text()


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder of sources, in which a test creates its own."""
    monkeypatch.setattr(catalogue, "_FOLDER", tmp_path)
    return tmp_path


def make(folder, name, more=""):
    (folder / name).mkdir()
    (folder / name / "source.yml").write_text(FACTS + more)


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ("title: A", "missing required field"),
        ("name: other", "missing required field"),
        ("surprise: 1", "unknown field"),
    ],
)
def test_a_malformed_source_is_named(folder, facts, message):
    (folder / "odd").mkdir()
    (folder / "odd" / "source.yml").write_text(facts)
    with pytest.raises(ConfigError, match=f"odd/source.yml is not a source: .*{message}"):
        load_sources.__wrapped__()


def test_a_source_comes_after_those_that_it_needs(folder):
    make(folder, "first", "after: [third]\n")
    make(folder, "second", "after: [first]\n")
    make(folder, "third")
    assert list(load_sources.__wrapped__()) == ["third", "first", "second"]


@pytest.mark.parametrize(
    ("after", "message"),
    [
        ("after: [weather]", "first comes after 'weather', but there is no such source."),
        ("after: [first]", "These sources come after each other in a circle: first > first."),
        ("after: [second]", "These sources come after each other in a circle: first > second > first."),
    ],
)
def test_an_order_that_cannot_be_followed_is_one_sentence(folder, after, message):
    make(folder, "first", after)
    make(folder, "second", "after: [first]")
    with pytest.raises(ConfigError, match=f"^{re.escape(message)}$"):
        load_sources.__wrapped__()


def test_a_volume_per_sitting_day_needs_a_calendar(folder):
    (folder / "debates").mkdir()
    facts = FACTS.replace("per: run", "per: sitting day")
    (folder / "debates" / "source.yml").write_text(facts)
    with pytest.raises(ConfigError, match="must name a source with a calendar under `after`"):
        load_sources.__wrapped__()
    (folder / "debates" / "source.yml").write_text(facts + "after: [sittings]")
    make(folder, "sittings", "has_calendar: true")
    load_sources.__wrapped__()


def test_a_source_with_a_calendar_says_when_the_house_sat():
    for source in load_sources().values():
        assert (catalogue._FOLDER / source.name / "calendar.py").is_file() == source.has_calendar


def test_a_source_is_scheduled_after_those_that_it_needs():
    def next_run(name):
        return croniter(load_sources()[name].schedule, dt.datetime(2025, 1, 1, tzinfo=dt.UTC)).get_next(dt.datetime)

    for source in load_sources().values():
        assert all(next_run(source.name) > next_run(name) for name in source.after), source.name


READ_IN_ORDER = """
import datetime as dt, json, sys
from pathlib import Path
from orderpaper import ingest
from orderpaper.catalogue import load_sources
from orderpaper.config import Paths
from orderpaper.errors import UpstreamError
from orderpaper.landing import Window
from orderpaper.run import backfill
from orderpaper.simulate.parliament import SimulatedParliament
from orderpaper.simulate.server import serve

week = Window(dt.date(2025, 3, 10), dt.date(2025, 3, 14))
sources = list(load_sources().values())
plan = [source.name for source, _ in backfill.plan(sources, Window(dt.date(2025, 1, 1), dt.date(2025, 3, 14)))]
outcomes = []
parliament = SimulatedParliament(member_count=20, questions_per_day=8, as_of=week.end_on)
with serve(parliament, shifting_pages=False) as server:
    for source in sources:
        if source.has_days and source.is_enabled:
            try:
                # In the live realm the bounds apply in full, which so small a Parliament cannot meet.
                fetched = ingest.fetch(Paths(Path(sys.argv[1]), "live"), source.name, week, server.url, "run")
                outcomes.append([fetched.document_count, fetched.request_count])
            except UpstreamError as error:
                outcomes.append(str(error))
print(json.dumps([list(load_sources()), plan, outcomes]))
"""


def test_renaming_a_source_changes_nothing_in_order_or_outcome(tmp_path):
    def read_in_order(include, home):
        done = subprocess.run(
            [sys.executable, "-c", READ_IN_ORDER, str(home)],
            env=os.environ | {"PYTHONPATH": str(include)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    renamed = tmp_path / "include"
    shutil.copytree(PROJECT / "include", renamed, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(PROJECT / "dbt" / "seeds", tmp_path / "dbt" / "seeds")
    folder = renamed / "orderpaper" / "sources"
    (folder / "hansard").rename(folder / "zzz_hansard")
    for path in [*folder.glob("*/source.yml"), *folder.glob("zzz_hansard/**/*.py")]:
        text = path.read_text()
        text = text.replace("sources.hansard", "sources.zzz_hansard").replace(
            "after: [hansard]", "after: [zzz_hansard]"
        )
        path.write_text(text)
    before = read_in_order(PROJECT / "include", tmp_path / "before")
    assert read_in_order(renamed, tmp_path / "after").replace("zzz_hansard", "hansard") == before
    assert "a day on which the Commons sat, where at least 20 are expected" in before
