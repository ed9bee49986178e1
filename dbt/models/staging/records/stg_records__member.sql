-- Made by `make staging` from include/orderpaper/records/types; change it there.
with source_rows as (
    select * from {{ source('records', 'member') }}
),

document_sources as (
    select * from {{ ref('stg_landing__document_source') }}
)

select
    source_rows.document_id,
    source_rows.source,
    source_rows.ordinal as member_ordinal,
    source_rows.member_id,
    source_rows.name,
    source_rows.list_name,
    source_rows.full_title,
    source_rows.gender,
    source_rows.party_text,
    source_rows.house,
    source_rows.constituency_text,
    source_rows.membership_start_on,
    source_rows.membership_end_on,
    source_rows.is_current
from source_rows
inner join document_sources
    on source_rows.document_id = document_sources.document_id
    and source_rows.source = document_sources.source
    and document_sources.is_read
