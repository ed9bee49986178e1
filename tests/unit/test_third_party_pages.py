"""Pages of third parties: parsed like saved text, and fetched only if a connection is set and robots.txt allows it."""

from datetime import date

import pytest

from orderpaper import ingest
from orderpaper.catalogue import load_sources
from orderpaper.config import Paths
from orderpaper.errors import ConfigError, UpstreamError
from orderpaper.landing import Window
from orderpaper.simulate.parliament import SimulatedParliament
from orderpaper.simulate.server import serve

WEEK = Window(date(2025, 3, 10), date(2025, 3, 16))
SOURCES = ("question_listing", "debate_digest")


@pytest.mark.parametrize(("source", "records"), [("question_listing", "answer"), ("debate_digest", "contribution")])
def test_a_week_of_pages_is_read_whole_after_asking_robots_txt(tmp_path, source, records):
    paths = Paths(tmp_path, "simulated")
    with serve(SimulatedParliament()) as server:
        fetched = ingest.fetch(paths, source, WEEK, server.url, "run")
        assert server.requests[0] == "/robots.txt"
        assert server.requests.count("/robots.txt") == 1
    parsed = ingest.parse(paths, source, fetched.manifest)
    assert parsed.quarantined_count == 0
    assert parsed.record_counts[records] > 20


@pytest.mark.parametrize("source", SOURCES)
def test_what_robots_txt_disallows_is_not_asked_for(tmp_path, site, source):
    site.answers = [(200, {"Content-Type": "text/plain"}, b"User-agent: OrderPaper\nDisallow: /\n")]
    with pytest.raises(UpstreamError, match=r"robots\.txt does not allow OrderPaper"):
        ingest.fetch(Paths(tmp_path, "live"), source, WEEK, site.url, "run")
    assert [path for path, _ in site.requests] == ["/robots.txt"]


@pytest.mark.parametrize("source", SOURCES)
def test_no_site_is_named_here(tmp_path, source):
    facts = load_sources()[source]
    assert (facts.base_url, facts.is_enabled) == (None, False)
    with pytest.raises(ConfigError, match=f"has no address to ask; set the connection orderpaper_{source}"):
        ingest.fetch(Paths(tmp_path, "live"), source, WEEK, None, "run")
