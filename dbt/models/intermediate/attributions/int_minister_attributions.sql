{{ config(materialized=tracked_table()) }}

{{ attributions_in_statements(
    "int_written_statements",
    statement_kind="'written_statement'",
    statement_ordinal="records.written_statement_ordinal",
    role="minister",
    person_ordinal="records.written_statement_ordinal",
    is_author=true,
    member_id="records.member_id",
    name_text="records.made_by_text",
    post_text="records.post_text"
) }}
