{{ config(materialized=tracked_table()) }}

{{ attributions_in_statements(
    "stg_records__answer", statement_kind="'answer'", statement_ordinal="records.answer_ordinal",
    role="answerer", person_ordinal="records.answer_ordinal", is_author=true,
    member_id="records.answering_member_id", name_text="records.answered_by_text",
    post_text="records.answered_by_post_text"
) }}
