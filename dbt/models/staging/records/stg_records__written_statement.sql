-- Made by `make staging` from include/orderpaper/records/types; change it there.
with source_rows as (
    select * from {{ source('records', 'written_statement') }}
),

document_sources as (
    select * from {{ ref('stg_landing__document_source') }}
)

select
    source_rows.document_id,
    source_rows.source,
    source_rows.ordinal as written_statement_ordinal,
    source_rows.text as written_statement_text,
    source_rows.char_start,
    source_rows.char_end,
    source_rows.statement_id,
    source_rows.uin,
    source_rows.house,
    source_rows.made_on,
    source_rows.member_id,
    source_rows.post_text,
    source_rows.answering_body_id,
    source_rows.answering_body_text,
    source_rows.heading,
    source_rows.html as written_statement_html,
    source_rows.is_truncated,
    source_rows.linked_statement_ids,
    source_rows.attachment_titles,
    source_rows.attachment_urls,
    source_rows.html is not null as has_markup
from source_rows
inner join document_sources
    on source_rows.document_id = document_sources.document_id
    and source_rows.source = document_sources.source
    and document_sources.is_read
