-- Made by `make staging` from include/orderpaper/records/types; change it there.
with source_rows as (
    select * from {{ source('records', 'government_post') }}
),

document_sources as (
    select * from {{ ref('stg_landing__document_source') }}
)

select
    source_rows.document_id,
    source_rows.source,
    source_rows.ordinal as post_ordinal,
    source_rows.member_id,
    source_rows.member_name_text,
    source_rows.post_text,
    source_rows.department_text,
    source_rows.start_on,
    source_rows.end_on
from source_rows
inner join document_sources
    on source_rows.document_id = document_sources.document_id
    and source_rows.source = document_sources.source
    and document_sources.is_read
