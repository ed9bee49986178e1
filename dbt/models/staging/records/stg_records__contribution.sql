-- Made by `make staging` from include/orderpaper/records/types; change it there.
with source_rows as (
    select * from {{ source('records', 'contribution') }}
),

document_sources as (
    select * from {{ ref('stg_landing__document_source') }}
)

select
    source_rows.document_id,
    source_rows.source,
    source_rows.ordinal as contribution_ordinal,
    source_rows.text as contribution_text,
    source_rows.char_start,
    source_rows.char_end,
    source_rows.debate_ordinal,
    source_rows.contribution_id,
    source_rows.role,
    source_rows.is_role_inferred,
    source_rows.speaker_member_id,
    source_rows.speaker_text,
    source_rows.speaker_party_text,
    source_rows.speaker_constituency_text,
    source_rows.speaker_post_text,
    source_rows.reply_to_ordinal,
    source_rows.question_ordinal,
    source_rows.answer_ordinal
from source_rows
inner join document_sources
    on source_rows.document_id = document_sources.document_id
    and source_rows.source = document_sources.source
    and document_sources.is_read
