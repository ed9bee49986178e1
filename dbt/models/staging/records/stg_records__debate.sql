-- Made by `make staging` from include/orderpaper/records/types; change it there.
with source_rows as (
    select * from {{ source('records', 'debate') }}
),

document_sources as (
    select * from {{ ref('stg_landing__document_source') }}
)

select
    source_rows.document_id,
    source_rows.source,
    source_rows.ordinal as debate_ordinal,
    source_rows.debate_id,
    source_rows.title,
    source_rows.house,
    source_rows.debated_on,
    source_rows.debate_type_text,
    source_rows.lead_member_text,
    source_rows.announced_contributor_count
from source_rows
inner join document_sources
    on source_rows.document_id = document_sources.document_id
    and source_rows.source = document_sources.source
    and document_sources.is_read
