-- Made by `make staging` from include/orderpaper/records/types; change it there.
with source_rows as (
    select * from {{ source('records', 'question') }}
),

document_sources as (
    select * from {{ ref('stg_landing__document_source') }}
)

select
    source_rows.document_id,
    source_rows.source,
    source_rows.ordinal as question_ordinal,
    source_rows.text as question_text,
    source_rows.char_start,
    source_rows.char_end,
    source_rows.question_type,
    source_rows.question_id,
    source_rows.uin,
    source_rows.house,
    source_rows.tabled_on,
    source_rows.due_on,
    source_rows.is_named_day,
    source_rows.is_withdrawn,
    source_rows.has_declared_interest,
    source_rows.declared_interest_text,
    source_rows.asking_member_id,
    source_rows.asked_by_text,
    source_rows.asked_by_party_text,
    source_rows.asked_by_constituency_text,
    source_rows.answering_body_id,
    source_rows.answering_body_text,
    source_rows.answering_post_text,
    source_rows.answering_member_text,
    source_rows.heading,
    source_rows.html as question_html,
    source_rows.is_truncated,
    source_rows.grouped_with,
    source_rows.group_ordinal,
    source_rows.html is not null as has_markup
from source_rows
inner join document_sources
    on source_rows.document_id = document_sources.document_id
    and source_rows.source = document_sources.source
    and document_sources.is_read
