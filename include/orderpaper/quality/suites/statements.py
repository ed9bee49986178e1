"""The checks of questions, answers and contributions."""

from orderpaper.quality.checks import (
    Watched,
    between,
    facts,
    never,
    no_rows,
    reconciles,
    share_at_most,
    suite,
    unique,
    warn,
)
from orderpaper.quality.suites.common import CURRENT, HOUSES, MATCHED, UNMATCHED, rows_in_order, span

_DAY = "marts.dim_date.date_on"
_JOINED_QUESTIONS = (Watched("bridge_question_answer", "answer_key", "answer_key"),)

SUITES = {
    **suite(
        "marts.fct_question",
        MATCHED,
        facts(at_least={"overdue_days": 1}, refers_to={"tabled_on": _DAY, "due_on": _DAY, "answered_on": _DAY}),
        never(
            "overdue_waits",
            "Only a question that waits for a substantive answer is overdue, and overdue_days says for how long.",
            "is_overdue AND (overdue_days IS NULL OR status NOT IN ('unanswered', 'answered')"
            " OR status = 'answered' AND NOT has_only_holding_answer)",
            "is_overdue",
        ),
        span("question_text"),
        reconciles(
            "reconciles_with_raw",
            "Every question with an id is one row, however many documents show it.",
            "SELECT question_id FROM $table WHERE question_id IS NOT NULL",
            "SELECT question_id FROM raw.question WHERE question_id IS NOT NULL",
        ),
        unique("question_type", "question_id"),
        no_rows(
            "answered_has_answer",
            "A question is answered if, and only if, an answer is joined to it.",
            """
            SELECT question.* FROM $table AS question
            LEFT JOIN (
                SELECT DISTINCT question_key FROM marts.bridge_question_answer SEMI JOIN $table USING (question_key)
            ) AS bridge ON question.question_key = bridge.question_key
            WHERE question.is_answered != (bridge.question_key IS NOT NULL)
            """,
            "is_answered",
            (Watched("bridge_question_answer", "question_key", "question_key"),),
        ),
        no_rows(
            "one_text_chosen",
            "Every question takes its text from one document, the one that it cites.",
            """
            SELECT question.question_key, question.document_id FROM $table AS question
            LEFT JOIN marts.bridge_question_document AS bridge
                ON question.question_key = bridge.question_key AND bridge.is_text_chosen
            GROUP BY question.question_key, question.document_id
            HAVING count(bridge.document_id) != 1 OR min(bridge.document_id) != question.document_id
            """,
            "document_id",
            (Watched("bridge_question_document", "question_key", "question_key"),),
        ),
        share_at_most(
            "answered_before_tabled_share",
            "At most one answered question in a thousand has a first answer dated before it was tabled.",
            0.001,
            "answered_on < tabled_on",
            "answered_on IS NOT NULL",
        ),
        warn(
            never(
                "answered_after_tabled",
                "No question is answered before it is tabled.",
                "answered_on < tabled_on",
                "answered_on",
            ),
            never(
                "due_after_tabled",
                "No question is due before it is tabled, or at a weekend.",
                "due_on < tabled_on OR isodow(due_on) > 5",
                "due_on",
            ),
            share_at_most(
                "due_on_a_sitting_day_share",
                "At least 95 % of written questions are due on a sitting day, if sitting days are loaded.",
                0.05,
                "due_on NOT IN (SELECT date_on FROM marts.dim_date WHERE is_sitting_day)",
                """
                question_type = 'written' AND EXISTS (
                    SELECT 1 FROM raw.batch WHERE due_on BETWEEN interval_start AND interval_end AND source != 'inbox'
                )
                """,
            ),
            never(
                "text_is_whole",
                "No question is left with the text that the list cut short.",
                "is_truncated",
                "is_truncated",
            ),
            share_at_most(
                "askers_known_share",
                "The register knows the asker of at least 95 % of questions that carry Parliament's id.",
                0.05,
                f"coalesce(match_method, 'unresolved') IN {UNMATCHED}",
                "question_id IS NOT NULL",
            ),
        ),
    ),
    **suite(
        "marts.bridge_question_document",
        reconciles(
            "reconciles_with_raw",
            "Every question of a document that counts is cited, once for every place where it stands.",
            "SELECT document_id, sum(occurrence_count) AS question_count FROM $table GROUP BY document_id",
            f"""
            SELECT document_id, count(DISTINCT ordinal) AS question_count FROM raw.question
            WHERE question_id IS NOT NULL OR {CURRENT} GROUP BY document_id
            """,
        ),
    ),
    **suite(
        "marts.bridge_similar_question",
        between("similarity_share", 0.9, 1),
        no_rows(
            "of_one_member",
            "Two linked questions are by the same member, and are linked once.",
            """
            SELECT pair.* FROM $table AS pair
            JOIN marts.fct_question AS one USING (question_key)
            JOIN marts.fct_question AS other ON pair.similar_question_key = other.question_key
            WHERE one.asking_member_id IS DISTINCT FROM other.asking_member_id
                OR (one.asked_on, one.question_key) >= (other.asked_on, other.question_key)
            """,
            watched=(
                Watched("fct_question", "question_key", "question_key"),
                Watched("fct_question", "question_key", "similar_question_key"),
            ),
        ),
    ),
    **suite(
        "marts.fct_answer",
        MATCHED,
        facts(
            allowed={"house": HOUSES},
            at_least={"question_count": 1, "reference_count": 0},
            refers_to={"answered_on": _DAY},
        ),
        no_rows(
            "refers_back",
            "An answer that points to a question says which by its number, and is not an answer to it.",
            """
            SELECT answer.* FROM $table AS answer
            LEFT JOIN marts.bridge_question_answer AS bridge
                ON answer.answer_key = bridge.answer_key AND answer.refers_to_question_key = bridge.question_key
            WHERE answer.refers_to_question_key IS NOT NULL
            AND (answer.refers_to_uin IS NULL OR bridge.question_key IS NOT NULL)
            """,
            "refers_to_question_key",
            _JOINED_QUESTIONS,
        ),
        span("answer_text"),
        no_rows(
            "answers_a_question",
            "Every answer is joined to a question, as many as it counts.",
            """
            SELECT answer.answer_key, answer.question_count, count(bridge.question_key) AS joined_count
            FROM $table AS answer
            LEFT JOIN marts.bridge_question_answer AS bridge ON answer.answer_key = bridge.answer_key
            GROUP BY answer.answer_key, answer.question_count
            HAVING count(bridge.question_key) != answer.question_count
            """,
            "question_count",
            _JOINED_QUESTIONS,
        ),
        no_rows(
            "current_version_is_the_answer",
            "Every answer has one current version, its last, in the answer's own words.",
            """
            SELECT answer.answer_key FROM $table AS answer
            LEFT JOIN (
                SELECT *, max(version_number) OVER (PARTITION BY answer_key) AS last_number
                FROM marts.fct_answer_version SEMI JOIN $table USING (answer_key)
            ) AS version ON answer.answer_key = version.answer_key AND version.is_current
            GROUP BY answer.answer_key
            HAVING count(*) != 1 OR min(version.version_number) IS DISTINCT FROM min(version.last_number)
            OR min(version.answer_text) IS DISTINCT FROM min(answer.answer_text)
            """,
            "answer_text",
            (Watched("fct_answer_version", "answer_key", "answer_key"),),
        ),
        warn(
            never(
                "text_is_whole",
                "No answer is left with the text that the list cut short.",
                "is_truncated",
                "is_truncated",
            ),
            share_at_most("empty_share", "At most one answer in a hundred is empty.", 0.01, "trim(answer_text) = ''"),
            never(
                "corrected_after_answered",
                "No answer is corrected before it is given.",
                "corrected_on < answered_on",
                "corrected_on",
            ),
        ),
    ),
    **suite(
        "marts.fct_answer_version",
        facts(at_least={"version_number": 1}, shares="changed_word_share"),
    ),
    **suite(
        "marts.fct_debate",
        MATCHED,
        facts(allowed={"house": HOUSES}),
        reconciles(
            "reconciles_with_raw",
            "Every debate of a current document is one row.",
            "SELECT document_id, count(*) AS debate_count FROM $table GROUP BY document_id",
            f"""
            SELECT document_id, count(DISTINCT ordinal) AS debate_count FROM raw.debate
            WHERE {CURRENT} GROUP BY document_id
            """,
        ),
    ),
    **suite(
        "marts.fct_contribution",
        MATCHED,
        span("contribution_text"),
        rows_in_order(
            "contribution", "contribution", "Every turn of a current document's debates is one row, in order."
        ),
    ),
    **suite(
        "marts.fct_post_section",
        span("section_text"),
        rows_in_order("post_section", "section", "Every section of a current post is one row, in order."),
    ),
    **suite(
        "marts.fct_written_statement",
        MATCHED,
        facts(allowed={"house": HOUSES}),
        never(
            "named_department_is_known",
            "A statement that names its department has that department.",
            "answering_body_text IS NOT NULL AND department_key IS NULL",
            "department_key",
        ),
    ),
}
