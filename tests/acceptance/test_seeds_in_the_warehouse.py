"""The five saved documents in the published warehouse, read as a careful person reads them."""

from datetime import date


def one(connection, sql, *parameters):
    (row,) = connection.execute(sql, parameters).fetchall()
    return row


def test_a_document_is_its_bytes_hash(seeded, seeds):
    held = {row[0] for row in seeded.execute("SELECT document_id FROM marts.dim_document").fetchall()}
    assert set(seeds.values()) <= held


def test_no_saved_document_is_in_quarantine(seeded):
    assert seeded.execute("FROM ops.fct_quarantine").fetchall() == []


def test_000_five_tabled_questions_three_of_them_grouped_one_topical(seeded, seeds):
    found = seeded.execute(
        """
        SELECT question_type, count(*), count(DISTINCT question_group_key)
        FROM marts.fct_question WHERE document_id = ? GROUP BY ALL ORDER BY ALL
        """,
        [seeds["000"]],
    ).fetchall()
    assert [row[:2] for row in found] == [("oral", 4), ("topical", 1)]
    assert one(
        seeded,
        """
        SELECT count(*), bool_and(question_text LIKE '%violence against women and girls%') FROM marts.fct_question
        WHERE document_id = ? AND question_group_key IN (
            SELECT question_group_key FROM marts.fct_question
            WHERE question_group_key IS NOT NULL GROUP BY ALL HAVING count(*) > 1
        )
        """,
        seeds["000"],
    ) == (3, True)


def test_000_thirty_seven_million_more_and_the_member_in_brackets(seeded, seeds):
    sql = "SELECT amount_low_gbp::bigint, is_increase, period FROM marts.fct_funding_figure WHERE document_id = ?"
    assert one(seeded, sql, seeds["000"])[:2] == (37_000_000, True)
    sql = """
        SELECT member_name_text, constituency_text FROM marts.fct_member_mention
        WHERE document_id = ? AND constituency_text IS NOT NULL
    """
    assert one(seeded, sql, seeds["000"]) == ("Cat Eccles", "Stourbridge")


def test_001_ten_questions_with_ten_answers(seeded, seeds):
    rows = seeded.execute(
        """
        SELECT q.asked_by_text, q.asked_by_party_text, q.asked_by_constituency_text, q.answering_body_text,
            a.answered_by_text, a.answered_by_post_text
        FROM marts.fct_question AS q
        JOIN marts.bridge_question_answer USING (question_key) JOIN marts.fct_answer AS a USING (answer_key)
        WHERE q.document_id = ? ORDER BY q.char_start
        """,
        [seeds["001"]],
    ).fetchall()
    assert len(rows) == 10
    assert all(value for row in rows for value in row)
    assert rows[0] == (
        "Alex Mayer",
        "Labour",
        "Dunstable and Leighton Buzzard",
        "Home Office",
        "Jess Phillips",
        "Parliamentary Under-Secretary (Home Office)",
    )
    assert [row[5] for row in rows].count("Vice Chamberlain (HM Household) (Whip, House of Commons)") == 3


def test_001_seven_sums_that_add_up(seeded, seeds):
    sql = "SELECT count(*), sum(amount_low_gbp)::bigint FROM marts.fct_funding_figure WHERE document_id = ?"
    assert one(seeded, sql, seeds["001"]) == (7, 431_100_000)


def test_001_the_increase_is_part_of_the_total_and_the_minister_said_both(seeded, seeds):
    found = seeded.execute(
        """
        SELECT DISTINCT part.surface, total.surface, part.programme_text, part.said_by_text, total.said_by_text
        FROM marts.fct_funding_figure AS part
        JOIN marts.fct_funding_figure AS total ON part.total_figure_key = total.figure_key
        WHERE part.document_id = ? AND part.programme_text IS NOT NULL
        """,
        [seeds["001"]],
    ).fetchall()
    grant = "Domestic Abuse Safe Accommodation Grant"
    assert found == [("£30 million", "£160 million", grant, "Jess Phillips", "Jess Phillips")]


def test_002_one_question_to_the_home_office_by_nobody_known(seeded, seeds):
    sql = """
        SELECT q.asked_by_text, q.answering_body_text, count(a.answer_key)
        FROM marts.fct_question AS q LEFT JOIN marts.bridge_question_answer USING (question_key)
        LEFT JOIN marts.fct_answer AS a USING (answer_key) WHERE q.document_id = ? GROUP BY ALL
    """
    assert one(seeded, sql, seeds["002"]) == (None, "Home Office", 1)


def test_003_its_date_lead_member_type_and_announced_contributors(seeded, seeds):
    sql = """
        SELECT title, debated_on, lead_member_text, debate_type_text, announced_contributor_count
        FROM marts.fct_debate WHERE document_id = ?
    """
    assert one(seeded, sql, seeds["003"]) == (
        "Tackling Stalking",
        date(2024, 12, 3),
        "Jess Phillips",
        "Ministerial Statement",
        18,
    )


def test_003_seventeen_questions_and_replies_a_statement_and_the_shadow(seeded, seeds):
    roles = dict(
        seeded.execute(
            "SELECT role, count(*) FROM marts.fct_contribution WHERE document_id = ? GROUP BY 1", [seeds["003"]]
        ).fetchall()
    )
    assert roles == {"statement": 1, "question": 17, "reply": 17, "shadow": 1}
    sql = """
        SELECT count(*), count(asked_by_text), count(asked_by_constituency_text), count(answer_key)
        FROM marts.fct_question LEFT JOIN marts.bridge_question_answer USING (question_key)
        WHERE document_id = ? AND question_type = 'debate'
    """
    assert one(seeded, sql, seeds["003"]) == (17, 16, 17, 17)


def test_003_speakers_stand_as_printed_and_the_nameless_keeps_the_seat(seeded, seeds):
    rows = seeded.execute(
        """
        SELECT asked_by_text, asked_by_party_text, asked_by_constituency_text
        FROM marts.fct_question WHERE document_id = ? ORDER BY char_start
        """,
        [seeds["003"]],
    ).fetchall()
    assert rows[0] == ("Nusrat Ghani", "Con", "Wealden")
    assert rows[1] == ("Caroline Flint", "Lab", "Dagenham")
    assert rows[5] == ("Rachel Taylor", "Lab", "North Warwickshire and Bedworth")
    assert [row for row in rows if row[0] is None] == [(None, None, "Dwyfor Meirionnydd")]


def test_004_its_year_follows_from_weekday_and_office(seeded, seeds):
    sql = "SELECT published_on FROM marts.dim_document WHERE document_id = ?"
    assert one(seeded, sql, seeds["004"]) == (date(2018, 11, 6),)


def test_004_two_sections_and_quotes_with_who_said_them(seeded, seeds):
    headings = seeded.execute(
        "SELECT heading FROM marts.fct_post_section WHERE document_id = ? AND heading IS NOT NULL ORDER BY char_start",
        [seeds["004"]],
    ).fetchall()
    assert headings == [("Home Secretary to question tech giants",), ("Tackling knife crime",)]
    quotes = seeded.execute(
        """
        SELECT speaker_text, speaker_post_text FROM marts.fct_quote
        WHERE document_id = ? AND is_block ORDER BY char_start
        """,
        [seeds["004"]],
    ).fetchall()
    assert quotes[0] == ("Sajid Javid", "Home Secretary")
    assert "Home Office spokesperson" in f"{quotes[1][0]} {quotes[1][1]}"
    sql = "SELECT surface, amount_high_gbp::bigint, category FROM marts.fct_funding_figure WHERE document_id = ?"
    assert one(seeded, sql, seeds["004"]) == ("£200million", 200_000_000, "funding")


def test_004_the_sum_in_the_quotation_is_said_by_whom_it_quotes(seeded, seeds):
    sql = "SELECT said_by_text, programme_text FROM marts.fct_funding_figure WHERE document_id = ?"
    said_by, programme = one(seeded, sql, seeds["004"])
    assert "Home Office spokesperson" in said_by
    assert programme == "Youth Endowment Fund"


def test_the_questions_are_found_by_subject(seeded, seeds):
    def asked(topic, document):
        sql = """
            SELECT count(*) FROM marts.bridge_question_topic JOIN marts.fct_question USING (question_key)
            WHERE topic_key = ? AND document_id = ?
        """
        return one(seeded, sql, topic, seeds[document])[0]

    assert asked("violence-against-women-and-girls", "000") == 3
    assert asked("online-safety", "000") == 1
    assert asked("violence-against-women-and-girls", "001") >= 5
    assert asked("domestic-abuse", "001") >= 4
    assert asked("modern-slavery", "002") == 1
    assert asked("stalking", "003") >= 10


def test_every_span_slices_the_document(seeded, seeds):
    for table, column in [
        ("fct_question", "question_text"),
        ("fct_answer", "answer_text"),
        ("fct_contribution", "contribution_text"),
        ("fct_funding_figure", "surface"),
        ("fct_member_mention", "as_printed"),
    ]:
        wrong = seeded.execute(
            f"""
            SELECT t.{column}, substr(d.document_text, t.char_start + 1, t.char_end - t.char_start)
            FROM marts.{table} AS t JOIN marts.dim_document AS d USING (document_id)
            WHERE list_contains(?, document_id)
                AND t.{column} IS DISTINCT FROM substr(d.document_text, t.char_start + 1, t.char_end - t.char_start)
            """,
            [list(seeds.values())],
        ).fetchall()
        assert wrong == [], table
