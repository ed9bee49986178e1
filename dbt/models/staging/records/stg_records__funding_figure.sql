-- Made by `make staging` from include/orderpaper/records/types; change it there.
with source_rows as (
    select * from {{ source('records', 'funding_figure') }}
),

document_sources as (
    select * from {{ ref('stg_landing__document_source') }}
)

select
    source_rows.document_id,
    source_rows.source,
    source_rows.ordinal as figure_ordinal,
    source_rows.statement_kind,
    source_rows.statement_ordinal,
    source_rows.text_char_start,
    source_rows.text_char_end,
    source_rows.char_start,
    source_rows.char_end,
    source_rows.surface,
    source_rows.amount_low,
    source_rows.amount_high,
    source_rows.currency,
    source_rows.qualifier,
    source_rows.category,
    source_rows.is_increase,
    source_rows.period,
    source_rows.programme_text,
    source_rows.recipient_text,
    source_rows.rule,
    source_rows.sentence,
    source_rows.list_lead_text,
    source_rows.total_ordinal
from source_rows
inner join document_sources
    on source_rows.document_id = document_sources.document_id
    and source_rows.source = document_sources.source
    and document_sources.is_read
