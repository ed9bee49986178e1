"""New source: every page arrives, and a site that ignores the days is found out."""

import datetime as dt

import pytest

from orderpaper import ingest
from orderpaper.config import Paths
from orderpaper.errors import UpstreamError
from orderpaper.landing import Window
from orderpaper.simulate.parliament import SimulatedParliament
from orderpaper.simulate.server import serve

WEEK = Window(dt.date(2025, 3, 10), dt.date(2025, 3, 14))


def test_a_week_of_the_simulated_parliament_arrives_whole(tmp_path):
    paths = Paths(tmp_path, "simulated")
    with serve(SimulatedParliament()) as server:
        fetched = ingest.fetch(paths, "new_source", WEEK, server.url, "run")
    parsed = ingest.parse(paths, "new_source", fetched.manifest)
    assert parsed.quarantined_count == 0
    assert parsed.record_counts["post_section"] == 5


def test_a_site_that_ignores_the_days_is_found_out(tmp_path, site):
    site.answers = [
        (200, {}, b'{"total": 1, "items": [{"id": 1, "date": "2024-01-01", "title": "Old", "text": "Old"}]}')
    ]
    with pytest.raises(UpstreamError, match="seems to ignore the parameter from or to"):
        ingest.fetch(Paths(tmp_path, "simulated"), "new_source", WEEK, site.url, "run")
