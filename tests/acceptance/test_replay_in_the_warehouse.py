"""Three weeks of real written questions, replayed over HTTP through the real client into the warehouse."""

import csv
import json
from pathlib import Path

from orderpaper.reading.markup import html_to_text


def one(connection, sql):
    (row,) = connection.execute(sql).fetchall()
    return row


TABLED = "question_id IS NOT NULL AND question_type = 'written' AND tabled_on >= '2024-11-01'"
"""The questions tabled in the window. The replay also has earlier ones that were answered in it."""
API = f"FROM marts.fct_question WHERE {TABLED}"


def test_every_captured_question_is_one_row(replayed):
    assert one(replayed, f"SELECT count(*), count(DISTINCT question_id) {API}") == (3197, 3197)


def test_what_the_capture_says_is_answered_is_answered(replayed):
    assert one(replayed, f"SELECT count(*) {API} AND answered_on IS NOT NULL") == (1881,)
    assert one(
        replayed,
        f"""
        SELECT count(DISTINCT question_key) FROM marts.fct_question
        JOIN marts.bridge_question_answer USING (question_key)
        WHERE {TABLED}
        """,
    ) == (1881,)


def test_every_asker_and_answerer_is_a_member_of_the_register(replayed):
    sql = f"SELECT count(*) {API} AND asking_member_key IN (SELECT member_key FROM marts.dim_member WHERE is_verified)"
    assert one(replayed, sql) == (3197,)
    assert one(
        replayed,
        f"""
        SELECT count(DISTINCT question_key) FROM marts.fct_question
        JOIN marts.bridge_question_answer USING (question_key) JOIN marts.fct_answer AS a USING (answer_key)
        JOIN marts.dim_member AS m ON a.answering_member_key = m.member_key AND m.is_verified
        WHERE {TABLED}
        """,
    ) == (1881,)


def test_the_text_is_whole_wherever_a_full_text_was_captured(replayed, captured):
    lines = (captured / "written_questions" / "2024-11.fulltext.jsonl").read_text(encoding="utf-8").splitlines()
    full = {row["id"]: row for row in map(json.loads, lines)}
    rows = replayed.execute(
        """
        SELECT q.question_id, q.question_text, a.answer_text FROM marts.fct_question AS q
        LEFT JOIN marts.bridge_question_answer USING (question_key) LEFT JOIN marts.fct_answer AS a USING (answer_key)
        WHERE q.question_id IS NOT NULL
        """
    ).fetchall()
    seen = 0
    for question_id, question_text, answer_text in rows:
        if question_id in full:
            seen += 1
            assert question_text.split() == html_to_text(full[question_id]["question_text"]).split()
            if answer_text is not None and len(answer_text) > 258:
                assert answer_text.split() == html_to_text(full[question_id]["answer_text"]).split()
    assert seen == 755
    cut = {row[0] for row in replayed.execute(f"SELECT question_id {API} AND is_truncated").fetchall()}
    assert not cut & full.keys()


def test_the_register_is_whole(replayed):
    assert one(replayed, "SELECT count(DISTINCT member_id) FROM marts.dim_member WHERE is_verified") == (650,)


def test_the_register_contradicts_four_attributions_of_the_digest_and_its_count_and_nobody_else(replayed, seeds):
    issues = replayed.execute(
        """
        SELECT issue_kind, name_text, as_printed, register_says
        FROM marts.fct_attribution_issue WHERE document_id = ? ORDER BY ALL
        """,
        [seeds["003"]],
    ).fetchall()
    assert issues == [
        ("constituency_unknown", "Caroline Flint", "Dagenham", None),
        ("constituency_unknown", "Nusrat Ghani", "Wealden", "Sussex Weald"),
        ("contributor_count_differs", None, "18", "17"),
        ("name_differs", "Jessica Brown-Fuller", "Jessica Brown-Fuller", "Jess Brown-Fuller"),
        ("name_missing", None, "Dwyfor Meirionnydd", "Liz Saville Roberts"),
        ("not_in_register", "Caroline Flint", "Caroline Flint", None),
        ("presiding_officer_speaks", "Nusrat Ghani", "Nusrat Ghani", "Deputy Speaker"),
    ]


def test_topics_agree_with_a_careful_reader(replayed):
    """220 questions were read and labelled before the taxonomy was measured on them: docs/topics.md."""
    path = Path(__file__).parent / "data" / "topic_labels.csv"
    with path.open(encoding="utf-8") as lines:
        labels = {(int(row["question_id"]), topic) for row in csv.DictReader(lines) for topic in row["topics"].split()}
    read = {question_id for question_id, _ in labels}
    assert len(read) == 220
    found = set(
        replayed.execute(
            """
            SELECT question_id, topic_key FROM marts.fct_question
            JOIN marts.bridge_question_topic USING (question_key)
            WHERE list_contains(?, question_id)
            """,
            [sorted(read)],
        ).fetchall()
    )
    right = len(found & labels)
    assert right / len(found) > 0.9, sorted(found - labels)
    assert right / len(labels) > 0.9, sorted(labels - found)


def test_answers_by_reference_point_to_the_answer_that_they_name(replayed):
    """Of the answers that give a question's number, those whose question was captured too point to it."""
    referring = replayed.execute(
        """
        SELECT a.refers_to_uin, referred.uin, referred.tabled_on, a.answered_on
        FROM marts.fct_answer AS a LEFT JOIN marts.fct_question AS referred
            ON a.refers_to_question_key = referred.question_key
        WHERE a.refers_to_uin IS NOT NULL
        """
    ).fetchall()
    captured_uins = {row[0] for row in replayed.execute(f"SELECT uin {API}").fetchall()}
    assert len(referring) == 57
    assert sum(found is not None for _, found, _, _ in referring) == 14
    for named, found, tabled_on, answered_on in referring:
        assert (found == named) == (named in captured_uins), named
        assert found is None or tabled_on <= answered_on


def test_corrected_and_held_answers_have_their_history(replayed, captured):
    rows = json.loads((captured / "written_questions" / "2024-11.json").read_text(encoding="utf-8"))
    for kind, field in (("corrected", "dateAnswerCorrected"), ("holding", "dateHoldingAnswer")):
        said = {(row["value"]["uin"], row["value"][field][:10]) for row in rows if row["value"][field]}
        kept = replayed.execute(
            """
            SELECT q.uin, v.stated_on::VARCHAR FROM marts.fct_answer_version AS v
            JOIN marts.bridge_question_answer USING (answer_key) JOIN marts.fct_question AS q USING (question_key)
            WHERE v.version_kind = ?
            """,
            [kind],
        ).fetchall()
        assert len(said) >= 3
        assert said <= set(kept), said - set(kept)


def test_what_waits_past_a_day_that_binds_is_overdue(replayed, captured):
    rows = json.loads((captured / "written_questions" / "2024-11.json").read_text(encoding="utf-8"))
    (as_of_on,) = one(replayed, "SELECT DISTINCT as_of_on::VARCHAR FROM marts.rpt_unanswered_by_age")
    waiting = {
        row["value"]["id"]: row["value"]["isNamedDay"] or row["value"]["house"] == "Lords"
        for row in rows
        if (row["value"]["dateAnswered"] is None or row["value"]["answerIsHolding"])
        and not row["value"]["isWithdrawn"]
        and row["value"]["dateForAnswer"][:10] < as_of_on
    }
    overdue = replayed.execute(f"SELECT question_id, overdue_days {API} AND is_overdue").fetchall()
    nominal = {
        question_id
        for (question_id,) in replayed.execute(f"SELECT question_id {API} AND is_past_nominal_date").fetchall()
    }
    assert len(waiting) >= 50
    assert {question_id for question_id, _ in overdue} == {
        number for number, is_binding in waiting.items() if is_binding
    }
    assert nominal == {number for number, is_binding in waiting.items() if not is_binding}
    assert all(days > 0 for _, days in overdue)
