"""The grammar against hand labels: the gold answers by the scorer that came with them, and our own labels.

The floors stand a little below what is measured (docs/funding.md), so that a change for the worse is seen. Weights of
the category model were fitted on these labels too; what it reaches on documents that it has not seen is measured by
cross-validation in `benchmarks/money_train.py`.
"""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from orderpaper.enrichment.money import Figure, find_figures
from orderpaper.enrichment.money.jsonl import write_figures
from orderpaper.reading.markup import html_to_text

SHARED = Path(os.environ.get("ORDERPAPER_SHARED") or Path(__file__).resolve().parents[3] / "shared")
GOLD = SHARED / "gold"
ANSWERS = SHARED / "data" / "written_questions"
LABELS = Path(__file__).parent / "data" / "money_labels.jsonl"

GOLD_FLOORS = {
    "amount_f1": 0.995,
    "funding_f1": 0.95,
    "category_accuracy": 0.94,
    "qualifier_accuracy": 0.98,
    "is_increase_accuracy": 0.98,
    "period_accuracy": 0.97,
}
OWN_FLOORS = {"category": 0.91, "qualifier": 0.98, "is_increase": 0.98, "period": 0.96}


@pytest.mark.skipif(not GOLD.is_dir(), reason=f"no gold labels at {GOLD}")
def test_gold_answers(tmp_path: Path) -> None:
    predictions = io.StringIO()
    with (GOLD / "funding_input.jsonl").open(encoding="utf-8") as answers:
        write_figures(answers, predictions)
    predicted = tmp_path / "predictions.jsonl"
    predicted.write_text(predictions.getvalue(), encoding="utf-8")
    scorer = [sys.executable, str(GOLD / "score.py"), str(GOLD / "funding_labels.jsonl"), str(predicted)]
    report = json.loads(subprocess.run(scorer, capture_output=True, text=True, check=True).stdout.splitlines()[-1])
    below = {name: report[name] for name, floor in GOLD_FLOORS.items() if report[name] < floor}
    assert not below


@pytest.fixture(scope="module")
def read() -> list[tuple[dict, Figure | None]]:
    """Our own labels, each with the figure that the grammar reads at its place."""
    if not ANSWERS.is_dir():
        pytest.skip(f"no written answers at {ANSWERS}")
    labels = [json.loads(line) for line in LABELS.read_text(encoding="utf-8").splitlines()]
    wanted = {label["id"] for label in labels}
    found: dict[tuple[int, int, int], Figure] = {}
    for path in sorted(ANSWERS.glob("*.fulltext.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if row["id"] in wanted and row.get("answer_text"):
                wanted.discard(row["id"])
                figures = find_figures(html_to_text(row["answer_text"]), row["answer_text"])
                found |= {(row["id"], figure.start, figure.end): figure for figure in figures}
    return [(label, found.get((label["id"], label["start"], label["end"]))) for label in labels]


def test_every_labelled_sum_is_read_where_it_stands(read: list[tuple[dict, Figure | None]]) -> None:
    wrong = [
        label
        for label, figure in read
        if figure is None
        or (float(figure.amount_low), float(figure.amount_high)) != (label["amount_low"], label["amount_high"])
        or figure.currency != label["currency"]
    ]
    assert len(read) >= 1000
    assert wrong == []


@pytest.mark.parametrize(("field", "floor"), OWN_FLOORS.items())
def test_what_is_said_of_labelled_sums(read: list[tuple[dict, Figure | None]], field: str, floor: float) -> None:
    agreeing = sum(figure is not None and getattr(figure, field) == label[field] for label, figure in read)
    assert agreeing / len(read) >= floor
