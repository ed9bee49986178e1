"""People in the marts: who they are, who says what, and where the register disagrees."""

from collections.abc import Callable

import duckdb
import pytest
from building import Landed, day, document_id, member, one, question, rows

from orderpaper.records import (
    Answer,
    Contribution,
    Debate,
    GovernmentPost,
    MemberMention,
    PostSection,
    Question,
    Quote,
    Record,
)

Warehouse = duckdb.DuckDBPyConnection


@pytest.fixture(scope="module")
def warehouse(build_marts: Callable[..., Warehouse]) -> Warehouse:
    landed = Landed()
    _register(landed)
    landed.question_list(
        "list",
        question(1, 5001),
        question(2, 5007, asking_member_id=999),
    )
    _digest(landed)
    landed.document(
        "post",
        "inbox",
        "file",
        "press_post",
        records=[
            PostSection(ordinal=1, text="Tides.", char_start=0, char_end=6),
            Quote(
                ordinal=1,
                section_ordinal=1,
                speaker_text="A Home Office spokesperson",
                text="Tides.",
                char_start=0,
                char_end=6,
            ),
            Quote(ordinal=2, section_ordinal=1, speaker_text="Guy Pell", text="Tides.", char_start=0, char_end=6),
        ],
        title="Home Office in the media: Tuesday 6 November",
        published_on=day("2018-11-06"),
        text="Tides.",
    )
    return build_marts(
        landed,
        "fct_question",
        "fct_debate",
        "fct_contribution",
        "fct_quote",
        "fct_member_mention",
        "fct_attribution_issue",
        "dim_department",
        "dim_government_post",
        "dim_member",
    )


def _register(landed: Landed) -> None:
    landed.register(
        member(1, 101, "Mrs Ada Quill", "Labour (Co-op)", "Marshford"),
        member(2, 102, "Ben Oake", "Independent", "Hollow Bay", gender="M"),
        member(3, 103, "Dame Cora Finch", "Liberal Democrat", "St Aldhelm's and Weir"),
        member(4, 104, "Jess Thornbury", "Labour", "Eastmere"),
        member(5, 105, "Lord Marrow of Weir", "Crossbench", "Life peer", house="Lords", gender="M"),
        member(
            6,
            106,
            "Sir Guy Pell",
            "Conservative",
            "Marshford",
            gender="M",
            membership_start_on=day("2017-06-08"),
            membership_end_on=day("2019-11-06"),
            is_current=False,
        ),
    )
    history = {
        "party": [("Conservative", "2019-12-12", "2024-11-06"), ("Independent", "2024-11-06", None)],
        "house": [("Commons", "2019-12-12", None)],
        "constituency": [("Hollow Bay", "2019-12-12", None)],
    }
    spans = [(attribute, *span) for attribute, stretches in history.items() for span in stretches]
    landed.history(102, spans)
    landed.biography(
        GovernmentPost(
            ordinal=1,
            member_id=104,
            post_text="Minister of State (Home Office)",
            start_on=day("2024-07-08"),
        ),
    )


def _digest(landed: Landed) -> None:
    speakers = [
        ("Cora Finch", "Lib Dem", "St. Aldhelm’s & Weir"),
        ("Jessica Thornbury", "Lab", "Eastmere"),
        ("Ben Oake", "Con", "Hollow Bay"),
        ("Flora Quince", "Lab", "Oldstead"),
        (None, None, "Marshford"),
        ("Mrs Ada Quill", "Lab", "Lost Valley"),
    ]
    records: list[Record] = [
        Debate(
            ordinal=1,
            title="Tides",
            house="Commons",
            debated_on=day("2024-11-12"),
            debate_type_text="Ministerial Statement",
            lead_member_text="Jess Thornbury",
            announced_contributor_count=7,
        ),
        Contribution(ordinal=1, debate_ordinal=1, role="statement", text="Madam Deputy Speaker, the tides."),
        MemberMention(
            ordinal=1,
            statement_kind="contribution",
            statement_ordinal=1,
            as_printed="the hon. Member for Eastmere (Jess Thornbury)",
            member_name_text="Jess Thornbury",
            constituency_text="Eastmere",
            text_char_start=0,
            text_char_end=5,
        ),
    ]
    for number, (name, party, seat) in enumerate(speakers, start=1):
        printed = {"party_text": party, "constituency_text": seat}
        records += [
            Question(
                ordinal=number,
                question_type="debate",
                house="Commons",
                asked_by_text=name,
                text=f"Question {number}?",
                **{f"asked_by_{key}": value for key, value in printed.items()},
            ),
            Contribution(
                ordinal=2 * number,
                debate_ordinal=1,
                role="question",
                speaker_text=name,
                question_ordinal=number,
                text=f"Question {number}?",
                **{f"speaker_{key}": value for key, value in printed.items()},
            ),
            Answer(ordinal=number, question_ordinals=[number], answered_on=day("2024-11-12"), text=f"Reply {number}."),
            Contribution(
                ordinal=2 * number + 1,
                debate_ordinal=1,
                role="reply",
                reply_to_ordinal=2 * number,
                answer_ordinal=number,
                text=f"Reply {number}.",
            ),
        ]
    landed.document(
        "digest",
        "inbox",
        "file",
        "debate_digest",
        records=records,
        title="Tides",
        published_on=day("2024-11-12"),
        text="The digest as saved.",
    )


def test_a_member_who_changed_party_is_two_rows(warehouse: Warehouse) -> None:
    assert rows(
        warehouse,
        """
        SELECT party, valid_from::VARCHAR, valid_to::VARCHAR, is_current FROM marts.dim_member
        WHERE member_id = 102 ORDER BY valid_from
        """,
    ) == [("Conservative", "2019-12-12", "2024-11-06", False), ("Independent", "2024-11-06", None, True)]
    assert one(
        warehouse,
        """
        SELECT m.party, q.asking_member_name, q.match_method, q.asked_by_text FROM marts.fct_question AS q
        JOIN marts.dim_member AS m ON q.asking_member_key = m.member_key WHERE q.question_id = 5001
        """,
    ) == ("Conservative", "Ben Oake", "member_id", None)


def test_printed_names_are_resolved(warehouse: Warehouse) -> None:
    assert rows(
        warehouse,
        """
        SELECT coalesce(speaker_text, speaker_constituency_text), m.member_id, c.match_method, m.is_verified
        FROM marts.fct_contribution AS c JOIN marts.dim_member AS m USING (member_key) ORDER BY contribution_ordinal
        """,
    ) == [
        ("Cora Finch", 103, "name_and_constituency", True),
        ("Jessica Thornbury", 104, "short_name_and_constituency", True),
        ("Ben Oake", 102, "name_and_constituency", True),
        ("Flora Quince", None, "unverified", False),
        ("Marshford", 101, "constituency", True),
        ("Mrs Ada Quill", 101, "name", True),
    ]


def test_issues_are_raised_about_what_the_register_contradicts_and_nothing_else(warehouse: Warehouse) -> None:
    assert rows(
        warehouse,
        """
        SELECT issue_kind, as_printed, register_says, severity FROM marts.fct_attribution_issue
        WHERE document_id = ? ORDER BY ALL
        """,
        document_id("digest"),
    ) == [
        ("constituency_unknown", "Lost Valley", "Marshford", "medium"),
        ("constituency_unknown", "Oldstead", None, "medium"),
        ("contributor_count_differs", "7", "6", "medium"),
        ("name_differs", "Jessica Thornbury", "Jess Thornbury", "low"),
        ("name_missing", "Marshford", "Mrs Ada Quill", "low"),
        ("not_in_register", "Flora Quince", None, "high"),
        ("party_differs", "Con", "Independent", "medium"),
    ]
    assert rows(
        warehouse,
        "SELECT issue_kind, as_printed FROM marts.fct_attribution_issue WHERE document_id != ?",
        document_id("digest"),
    ) == [("not_in_register", "member 999")]


def test_turns_point_to_questions_answers_and_each_other(warehouse: Warehouse) -> None:
    assert one(
        warehouse,
        """
        SELECT count(*), count(question_key), count(answer_key), count(reply_to_contribution_key)
        FROM marts.fct_contribution
        """,
    ) == (13, 6, 6, 6)
    assert one(warehouse, "SELECT announced_contributor_count, found_contributor_count FROM marts.fct_debate") == (7, 6)


def test_quotes_and_mentions_are_resolved_where_the_register_reaches(warehouse: Warehouse) -> None:
    assert rows(warehouse, "SELECT speaker_text, match_method FROM marts.fct_quote ORDER BY quote_ordinal") == [
        ("A Home Office spokesperson", "unresolved"),
        ("Guy Pell", "name"),
    ]
    assert one(
        warehouse,
        """
        SELECT m.member_id, n.match_method FROM marts.fct_member_mention AS n
        JOIN marts.dim_member AS m USING (member_key)
        """,
    ) == (104, "name_and_constituency")


def test_posts_name_their_holder_and_department(warehouse: Warehouse) -> None:
    assert one(
        warehouse,
        """
        SELECT m.name, d.department_name, p.is_current FROM marts.dim_government_post AS p
        JOIN marts.dim_member AS m USING (member_key) JOIN marts.dim_department AS d USING (department_key)
        """,
    ) == ("Jess Thornbury", "Home Office", True)
