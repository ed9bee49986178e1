-- Made by `make staging` from include/orderpaper/records/types; change it there.
with source_rows as (
    select * from {{ source('records', 'answer') }}
),

document_sources as (
    select * from {{ ref('stg_landing__document_source') }}
)

select
    source_rows.document_id,
    source_rows.source,
    source_rows.ordinal as answer_ordinal,
    source_rows.text as answer_text,
    source_rows.char_start,
    source_rows.char_end,
    source_rows.question_ordinals,
    source_rows.answered_on,
    source_rows.answering_member_id,
    source_rows.answered_by_text,
    source_rows.answered_by_post_text,
    source_rows.html as answer_html,
    source_rows.is_truncated,
    source_rows.is_holding,
    source_rows.is_correction,
    source_rows.held_on,
    source_rows.corrected_on,
    source_rows.correcting_member_id,
    source_rows.original_text as original_answer_text,
    source_rows.attachment_count,
    source_rows.attachment_titles,
    source_rows.attachment_urls,
    source_rows.run_hashes,
    source_rows.band_hashes,
    source_rows.html is not null as has_markup
from source_rows
inner join document_sources
    on source_rows.document_id = document_sources.document_id
    and source_rows.source = document_sources.source
    and document_sources.is_read
