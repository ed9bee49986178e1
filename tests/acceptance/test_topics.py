"""The accuracy with which topics are found in questions of months that the taxonomy was not made from.

docs/topics.md says how the questions were chosen and read. Labels name the question and the department that was asked;
texts stay with the captured documents.
"""

import json
from pathlib import Path

import pytest

from orderpaper.enrichment.words.topics import find_topics
from orderpaper.reading.markup import html_to_text

DATA = Path(__file__).parent / "data"
LABELS = DATA / "topic_labels_unseen.jsonl"
LATER = DATA / "topic_labels_later.jsonl"
FRESH = DATA / "topic_labels_fresh.jsonl"


def test_topics_of_other_months_agree_with_a_careful_reader(captured):
    folder = captured / "written_questions"
    headings, texts = {}, {}
    for row in json.loads((folder / "2024-09.json").read_text(encoding="utf-8")):
        value = row["value"]
        headings[value["id"]], texts[value["id"]] = value["heading"], value["questionText"]
    for month in ("2023-09", "2024-05", "2024-09"):
        for line in (folder / f"{month}.fulltext.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            texts[row["id"]] = html_to_text(row["question_text"])
    found, read = set(), set()
    for line in LABELS.read_text(encoding="utf-8").splitlines():
        label = json.loads(line)
        question_id = label["question_id"]
        topics = find_topics(headings.get(question_id), texts[question_id], label["department"])
        found |= {(question_id, topic) for topic, _, _ in topics}
        read |= {(question_id, topic) for topic in label["topics"]}
    assert len({question_id for question_id, _ in read}) == 200
    assert len(found & read) / len(found) >= 0.84, sorted(found - read)
    assert len(found & read) / len(read) >= 0.89, sorted(read - found)


@pytest.mark.parametrize(
    ("sample", "months", "least_precision", "least_recall"),
    [(LATER, ("2024-12", "2025-01"), 0.95, 0.95), (FRESH, ("2024-09", "2024-11", "2024-12", "2025-01"), 0.94, 0.96)],
    ids=["later", "fresh"],
)
def test_topics_of_later_samples_agree_with_a_careful_reader(captured, sample, months, least_precision, least_recall):
    """A label says which topics a reader expects, and which others are right too."""
    folder = captured / "written_questions"
    values = {}
    for month in months:
        for row in json.loads((folder / f"{month}.json").read_text(encoding="utf-8")):
            values[row["value"]["id"]] = row["value"]
    full = {}
    for path in folder.glob("*.fulltext.jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            full[row["id"]] = row["question_text"]
    right = found_count = read_count = 0
    for line in sample.read_text(encoding="utf-8").splitlines():
        label = json.loads(line)
        value = values[label["question_id"]]
        text = html_to_text(full.get(label["question_id"]) or value["questionText"])
        found = {topic for topic, _, _ in find_topics(value["heading"], text, label["department"])}
        right += len(found & set(label["topics"]))
        found_count += len(found - set(label["also_right"]))
        read_count += len(label["topics"])
    assert read_count > 130
    assert right / found_count >= least_precision
    assert right / read_count >= least_recall
