with source_rows as (
    select * from {{ source('records', 'quote') }}
),

document_sources as (
    select * from {{ ref('stg_landing__document_source') }}
)

select
    -- ids
    source_rows.document_id,
    source_rows.source,
    source_rows.ordinal as quote_ordinal,
    source_rows.section_ordinal,

    -- text
    source_rows.speaker_text,
    source_rows.speaker_post_text,
    source_rows.text as quote_text,

    -- flags
    source_rows.is_block,

    -- span
    source_rows.char_start,
    source_rows.char_end
from source_rows
inner join document_sources
    on source_rows.document_id = document_sources.document_id
    and source_rows.source = document_sources.source
    and document_sources.is_read
