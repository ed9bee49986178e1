import json
import re
from pathlib import Path

import pytest

from orderpaper import sources
from orderpaper.config import PROJECT
from orderpaper.errors import ConfigError
from orderpaper.records import RECORD_TYPES
from orderpaper.sources import __main__ as catalogue
from orderpaper.sources import load_sources


def test_every_source_says_where_it_is_from():
    found = load_sources()
    assert {"written_questions", "oral_questions", "hansard", "members", "press_blog", "inbox"} == {
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
        assert made == set(source.yields) if source.name != "inbox" else made < set(source.yields), source.name
        assert set(source.yields) <= set(RECORD_TYPES)


def test_the_tests_that_a_source_names_are_there():
    for source in load_sources().values():
        missing = [test for test in source.tests if not (PROJECT / test).is_file()]
        assert source.tests and not missing, source.name


def test_the_page_of_sources_is_up_to_date():
    assert catalogue.PATH.read_text(encoding="utf-8") == catalogue.render(), "run python -m orderpaper.sources"


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ("title: A", "missing required field"),
        ("name: other", "missing required field"),
        ("surprise: 1", "unknown field"),
    ],
)
def test_a_malformed_source_is_named(tmp_path, monkeypatch, facts, message):
    (tmp_path / "odd").mkdir()
    (tmp_path / "odd" / "source.yml").write_text(facts)
    monkeypatch.setattr(sources, "_FOLDER", tmp_path)
    with pytest.raises(ConfigError, match=f"odd/source.yml is not a source: .*{message}"):
        load_sources.__wrapped__()
