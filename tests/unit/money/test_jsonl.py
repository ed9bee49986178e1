"""`orderpaper money`: lines in, lines out, and one clear sentence about a bad line."""

import io
import json
import subprocess
import sys

import pytest

from orderpaper.enrichment.money.jsonl import write_figures
from orderpaper.errors import ConfigError


def run(*rows: str) -> list[dict]:
    target = io.StringIO()
    write_figures(io.StringIO("\n".join(rows)), target)
    return [json.loads(line) for line in target.getvalue().splitlines()]


def test_writes_a_line_for_every_line() -> None:
    rows = run(
        '{"id": 1, "answer_text": "We gave up to £2.5-3bn in 2025-26."}', "", '{"id": "b", "answer_text": "None."}'
    )
    assert [row["id"] for row in rows] == [1, "b"]
    (figure,) = rows[0]["figures"]
    assert figure["amount_low"] == 2_500_000_000
    assert figure["amount_high"] == 3_000_000_000
    assert (figure["currency"], figure["qualifier"], figure["period"]) == ("GBP", "at_most", "2025-26")
    assert figure["surface"] == "£2.5-3bn"
    assert rows[1]["figures"] == []


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("not json", "Line 2 is not JSON"),
        ("[1]", 'Line 2 needs "id"'),
        ('{"id": 1}', 'Line 2 needs "id"'),
        ('{"id": 1, "answer_text": null}', 'Line 2 needs "id"'),
    ],
)
def test_a_bad_line_is_named(line: str, reason: str) -> None:
    with pytest.raises(ConfigError, match=reason):
        run('{"id": 1, "answer_text": ""}', line)


def test_a_bad_line_ends_the_program_with_2_and_one_sentence() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "orderpaper", "money"], input="{", capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("Line 1 is not JSON")
