"""The version of a parser follows the code that makes its records, and nothing else."""

from orderpaper.catalogue import load_sources
from orderpaper.config import PROJECT
from orderpaper.ingest import versions


def names(*modules):
    return {
        str(path.relative_to(PROJECT)).removeprefix("include/orderpaper/") for path in versions._files(list(modules))
    }


def test_a_version_covers_what_the_parser_imports_and_its_data():
    covered = names("orderpaper.sources.theyworkforyou.parse")
    assert {"sources/theyworkforyou/parse.py", "sources/_official_report/roles.py", "reading/markup.py"} <= covered
    assert "dbt/seeds/office_holder.csv" in covered


def test_a_version_does_not_follow_what_is_asked_or_how():
    for source in load_sources():
        covered = names(f"orderpaper.sources.{source}.parse", "orderpaper.enrichment.statements")
        assert not [name for name in covered if name.startswith(("http/", "landing/")) or name.endswith("fetch.py")]


def test_every_parser_has_a_version_of_its_own():
    assert len({versions.parser_version(source) for source in load_sources()}) == len(load_sources())
