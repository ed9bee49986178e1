"""How to break what each check of the audit guards."""

BY_KIND = {
    "_not_null": "UPDATE {table} SET {column} = NULL",
    "_unique": "INSERT INTO {table} FROM {table}",
    "_accepted": "UPDATE {table} SET {column} = 'nonsense'",
    "_pattern": "UPDATE {table} SET {column} = 'nonsense'",
    "_range": "UPDATE {table} SET {column} = -1",
    "span_complete": "UPDATE {table} SET char_start = 3, char_end = NULL",
    "span_slices_document": "UPDATE {table} SET char_start = char_start + 1, char_end = char_end + 1",
    "text_span_slices_statement": "UPDATE {table} SET text_char_start = text_char_start + 1",
    "_on_references": "UPDATE {table} SET {column} = '1900-01-01'",
    "_references": "UPDATE {table} SET {column} = 'nobody at all'",
    "_in_document": "UPDATE {table} SET {column} = 99",
    "required_values": "UPDATE {table} SET ordinal = NULL",
    "of_its_document": "DELETE FROM raw.document",
}
"""End of a check's name → how to break what it guards."""

SPECIAL = {
    "raw.batch interval_in_order": "UPDATE {table} SET interval_end = '2024-11-17'",
    "raw.document understood_or_quarantined": "DELETE FROM raw.quarantine",
    "raw.document records_reconcile": "DELETE FROM raw.question",
    "raw.document announced_reconcile": "UPDATE {table} SET announced_count = 2 WHERE announced_count = 1",
    "raw.answer question_ordinals_in_document": "UPDATE {table} SET question_ordinals = [1, 2]",
    "ops.fct_measurement row_count_fall": "UPDATE {table} SET value = 949 WHERE value = 1100",
    "ops.fct_measurement share_rise_refused": "UPDATE {table} SET value = 0.3 WHERE value = 0.03",
    "ops.fct_measurement everything_landed_is_loaded": "UPDATE {table} SET value = 1 WHERE measure = 'missing_count'",
    "ops.fct_source_loss lost_rows": "UPDATE {table} SET refused_row_count = 31",
    "marts.dim_document reconciles_with_raw": "INSERT INTO raw.document (document_id) VALUES ('lost')",
    "marts.dim_document quarantine_reconciles_with_raw": "UPDATE {table} SET is_quarantined = false",
    "marts.dim_document quarantine_share": "UPDATE {table} SET is_quarantined = true WHERE source != 'inbox'",
    "marts.dim_date has_no_gap": "DELETE FROM {table} WHERE date_on = '2024-11-20'",
    "marts.dim_member verified_has_member_id": "UPDATE {table} SET is_verified = true",
    "marts.dim_member periods_do_not_overlap": "UPDATE {table} SET valid_to = '2016-01-01' WHERE NOT is_current",
    "marts.dim_member one_current_period": "UPDATE {table} SET is_current = true",
    "marts.dim_member reconciles_with_raw": "INSERT INTO raw.member (member_id) VALUES (2)",
    "marts.fct_question reconciles_with_raw": "DELETE FROM {table} WHERE question_id IS NOT NULL",
    "marts.fct_question answered_has_answer": "DELETE FROM marts.bridge_question_answer",
    "marts.fct_question overdue_waits": "UPDATE {table} SET is_overdue = true",
    "marts.fct_question answered_before_tabled_share": "UPDATE {table} SET answered_on = '2024-11-17'",
    "marts.bridge_question_document reconciles_with_raw": "UPDATE {table} SET occurrence_count = 2",
    "marts.fct_question one_text_chosen": "UPDATE marts.bridge_question_document SET is_text_chosen = false",
    "marts.bridge_similar_question of_one_member": (
        "UPDATE {table} SET question_key = similar_question_key, similar_question_key = question_key"
    ),
    "marts.fct_answer refers_back": "UPDATE {table} SET refers_to_question_key = 'q-saved'",
    "marts.fct_answer answers_a_question": "DELETE FROM marts.bridge_question_answer",
    "marts.fct_answer current_version_is_the_answer": (
        "UPDATE marts.fct_answer_version SET answer_text = 'other words'"
    ),
    "marts.fct_debate reconciles_with_raw": (
        "INSERT INTO raw.debate (document_id, ordinal) SELECT document_id, 2 FROM {table}"
    ),
    "marts.fct_contribution reconciles_with_raw": "DELETE FROM {table} WHERE contribution_ordinal = 2",
    "marts.fct_division reconciles_with_raw": "UPDATE {table} SET division_ordinal = 2",
    "marts.fct_division_vote reconciles_with_raw": "DELETE FROM {table}",
    "marts.fct_written_statement named_department_is_known": (
        "UPDATE {table} SET answering_body_text = 'Defra', department_key = NULL"
    ),
    "marts.fct_post_section reconciles_with_raw": "DELETE FROM {table}",
    "marts.fct_funding_figure low_at_most_high": "UPDATE {table} SET amount_high = 1",
    "marts.fct_funding_figure repeats_point_to_the_first": (
        "UPDATE {table} SET first_stated_figure_key = 'two-million' WHERE figure_key = 'one-million'"
    ),
    "marts.fct_funding_figure total_in_same_statement": (
        "UPDATE {table} SET total_figure_key = 'five-million' WHERE figure_key = 'two-million'"
    ),
    "marts.fct_funding_figure part_less_than_total": (
        "UPDATE {table} SET total_figure_key = figure_key WHERE figure_key = 'one-million'"
    ),
    "marts.fct_funding_figure negative_is_printed_so": "UPDATE {table} SET amount_low = -1, amount_low_gbp = -1",
    "marts.fct_funding_figure gbp_amounts": "UPDATE {table} SET amount_low_gbp = 1",
    "marts.fct_funding_figure found_when_stated": "DELETE FROM {table}",
    "marts.fct_quote reconciles_with_raw": "UPDATE {table} SET quote_ordinal = 2",
    "marts.rpt_funding_by_programme statements_add_up": "UPDATE {table} SET restated_count = 0",
    "marts.rpt_funding_by_programme every_commitment_counted": "UPDATE {table} SET figure_count = 2",
    "marts.rpt_funding_disagreement two_sides": "DELETE FROM {table} WHERE figure_key = 'two-million'",
    "marts.rpt_topics_by_month answered_at_most_asked": "UPDATE {table} SET answered_question_count = 2",
    "marts.rpt_non_answers_by_department every_non_answer_counted": "UPDATE {table} SET answer_count = 2",
    "marts.rpt_answers_by_reference resolved_at_most_all": "UPDATE {table} SET resolved_answer_count = 2",
    "marts.rpt_answers_by_reference every_reference_counted": "UPDATE {table} SET answer_count = 2",
    "marts.rpt_attribution_issues_by_publisher faulty_at_most_all": "UPDATE {table} SET faulty_document_count = 2",
    "marts.rpt_attribution_issues_by_publisher every_issue_counted": "UPDATE {table} SET issue_count = 2",
    "marts.rpt_department_response_times late_at_most_binding": "UPDATE {table} SET late_question_count = 2",
}
"""Table and check → how to break it, where its name does not tell."""


def kind(table, check):
    """Return the end of a check's name that says how to break it; its whole name if that is said for it alone."""
    if f"{table} {check.name}" in SPECIAL:
        return check.name
    return next((end for end in BY_KIND if check.name.endswith(end)), check.name)


def breaking(table, check):
    """Return the statement that breaks what a check guards."""
    statement = SPECIAL.get(f"{table} {check.name}") or BY_KIND.get(kind(table, check))
    assert statement, f"{table} {check.name}: say here how to break it"
    return statement.format(table=table, column=check.column)
