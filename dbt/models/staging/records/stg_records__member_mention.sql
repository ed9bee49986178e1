-- Made by `make staging` from include/orderpaper/records/types; change it there.
with source_rows as (
    select * from {{ source('records', 'member_mention') }}
),

document_sources as (
    select * from {{ ref('stg_landing__document_source') }}
)

select
    source_rows.document_id,
    source_rows.source,
    source_rows.ordinal as mention_ordinal,
    source_rows.statement_kind,
    source_rows.statement_ordinal,
    source_rows.text_char_start,
    source_rows.text_char_end,
    source_rows.char_start,
    source_rows.char_end,
    source_rows.as_printed,
    source_rows.member_name_text,
    source_rows.constituency_text,
    source_rows.post_text
from source_rows
inner join document_sources
    on source_rows.document_id = document_sources.document_id
    and source_rows.source = document_sources.source
    and document_sources.is_read
