{{ config(materialized=tracked_table()) }}

{{ attributions_in_statements(
    "stg_records__contribution", statement_kind="'contribution'", statement_ordinal="records.contribution_ordinal",
    role="speaker", person_ordinal="records.contribution_ordinal", is_author=true,
    is_audited="records.role != 'chair'",
    member_id="records.speaker_member_id", name_text="records.speaker_text", party_text="records.speaker_party_text",
    constituency_text="records.speaker_constituency_text", post_text="records.speaker_post_text"
) }}
