"""The accuracy with which the dbt models find real answers that do not answer, by hand-made labels.

What the kinds mean: docs/answers.md. Labels name the question; its texts stay with the captured documents. Half of the
labelled answers were there to improve the rules on; the blind half was not looked at until they were done.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import pytest
from building import Landed, answer, question

from orderpaper.config import DATABASE_NAME
from orderpaper.reading.markup import html_to_text

LABELS = Path(__file__).parent / "data" / "non_answer_labels.jsonl"


class Outcome(NamedTuple):
    """What was read and what the models found of one answer; None is an answer that answers."""

    question_id: int
    half: str
    read: str | None
    found: str | None


def answer_texts(captured: Path) -> Iterator[tuple[int, str]]:
    """Question id and answer of every captured answer, those last that are printed in full."""
    folder = captured / "written_questions"
    for path in sorted(folder.glob("20*.json")):
        for row in json.loads(path.read_text(encoding="utf-8")):
            if row["value"]["answerText"]:
                yield row["value"]["id"], row["value"]["answerText"]
    for path in sorted(folder.glob("*.fulltext.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            yield row["id"], row["answer_text"]


@pytest.fixture(scope="module")
def outcomes(captured: Path, tmp_path_factory: pytest.TempPathFactory, run_dbt: Callable[..., Any]) -> list[Outcome]:
    """Return what was read and what the models found, for every label."""
    labels = [json.loads(line) for line in LABELS.read_text(encoding="utf-8").splitlines()]
    texts = dict(answer_texts(captured))
    landed = Landed()
    landed.document(
        "list",
        "written_questions",
        "list",
        "written_question_list",
        records=[
            record
            for ordinal, label in enumerate(labels, start=1)
            for record in (
                question(ordinal, label["question_id"]),
                answer(ordinal, html_to_text(texts[label["question_id"]])),
            )
        ],
    )
    folder = tmp_path_factory.mktemp("non_answers")
    database = folder / DATABASE_NAME
    with duckdb.connect(database) as connection:
        landed.write(connection)
    types = ("--resource-type", "model", "--resource-type", "seed")
    run_dbt(folder, "build", "--select", "+int_non_answers", *types)
    with duckdb.connect(database, read_only=True) as connection:
        rows = connection.execute(
            """
            SELECT answer_ordinal, non_answer_kind
            FROM intermediate.int_answers
            LEFT JOIN intermediate.int_non_answers USING (answer_key)
            """
        ).fetchall()
    found = dict(rows)
    assert len(rows) == len(found) == len(labels)
    return [
        Outcome(label["question_id"], label["half"], label["non_answer_kind"], found[ordinal])
        for ordinal, label in enumerate(labels, start=1)
    ]


def precision_and_recall(outcomes: list[Outcome], kind: str | None = None) -> tuple[float, float]:
    """Of one kind, or of all together."""
    right = sum(o.found == o.read for o in outcomes if o.read and kind in (None, o.read))
    found = Counter(o.found for o in outcomes if o.found)
    read = Counter(o.read for o in outcomes if o.read)
    return (
        right / (found[kind] if kind else found.total()),
        right / (read[kind] if kind else read.total()),
    )


@pytest.mark.parametrize(
    ("half", "least_precision", "least_recall"),
    [("tuning", 0.9, 0.95), ("blind", 0.8, 0.85)],
)
def test_of_all_kinds_together(half, least_precision, least_recall, outcomes):
    chosen = [outcome for outcome in outcomes if outcome.half == half]
    precision, recall = precision_and_recall(chosen)
    assert precision >= least_precision, [o for o in chosen if o.found and o.found != o.read]
    assert recall >= least_recall, [o for o in chosen if o.read and o.found != o.read]


@pytest.mark.parametrize(
    ("kind", "least_precision", "least_recall"),
    [
        ("holding", 0.95, 0.95),
        ("referral", 0.95, 0.95),
        ("will_write", 0.8, 0.95),
        ("disproportionate_cost", 0.85, 0.95),
        ("not_held", 0.85, 0.9),
        ("other_body", 0.75, 0.75),
        ("no_plans", 0.75, 0.85),
    ],
)
def test_of_each_kind(kind, least_precision, least_recall, outcomes):
    precision, recall = precision_and_recall(outcomes, kind)
    assert precision >= least_precision, [o for o in outcomes if o.found == kind != o.read]
    assert recall >= least_recall, [o for o in outcomes if o.read == kind != o.found]


def test_the_labels_have_enough_of_every_kind_that_the_documents_have(outcomes):
    read = Counter(outcome.read for outcome in outcomes)
    assert {kind for kind, count in read.items() if count < 12} == {"will_write"}
    assert read["will_write"] == 5
