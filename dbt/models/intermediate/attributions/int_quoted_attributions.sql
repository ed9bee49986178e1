{{ config(materialized=tracked_table()) }}

{{ attributions_in_statements(
    "stg_records__quote", statement_kind="'post_section'", statement_ordinal="records.section_ordinal",
    role="quoted", person_ordinal="records.quote_ordinal", is_audited=false,
    name_text="records.speaker_text", post_text="records.speaker_post_text"
) }}
