"""What is known of people, posts and departments as of a day. Each expected answer was written down first."""

import datetime as dt
from collections.abc import Callable, Iterator

import duckdb
import pytest
from building import Landed, day, member, one, question, rows

from orderpaper.records import Contribution, Debate, MemberMention, MemberMerge, Record

Warehouse = duckdb.DuckDBPyConnection
ASKED_AT = dt.datetime(2025, 3, 20, 5, tzinfo=dt.UTC)
"""When the search pages of the register were given last."""


@pytest.fixture(scope="module")
def warehouse(build_marts: Callable[..., Warehouse]) -> Warehouse:
    """Build a register that was asked from 3 to 20 March 2025, with a reshuffle on the 10th.

    Of the Home Office only the biographies of 3 March were read, as if there were no list of posts. Of the Department
    for Transport the list was read on the 20th, and the biographies that had changed on the 11th.
    """
    landed = Landed()
    landed.register(
        member(1, 201, "Ann Able", "Labour", "Marshford"),
        member(2, 202, "Bo Baker", "Labour", "Hollow Bay"),
        member(3, 203, "Cy Cook", "Labour", "Weir"),
        member(4, 204, "Di Dean", "Labour", "Eastmere"),
        member(5, 205, "Eve Ely", "Labour", "Oldstead"),
        member(6, 206, "Siân Ó Faoláin", "Sinn Féin", "Lough Bay"),
        asked_at=ASKED_AT,
    )
    since = "2024-07-05"
    landed.posts("member_biography", "2025-03-03", (201, "Secretary of State for the Home Department", since, None))
    landed.posts("member_biography", "2025-03-03", (203, "Minister of State (Home Office)", since, "2025-01-31"))
    landed.posts("member_biography", "2025-03-03", (204, "Secretary of State for Transport", since, None))
    landed.posts("member_biography", "2025-03-11", (204, "Secretary of State for Transport", since, "2025-03-10"))
    landed.posts("member_biography", "2025-03-11", (205, "Secretary of State for Transport", "2025-03-10", None))
    landed.posts("government_posts", "2025-03-03", (204, "Secretary of State for Transport", since, None))
    landed.posts("government_posts", "2025-03-20", (205, "Secretary of State for Transport", "2025-03-10", None))
    landed.history(
        206,
        [
            ("name", "Sian O Faolain", "2017-06-08", "2019-12-12"),
            ("name", "Siân Ó Faoláin", "2019-12-12", None),
            ("party", "Sinn Fein", "2017-06-08", "2019-12-12"),
            ("party", "Sinn Féin", "2019-12-12", None),
            ("house", "Commons", "2017-06-08", None),
            ("constituency", "Lough Bay", "2017-06-08", None),
        ],
    )
    _merge(landed)
    for on in ("2025-03-03", "2025-03-10", "2025-03-20", "2025-03-21"):
        _debate(landed, on)
    landed.document(
        "questions",
        "written_questions",
        "list",
        "written_question_list",
        records=[
            question(
                1,
                1,
                asking_member_id=201,
                tabled_on=day("2022-11-01"),
                answering_body_id=201,
                answering_body_text="Department for Business, Energy and Industrial Strategy",
            ),
            question(
                2,
                2,
                asking_member_id=201,
                tabled_on=day("2023-02-08"),
                answering_body_id=215,
                answering_body_text="Energy Security and Net Zero",
            ),
            question(
                3,
                3,
                asking_member_id=201,
                tabled_on=day("2015-06-01"),
                answering_body_id=None,
                answering_body_text="DCMS",
            ),
            question(5, 5, asking_member_id=301, tabled_on=day("2018-11-01")),
            question(
                4,
                4,
                asking_member_id=201,
                tabled_on=day("2024-11-01"),
                answering_body_id=None,
                answering_body_text="DCMS",
            ),
        ],
    )
    return build_marts(
        landed,
        "fct_question",
        "fct_contribution",
        "fct_member_mention",
        "fct_attribution_issue",
        "dim_member",
        "dim_government_post",
        "bridge_department_successor",
        "departments",
    )


def _merge(landed: Landed) -> None:
    """Add member 301 of an earlier search, who answers as member 206 since."""
    landed.document(
        "earlier search",
        "members",
        "search",
        "member_search",
        records=[member(1, 301, "Sian O Faolain", "Sinn Fein", "Lough Bay", membership_start_on=day("2017-06-08"))],
        fetched_at=dt.datetime(2025, 2, 3, 5, tzinfo=dt.UTC),
    )
    landed.document(
        "merged member",
        "members",
        "member",
        "member_detail",
        records=[MemberMerge(ordinal=1, member_id=301, merged_into_member_id=206)],
        fetched_at=dt.datetime(2025, 2, 10, 5, tzinfo=dt.UTC),
    )


def _debate(landed: Landed, on: str) -> None:
    """Add a debate of a day, in which members are named with offices, and offices without a name."""

    def turns() -> Iterator[Record]:
        yield Debate(ordinal=1, title="Tides", house="Commons", debated_on=day(on))
        named = [
            ("Ann Able", "Home Secretary"),
            ("Bo Baker", "Home Secretary"),
            ("Cy Cook", "Minister of State (Home Office)"),
            ("Di Dean", "Transport Secretary"),
            ("Eve Ely", "Transport Secretary"),
            ("Zed Nobody", None),
        ]
        for ordinal, (name, post) in enumerate(named, start=1):
            yield Contribution(
                ordinal=ordinal,
                debate_ordinal=1,
                role="statement",
                speaker_text=name,
                speaker_post_text=post,
                text=f"Statement {ordinal}.",
            )
        for ordinal, office in enumerate(("Home Secretary", "Transport Secretary"), start=1):
            yield MemberMention(
                ordinal=ordinal,
                statement_kind="contribution",
                statement_ordinal=1,
                as_printed=f"the {office}",
                post_text=office,
                text_char_start=ordinal,
                text_char_end=ordinal + 1,
            )

    landed.document(
        on, "inbox", "file", "debate_digest", records=turns(), title="Tides", published_on=day(on), text="Tides."
    )


OFFICES_ALONE = [
    # Before the reshuffle.
    ("2025-03-03", "Home Secretary", 201, "post", 0.95),
    ("2025-03-03", "Transport Secretary", 204, "post", 0.95),
    # The day of the reshuffle. The biography of the Home Secretary was read a week before.
    ("2025-03-10", "Home Secretary", 201, "post_unconfirmed", 0.5),
    ("2025-03-10", "Transport Secretary", 205, "post", 0.95),
    ("2025-03-20", "Home Secretary", 201, "post_unconfirmed", 0.5),
    ("2025-03-20", "Transport Secretary", 205, "post", 0.95),
    # The register was asked last on the day before.
    ("2025-03-21", "Home Secretary", 201, "post_unconfirmed", 0.5),
    ("2025-03-21", "Transport Secretary", 205, "post_unconfirmed", 0.5),
]


def test_an_office_alone_is_its_holder_of_the_day_as_far_as_that_was_confirmed(warehouse: Warehouse) -> None:
    assert (
        rows(
            warehouse,
            """
            SELECT c.stated_on::VARCHAR, n.post_text, m.member_id, n.match_method, n.match_confidence::DOUBLE
            FROM marts.fct_member_mention AS n JOIN marts.dim_member AS m USING (member_key)
            JOIN (SELECT document_id, stated_on FROM intermediate.int_statements GROUP BY ALL) AS c USING (document_id)
            ORDER BY ALL
            """,
        )
        == OFFICES_ALONE
    )


def test_only_what_was_confirmed_for_the_day_accuses(warehouse: Warehouse) -> None:
    """The coming Home Secretary is accused on 3 March alone, the former Transport Secretary after the reshuffle."""
    assert rows(
        warehouse,
        """
        SELECT named_on::VARCHAR, issue_kind, name_text, as_printed, register_says
        FROM marts.fct_attribution_issue ORDER BY ALL
        """,
    ) == [
        ("2025-03-03", "not_in_register", "Zed Nobody", "Zed Nobody", None),
        ("2025-03-03", "post_not_held", "Bo Baker", "Home Secretary", "Ann Able"),
        ("2025-03-03", "post_not_held", "Cy Cook", "Minister of State (Home Office)", None),
        ("2025-03-03", "post_not_held", "Eve Ely", "Transport Secretary", "Di Dean"),
        ("2025-03-10", "not_in_register", "Zed Nobody", "Zed Nobody", None),
        ("2025-03-20", "not_in_register", "Zed Nobody", "Zed Nobody", None),
        ("2025-03-20", "post_not_held", "Di Dean", "Transport Secretary", "Eve Ely"),
    ]


def test_a_name_printed_after_the_register_was_asked_is_found_with_less_confidence(warehouse: Warehouse) -> None:
    assert rows(
        warehouse,
        """
        SELECT stated_on::VARCHAR, match_method, match_confidence::DOUBLE FROM marts.fct_contribution
        WHERE speaker_text = 'Bo Baker' ORDER BY ALL
        """,
    ) == [
        ("2025-03-03", "name", 0.98),
        ("2025-03-10", "name", 0.98),
        ("2025-03-20", "name", 0.98),
        ("2025-03-21", "name_unconfirmed", 0.8),
    ]


def test_every_fact_of_the_register_says_when_it_was_last_given(warehouse: Warehouse) -> None:
    assert rows(
        warehouse,
        """
        SELECT member_id, post_text, end_on::VARCHAR, confirmed_on::VARCHAR FROM marts.dim_government_post
        WHERE member_id IN (201, 204, 205) ORDER BY ALL
        """,
    ) == [
        (201, "Secretary of State for the Home Department", None, "2025-03-03"),
        (204, "Secretary of State for Transport", "2025-03-10", "2025-03-11"),
        (205, "Secretary of State for Transport", None, "2025-03-20"),
    ]
    assert one(warehouse, "SELECT confirmed_on::VARCHAR FROM marts.dim_member WHERE member_id = 201") == ("2025-03-20",)


def test_another_spelling_of_a_name_or_a_party_is_no_period(warehouse: Warehouse) -> None:
    assert one(
        warehouse, "SELECT name, party, valid_from::VARCHAR, valid_to FROM marts.dim_member WHERE member_id = 206"
    ) == ("Siân Ó Faoláin", "Sinn Féin", "2017-06-08", None)


def test_what_was_asked_under_an_id_that_was_merged_is_the_members(warehouse: Warehouse) -> None:
    assert one(
        warehouse,
        """
        SELECT m.member_id, m.valid_from::VARCHAR, q.match_method FROM marts.fct_question AS q
        JOIN marts.dim_member AS m ON q.asking_member_key = m.member_key WHERE question_id = 5
        """,
    ) == (206, "2017-06-08", "member_id")
    assert rows(warehouse, "SELECT 1 FROM marts.dim_member WHERE member_id = 301") == []


def test_a_question_stays_with_the_department_of_its_day(warehouse: Warehouse) -> None:
    assert rows(
        warehouse,
        """
        SELECT q.question_id, d.department, d.successor FROM marts.fct_question AS q
        JOIN main.departments AS d USING (department_key) WHERE question_id < 5 ORDER BY ALL
        """,
    ) == [
        (
            1,
            "Department for Business, Energy and Industrial Strategy",
            "Cabinet Office; Department for Business and Trade; Department for Energy Security and Net Zero;"
            " Department for Science, Innovation and Technology",
        ),
        (2, "Department for Energy Security and Net Zero", None),
        (
            3,
            "Department for Digital, Culture, Media and Sport",
            "Department for Culture, Media and Sport; Department for Science, Innovation and Technology",
        ),
        (4, "Department for Culture, Media and Sport", None),
    ]
