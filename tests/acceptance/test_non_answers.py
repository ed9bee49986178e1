"""The accuracy with which non-answers and references to other answers are found in real answers, by hand-made labels.

What the kinds mean: docs/answers.md. Labels name the question; its texts stay with the captured documents. `half` says
how a label was used: docs/answers.md says what was looked at when.
"""

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from orderpaper.enrichment.words.non_answers import find_non_answer
from orderpaper.enrichment.words.references import find_references
from orderpaper.enrichment.words.signatures import sign
from orderpaper.reading.markup import html_to_text

DATA = Path(__file__).parent / "data"


class Outcome(NamedTuple):
    """The kind that a person read and the kind that was found, of one answer; None is an answer that answers."""

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


def labels(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def texts(captured: Path) -> dict[int, str]:
    return {question_id: html_to_text(html) for question_id, html in answer_texts(captured) if html}


@pytest.fixture(scope="module")
def outcomes(texts: dict[int, str]) -> list[Outcome]:
    """Return the kind that a person read and the kind that is found, for every label."""
    return [
        Outcome(
            label["question_id"],
            label["half"],
            label["non_answer_kind"],
            (find_non_answer(texts[label["question_id"]]) or (None, ""))[0],
        )
        for label in labels("non_answer_labels.jsonl")
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
    [("tuning", 0.93, 0.95), ("blind", 0.92, 0.88), ("unseen", 0.93, 0.95), ("later", 0.95, 0.88)],
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
    assert read["will_write"] == 7


def test_references_are_read_as_a_person_reads_them(texts):
    """Numbers are compared, and the day of the first where it is printed with its year; else the day alone."""
    found, read = set(), set()
    for label in labels("reference_labels.jsonl"):
        question_id, stated_on = label["question_id"], label["stated_on"]
        # A day that is printed without its year is not compared, because the captured texts have no days of their own.
        references = list(find_references(texts[question_id], None, dt.date(2024, 11, 1)))
        found |= {(question_id, reference.uin or str(reference.stated_on)) for reference in references}
        read |= {(question_id, uin) for uin in label["uins"]}
        if stated_on and not label["uins"]:
            read.add((question_id, stated_on))
        if stated_on and references:
            assert str(references[0].stated_on) == stated_on, label
    assert len(read) > 70
    assert len(found & read) / len(found) >= 0.97, found - read
    assert len(found & read) / len(read) >= 0.97, read - found


def test_answers_that_say_the_same_are_found(texts):
    """As the model int_answer_predecessors decides, of pairs with many words in common."""
    found, read = set(), set()
    for label in labels("same_answer_labels.jsonl"):
        pair = label["question_id"], label["other_question_id"]
        one, other = ({kind: set(hashes) for kind, hashes in sign(texts[key]).items()} for key in pair)
        runs, other_runs = one["run_hashes"], other["run_hashes"]
        exchanged = any(one[kind] - other_runs and other[kind] - runs for kind in ("number_hashes", "name_hashes"))
        shared, shorter = len(runs & other_runs), min(len(runs), len(other_runs))
        least = 0.5 if max(len(runs), len(other_runs)) < 30 else 0.7 if shared >= 0.93 * shorter else 0.79
        is_shared = shared / len(runs | other_runs) >= least
        replaced = len(one["place_hashes"] & other["place_hashes"]) > len(
            one["filling_hashes"] & other["filling_hashes"]
        )
        if is_shared and not exchanged and not replaced and one["band_hashes"] & other["band_hashes"]:
            found.add(pair)
        if label["is_same"]:
            read.add(pair)
    assert len(read) > 60
    assert len(found & read) / len(found) >= 0.98, found - read
    assert len(found & read) / len(read) >= 0.93, read - found
