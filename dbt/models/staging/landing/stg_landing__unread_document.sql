{{ config(materialized="table") }}

with source_rows as (select * from {{ source('landing', 'document') }}),
document_sources as (select * from {{ ref('stg_landing__document_source') }})

select
    -- ids
    source_rows.document_id,
    source_rows.source,

    -- flags
    document_sources.document_id is null as is_of_other_source
from source_rows
left join document_sources
    on source_rows.document_id = document_sources.document_id
    and source_rows.source = document_sources.source
where document_sources.document_id is null or not document_sources.is_read
