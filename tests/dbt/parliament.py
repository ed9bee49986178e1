"""A small invented Parliament for the build of every model: one document or two for each rule of the marts.

Do not add to it for a new test: give the test's file a data set of its own, made with `building`.
"""

import datetime as dt
from decimal import Decimal
from typing import Any

from building import FRIDAY, MONDAY, Landed, answer, day, document_id, member, question

from orderpaper.records import (
    Answer,
    Contribution,
    Debate,
    Drift,
    FundingFigure,
    GovernmentPost,
    MemberMention,
    MemberPeriod,
    PostSection,
    Question,
    Quote,
    Record,
)

REFERRAL = "I refer the hon. Member to the answer given on 6 November 2024 to Question 5005."
COASTS = "To ask the Secretary of State for the Home Department, what she does for {} coasts."
PLANS = "We will work with councils, charities and schools to keep the coast and those who live by it safe by {}."
FUND = "The Riverside Fund provides £2 million to police forces in 2024-25."


def figure(
    ordinal: int, statement: tuple[str, int], text: str, surface: str, amount: str, **facts: Any
) -> FundingFigure:
    """A sum that stands in the `text` of the statement of that kind and ordinal."""
    start = text.index(surface)
    usual: dict[str, Any] = {
        "currency": "GBP",
        "qualifier": "exact",
        "category": "funding",
        "direction": "out",
        "certainty": "announced",
        "is_increase": False,
        "rule": "provides",
    }
    return FundingFigure(
        ordinal=ordinal,
        statement_kind=statement[0],
        statement_ordinal=statement[1],
        surface=surface,
        amount_low=Decimal(amount),
        amount_high=Decimal(amount),
        sentence=text,
        text_char_start=start,
        text_char_end=start + len(surface),
        **usual | facts,
    )


def parliament() -> Landed:
    """Everything that the tests ask about."""
    landed = Landed()
    _register(landed)
    _written_questions(landed)
    _listing(landed)
    _digest(landed)
    _question_time(landed)
    _press_post(landed)
    landed.document("half a listing", "inbox", "file", None)
    landed.rows["quarantine"].append(
        {
            "document_id": document_id("half a listing"),
            "source": "inbox",
            "parser_version": "1",
            "kind": "file",
            "url": "half.txt",
            "stage": "parse",
            "reason": "line 9: the question has no text",
            "excerpt": "Asked by:",
            "quarantined_at": MONDAY,
        }
    )
    for number, outcome in enumerate(("fetched", "not_modified", "throttled")):
        landed.rows["fetch"].append(
            {
                "fetch_id": f"fetch-{number}",
                "source": "written_questions",
                "run_id": "run-1",
                "url": "https://questions-statements-api.parliament.uk/list",
                "requested_at": MONDAY + dt.timedelta(seconds=number),
                "status_code": {"fetched": 200, "not_modified": 304, "throttled": 429}[outcome],
                "outcome": outcome,
                "document_id": document_id("list of Monday") if outcome == "fetched" else None,
                "is_new_document": outcome == "fetched",
                "byte_count": 100,
                "elapsed_ms": 12,
                "attempt": 1,
                "error": None,
            }
        )
    landed.rows["batch"].append(
        {
            "batch_id": "written_questions/1",
            "source": "written_questions",
            "interval_start": day("2024-11-04"),
            "interval_end": day("2024-11-15"),
            "document_count": 3,
        }
    )
    return landed


def _register(landed: Landed) -> None:
    landed.document(
        "search",
        "members",
        "search",
        "member_search",
        records=[
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
        ],
    )
    history = {
        "party": [("Conservative", "2019-12-12", "2024-11-06"), ("Independent", "2024-11-06", None)],
        "house": [("Commons", "2019-12-12", None)],
        "constituency": [("Hollow Bay", "2019-12-12", None)],
    }
    spans = [(attribute, *span) for attribute, stretches in history.items() for span in stretches]
    landed.document(
        "history",
        "members",
        "history",
        "member_history",
        records=[
            MemberPeriod(
                ordinal=ordinal,
                member_id=102,
                attribute=attribute,
                value_text=value,
                start_on=day(start),
                end_on=day(end) if end else None,
            )
            for ordinal, (attribute, value, start, end) in enumerate(spans, start=1)
        ],
    )
    landed.document(
        "biography",
        "members",
        "biography",
        "member_biography",
        records=[
            GovernmentPost(
                ordinal=1,
                member_id=104,
                post_text="Minister of State (Home Office)",
                start_on=day("2024-07-08"),
            ),
            Drift(ordinal=1, field_path="value.hobbies", example="chess"),
        ],
    )


def _written_questions(landed: Landed) -> None:
    group = [f"2024-11-04/{number}" for number in (5003, 5004)]
    cut = (FUND + " It will be spent on " + "more and " * 40)[:255] + "..."
    shared = "There are 27 areas."
    landed.document(
        "list of Monday",
        "written_questions",
        "list",
        "written_question_list",
        records=[
            question(1, 5001),
            question(2, 5002, is_truncated=True, text="x" * 255, tabled_on=day("2024-11-05")),
            answer(2, cut, is_truncated=True),
            question(3, 5003, grouped_with=group[1:]),
            answer(3, shared),
            question(4, 5004, grouped_with=group[:1], asking_member_id=105, house="Lords", due_on=day("2024-11-18")),
            question(5, 5005, is_named_day=True),
            answer(5, "It has not proved possible to respond in time.", is_holding=True, answered_on=day("2024-11-06")),
            question(6, 5006, is_named_day=True, answering_body_id=999, answering_body_text="Office of Tides"),
            answer(6, REFERRAL),
            question(7, 5007, asking_member_id=999),
            answer(7, REFERRAL.upper(), answered_on=day("2024-11-06")),
            question(8, 5008, grouped_with=["2024-11-04/5003"], tabled_on=day("2024-11-05")),
            answer(8, shared),
            question(9, 5009, text=COASTS.format("high risk")),
            answer(9, PLANS.format("2025")),
        ],
    )
    whole = FUND + " It will be spent on " + "more and " * 40 + "more."
    landed.document(
        "detail of 5002",
        "written_questions",
        "detail",
        "written_question",
        records=[
            question(1, 5002, text="To ask in full, " + "y" * 300, tabled_on=day("2024-11-05")),
            answer(1, whole),
            figure(1, ("answer", 1), whole, "£2 million", "2000000", programme_text="Riverside Fund", period="2024-25"),
        ],
        fetched_at=MONDAY + dt.timedelta(minutes=1),
    )
    landed.document(
        "list of Friday",
        "written_questions",
        "list",
        "written_question_list",
        records=[
            question(1, 5001, is_withdrawn=True),
            question(2, 5005, is_named_day=True),
            answer(2, FUND, answered_on=day("2024-11-12"), held_on=day("2024-11-06")),
            figure(1, ("answer", 2), FUND, "£2 million", "2000000", programme_text="Riverside fund", period="2024-25"),
            question(3, 5010, text=COASTS.format("high-risk")),
            answer(3, PLANS.format("2026"), answered_on=day("2024-11-13")),
        ],
        fetched_at=FRIDAY,
    )


def _listing(landed: Landed) -> None:
    asked = "What funding her Department gives."
    answered = "We are investing £13.1 million."
    text = (
        "Asked by: Ada Quill (Labour - Marshford)\n"
        f"Question to the Home Department:\n{asked}\nAnswered by Jess Thornbury - Minister of State\n{answered}\n"
    )

    def span(words: str) -> dict[str, int]:
        return {"char_start": text.index(words), "char_end": text.index(words) + len(words)}

    records = [
        Question(
            ordinal=1,
            question_type="written",
            asked_by_text="Ada Quill",
            asked_by_party_text="Labour",
            asked_by_constituency_text="Marshford",
            answering_body_text="Home Department",
            text=asked,
            **span(asked),
        ),
        Answer(
            ordinal=1,
            question_ordinals=[1],
            answered_by_text="Jess Thornbury",
            answered_by_post_text="Minister of State",
            text=answered,
            **span(answered),
        ),
        figure(1, ("answer", 1), answered, "£13.1 million", "13100000", **span("£13.1 million")),
    ]
    facts = {"text": text, "title": None, "published_on": None}
    landed.document("listing", "inbox", "file", "question_listing", records=records, **facts)
    # The same bytes, found by another source too: one document, counted once.
    landed.document("listing", "question_listing", "file", "question_listing", records=records, **facts)


def _question_time(landed: Landed) -> None:
    """Two topical questions in the same words, as tabled and, revised once, as Hansard has them with their answer."""
    words = "If she will make a statement on her departmental responsibilities."
    put: dict[str, Any] = {"question_type": "topical", "due_on": day("2024-11-12"), "text": words}
    landed.document(
        "oral list",
        "oral_questions",
        "list",
        "oral_question_list",
        records=[
            question(1, 7001, uin="900001", asking_member_id=101, **put),
            question(2, 7002, uin="900002", asking_member_id=103, **put),
        ],
    )
    printed: dict[str, Any] = {"house": "Commons", "answering_body_text": "Home Department", "heading": "Topics", **put}
    for name, reply, fetched_at in (("first", "We  are.", MONDAY), ("revised", "We are.", FRIDAY)):
        landed.document(
            f"debate as {name} put out",
            "hansard",
            "debate",
            "hansard_debate",
            records=[
                Question(ordinal=1, uin="900001", asking_member_id=101, **printed),
                Question(ordinal=2, asking_member_id=103, **printed),
                Answer(ordinal=1, question_ordinals=[1, 2], answered_on=day("2024-11-12"), text=reply),
            ],
            fetched_at=fetched_at,
            url="/debates/debate/7.json",
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


def _press_post(landed: Landed) -> None:
    section = "We have announced a new £200million fund."
    landed.document(
        "post",
        "inbox",
        "file",
        "press_post",
        records=[
            PostSection(ordinal=1, heading="Tackling tides", text=section, char_start=0, char_end=len(section)),
            Quote(
                ordinal=1,
                section_ordinal=1,
                speaker_text="A Home Office spokesperson",
                text=section,
                char_start=0,
                char_end=len(section),
            ),
            Quote(ordinal=2, section_ordinal=1, speaker_text="Guy Pell", text="Tides.", char_start=0, char_end=2),
            figure(1, ("post_section", 1), section, "£200million", "200000000", char_start=24, char_end=35),
        ],
        title="Home Office in the media: Tuesday 6 November",
        published_on=day("2018-11-06"),
        text=section,
    )
