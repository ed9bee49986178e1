{{ config(materialized=tracked_table()) }}

{{ attributions_in_statements(
    "stg_records__member_mention", statement_kind="records.statement_kind",
    statement_ordinal="records.statement_ordinal",
    role="mentioned", person_ordinal="records.mention_ordinal",
    name_text="records.member_name_text", constituency_text="records.constituency_text", post_text="records.post_text"
) }}
