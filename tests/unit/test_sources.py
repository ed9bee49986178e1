import re

import pytest

from orderpaper import sources
from orderpaper.errors import ConfigError
from orderpaper.sources import __main__ as catalogue
from orderpaper.sources import load_sources


def test_every_source_says_where_it_is_from():
    found = load_sources()
    assert {"written_questions", "members", "inbox"} <= {name for name, source in found.items() if source.is_enabled}
    for source in found.values():
        assert (source.base_url is None) == (source.connection_id is None), source.name
        assert source.base_url is None or re.fullmatch(r"https://[a-z.-]+", source.base_url), source.name


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
