"""The rows of test_suites.py: at least one of each table. Together they pass every check."""

from orderpaper.records import READING_TYPES, RECORD_TYPES

QUESTION = "To ask the Secretary of State how much will be spent on flood defences in Ambridge."
ANSWER = "We are investing £5 million, £1 million of it now, as the hon. Member for Ambridge (Alex Archer) said."
SECTION = "The department announced a further £2 million today."
TEXT = f"{QUESTION}\n{ANSWER}\n{SECTION}"
LIST, SAVED, BROKEN = "a" * 64, "b" * 64, "c" * 64


def span_of(part, whole=TEXT):
    start = whole.index(part)
    return start, start + len(part)


def at(part):
    start, end = span_of(part)
    return {"char_start": start, "char_end": end}


def within(part, statement):
    start, end = span_of(part, statement)
    return {"text_char_start": start, "text_char_end": end, **at(part)}


DAYS = [f"2024-11-{day:02d}" for day in range(18, 23)]
PERSON = {"match_method": "name_and_constituency"}
SUM = {
    "currency": "GBP",
    "qualifier": "exact",
    "category": "funding",
    "direction": "out",
    "certainty": "announced",
    "is_increase": False,
}
FIGURE = SUM | {"document_id": SAVED, "department_key": "defra"}
MARTS = {
    "dim_source": [{"source": "inbox", "title": "Inbox"}, {"source": "written_questions", "title": "Written"}],
    "dim_document": [
        {
            "document_id": LIST,
            "source": "written_questions",
            "byte_count": 9,
            "is_quarantined": False,
            "is_current": True,
        },
        {
            "document_id": SAVED,
            "source": "inbox",
            "byte_count": 9,
            "is_quarantined": False,
            "is_current": True,
            "document_text": TEXT,
            "published_on": "2024-11-20",
        },
        {
            "document_id": BROKEN,
            "source": "inbox",
            "byte_count": 9,
            "is_quarantined": True,
            "is_current": True,
            "parser_version": "1",
        },
    ],
    "dim_date": [
        {
            "date_on": day,
            "weekday_number": number,
            "is_sitting_day": True,
            "commons_sitting_day_basis": "inferred",
            "lords_sitting_day_basis": "inferred",
            "sitting_day_basis": "inferred",
            "is_weekend": False,
        }
        for number, day in enumerate(DAYS, start=1)
    ],
    "dim_party": [{"party_key": "lab", "party_name": "Labour"}],
    "dim_constituency": [{"constituency_key": "ambridge", "constituency_name": "Ambridge"}],
    "dim_department": [
        {"department_key": "defra", "department_name": "DEFRA", "answering_body_id": 13},
        {"department_key": "maff", "department_name": "MAFF", "successor_department_key": "defra"},
    ],
    "bridge_question_department": [
        {
            "question_department_key": "stay",
            "question_key": "q-listed",
            "department_key": "defra",
            "seen_on": "2024-11-05",
            "is_current": True,
            "stay_ordinal": 1,
        }
    ],
    "bridge_department_successor": [
        {
            "department_key": "maff",
            "successor_department_key": "defra",
            "functions_text": "everything",
            "source_text": "GOV.UK",
            "succeeded_on": "2001-06-08",
        }
    ],
    "dim_department_name": [
        {
            "department_name_key": "defra-name",
            "department_key": "defra",
            "alias": "DEFRA",
            "alias_kind": "name",
            "valid_from": "2001-06-08",
        }
    ],
    "dim_member": [
        {
            "member_key": "archer-1",
            "member_id": 1,
            "name": "Alex Archer",
            "house": "Commons",
            "party_key": "lab",
            "constituency_key": "ambridge",
            "valid_from": "2010-05-06",
            "valid_to": "2015-05-07",
            "is_current": False,
            "is_verified": True,
        },
        {
            "member_key": "archer-2",
            "member_id": 1,
            "name": "Alex Archer",
            "house": "Commons",
            "valid_from": "2015-05-07",
            "is_current": True,
            "is_verified": True,
        },
        {"member_key": "nobody", "name": "Sam Nobody", "is_current": False, "is_verified": False},
    ],
    "bridge_member_status": [
        {
            "member_status_key": "archer-dissolved",
            "member_key": "archer-1",
            "member_id": 1,
            "document_id": LIST,
            "status_kind": "dissolved",
            "valid_from": "2015-03-30",
            "valid_to": "2015-05-07",
            "confirmed_on": "2024-11-20",
            "is_current": False,
        }
    ],
    "dim_government_post": [
        {
            "government_post_key": "whip",
            "document_id": LIST,
            "member_key": "archer-2",
            "department_key": "defra",
            "post_text": "Whip",
            "start_on": "2024-07-08",
            "confirmed_on": "2024-11-20",
        }
    ],
    "fct_question": [
        {
            "question_key": "q-listed",
            "document_id": LIST,
            "question_id": 1742072,
            "question_type": "written",
            "house": "Commons",
            "status": "unanswered",
            "match_method": "member_id",
            "asking_member_key": "archer-2",
            "question_text": "What steps is he taking?",
            "asking_member_id": 1,
            "asked_on": "2024-11-18",
            "tabled_on": "2024-11-18",
            "due_on": "2024-11-20",
            "is_answered": False,
            "is_truncated": False,
            "is_overdue": False,
            "is_past_nominal_date": False,
        },
        {
            "question_key": "q-saved",
            "document_id": SAVED,
            "question_type": "written",
            "status": "answered",
            "department_key": "defra",
            "question_text": QUESTION,
            "asking_member_id": 1,
            "asked_on": "2024-11-18",
            "answered_on": "2024-11-19",
            "tabled_on": "2024-11-18",
            "is_answered": True,
            "is_truncated": False,
            "is_overdue": False,
            "is_past_nominal_date": False,
            **PERSON,
            **at(QUESTION),
        },
    ],
    "bridge_similar_question": [
        {"question_key": "q-listed", "similar_question_key": "q-saved", "similarity_share": 0.95}
    ],
    "bridge_question_document": [
        {"question_key": "q-listed", "document_id": LIST, "occurrence_count": 1, "is_text_chosen": True},
        {"question_key": "q-saved", "document_id": SAVED, "occurrence_count": 1, "is_text_chosen": True},
    ],
    "fct_answer": [
        {
            "answer_key": "a-saved",
            "document_id": SAVED,
            "house": "Commons",
            "answering_member_key": "archer-2",
            "department_key": "defra",
            "non_answer_kind": "referral",
            "refers_to_question_key": "q-listed",
            "refers_to_uin": "12345",
            "reference_count": 1,
            "answer_text": ANSWER,
            "answered_on": "2024-11-19",
            "question_count": 1,
            "is_truncated": False,
            **PERSON,
            **at(ANSWER),
        }
    ],
    "fct_answer_version": [
        {
            "answer_version_key": "held",
            "answer_key": "a-saved",
            "document_id": SAVED,
            "version_number": 1,
            "version_kind": "holding",
            "stated_on": "2024-11-18",
            "is_current": False,
        },
        {
            "answer_version_key": "final",
            "answer_key": "a-saved",
            "document_id": SAVED,
            "version_number": 2,
            "version_kind": "final",
            "answer_text": ANSWER,
            "stated_on": "2024-11-19",
            "changed_word_share": 1.0,
            "is_current": True,
        },
    ],
    "bridge_question_answer": [{"question_key": "q-saved", "answer_key": "a-saved"}],
    "fct_debate": [
        {"debate_key": "debate", "document_id": SAVED, "house": "Commons", "lead_member_key": "archer-2", **PERSON}
    ],
    "fct_contribution": [
        {
            "contribution_key": f"turn-{ordinal}",
            "debate_key": "debate",
            "document_id": SAVED,
            "contribution_ordinal": ordinal,
            "role": role,
            "contribution_text": text,
            "member_key": "archer-2",
            "question_key": "q-saved" if ordinal == 1 else None,
            "answer_key": "a-saved" if ordinal == 2 else None,
            "reply_to_contribution_key": "turn-1" if ordinal == 2 else None,
            **PERSON,
            **at(text),
        }
        for ordinal, role, text in ((1, "question", QUESTION), (2, "reply", ANSWER))
    ],
    "fct_post_section": [
        {
            "section_key": "section",
            "document_id": SAVED,
            "section_ordinal": 1,
            "section_text": SECTION,
            "department_key": "defra",
            **at(SECTION),
        }
    ],
    "fct_funding_figure": [
        FIGURE
        | {
            "figure_key": "five-million",
            "statement_key": "a-saved",
            "statement_kind": "answer",
            "question_key": "q-saved",
            "said_by_member_key": "archer-2",
            "amount_low": 5_000_000,
            "amount_high": 5_000_000,
            "amount_low_gbp": 5_000_000,
            "amount_high_gbp": 5_000_000,
            "period": "2024-25",
            "programme_text": "Flood Fund",
            "surface": "£5 million",
            **within("£5 million", ANSWER),
        },
        FIGURE
        | {
            "figure_key": "one-million",
            "statement_key": "a-saved",
            "statement_kind": "answer",
            "question_key": "q-saved",
            "said_by_member_key": "archer-2",
            "total_figure_key": "five-million",
            "amount_low": 1_000_000,
            "amount_high": 1_000_000,
            "amount_low_gbp": 1_000_000,
            "amount_high_gbp": 1_000_000,
            "surface": "£1 million",
            **within("£1 million", ANSWER),
        },
        FIGURE
        | {
            "figure_key": "two-million",
            "statement_key": "section",
            "statement_kind": "post_section",
            "first_stated_figure_key": "five-million",
            "amount_low": 2_000_000,
            "amount_high": 2_000_000,
            "amount_low_gbp": 2_000_000,
            "amount_high_gbp": 2_000_000,
            "surface": "£2 million",
            **within("£2 million", SECTION),
        },
    ],
    "fct_written_statement": [
        {
            "written_statement_key": "written",
            "document_id": SAVED,
            "statement_id": 7,
            "house": "Commons",
            "heading": "Flood defences",
            "written_statement_text": SECTION,
            "department_key": "defra",
            "member_key": "archer-2",
            **PERSON,
        }
    ],
    "fct_division": [
        {
            "division_key": "division",
            "debate_key": "debate",
            "contribution_key": "turn-1",
            "document_id": SAVED,
            "division_ordinal": 1,
            "house": "Commons",
            "divided_on": DAYS[0],
            "announced_aye_count": 1,
            "aye_count": 1,
            "no_count": 0,
            "teller_count": 0,
        }
    ],
    "fct_division_vote": [
        {
            "division_vote_key": "vote",
            "division_key": "division",
            "member_key": "archer-2",
            "document_id": SAVED,
            "vote_ordinal": 1,
            "house": "Commons",
            "side": "aye",
            "printed_name_text": "Archer, Alex",
            "voter_text": "Alex Archer",
            "divided_on": DAYS[0],
            "is_teller": False,
            **PERSON,
        }
    ],
    "fct_quote": [
        {
            "quote_key": "quote",
            "section_key": "section",
            "document_id": SAVED,
            "quote_ordinal": 1,
            "quote_text": "a further £2 million",
            "member_key": "archer-2",
            **PERSON,
            **at("a further £2 million"),
        }
    ],
    "fct_member_mention": [
        {
            "mention_key": "mention",
            "statement_key": "a-saved",
            "statement_kind": "answer",
            "document_id": SAVED,
            "member_key": "archer-2",
            "as_printed": "the hon. Member for Ambridge (Alex Archer)",
            **PERSON,
            **within("the hon. Member for Ambridge (Alex Archer)", ANSWER),
        }
    ],
    "dim_topic": [{"topic_key": "water", "topic_title": "Water", "include_phrase_count": 1}],
    "bridge_statement_topic": [
        {
            "statement_key": "q-saved",
            "statement_kind": "question",
            "topic_key": "water",
            "phrases_text": "flood defence",
            "phrase_count": 1,
        }
    ],
    "bridge_figure_topic": [{"figure_key": "five-million", "topic_key": "water", "is_from_question": False}],
    "bridge_question_topic": [
        {"question_key": "q-saved", "topic_key": "water", "phrases_text": "flood defence", "phrase_count": 1}
    ],
    "fct_attribution_issue": [
        {
            "issue_key": "issue",
            "document_id": SAVED,
            "issue_kind": "party_differs",
            "severity": "medium",
            "as_printed": "Con",
            "member_key": "archer-2",
        }
    ],
    "rpt_department_response_times": [
        {
            "department_key": "defra",
            "house": "Commons",
            "month_start_on": "2024-11-01",
            "answered_question_count": 1,
            "binding_question_count": 1,
            "late_question_count": 0,
        }
    ],
    "rpt_late_named_day_answers": [{"question_key": "q-saved", "answer_key": "a-saved", "days_late_count": 1}],
    "rpt_repeated_answers": [{"repeat_cluster_key": "cluster", "first_answer_key": "a-saved", "answer_count": 2}],
    "rpt_funding_by_programme": [
        {
            "programme_period_key": "floods",
            "department_key": "defra",
            "figure_count": 1,
            "restated_count": 1,
            "statement_count": 2,
            "has_disagreement": True,
        }
    ],
    "rpt_funding_disagreement": [
        {
            "disagreement_amount_key": f"floods-{figure}",
            "disagreement_key": "floods",
            "figure_key": figure,
            "statement_count": 1,
        }
        for figure in ("five-million", "two-million")
    ],
    "rpt_member_activity": [{"member_key": "archer-2", "member_id": 1}],
    "rpt_topics_by_month": [
        {
            "topic_key": "water",
            "house": "Commons",
            "month_start_on": "2024-11-01",
            "question_count": 1,
            "answered_question_count": 1,
        }
    ],
    "rpt_non_answers_by_department": [
        {
            "department_key": "defra",
            "house": "Commons",
            "month_start_on": "2024-11-01",
            "non_answer_kind": "referral",
            "answer_count": 1,
            "answer_share": 1.0,
        }
    ],
    "rpt_answers_by_reference": [
        {
            "department_key": "defra",
            "house": "Commons",
            "month_start_on": "2024-11-01",
            "answer_count": 1,
            "resolved_answer_count": 1,
            "all_answer_count": 1,
            "answer_share": 1.0,
        }
    ],
    "rpt_attribution_issues_by_publisher": [
        {
            "source": "inbox",
            "document_kind": "debate_digest",
            "issue_kind": "party_differs",
            "issue_count": 1,
            "faulty_document_count": 1,
            "document_count": 1,
        }
    ],
    "rpt_unanswered_by_age": [
        {
            "department_key": "defra",
            "house": "Commons",
            "has_only_holding_answer": False,
            "age_band": "up to a week",
            "as_of_on": "2024-11-20",
            "question_count": 1,
        }
    ],
}
LIST_URL = "/api/writtenquestions/questions?tabledWhenFrom=2024-11-18&tabledWhenTo=2024-11-22&skip=0&take=100"
LISTED = {"document_id": LIST, "source": "written_questions", "parser_version": "1", "ordinal": 1}
READ = {"document_id": SAVED, "source": "inbox", "parser_version": "1", "ordinal": 1}
OF_ANSWER = {"statement_kind": "answer", "statement_ordinal": 1}
IN_ANSWER = OF_ANSWER | {"text_char_start": 0, "text_char_end": 10}
RAW = {
    "source": [
        {"source": "inbox", "title": "Inbox", "licence": "OPL"},
        {"source": "written_questions", "title": "Written", "licence": "OPL"},
    ],
    "batch": [
        {
            "batch_id": "written_questions/2024-11-18_2024-11-22_0123456789ab_v1",
            "source": "written_questions",
            "interval_start": "2024-11-18",
            "interval_end": "2024-11-22",
            "document_count": 1,
            "loaded_at": "2024-11-22",
        }
    ],
    "fetch": [
        {
            "fetch_id": "1",
            "source": "written_questions",
            "outcome": "fetched",
            "requested_at": "2024-11-22",
            "attempt": 1,
            "document_id": LIST,
        }
    ],
    "fetch_file": [{"file_name": "written_questions/run.jsonl", "byte_count": 9}],
    "document": [
        {
            "document_id": document_id,
            "source": source,
            "kind": kind,
            "document_kind": document_kind,
            "url": url,
            "byte_count": 9,
            "fetched_at": "2024-11-22",
            "announced_count": announced_count,
            "parser_version": "1",
        }
        for document_id, source, kind, document_kind, url, announced_count in (
            (LIST, "written_questions", "list", "written_question_list", LIST_URL, 1),
            (SAVED, "inbox", "file", "question_listing", "saved.txt", None),
            (BROKEN, "inbox", "file", None, "broken.txt", None),
        )
    ],
    "quarantine": [
        {
            "document_id": BROKEN,
            "source": "inbox",
            "stage": stage,
            "reason": "not a known kind of document",
            "excerpt": "",
            "parser_version": version,
        }
        for version, stage in (("unread", "landing"), ("1", "parse"))
    ],
    "question": [
        LISTED | {"question_id": 1742072, "question_type": "written", "house": "Commons", "text": "What steps?"},
        READ | {"question_type": "written", "text": QUESTION},
    ],
    "answer": [READ | {"question_ordinals": [1], "text": ANSWER}],
    "debate": [READ | {"house": "Commons"}],
    "contribution": [
        READ | {"debate_ordinal": 1, "role": "question", "text": QUESTION, "question_ordinal": 1},
        READ
        | {
            "ordinal": 2,
            "debate_ordinal": 1,
            "role": "reply",
            "text": ANSWER,
            "answer_ordinal": 1,
            "reply_to_ordinal": 1,
        },
    ],
    "sitting_day": [LISTED | {"house": "Commons", "sat_on": "2024-11-18"}],
    "division": [
        READ | {"debate_ordinal": 1, "contribution_ordinal": 1, "house": "Commons", "divided_on": "2024-11-18"}
    ],
    "vote": [
        READ
        | {"division_ordinal": 1, "side": "aye", "is_teller": False}
        | {"printed_name_text": "Archer, Alex", "voter_text": "Alex Archer"}
    ],
    "post_section": [READ | {"text": SECTION}],
    "written_statement": [
        READ
        | {"statement_id": 7, "uin": "HCWS7", "house": "Commons", "made_on": "2024-11-20", "member_id": 1}
        | {"answering_body_id": 1, "answering_body_text": "Defra", "heading": "Flood defences", "text": SECTION}
    ],
    "quote": [READ | {"section_ordinal": 1, "text": "a further £2 million"}],
    "member_mention": [READ | IN_ANSWER | {"as_printed": "the hon. Member"}],
    "topic_mention": [READ | OF_ANSWER | {"topic_key": "water", "phrase": "flood defence", "is_in_heading": False}],
    "non_answer": [READ | OF_ANSWER | {"non_answer_kind": "referral", "phrase": "i refer the"}],
    "answer_reference": [READ | OF_ANSWER | {"refers_to_uin": "12345"}],
    "question_words": [READ | {"statement_kind": "question", "statement_ordinal": 1, "word_hashes": [1]}],
    "answer_signature": [READ | OF_ANSWER | {"run_hashes": [1], "band_hashes": [1]}],
    "funding_figure": [
        READ
        | IN_ANSWER
        | SUM
        | {
            "surface": "£5 million",
            "amount_low": 5_000_000,
            "amount_high": 5_000_000,
            "rule": "investing",
            "sentence": ANSWER,
        }
    ],
    "member": [READ | {"member_id": 1, "name": "Alex Archer", "house": "Commons"}],
    "member_period": [LISTED | {"member_id": 1, "attribute": "party", "value_text": "Labour"}],
    "member_merge": [LISTED | {"member_id": 9, "merged_into_member_id": 1}],
    "government_post": [LISTED | {"member_id": 1, "post_text": "Whip"}],
    "drift": [LISTED | {"field_path": "value.newField", "example": "1"}],
}
for _document in RAW["document"]:
    _document["record_count"] = sum(
        row["document_id"] == _document["document_id"]
        for table in RECORD_TYPES.keys() - READING_TYPES.keys()
        for row in RAW.get(table, [])
    )
OPS = {
    "fct_source_loss": [
        {
            "source": "written_questions",
            "row_count": 999,
            "refused_row_count": 1,
            "document_count": 9,
            "lost_document_count": 0,
            "tolerated_row_count": 0,
            "lost_row_share": 0.001,
        },
    ],
    "fct_as_of": [
        {"as_of_key": "a", "source": "written_questions", "as_of_on": "2024-11-22", "is_behind": False},
        {"as_of_key": "b", "source": "members", "as_of_on": "2024-11-21", "is_behind": False},
    ],
    "fct_measurement": [
        {
            "run_id": "run-1",
            "table_name": table,
            "measure": measure,
            "measured_at": "2024-11-22",
            "value": value,
            "published_value": published_value,
        }
        for table, measure, value, published_value in (
            ("marts.fct_question", "row_count", 1100.0, 1000.0),
            ("marts.fct_question", "unresolved_asker_share", 0.03, 0.02),
            ("marts.rpt_unanswered_by_age", "row_count", 10.0, 12.0),
            ("raw.document", "missing_count", 0.0, None),
        )
    ],
}


ROWS = {
    f"{schema}.{table}": rows
    for schema, tables in (("raw", RAW), ("marts", MARTS), ("ops", OPS))
    for table, rows in tables.items()
}
"""Table with schema → its rows."""
