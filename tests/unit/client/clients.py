"""A client of a made-up source, and what it logged."""

import datetime as dt
import json

from orderpaper.catalogue import Source
from orderpaper.http import Client

JSON = b'{"totalResults": 0, "results": []}'
OK = (200, {}, JSON)


def client(landing, site, **facts):
    """A client of `site`, whose source has `facts`."""
    source = Source(
        name="written_questions",
        title="",
        description="",
        publisher="",
        licence="",
        owner="",
        is_enabled=True,
        schedule="@daily",
        start_on=dt.date(2020, 1, 1),
        max_quarantine_share=0,
        yields=[],
        windows="",
        limits="",
        traps=[],
        tests=[],
        requests_per_second=1,
        **facts,
    )
    return Client(
        landing=landing,
        source=source,
        run_id="run",
        base_url=site.url,
        user_agent="OrderPaper/test (desk@example.org)",
        pace_folder=landing.root.parent / "pace",
    )


def log(landing):
    """The rows of the fetch log."""
    lines = [line for path in landing.root.glob("fetch_log/*/*.jsonl") for line in path.read_text().splitlines()]
    return [json.loads(line) for line in lines]
