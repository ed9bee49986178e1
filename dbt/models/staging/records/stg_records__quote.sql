-- Made by `make staging` from include/orderpaper/records/types; change it there.
with source_rows as (
    select * from {{ source('records', 'quote') }}
),

document_sources as (
    select * from {{ ref('stg_landing__document_source') }}
)

select
    source_rows.document_id,
    source_rows.source,
    source_rows.ordinal as quote_ordinal,
    source_rows.section_ordinal,
    source_rows.speaker_text,
    source_rows.speaker_post_text,
    source_rows.is_block,
    source_rows.text as quote_text,
    source_rows.char_start,
    source_rows.char_end
from source_rows
inner join document_sources
    on source_rows.document_id = document_sources.document_id
    and source_rows.source = document_sources.source
    and document_sources.is_read
